"""When somebody is stopped though each message alone would pass or be nudged: too many, or the same thing again and again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import Count, Q

from sekisho.core.detection.threads.walk import AIMS
from sekisho.core.rules.model import Label
from sekisho.market.deals.models import Deal
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.policy import policy
from sekisho.market.messaging.states import MessageState


def not_too_fast(actor: Actor) -> None:
    """Raises `Problem("too_many")` with the seconds after which it can go on."""
    rules, now = policy(), clock.now()
    lately = Count("pk", filter=Q(at__gt=now - timedelta(minutes=1)))
    sent = Message.objects.filter(author_id=actor.me, at__gt=now - timedelta(hours=1)).aggregate(
        all=Count("pk"), lately=lately
    )
    for count, most, span in ((sent["lately"], rules.per_minute, 60), (sent["all"], rules.per_hour, 3600)):
        if count >= most:
            times = Message.objects.filter(author_id=actor.me).order_by("-at").values_list("at", flat=True)
            left = timedelta(seconds=span) - (now - times[most - 1])
            raise Problem("too_many", seconds=max(1, int(left.total_seconds()) + 1))


def held_for_repeating(deal: Deal, actor: Actor, judgements: Iterable[Judgement]) -> bool:
    """Whether this writer was nudged often enough lately, in this deal, for what these judgements show again."""
    rules = policy()
    aims = {aim for judgement in judgements for aim in _aims(judgement)}
    since = clock.now() - timedelta(hours=rules.nudge_hours)
    nudged = (
        Message.objects.filter(deal=deal, author_id=actor.me, at__gte=since)
        .filter(Q(state=MessageState.NUDGED) | Q(anyway=True)).select_related("judgement").order_by("-at")[:50]
    )  # fmt: skip
    # One that was nudged with a clear text was nudged for its files: that counts for whatever comes after it.
    before = [message.judgement for message in nudged]
    return sum(bool(aims & _aims(one)) or one.verdict == "clear" for one in before) >= rules.nudges


def _aims(judgement: Judgement) -> set[str]:
    """What its findings are after: the same thing said in other words has another label but the same aim."""
    labels = {Label(finding["label"]) for finding in judgement.findings if finding["verdict"] != "clear"}
    return {AIMS.get(label, label.value) for label in labels}
