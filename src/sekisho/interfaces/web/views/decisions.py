"""A decision as its subject reads it: the statement of reasons and the way to appeal, also without logging in."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _

from sekisho.interfaces.web import words
from sekisho.interfaces.web.doors import Page, member, visible
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.safety import appeals, reasons
from sekisho.market.safety.models import Appeal, Decision, Reasons, Sanction
from sekisho.market.safety.policy import policy


def statement(decision: Decision) -> Reasons:
    """The statement of reasons. Raises `Problem("not_found")` where nobody was told anything."""
    row = Reasons.objects.filter(decision=decision).first()
    if row is None:
        raise Problem("not_found")
    return row


def told(decision: Decision, account: UUID) -> dict[str, Any]:
    """What the page of a decision shows to whom it is about. The fixed sentences come in the language of the page."""
    row, lang = statement(decision), words.lang()
    until = datetime.fromisoformat(row.content["redress"]["internal_appeal_until"])
    appeal = Appeal.objects.filter(decision=decision, appellant_id=account).first()
    return {
        "decision": decision, "statement": row.content, "until": until, "appeal": appeal, "policy": policy(),
        "origin": reasons.ORIGIN[lang], "automated": reasons.AUTOMATED[lang], "scope": reasons.SCOPE[lang],
        "alone": reasons.ALONE[lang] if decision.alone else "", "decided_at": decision.done_at or decision.at,
        "sanctions": Sanction.objects.filter(decision=decision),
        "may_appeal": appeal is None and decision.state == "done" and clock.now() <= until,
    }  # fmt: skip


def _mine(actor: Actor, pk: UUID) -> Decision:
    """A decision about oneself. Raises `Problem("not_found")`, also for the house: it reads decisions in their case."""
    decision: Decision = visible(Decision, actor, pk, related=("case",))
    if decision.case.subject_id != actor.id:
        raise Problem("not_found")
    return decision


class Show(Page):
    """The statement of reasons."""

    template = "web/decision.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """All its fields, and the appeal."""
        return told(_mine(actor, where["pk"]), actor.me)

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Appeal."""
        decision = _mine(actor, where["pk"])
        appeals.file(actor, decision, text=request.POST.get("text", ""), key=request.POST.get("key"))
        flash.success(request, _("異議申し立てを受け付けました。判断した担当者とは別の者が確認します。"))
        return f"/decisions/{decision.id}"


class ByLink(Page):
    """The same by the signed word of the letter, for whoever cannot or does not want to log in."""

    template = "web/decision.html"
    open_to_all = True

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """All its fields, and the appeal."""
        subject, decision = appeals.by_link(where["word"])
        return told(decision, subject.me) | {"by_link": where["word"]}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Appeal as whom the word is for."""
        subject, decision = appeals.by_link(where["word"])
        appeals.file(subject, decision, text=request.POST.get("text", ""), key=request.POST.get("key"))
        flash.success(request, _("異議申し立てを受け付けました。判断した担当者とは別の者が確認します。"))
        return f"/appeals/{where['word']}"


def statement_json(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The statement of reasons as a file for programs."""
    decision = _mine(member(request), pk)
    answer = JsonResponse(statement(decision).content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    answer["Content-Disposition"] = f'attachment; filename="statement-{decision.id}.json"'
    return answer
