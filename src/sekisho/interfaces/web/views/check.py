"""The front page: a text, a screenshot, a conversation or a posting is judged without an account, and nothing of it is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from sekisho.interfaces.web import words
from sekisho.interfaces.web.chats import Chat, read_chat
from sekisho.interfaces.web.checking import answers, next_steps
from sekisho.interfaces.web.checking.asked import CATEGORIES, LONGEST, Asked, read_asked
from sekisho.interfaces.web.checking.card import card
from sekisho.interfaces.web.checking.found import Answer
from sekisho.interfaces.web.checking.intake import MOST_BYTES, count, reads_pictures, receive, sealed
from sekisho.interfaces.web.checking.platforms import STAGES, platforms
from sekisho.interfaces.web.doors import Page
from sekisho.interfaces.web.problems import STATUS, told
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem

LONGEST_DRAFT = 200_000
"""Code points of a report that is given back as a file."""
TYPED = tuple(
    "kind text title pay category rating reviews orders registered_days profile_state pack stage".split()
)
"""The fields of the form that keep what was typed."""
EXAMPLE = {
    "ja": "はじめまして。ご応募ありがとうございます！詳しい内容はLINEでお話ししたいので、IDを教えていただけますか？",
    "en": "Thanks for applying! I'd rather talk on WhatsApp, it's faster. Could you send me your number?",
}


@method_decorator([csrf_exempt, sensitive_post_parameters()], name="dispatch")
class Unkept(Page):
    """A page whose request never touches a disk. The check of its form waits until that is arranged (`receive`)."""

    open_to_all = True

    def dispatch(self, request: HttpRequest, *args: Any, **where: Any) -> HttpResponseBase:
        """Arrange it, then go on as every page does; no browser or proxy is to keep the answer."""
        receive(request)
        response = self._checked(request, *args, **where)
        response["Cache-Control"] = "no-store"
        return response

    @method_decorator(csrf_protect)
    def _checked(self, request: HttpRequest, *args: Any, **where: Any) -> HttpResponseBase:
        return super().dispatch(request, *args, **where)


class Check(Unkept):
    """Paste, get a verdict with its evidence and the next step. Nothing is stored, logged or cached."""

    template = "web/front.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The empty form, or one with an example."""
        return form_facts(request)

    def refused(
        self, request: HttpRequest, problem: Problem, where: dict[str, Any], *, tried: str = ""
    ) -> HttpResponse:
        """The form again, as it was filled in."""
        shown = form_facts(request) | {"problem": told(problem)}
        return render(request, self.template, shown, status=STATUS[problem.kind])

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse:
        """Judge what was given and show the answer."""
        with sealed():
            return self._answered(request)

    def _answered(self, request: HttpRequest) -> HttpResponse:
        """The answer's page; a conversation may first need to know who of it the reader is."""
        asked = read_asked(request)
        count(request, _cost(asked))
        shown = form_facts(request) | {"asked": asked, "reader": ""}
        if asked.picture is None and asked.kind == "thread":
            chat, me = _chat(asked)
            if me is None:
                first = {one.speaker: one.text for one in reversed(chat.said)}
                speakers = [(speaker, first[speaker]) for speaker in chat.speakers]
                return render(request, "web/check/who.html", shown | {"speakers": speakers})
            shown |= {"reader": me}
            answer = answers.of_thread(asked, chat, me)
        else:
            answer = _judged(asked)
        return render(request, "web/check/answer.html", shown | answer_facts(asked, answer))


class Live(Unkept):
    """What a text is, while it is typed: a piece of a page, for those who asked for it."""

    template = "web/check/live.html"

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse:
        """Judge the text alone."""
        count(request, "live")
        with sealed():
            asked = read_asked(request)
            if asked.picture is not None or asked.kind == "thread":
                raise Problem("check_blank")
            return render(request, self.template, {"answer": _judged(asked), "problem": ""})

    def get(self, request: HttpRequest, **where: Any) -> HttpResponse:
        """There is nothing to read here."""
        return HttpResponse(status=405, headers={"Allow": "POST"})


class Report(Unkept):
    """The draft of a report, as the reader has changed it, given back as a file. It is not kept either."""

    template = "web/problem.html"

    def get(self, request: HttpRequest, **where: Any) -> HttpResponse:
        """There is nothing to read here."""
        return HttpResponse(status=405, headers={"Allow": "POST"})

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> HttpResponse:
        """A plain text."""
        draft = request.POST.get("draft", "").replace("\r\n", "\n")
        if len(draft) > LONGEST_DRAFT:
            raise Problem("too_long", field=_("報告の下書き"), most=LONGEST_DRAFT, length=len(draft))
        response = HttpResponse(
            "\ufeff" + draft.replace("\n", "\r\n"), content_type="text/plain; charset=utf-8"
        )
        response["Content-Disposition"] = 'attachment; filename="report.txt"'
        response["X-Content-Type-Options"] = "nosniff"
        return response


@require_safe
def share(request: HttpRequest) -> HttpResponse:
    """The picture to share, as SVG: of closed lists of words, so that nobody's text can be in it."""
    picture = card(request.GET.get("v", ""), request.GET.get("l", ""), request.GET.get("lang", "ja"))
    return HttpResponse(
        picture, content_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"}
    )


def form_facts(request: HttpRequest) -> dict[str, Any]:
    """What the form offers and how it is filled in.

    Every name that a template asks for is there: at its lowest level Django logs a lookup that fails with all it looked in.
    """
    typed = {name: request.POST.get(name, "") for name in TYPED}
    if "example" in request.GET:
        typed["text"] = EXAMPLE[words.lang()]
    known = platforms().get(request.POST.get("pack", ""), platforms()["standard"]).stages
    return {
        "platforms": platforms().values(), "tools": words.TOOLS, "categories": CATEGORIES.items(),
        "stages": [(stage, name, stage in known) for stage, name in STAGES.items()],
        "longest": max(LONGEST.values()), "megabytes": MOST_BYTES // 1_000_000, "chosen_tools": request.POST.getlist("tools"),
        "values": typed, "problem": "", "reads_pictures": reads_pictures(),
    }  # fmt: skip


def answer_facts(asked: Asked, answer: Answer) -> dict[str, Any]:
    """What the answer's page tells beside the answer."""
    hint = asked.kind == "message" and asked.picture is None and read_chat(asked.text)
    return {
        "answer": answer, "advice": next_steps.advice(asked.kind, answer.verdict), "do_now": next_steps.DO_NOW[asked.kind],
        "refusals": next_steps.ordered_refusals(answer, asked.platform), "calls": next_steps.calls(asked.platform.id),
        "draft": answer.draft.text(words.lang()) if answer.draft else "", "stage_name": STAGES[asked.stage],
        "exposure": next_steps.place_of("exposure_help"), "card": next_steps.card_link(answer),
        "marked_any": any(block.marked for block in answer.blocks),
        "chat_hint": bool(hint and hint.sure and len(hint.speakers) > 1),
    }  # fmt: skip


def _judged(asked: Asked) -> Answer:
    if asked.picture is not None:
        return answers.of_picture(asked)
    return answers.of_posting(asked) if asked.kind == "posting" else answers.of_text(asked)


def _cost(asked: Asked) -> str:
    if asked.picture is not None:
        return "picture"
    return {"message": "text"}.get(asked.kind, asked.kind)


def _chat(asked: Asked) -> tuple[Chat, str | None]:
    """The conversation, and who of it reads this: "" for none of them, None where she has to say so first."""
    chat = read_chat(asked.text)
    if chat is None:
        raise Problem("check_no_thread")
    if asked.me is not None and (asked.me in chat.speakers or asked.me == ""):
        return chat, asked.me
    if chat.owner or len(chat.speakers) < 2:
        return chat, chat.owner
    return chat, None
