"""A small world with one thing in every state that somebody can act on: for what walks every address of the site."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.db import transaction

from sekisho.market.contact_requests import verbs as requests
from sekisho.market.contracts import verbs as contracts
from sekisho.market.deals.models import Deal
from sekisho.market.jobs import verbs as jobs
from sekisho.market.kernel.actors import Actor
from sekisho.market.ledger import verbs as ledger
from sekisho.market.messaging import verbs as messages
from sekisho.market.notices import webhooks
from sekisho.market.notices.models import Delivery, Notice
from sekisho.market.profiles import verbs as profiles
from site_safety import around_safety
from site_stories import deal_of, funded
from site_things import LURE, around_contracts, around_jobs, around_money, around_people, around_rules

BACK_END = Actor(None, "back end", frozenset({"anyone", "backend"}))
TERMS = {"title": "紹介文10本", "terms": "10本、各400字", "price_yen": 1_000}
BANK = {"bank": "0001", "branch": "001", "type_": "ordinary", "number": "1234567", "holder": "ヤマダ ハナコ"}
CLEAN = {
    "category": "writing",
    "pay_text": "1本 1,000円",
    "body": "商品紹介文を10本お願いします。資料はお渡しします。",
}


def world(cast: dict[str, Any]) -> dict[str, UUID]:
    """Ids by name. 株式会社あおば is the client and 花子 the worker of everything."""
    client, worker, operator = (cast[name].actor for name in ("aoba", "hanako", "kancho"))
    things: dict[str, Any] = {"account": cast["hanako"], "stranger": cast["taro"]}
    things["deal"] = deal = deal_of(cast)
    with_request = _deal(client, worker, "二つ目の案件")
    things["job_draft"] = jobs.draft(client, None, title="下書き", **CLEAN)
    things["job_open"] = jobs.submit(client, jobs.draft(client, None, title="募集中の案件", **CLEAN))
    things["application"] = jobs.apply(worker, things["job_open"], text="よろしくお願いします。")
    things["job_new"] = jobs.submit(client, jobs.draft(client, None, title="応募のない案件", **CLEAN))
    lure = CLEAN | {"body": f"{CLEAN['body']}応募の前に{LURE}"}
    things["job_screening"] = jobs.submit(client, jobs.draft(client, None, title="確認中の案件", **lure))
    things["offered"] = contracts.offer(client, deal, **TERMS)
    things["agreed"] = contracts.agree(worker, contracts.offer(client, deal, **TERMS))
    for name in ("funded", "delivered", "disputed", "completed"):
        things[name] = funded(cast, deal)
    for name in ("delivered", "completed"):
        contracts.deliver(worker, things[name], note="納品いたします。")
    contracts.accept(client, things["completed"])
    contracts.dispute(client, things["disputed"], because="約束と違います。")
    ledger.confirm_deposit(operator, None, client=cast["aoba"].id, amount=100_000, reference="of the world")
    around_money(things, cast, BANK)
    things["request"] = requests.ask(client, deal, tools=("chatwork",), purpose="進捗の確認")
    funded(cast, with_request)
    approved = requests.ask(client, with_request, tools=("chatwork",), purpose="進捗の確認")
    things["approved"] = requests.approve(worker, approved)
    things["free_deal"] = third = _deal(client, worker, "三つ目の案件")
    funded(cast, third)
    things["delivered_message"] = messages.send(client, deal, text="お世話になっております。")
    unfunded = _deal(client, worker, "四つ目の案件")
    things["nudged"], things["nudged_too"], things["held"] = (
        messages.send(client, unfunded, text=LURE) for _ in range(3)
    )
    things["profile"] = profiles.write(worker, None, headline="ライター")
    things["endpoint"] = webhooks.add(client, None, url="https://aoba.example.com/hook")
    things["house_endpoint"] = webhooks.add(BACK_END, None, url="https://house.example.com/hook")
    around_contracts(things, cast)
    around_jobs(things, cast)
    around_people(things, cast)
    around_rules(things, cast)
    around_safety(things, cast)
    _told(things, cast)
    return {name: thing.pk for name, thing in things.items()}


def _deal(client: Actor, worker: Actor, title: str) -> Deal:
    job = jobs.submit(client, jobs.draft(client, None, title=title, **CLEAN))
    application = jobs.apply(worker, job, text="よろしくお願いします。")
    jobs.choose(client, application)
    return Deal.objects.get(pk=application.deal_id)


def _told(things: dict[str, Any], cast: dict[str, Any]) -> None:
    """Fill what the outbox fills, without asking any server."""
    notice = Notice.objects.create(
        account=cast["hanako"], topic="message.delivered", title="新しいメッセージ"
    )
    things["notice"] = notice
    for name in ("endpoint", "house_endpoint"):
        row = Delivery.objects.create(endpoint=things[name], topic="message.delivered", body="{}")
        things[f"{name}_delivery"] = row


@contextmanager
def taken_back() -> Iterator[None]:
    """Whatever happens inside has not happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
