"""What judging does in the background: the pack in shadow judges too; erased words leave the judgements."""

from __future__ import annotations

from typing import Any

from sekisho.market.deals.log import without_words
from sekisho.market.judging.asking import rules_of
from sekisho.market.judging.models import Judgement, PackVersion, ShadowJudgement
from sekisho.market.judging.reproduce import again
from sekisho.market.kernel import clock
from sekisho.market.kernel.outbox import handles


@handles("judgement.shadowed")
def beside(payload: dict[str, Any]) -> None:
    """Judge the same input by the pack in shadow, and keep what differs."""
    judgement = Judgement.objects.get(pk=payload["judgement"])
    version = PackVersion.objects.get(pk=payload["version"])
    if judgement.erased_at is not None:
        return
    record = again(judgement, version.pack)
    before, now = rules_of(judgement.findings), rules_of(record["findings"])
    ShadowJudgement(
        judgement=judgement, version=version, digest=record["digest"], verdict=record["verdict"], action=record["action"],
        findings=record["findings"], rules_gained=sorted(now - before), rules_lost=sorted(before - now),
        differs=(record["verdict"], record["action"], now) != (judgement.verdict, judgement.action, before),
    ).save(force_insert=True)  # fmt: skip


@handles("deal.body_erased")
def erased(payload: dict[str, Any]) -> None:
    """The words of an event of a deal are erased here too: from its own judgement, and where later ones remember them."""
    turn = payload["turn"]
    if turn is None:
        return
    for row in Judgement.objects.filter(subject=payload["deal"], context__form="event"):
        here = row.context["position"]
        if here == turn:
            forget(row)
        elif (before := row.context.get("state")) and (state := without_words(before, turn)) != before:
            Judgement.objects.filter(pk=row.pk).update(
                context=row.context | {"state": state}, erased_at=clock.now()
            )


def forget(judgement: Judgement) -> None:
    """Erase the words of a judgement; verdict, action and rules stay."""
    bare = [
        {k: v for k, v in f.items() if k in ("rule", "label", "verdict", "by", "lured")}
        for f in judgement.findings
    ]
    keep = {k: v for k, v in judgement.context.items() if k in ("form", "deal", "position", "stage")}
    Judgement.objects.filter(pk=judgement.pk).update(
        text="", context=keep, findings=bare, erased_at=clock.now()
    )
    ShadowJudgement.objects.filter(judgement=judgement).update(findings=[])
