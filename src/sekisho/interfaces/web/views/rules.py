"""Rules under control, for moderators and operators: packs and how they are tried, back-tests, rescans, precision of rules."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sekisho.core.detection import load
from sekisho.core.rules.errors import PackError
from sekisho.core.rules.model import Action, Kind, Outcome
from sekisho.core.rules.names import name_of
from sekisho.interfaces.web.doors import Page
from sekisho.interfaces.web.marks import marked
from sekisho.interfaces.web.views.house import staff
from sekisho.interfaces.web.words import NOT_REPLAYED, WHOLE, lang
from sekisho.market.jobs.models import Job
from sekisho.market.judging import packs, precision
from sekisho.market.judging.examples import ShownExample, shown
from sekisho.market.judging.judges import judges
from sekisho.market.judging.masking import HIDDEN
from sekisho.market.judging.models import BackTest, PackVersion, Rescan
from sekisho.market.judging.policy import policy
from sekisho.market.judging.replaying import holds_a_day
from sekisho.market.judging.shadowing import shadow_report
from sekisho.market.judging.states import PackState
from sekisho.market.judging.watching import trial
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem

MOST = 50
_LONG = re.compile(f"{HIDDEN}{{13,}}")


def found(model: Any, actor: Actor, pk: UUID, *related: str) -> Any:
    """The row for those of the house. Raises `Problem("not_found")`."""
    staff(actor)
    row = (
        model.objects.select_related(*related).filter(pk=pk).first()
        if related
        else model.objects.filter(pk=pk).first()
    )
    if row is None:
        raise Problem("not_found")
    return row


def rule_name(rule: str, pack: str) -> str:
    """What a rule is called in a pack, in the reader's language; its id where nothing of that pack is called so."""
    if rule in WHOLE:
        return str(WHOLE[rule])
    try:
        known = load(pack).pack.rules.get(rule)
    except PackError:
        known = None
    return known.title[lang()] if known else rule


def outcome_name(pair: str) -> str:
    """`violation/nudge` as people read it."""
    verdict, action = pair.split("/")
    return f"{name_of(Outcome(verdict), lang())}・{name_of(Action(action), lang())}"


class Rules(Page):
    """Every pack and its state; the precision of rules; its act makes a pack known."""

    template = "web/rules.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Packs, newest first, and rules, those that got worse first."""
        staff(actor)
        live, days = judges().live, policy().precision.days
        rows = precision.precision(clock.now() - timedelta(days=days))
        fallen = {row.rule: row for row in precision.worse()}
        listed = [
            {"name": rule_name(row.rule, live), "row": row, "worse": fallen.get(row.rule)} for row in rows
        ]
        return {
            "packs": PackVersion.objects.order_by("-made_at")[:MOST], "live": live, "days": days,
            "none_live": not PackVersion.objects.filter(state=PackState.LIVE).exists(),
            "recent_days": policy().precision.recent_days,
            "rules": sorted(listed, key=lambda one: (one["worse"] is None, one["row"].share)),
        }  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Register a pack."""
        staff(actor)
        made = packs.register(actor, None, pack=request.POST.get("pack", ""), key=request.POST.get("key"))
        return f"/house/rules/packs/{made.pk}"


class Pack(Page):
    """One pack: what it is, how it is tried, what came of it, and what can be done with it."""

    template = "web/pack.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Shadow, trial, back-tests, rescans."""
        version = found(PackVersion, actor, where["pk"])
        report = shadow_report(version)
        return {
            "pack": version, "unchanged": packs.unchanged(version), "report": report if report.texts else None,
            "changes": [(outcome_name(a), outcome_name(b), n) for a, b, n in report.changes],
            "by_rule": [(rule_name(rule, version.pack), gained, lost) for rule, gained, lost in report.rules],
            "trial": trial(version) if version.canary_at else None, "limits": policy().canary,
            "stopped_above": f"{policy().canary.stopped_above:.0%}", "unsure_above": f"{policy().canary.unsure_above:.0%}",
            "backtests": version.backtests.order_by("-at")[:MOST], "rescans": version.rescans.order_by("-at")[:MOST],
        }  # fmt: skip


class BackTestPage(Page):
    """A back-test: how far it is, what would change, and examples of it."""

    template = "web/backtest.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The diff as tables; examples masked unless their reader has given a purpose."""
        test = found(BackTest, actor, where["pk"], "version")
        looked_at, before_after = test.looked_at, holds_a_day(test)
        error, _colon, detail = test.error.partition(": ")
        rows = test.examples.select_related("judgement").order_by("change", "pk")
        return {
            "test": test, "error": error, "detail": detail,
            "looked_at": looked_at, "percent": round(100 * looked_at / test.total) if test.total else 0,
            "before": f"{before_after[0]:,.1f}", "after": f"{before_after[1]:,.1f}", "result": _told(test),
            "examples": [_example(shown(row, actor.id)) for row in rows] if test.result else [],
            "minutes": policy().mask.unmask_minutes,
        }  # fmt: skip


def _told(test: BackTest) -> dict[str, Any] | None:
    if not test.result:
        return None
    result = test.result
    rules = sorted(result["rules"].items(), key=lambda row: (-(row[1][1] + row[1][2]), row[0]))
    changes = sorted(result["changes"].items(), key=lambda row: -row[1])
    return {
        "texts": result["texts"], "differs": result["differs"],
        "changes": [(*map(outcome_name, change.split(">")), count) for change, count in changes],
        "rules": [(rule_name(rule, test.version.pack), *counts) for rule, counts in rules if counts[1] or counts[2]],
        "same": sum(not (gained or lost) for _kept, gained, lost in result["rules"].values()),
        "kinds": [(name_of(Kind(kind), lang()), texts, differs) for kind, (texts, differs) in sorted(result["kinds"].items())],
        "left_out": [(NOT_REPLAYED.get(why, why), count) for why, count in result["not_replayed"].items()],
    }  # fmt: skip


def _example(one: ShownExample) -> dict[str, Any]:
    pieces = [
        {"text": _shortened(piece.text), "findings": piece.findings}
        for piece in marked(one.text, one.evidence)
    ]
    before, after = one.example.before, one.example.after
    return {
        "example": one.example, "parts": pieces, "whole": one.whole, "erased": one.erased,
        "before": outcome_name(f"{before['verdict']}/{before['action']}"),
        "after": outcome_name(f"{after['verdict']}/{after['action']}"),
        "gained": sorted(set(after["rules"]) - set(before["rules"])), "lost": sorted(set(before["rules"]) - set(after["rules"])),
    }  # fmt: skip


def _shortened(text: str) -> str:
    """Long stretches that are hidden as their length."""
    return _LONG.sub(
        lambda run: HIDDEN * 4 + _("（%(count)s文字）") % {"count": len(run[0])} + HIDDEN * 4, text
    )


class RescanPage(Page):
    """What a pack finds in open jobs, as a list that an operator confirms or drops."""

    template = "web/rescan.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The findings with the jobs they stand in."""
        rescan = found(Rescan, actor, where["pk"], "version")
        error, _colon, detail = rescan.error.partition(": ")
        rows = list(rescan.findings.order_by("pk")[: policy().rescan.most_findings])
        titles = dict(Job.objects.filter(pk__in=[row.subject for row in rows]).values_list("pk", "title"))
        return {
            "rescan": rescan, "error": error, "detail": detail, "live": rescan.version.state == PackState.LIVE,
            "rows": [(row, titles.get(row.subject, ""), name_of(Outcome(row.verdict), lang()),
                      [rule_name(rule, rescan.version.pack) for rule in row.rules]) for row in rows],
        }  # fmt: skip
