"""Looking for jobs, posting them, applying."""

from __future__ import annotations

from itertools import zip_longest
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from sekisho.interfaces.web.doors import Page, day_or_none, visible, whole
from sekisho.interfaces.web.marks import seen_in
from sekisho.market.jobs import verbs
from sekisho.market.jobs.models import UNSEEN, Application, Invitation, Job, Revision
from sekisho.market.jobs.posting import CATEGORIES, QUESTIONS
from sekisho.market.jobs.searching import UNITS, Wanted, matching
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.fields import text
from sekisho.market.kernel.permits import may
from sekisho.market.kernel.problems import Problem
from sekisho.market.people.verbs import blocked_between
from sekisho.market.profiles.models import client_facts


class List(Page):
    """Open jobs, newest first; `q` searches title and body, `pay_unit`, `pay_from` and `pay_to` the pay."""

    template = "web/jobs.html"
    open_to_all = True

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """One page of 20."""
        page = request.GET.get("page", "1")
        number = min(max(int(page), 1), 500) if page.isascii() and page.isdigit() and len(page) < 5 else 1
        wanted = _wanted(request)
        jobs = Job.objects.visible_to(actor).filter(state="open").select_related("client", "judgement")
        found = list(matching(jobs, wanted).order_by("-opened_at")[(number - 1) * 20 : number * 20 + 1])
        asked = {"q": wanted.words, "category": wanted.category, "pay_unit": wanted.pay_unit, "pay_from": wanted.pay_from or "",
                 "pay_to": wanted.pay_to or ""}  # fmt: skip
        return {"jobs": found[:20], **asked, "asked": urlencode(asked), "categories": CATEGORIES, "units": UNITS, "page": number,
                "before": number - 1, "after": number + 1 if len(found) > 20 else None}  # fmt: skip


def _wanted(request: HttpRequest) -> Wanted:
    """What a visitor typed, as far as it can be read: a search is never refused on the page."""
    given = {name: request.GET.get(name, "") for name in ("q", "category", "pay_unit", "pay_from", "pay_to")}
    words = text(given["q"][:100], "q", 100, blank=True)
    least, most = _sum(given["pay_from"]), _sum(given["pay_to"])
    if least is not None and most is not None and least > most:
        least, most = most, least
    return Wanted(
        words, given["category"] if given["category"] in CATEGORIES else "",
        given["pay_unit"] if given["pay_unit"] in UNITS else UNITS[0], least, most,
    )  # fmt: skip


def _sum(typed: str) -> int | None:
    try:
        return whole(typed, "pay_from") or None
    except Problem:
        return None


def _typed(request: HttpRequest) -> dict[str, Any]:
    post = request.POST
    questions = tuple(line for line in post.get("questions", "").splitlines() if line.strip())
    return {name: post.get(name, "") for name in ("title", "body", "category", "pay_text")} | {
        "questions": questions, "closes_on": day_or_none(post.get("closes_on"), "closes_on"),
    }  # fmt: skip


class New(Page):
    """Write a job."""

    template = "web/job_form.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The form."""
        return {"categories": CATEGORIES, "most_questions": QUESTIONS}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Draft it and, if asked, submit it at once."""
        job = verbs.draft(actor, None, **_typed(request), key=request.POST.get("key"))
        if "submit" in request.POST:
            job = verbs.submit(actor, job)
        return f"/jobs/{job.id}"


class Edit(New):
    """Change a job."""

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The form with what stands there."""
        job = visible(Job, actor, where["pk"], client_id=actor.id)
        values = {name: getattr(job, name) for name in ("title", "body", "category", "pay_text")} | {
            "questions": "\n".join(job.questions), "closes_on": job.closes_on.isoformat() if job.closes_on else "",
        }  # fmt: skip
        return super().context(request, actor) | {"job": job, "values": values}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Save it; an open job is judged again, and stays as it is until the edit may be shown."""
        job = verbs.edit(
            actor, visible(Job, actor, where["pk"]), **_typed(request), key=request.POST.get("key")
        )
        if Revision.objects.filter(job=job, state="held").exists():
            flash.info(
                request, _("変更の内容を運営が確認しています。確認が済むまで、掲載中の内容は変わりません。")
            )
        return f"/jobs/{job.id}"


class Show(Page):
    """One job, with what is known of its client; for its client what came of it, for a worker his own attempts."""

    template = "web/job.html"
    open_to_all = True

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The job; a job that is no longer open is also shown to those who applied for it or were invited."""
        job = _met(where["pk"], actor) or visible(Job, actor, where["pk"])
        own = bool(actor.id) and job.client_id == actor.id
        context = {"job": job, "facts": client_facts(job.client), "own": own, "judgement": job.judgement}
        return context | (_of_client(job) if own else _of_worker(job, actor))


def _met(pk: Any, actor: Actor) -> Job | None:
    if actor.id is None:
        return None
    applied = Application.objects.filter(job=pk, worker_id=actor.id).exists()
    met = applied or Invitation.objects.visible_to(actor).filter(job=pk, worker_id=actor.id).exists()
    job = Job.objects.filter(pk=pk).first() if met else None
    if job is not None and job.state == "open" and blocked_between(actor.id, job.client_id):
        job.state = "closed"  # to somebody whom a block keeps apart an open job is as a closed one, and he cannot tell
    return job


def _of_client(job: Job) -> dict[str, Any]:
    applications = (
        Application.objects.filter(job=job).exclude(state__in=UNSEEN).select_related("worker", "judgement")
    )
    return {
        "applications": applications.order_by("at")[:200],
        "revisions": Revision.objects.filter(job=job).exclude(state="shown").order_by("-at")[:3],
        "invitations": Invitation.objects.filter(job=job).select_related("worker").order_by("-at")[:100],
    }


def _of_worker(job: Job, actor: Actor) -> dict[str, Any]:
    mine = (
        list(Application.objects.filter(job=job, worker_id=actor.id).order_by("-at")[:5]) if actor.id else []
    )
    over = not mine or all(row.state in ("returned", "withheld") for row in mine)
    invited = Invitation.objects.visible_to(actor).filter(job=job, worker_id=actor.id) if actor.id else []
    return {
        "mine": [row for row in mine if row.state != "returned"], "invited": invited,
        "can_apply": over and job.state == "open" and may(actor, "application.apply"),
    }  # fmt: skip


class Apply(Page):
    """Apply for a job. What is returned to its writer is shown with what was seen in it."""

    template = "web/apply.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The form with the client's questions."""
        job = visible(Job, actor, where["pk"])
        answered = request.POST.getlist("answers")[: len(job.questions)]
        return {"job": job, "questions": list(zip_longest(job.questions, answered, fillvalue=""))}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse | str:
        """Send it."""
        price = (
            whole(request.POST["price_yen"], "price_yen")
            if request.POST.get("price_yen", "").strip()
            else None
        )
        application = verbs.apply(
            actor, visible(Job, actor, where["pk"]), text=request.POST.get("text", ""), price_yen=price,
            answers=tuple(request.POST.getlist("answers")), key=request.POST.get("key"),
        )  # fmt: skip
        if application.state == "returned":
            context = self.fresh(request, **where) | {"values": request.POST}
            return render(request, self.template, context | seen_in(application.judgement))
        if application.state == "held":
            flash.info(request, _("応募の内容を運営が確認しています。24時間以内に結果をお知らせします。"))
            return f"/jobs/{application.job_id}"
        return f"/deals/{application.deal_id}"
