"""Reports, cases, decisions and appeals through the API alone: what a marketplace with its own pages needs."""

from __future__ import annotations

from typing import Any

from tests.market.stage import LURE, Stage

from api_callers import Caller, of
from sekisho.market.kernel import outbox
from sekisho.market.messaging.verbs import send, send_anyway
from sekisho.market.safety import appeals
from sekisho.market.safety.models import Decision

REASON = "契約の前にLINEへの移動を求めるメッセージを確認しました。"


def reported(stage: Stage, callers: dict[str, Caller]) -> Any:
    """She reports a solicitation."""
    message = send(stage.client, stage.deal(), text=LURE)
    message = send_anyway(stage.client, message) if message.state == "nudged" else message
    outbox.deliver(1000)
    told = callers["hanako"].get(f"/reports/about?about=message&id={message.id}")
    assert (told["stage"], told["categories"][0]) == ("pre_contract", "channel_solicitation")
    body = {
        "about": "message",
        "about_id": str(message.id),
        "category": "channel_solicitation",
        "text": "怖かったです。",
    }
    return callers["hanako"].do("/reports", body)


def decided(stage: Stage, callers: dict[str, Caller]) -> Any:
    """A moderator takes the next case, reads it and decides it with what it offers."""
    reported(stage, callers)
    moderator = callers["minarai"]
    case = moderator.do("/house/cases/claim-next")
    read = moderator.do(f"/house/cases/{case['id']}/read", {})
    assert read["reports"][0]["text"] == "怖かったです。"
    quoted = next(row for row in read["entries"] if row["evidence"] and row["reported"])
    body = {
        "breach": True, "rule": "channel_solicitation", "public_reason": REASON, "private_note": "初回。",
        "orders": [{"kind": "suspension", "days": 7}],
        "evidence": [{"kind": "event", "ref": quoted["id"], "quote": quoted["text"]}],
    }  # fmt: skip
    return moderator.do(f"/house/cases/{case['id']}/decision", body)


def test_a_report_goes_to_a_statement_an_appeal_and_a_reversal_through_the_api(
    stage: Stage, callers: dict[str, Caller]
) -> None:
    decision = decided(stage, callers)
    stage.cast["aoba"].refresh_from_db()
    subject = of(stage.cast["aoba"])
    assert subject.get(f"/decisions/{decision['id']}")["statement"]["facts"] == REASON
    appeal = subject.do(f"/decisions/{decision['id']}/appeal", {"text": "誤解です。"})
    assert (
        callers["minarai"].refused("POST", f"/house/appeals/{appeal['id']}/uphold", {"because": "誤り。"})[0]
        == 403
    )
    callers["kancho"].do(f"/house/appeals/{appeal['id']}/uphold", {"because": "別の文脈でした。"})
    assert subject.get(f"/appeals/{appeal['id']}")["state"] == "upheld"
    assert callers["hanako"].get("/reports")["items"][0]["state"] == "dismissed"


def test_what_the_subject_gets_holds_no_word_of_a_report(stage: Stage, callers: dict[str, Caller]) -> None:
    decision = decided(stage, callers)
    told = of(stage.cast["aoba"]).ask("GET", f"/decisions/{decision['id']}").content.decode()
    assert "怖かった" not in told
    assert str(stage.cast["hanako"].id) not in told
    assert callers["aoba"].get("/reports")["items"] == []


def test_an_appeal_by_the_word_of_the_letter_needs_no_token(stage: Stage, callers: dict[str, Caller]) -> None:
    decision = Decision.objects.get(pk=decided(stage, callers)["id"])
    nobody, path = Caller(None), f"/appeal-links/{appeals.link(decision)}"
    assert nobody.get(path)["statement"]["rule"] == "channel_solicitation"
    assert nobody.do(path, {"text": "誤解です。"})["state"] == "filed"
    assert nobody.refused("GET", path + "x") == (404, "bad_link")


def test_words_of_a_case_are_only_for_who_works_on_it(stage: Stage, callers: dict[str, Caller]) -> None:
    report = reported(stage, callers)
    case = callers["kancho"].get("/house/cases")["items"][0]
    assert callers["kancho"].refused("POST", f"/house/cases/{case['id']}/read", {}) == (409, "not_claimed")
    assert report["can"] == ["withdraw"]
    assert set(case) & {"reporter_id", "text"} == set()
