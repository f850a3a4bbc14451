"""From posting to payout through the API alone."""

from __future__ import annotations

from typing import Any

from api_callers import JOB, Caller


def offered(callers: dict[str, Caller]) -> Any:
    """A contract that is offered."""
    client, worker = callers["aoba"], callers["hanako"]
    job = client.do("/jobs", JOB)
    assert client.do(f"/jobs/{job['id']}/submit")["state"] == "open"
    text = {"text": "通販の紹介文を50本ほど書いてきました。よろしくお願いします。"}
    application = worker.do(f"/jobs/{job['id']}/applications", text)
    client.do(f"/applications/{application['id']}/choose")
    terms = {"title": "紹介文10本", "terms": "10本、各400字", "price_yen": 10_000}
    return client.do(f"/deals/{application['deal_id']}/contracts", terms)


def test_a_job_runs_from_posting_to_payout_through_the_api(
    cast: dict[str, Any], callers: dict[str, Caller]
) -> None:
    client, worker, operator = callers["aoba"], callers["hanako"], callers["kancho"]
    contract = offered(callers)
    place = f"/contracts/{contract['id']}"
    worker.do(f"{place}/agree")
    deposit = {"client": str(cast["aoba"].id), "amount": contract["funded_yen"], "reference": "20261124-1"}
    operator.do("/house/deposits", deposit)
    client.do(f"{place}/fund")
    worker.do(f"{place}/deliver", {"note": "10本納品いたします。"})
    assert client.do(f"{place}/accept")["state"] == "completed"
    client.do(f"{place}/reviews", {"stars": 5, "text": "ありがとうございました。"})
    bank = {"bank": "0001", "branch": "001", "type": "ordinary", "number": "1234567", "holder": "ヤマダ ハナコ"}
    assert worker.do("/money/bank-account", bank, "PUT")["masked"].endswith("567 ヤ***")
    payout = worker.do("/payouts", {"amount": worker.get("/money")["worker_yen"]})
    operator.do(f"/house/payouts/{payout['id']}/confirm")
    assert worker.get(f"/payouts/{payout['id']}")["state"] == "paid"
    assert [row["direction"] for row in worker.get("/money/transfers")["items"]] == ["out", "in"]


def test_a_deal_is_read_by_its_parties_and_by_nobody_else(callers: dict[str, Caller]) -> None:
    place = f"/deals/{offered(callers)['deal_id']}/events"
    seen = {name: caller.ask("GET", place).status_code for name, caller in callers.items()}
    assert seen == {"aoba": 200, "hanako": 200, "taro": 404, "minarai": 404, "kancho": 404, "nobody": 401}


def test_the_events_of_a_deal_come_in_order_page_by_page(callers: dict[str, Caller]) -> None:
    contract = offered(callers)
    callers["hanako"].do(f"/contracts/{contract['id']}/agree")
    place, types, after = f"/deals/{contract['deal_id']}/events", [], -1
    while after is not None:
        page = callers["hanako"].get(f"{place}?after={after}&limit=1")
        types += [event["type"] for event in page["items"]]
        after = page["next"]
    assert types == ["posting", "application", "contract_agreed"]


def test_a_nudged_message_comes_back_with_what_was_seen_and_its_recipient_reads_a_warning_if_it_is_sent_anyway(
    callers: dict[str, Caller],
) -> None:
    client, worker = callers["aoba"], callers["hanako"]
    deal = f"/deals/{offered(callers)['deal_id']}/messages"
    message = client.do(deal, {"text": "ありがとうございます。今後の連絡はLINEでお願いします。"})
    assert message["state"] == "nudged"
    assert message["findings"]
    assert worker.get(deal)["items"] == []
    client.do(f"/messages/{message['id']}/send-anyway")
    assert worker.get(deal)["items"][0]["warned"]


def test_a_blocked_writer_is_not_told(cast: dict[str, Any], callers: dict[str, Caller]) -> None:
    deal = f"/deals/{offered(callers)['deal_id']}/messages"
    callers["hanako"].do(f"/accounts/{cast['aoba'].id}/block")
    assert callers["aoba"].do(deal, {"text": "お世話になっております。"})["state"] == "delivered"
    assert callers["hanako"].get(deal)["items"] == []


def test_a_held_message_waits_at_the_desk_until_a_moderator_releases_it(callers: dict[str, Caller]) -> None:
    client, deal = callers["aoba"], f"/deals/{offered(callers)['deal_id']}/messages"
    for _ in range(3):
        message = client.do(deal, {"text": "今後の連絡はLINEでお願いします。"})
    assert (message["state"], message["findings"]) == ("held", [])
    assert callers["taro"].refused("GET", "/house/messages") == (403, "not_yours")
    waiting = callers["minarai"].get("/house/messages")["items"]
    callers["minarai"].do(f"/house/messages/{waiting[0]['id']}/release")
    assert len(callers["hanako"].get(deal)["items"]) == 1
