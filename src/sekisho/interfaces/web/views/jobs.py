"""Looking for jobs, posting them, applying."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from sekisho.interfaces.web.doors import Page, member, visible, whole
from sekisho.market.jobs import verbs
from sekisho.market.jobs.models import Application, Job
from sekisho.market.jobs.posting import CATEGORIES
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.permits import may
from sekisho.market.kernel.problems import Problem
from sekisho.market.profiles.models import client_facts


class List(Page):
    """Open jobs, newest first; `q` searches title and body."""

    template = "web/jobs.html"
    open_to_all = True

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """One page of 20."""
        query, category = request.GET.get("q", "").strip()[:100], request.GET.get("category", "")
        jobs = Job.objects.filter(state="open").select_related("client").order_by("-opened_at")
        if category in CATEGORIES:
            jobs = jobs.filter(category=category)
        for word in query.split()[:5]:
            jobs = jobs.filter(title__icontains=word) | jobs.filter(body__icontains=word)
        return {"jobs": jobs[:20], "q": query, "category": category, "categories": CATEGORIES}


def _typed(request: HttpRequest) -> dict[str, Any]:
    questions = tuple(line for line in request.POST.get("questions", "").splitlines() if line.strip())
    return {name: request.POST.get(name, "") for name in ("title", "body", "category", "pay_text")} | {
        "questions": questions
    }


class New(Page):
    """Write a job."""

    template = "web/job_form.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The form."""
        return {"categories": CATEGORIES}

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
        job = visible(Job, actor, where["pk"])
        values = {n: getattr(job, n) for n in ("title", "body", "category", "pay_text")} | {
            "questions": "\n".join(job.questions)
        }
        return super().context(request, actor) | {"job": job, "values": values}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Save it; an open job is judged again."""
        job = verbs.edit(actor, visible(Job, actor, where["pk"]), **_typed(request))
        return f"/jobs/{job.id}"


class Show(Page):
    """One job, with what is known of its client."""

    template = "web/job.html"
    open_to_all = True

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The job; for its owner the applications."""
        job = visible(Job, actor, where["pk"])
        own = job.client_id == actor.id
        return {
            "job": job, "facts": client_facts(job.client), "own": own, "judgement": job.judgement,
            "applications": Application.objects.filter(job=job).select_related("worker").order_by("at") if own else [],
            "mine": Application.objects.filter(job=job, worker_id=actor.id).first() if actor.id else None,
            "can_apply": job.state == "open" and not own and may(actor, "application.apply", job),
        }  # fmt: skip


class Apply(Page):
    """Apply for a job."""

    template = "web/apply.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The form with the client's questions."""
        return {"job": visible(Job, actor, where["pk"])}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Send it."""
        price = whole(request.POST["price_yen"], "price_yen") if request.POST.get("price_yen") else None
        application = verbs.apply(
            actor, visible(Job, actor, where["pk"]), text=request.POST.get("text", ""), price_yen=price,
            answers=tuple(request.POST.getlist("answers")), key=request.POST.get("key"),
        )  # fmt: skip
        return f"/deals/{application.deal_id}"


@require_POST
def submit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Have a draft judged and opened."""
    actor = member(request)
    return redirect("job", pk=verbs.submit(actor, visible(Job, actor, pk)).id)


@require_POST
def close(request: HttpRequest, pk: UUID) -> HttpResponse:
    """No more applications."""
    actor = member(request)
    return redirect("job", pk=verbs.close(actor, visible(Job, actor, pk)).id)


ANSWERS = {"choose": verbs.choose, "decline": verbs.decline, "withdraw": verbs.withdraw}


@require_POST
def answer(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Choose, decline or withdraw an application."""
    actor = member(request)
    if verb not in ANSWERS:
        raise Problem("not_found")
    application = ANSWERS[verb](actor, visible(Application, actor, pk))
    return redirect("deal", pk=application.deal_id)
