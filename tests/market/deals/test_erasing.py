"""Erased words are gone everywhere: from the chain's body and from every copy in the tables of what they were written about."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db import connection, models
from tests.market.stage import Stage, later

from sekisho.market.contact_requests import verbs as requests
from sekisho.market.contracts import changes, reviews, terminations
from sekisho.market.contracts import verbs as contracts
from sekisho.market.deals.models import Deal, Event
from sekisho.market.deals.verbs import erase_body
from sekisho.market.jobs import verbs as jobs
from sekisho.market.kernel import outbox
from sekisho.market.kernel.verification import verify_all
from sekisho.market.messaging import verbs as messages

WORD = "ヒミツノコトバ"


def places() -> set[str]:
    """Every column of every table that holds the word."""
    found = set()
    with connection.cursor() as cursor:
        for model in apps.get_models():
            for field in model._meta.concrete_fields:
                if isinstance(field, models.CharField | models.TextField | models.JSONField):
                    cursor.execute(
                        f'SELECT count(*) FROM "{model._meta.db_table}" WHERE "{field.column}"::text LIKE %s', [f"%{WORD}%"]
                    )
                    if cursor.fetchone()[0]:
                        found.add(f"{model._meta.db_table}.{field.column}")
    return found


def erase_all(stage: Stage, deal: Deal) -> None:
    """Erase the body of every event that holds the word."""
    for event in Event.objects.filter(deal=deal).select_related("body").order_by("position"):
        if WORD in str(event.body.content):
            erase_body(stage.operator, deal, position=event.position, because="本人の請求")
    outbox.deliver(1000)


def test_no_table_holds_erased_words_whatever_they_were_written_about(stage: Stage) -> None:
    job = stage.job()
    application = jobs.apply(stage.worker, job, text=f"経験があります。{WORD}です。")
    deal: Any = application.deal
    messages.send(stage.client, deal, text=f"よろしくお願いします。{WORD}です。")
    contract = contracts.offer(stage.client, deal, title=f"紹介文 {WORD}", terms=f"10本。{WORD}", price_yen=10_000)
    contract = contracts.agree(stage.worker, contract)
    stage.money(contract.funded_yen)
    contract = contracts.fund(stage.client, contract)
    request = requests.ask(stage.client, deal, tools=("zoom",), purpose=f"原稿の確認のためです。{WORD}")
    requests.approve(stage.worker, request)
    changes.agree(stage.client, changes.propose(stage.worker, contract, terms=f"12本。{WORD}"))
    terminations.refuse(
        stage.worker, terminations.ask(stage.client, contract, reason_code="both_agree", text=f"都合です。{WORD}")
    )
    contract = contracts.deliver(stage.worker, contract, note=f"納品します。{WORD}")
    contract = contracts.send_back(stage.client, contract, because=f"直してください。{WORD}")
    contract = contracts.accept(stage.client, contracts.deliver(stage.worker, contract, note=f"直しました。{WORD}"))
    reviews.review(stage.client, contract, stars=5, text=f"丁寧でした。{WORD}")
    outbox.deliver(1000)
    assert len(places()) > 8
    erase_all(stage, deal)
    assert places() == set()
    assert verify_all().faults == ()


def test_the_words_of_a_dispute_go_with_it_and_the_houses_too(stage: Stage) -> None:
    from sekisho.market.contracts import disputes, settlements
    from sekisho.market.contracts.models import Dispute

    contract = contracts.dispute(stage.client, stage.delivered(), because=f"足りません。{WORD}")
    dispute = Dispute.objects.get(contract=contract)
    disputes.say(stage.worker, dispute, text=f"足りています。{WORD}")
    later(days=5, minutes=1)
    dispute.refresh_from_db()
    dispute = disputes.propose(stage.moderator, dispute, to_worker=6_000, because=f"半分です。{WORD}")
    settlement = settlements.propose(
        stage.moderator, disputes.reject(stage.worker, dispute), to_worker=5_000, because=f"裁定です。{WORD}"
    )
    settlements.confirm(stage.operator, settlement)
    erase_all(stage, contract.deal)
    # What the house gave as its reason for an act stays in the audit log, which is read by the house only.
    assert places() == {"kernel_auditentry.because"}


def test_what_another_deal_says_is_left_alone(stage: Stage) -> None:
    one, other = stage.delivered(), stage.delivered()
    contracts.send_back(stage.client, one, because="直してください。")
    contracts.send_back(stage.client, other, because=f"直してください。{WORD}")
    event = Event.objects.filter(deal=one.deal, type="sent_back").get()
    erase_body(stage.operator, one.deal, position=event.position, because="本人の請求")
    outbox.deliver(1000)
    assert places() == {"contracts_statement.text", "deals_body.content", "judging_judgement.text"}
