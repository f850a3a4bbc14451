"""The clock's eye on a pack that is tried on some accounts: when it holds too much, everybody is judged by the live one again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sekisho.market.judging.models import Judgement, PackVersion
from sekisho.market.judging.packs import stop_by_policy
from sekisho.market.judging.policy import policy
from sekisho.market.judging.states import PackState
from sekisho.market.judging.tally import HOLDS
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import SYSTEM
from sekisho.market.kernel.sweep import timer


@dataclass(frozen=True, slots=True)
class Trial:
    """What the pack on trial said of the last texts it judged: `texts` of them, so many held or refused, so many unsure."""

    texts: int
    stopped: int
    unsure: int

    @property
    def too_much(self) -> dict[str, Any]:
        """Why it must stop by the policy (`what` is held or unsure; `above` a share); empty while it may go on."""
        rules = policy().canary
        if self.texts < rules.least:
            return {}
        for count, above, what in (
            (self.stopped, rules.stopped_above, "held"), (self.unsure, rules.unsure_above, "unsure"),
        ):  # fmt: skip
            if count > above * self.texts:
                return {"what": what, "count": count, "texts": self.texts, "above": above}
        return {}


def trial(version: PackVersion) -> Trial:
    """Over the policy's window, since it was last tried. Bounded by it, whatever it has judged."""
    rows = Judgement.objects.filter(canary=version, at__gte=version.canary_at or version.made_at)
    said = list(rows.order_by("-at").values_list("action", "verdict")[: policy().canary.window])
    return Trial(len(said), sum(a in HOLDS for a, _ in said), sum(v == "unsure" for _, v in said))


def watch(version: PackVersion) -> None:
    """Stop it, or look again later."""
    if version.state != PackState.CANARY:
        PackVersion.objects.filter(pk=version.pk).update(due_at=None)
    elif facts := trial(version).too_much:
        stop_by_policy(SYSTEM, version, facts=facts)
    else:
        again = clock.now() + timedelta(seconds=policy().canary.watch_seconds)
        PackVersion.objects.filter(pk=version.pk).update(due_at=again)


timer(PackVersion, watch)
