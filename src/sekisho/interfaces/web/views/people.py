"""People: profiles, blocks, one's own settings, notices, and the letters kept on this machine."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages as flash
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sekisho.interfaces.web.doors import Page, member
from sekisho.interfaces.web.words import ROLE_WORDS
from sekisho.market.contracts.models import Contract, Review
from sekisho.market.contracts.states import LIVE
from sekisho.market.jobs.invitations import invite
from sekisho.market.jobs.models import Job
from sekisho.market.kernel import fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.notices.models import Letter, Notice
from sekisho.market.notices.verbs import read
from sekisho.market.people import leaving, verbs
from sekisho.market.people.models import Account, Block, Token
from sekisho.market.profiles import verbs as profiles
from sekisho.market.profiles.models import Profile, client_facts


def _account(pk: UUID) -> Account:
    account = Account.objects.filter(pk=pk, is_active=True, deleted_at=None).first()
    if account is None:
        raise Problem("not_found")
    return account


class Show(Page):
    """Somebody's profile and record."""

    template = "web/person.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """What he says of himself and what his record says."""
        person = _account(where["pk"])
        profile = Profile.objects.filter(account=person).first()
        side = (
            {"contract__deal__client": person, "side": "worker"},
            {"contract__deal__worker": person, "side": "client"},
        )
        reviews = Review.objects.filter(**side[0], state="shown") | Review.objects.filter(
            **side[1], state="shown"
        )
        mine = (
            Job.objects.filter(client_id=actor.id, state="open")
            if actor.id and person.is_worker
            else Job.objects.none()
        )
        return {
            "person": person, "profile": profile if profile and profile.shown else None, "facts": client_facts(person),
            "reviews": reviews.order_by("-at")[:20], "own": person.id == actor.id,
            "jobs": [] if person.id == actor.id else mine.order_by("-opened_at")[:50],
            "roles": [(field, word, getattr(person, field)) for field, word in ROLE_WORDS.items()],
            "operator": "operator" in actor.roles,
        } | _met(person, actor)  # fmt: skip


def _met(person: Account, actor: Actor) -> dict[str, Any]:
    """Whether `actor` blocks this person, and then which contracts of theirs go on all the same."""
    blocked = Block.objects.filter(blocker_id=actor.id, blocked=person).exists()
    both = Q(deal__client=person) | Q(deal__worker=person)
    live = Contract.objects.visible_to(actor).filter(both, state__in=LIVE) if blocked else Contract.objects.none()
    return {"blocked": blocked, "live": live.order_by("-made_at")[:20]}


class Invite(Show):
    """Invite somebody to one of one's open jobs."""

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Invite."""
        person = _account(where["pk"])
        job = _own_job(request.POST.get("job", ""), actor)
        invite(actor, job, worker=person, key=request.POST.get("key"))
        flash.success(request, _("招待しました。"))
        return f"/people/{person.id}"


def _own_job(pk: str, actor: Actor) -> Job:
    try:
        job = Job.objects.filter(pk=UUID(pk), client_id=actor.id).first()
    except ValueError:
        job = None
    if job is None:
        raise Problem("not_found")
    return job


class Roles(Show):
    """Give or take roles; the operator's."""

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Set all four as ticked."""
        person = _account(where["pk"])
        verbs.set_roles(
            actor, person, {field: field in request.POST for field in ROLE_WORDS}, key=request.POST.get("key")
        )
        flash.success(request, _("役割を保存しました。"))
        return f"/people/{person.id}"


class Tokens(Page):
    """Keys for programs: one's own, and for the operator those of a marketplace's back end. Each is shown once."""

    template = "web/tokens.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """Those that are live."""
        mine = Q(account_id=actor.me) | (Q(account=None) if "operator" in actor.roles else Q(pk=None))
        return {"tokens": Token.objects.filter(mine, revoked_at=None).order_by("-made_at"),
                "operator": "operator" in actor.roles}  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse:
        """Make one and show it."""
        name = fields.line(request.POST.get("name", ""), "name", 60)
        if "backend" in request.POST:
            scopes = tuple(request.POST.get("scopes", "").split())
            secret = verbs.make_backend_token(actor, None, name, scopes)
        else:
            secret = verbs.make_token(actor, None, name)
        return render(request, self.template, self.fresh(request, **where) | {"secret": secret})


@require_POST
def meet(request: HttpRequest, pk: UUID, verb: str) -> HttpResponse:
    """Block or unblock somebody. He is not told."""
    actor, person = member(request), _account(pk)
    {"block": verbs.block, "unblock": verbs.unblock}[verb](actor, person)
    if verb == "block":
        flash.success(request, _("ブロックしました。相手には知らされません。"))
    else:
        flash.success(request, _("ブロックを解除しました。"))
    return redirect("person", pk=person.id)


class Settings(Page):
    """One's own profile, and the ways to the other settings."""

    template = "web/me.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """What stands there."""
        profile = Profile.objects.filter(account_id=actor.me).first()
        values = profile and {
            "headline": profile.headline, "body": profile.body, "company": profile.company, "links": "\n".join(profile.links),
        }  # fmt: skip
        blocked = Block.objects.filter(blocker_id=actor.me).select_related("blocked").order_by("-at")[:200]
        return {"values": values or {}, "profile": profile, "blocked": blocked}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Save it."""
        post = request.POST
        profile = profiles.write(
            actor, None, headline=post.get("headline", ""), body=post.get("body", ""), company=post.get("company", ""),
            links=tuple(line for line in post.get("links", "").splitlines() if line.strip()),
        )  # fmt: skip
        if profile.shown:
            flash.success(request, _("プロフィールを保存しました。"))
        else:
            flash.info(
                request,
                _("プロフィールを保存しました。内容を運営が確認するまで、ほかの方には表示されません。"),
            )
        return "/me"


class Delete(Page):
    """Ask for one's account to be deleted."""

    template = "web/me_delete.html"

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """It waits while a contract is open."""
        leaving.ask_deletion(actor, _account(actor.me), key=request.POST.get("key"))
        flash.info(
            request, _("退会を受け付けました。進行中の契約がすべて終わると、退会の手続きが完了します。")
        )
        return "/me"


class Notices(Page):
    """What one was told, newest first; opening the page marks it as read."""

    template = "web/notices.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The last hundred."""
        return {"notices": list(Notice.objects.visible_to(actor).order_by("-at")[:100])}

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Mark all as read."""
        for notice in Notice.objects.visible_to(actor).filter(read_at=None)[:500]:
            read(actor, notice)
        return "/notices"


class Outbox(Page):
    """Letters that were written while no mail server is set: for trying the site out on one's own machine."""

    template = "web/outbox.html"
    open_to_all = True

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The last fifty. There is no such page where letters really go out."""
        if not settings.EMAIL_BACKEND.endswith("LocalOutbox") or settings.SECOND_FACTOR_NEEDED:
            raise Problem("not_found")
        return {"letters": Letter.objects.order_by("-made_at")[:50]}


@require_POST
def speak(request: HttpRequest, lang: str) -> HttpResponse:
    """Change the language of the pages."""
    back = request.POST.get("next", "")
    response = redirect(back if url_has_allowed_host_and_scheme(back, {request.get_host()}) else "front")
    if lang in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            lang,
            max_age=31_536_000,
            samesite="Lax",
            secure=settings.SESSION_COOKIE_SECURE,
        )
        if isinstance(request.user, Account):
            verbs.speak(member(request), _account(request.user.pk), lang)
    return response
