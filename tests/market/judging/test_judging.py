"""Judgements can be made again from what is kept; packs go from shadow to live; words can be erased and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from tests.market.stories import new_deal, say

from sekisho.market.deals import log
from sekisho.market.deals.verbs import erase_body
from sekisho.market.judging import packs
from sekisho.market.judging.judge import judge_posting, judge_text, keep_event
from sekisho.market.judging.models import Judgement, PackVersion, ShadowJudgement
from sekisho.market.judging.printing import printed_deal
from sekisho.market.judging.reproduce import again
from sekisho.market.kernel import outbox
from sekisho.market.kernel.problems import Problem
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.verbs import send, send_anyway

LINE = "詳細はLINEでお伝えします。IDを教えてください。"
ALONE = ("profile", "delivery", "dispute", "review", "file_name", "message", "application", "contact_request")


def of_event(type_: str, text: str, **content: Any) -> Callable[[dict[str, Any]], Judgement]:
    def make(cast: dict[str, Any]) -> Judgement:
        deal = new_deal(cast)
        say(deal, "client", "このあとのやり取りはLINEでお願いします。")
        say(deal, "worker", "申し訳ありませんが、LINEはお断りします。")
        side = "worker" if type_ == "application" else "client"
        field = "purpose" if type_ == "contact_request" else "text"
        seen = log.foresee(deal, type_, by=side, content={field: text, **content})
        return keep_event(text, seen, kind=type_, subject=deal.id, writer=None)

    return make


MAKERS: dict[str, Callable[[dict[str, Any]], Judgement]] = {
    **{f"text {kind}": lambda _, kind=kind: judge_text(LINE, kind=kind, sender="client") for kind in ALONE},  # type: ignore[misc]
    "posting": lambda _: judge_posting(
        {"title": "在宅ワーク", "body": LINE, "category": "writing", "pay": {"text": "日給5万円"}}
    ),
    "event message": of_event("message", "やはりLINEのIDを教えてください。"),
    "event posting": of_event("posting", LINE),
    "event application": of_event("application", "よろしくお願いします。LINEは hanako_77 です。"),
    "event contact_request": of_event("contact_request", "LINEで素早く連絡するため", tools=["line"]),
}


@pytest.mark.parametrize("name", MAKERS)
def test_the_same_input_gives_the_same_record(cast: dict[str, Any], name: str) -> None:
    stored = Judgement.objects.get(pk=MAKERS[name](cast).pk)
    assert again(stored) == stored.record


def test_the_input_of_a_message_holds_its_thread(cast: dict[str, Any]) -> None:
    stored = Judgement.objects.get(pk=MAKERS["event message"](cast).pk)
    alone = judge_text(stored.text, kind="message", sender="client")
    assert {f["rule"] for f in again(stored)["findings"]} > {f["rule"] for f in alone.findings}


def test_a_verdict_cannot_be_changed_and_its_words_can_be_erased(cast: dict[str, Any]) -> None:
    row = judge_text(LINE, kind="profile", sender="client")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Judgement.objects.filter(pk=row.pk).update(verdict="clear")
    assert Judgement.objects.filter(pk=row.pk).update(text="") == 1


def test_erased_words_leave_message_judgement_and_memory(cast: dict[str, Any]) -> None:
    deal = new_deal(cast)
    message = send_anyway(cast["aoba"].actor, send(cast["aoba"].actor, deal, text=LINE))
    send(cast["hanako"].actor, deal, text="そのままこちらでお願いします。")
    erase_body(cast["kancho"].actor, deal, position=0, because="本人の請求")
    outbox.deliver()
    message.refresh_from_db()
    deal.refresh_from_db()
    said = Judgement.objects.get(pk=message.judgement_id)
    later = Judgement.objects.filter(text__contains="こちらで").get()
    assert (message.text, said.text, said.verdict) == ("", "", "violation")
    assert all("quote" not in finding for finding in said.findings)
    assert "IDを教えて" not in repr((deal.state, later.context, said.context))
    with pytest.raises(Problem) as refusal:
        again(said)
    assert refusal.value.code == "words_erased"


def test_a_pack_goes_from_draft_over_shadow_to_live_and_retires_the_one_before(cast: dict[str, Any]) -> None:
    operator = cast["kancho"].actor
    assert packs.pack() == "standard"
    for name in ("crowdworks", "lancers"):
        version = packs.register(operator, None, pack=name)
        tried = packs.shadow(operator, version)
        packs.go_live(operator, tried, because="試行の結果に問題がないため", untested="まだ判定した文がない")
        assert packs.pack() == name
    assert list(PackVersion.objects.order_by("made_at").values_list("state", flat=True)) == ["retired", "live"]
    assert log.foresee(new_deal(cast), "message", by="client", content={"text": "x"}).pack == "lancers"


def test_a_draft_cannot_go_live_and_a_second_shadow_waits(cast: dict[str, Any]) -> None:
    operator = cast["kancho"].actor
    one, two = (packs.register(operator, None, pack=name) for name in ("crowdworks", "lancers"))
    with pytest.raises(Problem) as refusal:
        packs.go_live(operator, one, because="…")
    assert refusal.value.code == "not_from_here"
    packs.shadow(operator, one)
    with pytest.raises(Problem) as refusal:
        packs.shadow(operator, two)
    assert refusal.value.code == "shadow_taken"


def test_a_pack_that_does_not_load_is_refused_with_the_reason(cast: dict[str, Any]) -> None:
    with pytest.raises(Problem) as refusal:
        packs.register(cast["kancho"].actor, None, pack="no-such-pack")
    assert refusal.value.code == "bad_pack"
    assert "no such pack" in refusal.value.text("en")


def test_a_shadow_judges_beside_without_effect_and_its_differences_are_kept(cast: dict[str, Any]) -> None:
    operator, deal = cast["kancho"].actor, new_deal(cast)
    packs.shadow(operator, packs.register(operator, None, pack="upwork"))
    send(cast["aoba"].actor, deal, text=LINE)
    outbox.deliver()
    shadow = ShadowJudgement.objects.get()
    live = shadow.judgement
    assert (live.pack, shadow.version.pack) == ("standard", "upwork")
    assert shadow.digest != live.digest
    changed = (shadow.verdict, shadow.action) != (live.verdict, live.action)
    assert shadow.differs == (changed or bool(shadow.rules_gained or shadow.rules_lost))
    assert Message.objects.get().judgement_id == live.id


def test_paper_shows_what_was_seen_beside_the_words(cast: dict[str, Any]) -> None:
    deal = new_deal(cast)
    send_anyway(cast["aoba"].actor, send(cast["aoba"].actor, deal, text=LINE))
    send(cast["hanako"].actor, deal, text="こちらでお願いします。")
    lines = list(printed_deal(deal))
    assert [bool(line.findings) for line in lines] == [True, False]
    assert lines[0].words == LINE
