"""Sending: what the table says is done, attempts are kept, victims are not punished."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.market.safety.made import opened
from tests.market.stories import funded_deal, new_deal, say

from sekisho.market.deals import log
from sekisho.market.deals.models import Deal
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock, sweep
from sekisho.market.kernel.models import AuditEntry, IdempotencyKey, OutboxRow
from sekisho.market.kernel.problems import Problem
from sekisho.market.messaging.explaining import explanation, warning
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.policy import policy
from sekisho.market.messaging.reading import thread
from sekisho.market.messaging.verbs import inspect, release, send, send_anyway, withhold

LINE = "詳細はLINEでお伝えします。IDを教えてください。"
AGAIN = "ラインのIDをお願いします。そちらで説明します。"
PAY = "手数料がもったいないので、次回からは直接お支払いします。"


@pytest.fixture
def deal(cast: dict[str, Any]) -> Deal:
    return new_deal(cast)


def test_an_ordinary_message_is_delivered_and_stands_in_the_log(cast: dict[str, Any], deal: Deal) -> None:
    message = send(cast["aoba"].actor, deal, text="初稿は金曜日までにお願いします。")
    assert (message.state, message.warned, message.event and message.event.type) == ("delivered", False, "message")


def test_a_nudged_message_comes_back_with_what_was_seen_and_how_to_do_it_properly(
    cast: dict[str, Any], deal: Deal
) -> None:
    message = send(cast["aoba"].actor, deal, text=LINE)
    for lang in ("ja", "en"):
        told = explanation(message, lang=lang)
        assert told is not None
        assert told.may_send_anyway
        assert told.instead
        assert all(LINE[point.start : point.end] == point.quote for point in told.points)
    assert thread(cast["hanako"].actor, deal).entries == ()


def test_sending_a_nudged_message_anyway_is_recorded_and_warns_its_recipient(
    cast: dict[str, Any], deal: Deal
) -> None:
    message = send_anyway(cast["aoba"].actor, send(cast["aoba"].actor, deal, text=LINE))
    told = warning(message)
    assert (message.state, message.anyway, message.warned) == ("delivered", True, True)
    assert told is not None
    assert told.points
    assert told.todo
    assert told.refusal
    assert AuditEntry.objects.filter(action="message.send_anyway", thing_id=message.id).exists()


def test_after_the_second_rewriting_of_the_same_thing_it_is_held_for_a_general_reason(
    cast: dict[str, Any], deal: Deal
) -> None:
    states = [send(cast["aoba"].actor, deal, text=text).state for text in (LINE, AGAIN)]
    third = send(cast["aoba"].actor, deal, text="LINEのIDを送ってください。")
    told = explanation(third)
    assert (*states, third.state, third.general) == ("nudged", "nudged", "held", True)
    assert told is not None
    assert (told.points, told.instead, told.may_send_anyway) == ((), (), False)


def test_a_message_that_is_put_right_after_two_nudges_is_delivered(cast: dict[str, Any], deal: Deal) -> None:
    for text in (LINE, AGAIN):
        send(cast["aoba"].actor, deal, text=text)
    assert send(cast["aoba"].actor, deal, text="締め切りは来週の金曜日です。").state == "delivered"


def test_money_past_the_house_is_held_at_once_and_its_recipient_sees_nothing(
    cast: dict[str, Any], deal: Deal
) -> None:
    message = send(cast["aoba"].actor, deal, text=PAY)
    assert (message.state, message.event_id) == ("held", None)
    assert thread(cast["hanako"].actor, deal).entries == ()
    assert [entry.state for entry in thread(cast["aoba"].actor, deal).entries] == ["held"]


def test_a_held_message_that_is_released_is_delivered_and_its_minutes_are_counted(
    cast: dict[str, Any], deal: Deal
) -> None:
    message = send(cast["aoba"].actor, deal, text=PAY)
    with clock.ahead(timedelta(minutes=42)):
        message = release(cast["minarai"].actor, message)
    assert (message.state, message.held_minutes, message.warned) == ("delivered", 42, True)


def test_a_held_message_that_nobody_looked_at_is_overdue_after_a_day_and_not_released(
    cast: dict[str, Any], deal: Deal
) -> None:
    message = send(cast["aoba"].actor, deal, text=PAY)
    with clock.ahead(timedelta(hours=24, minutes=1)):
        sweep.sweep()
    message.refresh_from_db()
    assert (message.state, message.overdue) == ("held", True)


def test_a_withheld_message_stays_unseen_and_says_why_in_the_audit_chain(
    cast: dict[str, Any], deal: Deal
) -> None:
    message = withhold(cast["minarai"].actor, send(cast["aoba"].actor, deal, text=PAY), because="規約に反する支払い方法")
    assert message.state == "withheld"
    assert thread(cast["hanako"].actor, deal).entries == ()
    assert AuditEntry.objects.get(action="message.withhold").because == "規約に反する支払い方法"


def test_who_answers_a_solicitation_in_kind_is_neither_nudged_nor_held(
    cast: dict[str, Any], deal: Deal
) -> None:
    send_anyway(cast["aoba"].actor, send(cast["aoba"].actor, deal, text=LINE))
    answer = send(cast["hanako"].actor, deal, text="はい、私のLINEのIDは hanako_77 です。")
    assert any(finding["lured"] for finding in answer.judgement.findings)
    assert (answer.state, answer.warned, answer.judgement.verdict) == ("delivered", False, "clear")
    assert warning(answer) is None


def test_a_check_that_could_not_finish_is_allowed_told_and_queued(
    cast: dict[str, Any], deal: Deal, monkeypatch: pytest.MonkeyPatch
) -> None:
    from dataclasses import replace

    from sekisho.core.rules.model import Outcome

    real = log.foresee

    def unfinished(*args: Any, **kwargs: Any) -> log.Seen:
        seen = real(*args, **kwargs)
        return replace(seen, said=replace(seen.said, verdict=Outcome.UNSURE, unsure=("budget",)))

    monkeypatch.setattr(log, "foresee", unfinished)
    message = send(cast["aoba"].actor, deal, text="原稿の件、よろしくお願いします。")
    told = warning(message)
    assert (message.state, message.warned) == ("delivered", True)
    assert told is not None
    assert told.points == ()
    assert Judgement.objects.filter(verdict="unsure", unsure=["budget"]).exists()


def test_messages_of_one_account_are_slowed_and_told_for_how_long(cast: dict[str, Any], deal: Deal) -> None:
    rules, actor = policy(), cast["aoba"].actor
    for _ in range(rules.per_minute):
        send(actor, deal, text="承知しました。")
    with pytest.raises(Problem) as refusal:
        send(actor, deal, text="承知しました。")
    assert refusal.value.code == "too_many"
    assert 0 < refusal.value.facts["seconds"] <= 61
    with clock.ahead(timedelta(seconds=62)):
        assert send(actor, deal, text="承知しました。").state == "delivered"


def test_a_contact_in_a_message_is_copied_into_no_log(cast: dict[str, Any]) -> None:
    deal = funded_deal(cast)
    for number in range(3):
        send(cast["aoba"].actor, deal, text="電話は 090-1234-5678 です。", key=f"k{number}")
    rows = [*AuditEntry.objects.values(), *OutboxRow.objects.values(), *IdempotencyKey.objects.values()]
    told = repr(rows)
    assert rows
    assert not any(form in told for form in ("1234-5678", "12345678", "+8190"))


def test_a_moderator_reads_every_attempt_with_a_reason(cast: dict[str, Any], deal: Deal) -> None:
    send(cast["aoba"].actor, deal, text=LINE)
    say(deal, "worker", "こちらでお願いします。")
    opened(deal, cast["minarai"].actor)
    page = inspect(cast["minarai"].actor, deal, because="通報の確認")
    assert {entry.state for entry in page.entries} == {"nudged", ""}
    assert set(AuditEntry.objects.filter(because="通報の確認").values_list("action", flat=True)) == {
        "message.inspect", "deal.inspect",
    }  # fmt: skip


def test_a_stranger_is_told_that_the_deal_does_not_exist(cast: dict[str, Any], deal: Deal) -> None:
    with pytest.raises(Problem) as refusal:
        send(cast["taro"].actor, deal, text="こんにちは")
    assert refusal.value.code == "not_found"
    assert not Message.objects.exists()
