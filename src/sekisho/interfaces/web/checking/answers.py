"""From what is asked to the answer: one function a kind of question, each a call of the core and its findings in one form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from sekisho.core.detection import check, load
from sekisho.core.detection.acts import GRAVITY
from sekisho.core.detection.postings import Field, PostingFinding, PostingVerdict, check_posting
from sekisho.core.detection.threads import ThreadFinding, check_thread
from sekisho.core.guidance import report_draft
from sekisho.core.pictures import Evidence, PictureVerdict, Side, check_reading, read_picture
from sekisho.core.rules.model import Rule
from sekisho.core.rules.policy import Decider
from sekisho.interfaces.web import words
from sekisho.interfaces.web.chats import Chat, Said
from sekisho.interfaces.web.checking import pay
from sekisho.interfaces.web.checking.asked import Asked
from sekisho.interfaces.web.checking.found import Answer, Found, Text, answer, name_of
from sekisho.interfaces.web.checking.intake import reading
from sekisho.interfaces.web.checking.platforms import APPROVED
from sekisho.market.kernel.problems import Problem

MOST_DRAFTED = 200
"""Messages of a thread that a report tells: the last ones."""


def of_text(asked: Asked) -> Answer:
    """One message."""
    pack = asked.platform.id
    said = check(asked.text, stage=asked.core_stage, approved_tools=asked.tools, pack=pack)
    found = [_found(one, rules=_rules(pack), spans=((0, one.start, one.end),)) for one in said.findings]
    draft = _drafted(said.verdict, lambda: report_draft(asked.text, stage=asked.core_stage, pack=pack))
    return answer(said.verdict, [Text(asked.text)], found, unsure=bool(said.unsure), pack=pack, draft=draft)


def of_posting(asked: Asked) -> Answer:
    """A posting with its pay and what is known of its client."""
    pack = asked.platform.id
    said = check_posting(asked.posting, pack=pack)
    fields = [(Field.TITLE, asked.posting["title"]), (Field.BODY, asked.posting["body"]),
              (Field.PAY, asked.posting["pay"]["text"])]  # fmt: skip
    shown = [(name, text) for name, text in fields if text.strip()]
    names = {Field.TITLE: _("件名"), Field.BODY: _("募集文"), Field.PAY: _("報酬")}
    places = {name: place for place, (name, _text) in enumerate(shown)}
    found = [_of_posting(one, places) for one in said.findings]
    whole = "\n".join(text for _name, text in shown)
    draft = _drafted(said.verdict, lambda: report_draft(whole, kind="posting", pack=pack))
    texts = [Text(text, names[name] if len(shown) > 1 else "") for name, text in shown]
    return answer(said.verdict, texts, found, unsure=bool(said.unsure), pack=pack, draft=draft,
                  **_beside(said, asked.posting, pack))  # fmt: skip


def _of_posting(one: PostingFinding, places: Mapping[Field, int]) -> Found:
    label = one.label.value if one.label else ""
    at = ((places[one.field], one.start, one.end),) if one.field in places and one.end > one.start else ()
    return Found(
        one.rule, name_of(label, one.title), one.verdict, one.severity, dict(one.reasons), one.instead, one.risks,
        label, at,
    )  # fmt: skip


def _beside(said: PostingVerdict, posting: Mapping[str, Any], pack: str) -> dict[str, Any]:
    """What the posting tells beside its words: signs of the client, pay against the going rate, what is not stated."""
    texts = {Field.TITLE: posting["title"], Field.BODY: posting["body"], Field.PAY: posting["pay"]["text"]}
    return {
        "signs": pay.signs(said, pack),
        "pay": tuple(dict.fromkeys(pay.row(one, texts[one.field]) for one in said.pay)),
        "missing": pay.missing(said, pack),
    }


def of_thread(asked: Asked, chat: Chat, me: str) -> Answer:
    """A conversation in which `me` is the reader and everybody else the other side; `me` may be "" (nobody)."""
    pack = asked.platform.id
    before = _so_far(asked)
    events = [_event(one, me) for one in chat.said]
    said = check_thread([*before, *events], pack=pack)
    found = [
        _of_thread(one, len(before), chat.said, me, _rules(pack))
        for one in said.findings
        if one.event >= len(before)
    ]
    texts = [
        Text(one.text, one.speaker, "mine" if one.speaker == me else "theirs", one.told) for one in chat.said
    ]
    judged = said.events[len(before) :]
    verdict = max((one.verdict for one in judged), key=GRAVITY.__getitem__)
    unsure = any(one.unsure for one in judged)
    draft = _drafted(verdict, lambda: report_draft(events=[*before, *events[-MOST_DRAFTED:]], pack=pack))
    notes = (
        [_("新しいほうから%(n)s件を確認しました。") % {"n": f"{len(chat.said):,}"}] if chat.left_out else []
    )
    return answer(verdict, texts, found, unsure=unsure, pack=pack, draft=draft, notes=tuple(notes))


def _so_far(asked: Asked) -> list[dict[str, Any]]:
    """The events by which a deal came to the stage that was chosen."""
    if asked.stage == "pre_contract":
        return []
    policy = asked.platform.policy
    made: list[dict[str, Any]] = [
        {"type": "contract_agreed"}, {"type": "escrow_funded", "amount_yen": max(policy.token_contract_yen, 10_000)}
    ]  # fmt: skip
    by = "operator" if policy.decided_by is Decider.OPERATOR else "worker"
    approval: dict[str, Any] = {"type": "contact_request_approved", "by": by}
    request: list[dict[str, Any]] = [
        {"type": "contact_request", "by": "client", "tools": list(asked.tools), "purpose": "-"},
        approval,
    ]
    if asked.stage not in APPROVED:
        return made
    return request if asked.stage == "pre_approved" else [*made, *request]


def _event(said: Said, me: str) -> dict[str, Any]:
    event = {"type": "message", "sender": "worker" if said.speaker == me else "client", "text": said.text}
    return event | ({"at": said.at} if said.at else {})


def _of_thread(
    one: ThreadFinding, before: int, said: Sequence[Said], me: str, rules: Mapping[str, Rule]
) -> Found:
    parts = [part for part in one.parts if part.event >= before]
    spans = tuple((part.event - before, part.start, part.end) for part in parts)
    mine = said[one.event - before].speaker == me
    return _found(one, rules=rules, spans=spans, mine=mine)


def of_picture(asked: Asked) -> Answer:
    """A screenshot: what was read in it, each bubble as its writer's, and what its QR codes say."""
    assert asked.picture is not None
    pack = asked.platform.id
    kind = "posting" if asked.kind == "posting" else "message"
    with reading():
        read = read_picture(asked.picture)
    if not read.messages and not read.codes:
        raise Problem("picture_no_text")
    said = check_reading(read, kind=kind, stage=asked.core_stage, approved_tools=asked.tools, pack=pack)
    sides = {Side.LEFT: "theirs", Side.RIGHT: "mine", Side.NONE: ""}
    names = {Side.LEFT: _("相手"), Side.RIGHT: _("自分"), Side.NONE: ""}
    texts = [Text(one.text, names[one.side], sides[one.side]) for one in read.messages]
    texts += [Text(code.text, _("QRコード")) for code in read.codes]
    rules = _rules(pack)
    found = [
        _found(one.finding, rules=rules, spans=_on_picture(one, said), mine=one.side is Side.RIGHT)
        for one in said.evidence
    ]
    theirs = "\n".join(
        [one.text for one in read.messages if one.side is not Side.RIGHT] + [code.text for code in read.codes]
    )
    draft = _drafted(said.verdict, lambda: report_draft(theirs, kind=kind, stage=asked.core_stage, pack=pack))
    note = _(
        "画像から読み取った文です。読み違いがあるときは、下の「別の文を確認する」に正しい文を貼り付けてください。"
    )
    return answer(said.verdict, texts, found, unsure=bool(said.unsure), pack=pack, draft=draft, notes=(note,))


def _on_picture(one: Evidence, said: PictureVerdict) -> tuple[tuple[int, int, int], ...]:
    """Where a finding stands in the texts of `of_picture`: the messages of a side are judged together, on lines of their own."""
    messages, finding = said.reading.messages, one.finding
    for place, code in enumerate(said.reading.codes, len(messages)):
        if one.side is Side.NONE and one.boxes == (code.box,):
            return ((place, finding.start, finding.end),)
    spans, begin = [], 0
    for place, message in enumerate(messages):
        if message.side is one.side:
            start, end = max(0, finding.start - begin), min(len(message.text), finding.end - begin)
            if start < end:
                spans.append((place, start, end))
            begin += len(message.text) + 1
    return tuple(spans)


def _rules(pack: str) -> Mapping[str, Rule]:
    return load(pack).pack.rules


def _found(one: Any, *, rules: Mapping[str, Rule], spans: Any, mine: bool = False) -> Found:
    return Found(
        one.rule, words.LABELS[one.label], one.verdict, one.severity, dict(one.reasons), rules[one.rule].instead,
        one.risks, one.label.value, spans, mine,
    )  # fmt: skip


def _drafted(verdict: str, draft: Callable[[], Any]) -> Any:
    """A report is drafted where there is something to report."""
    return draft() if verdict in ("violation", "caution") else None
