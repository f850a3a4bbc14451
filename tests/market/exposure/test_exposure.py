"""Exposure records: never a value, private, shared by their writer alone, hers to erase."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import given as generated
from hypothesis import settings
from hypothesis import strategies as st
from tests.market.stage import Stage, later, refused

from sekisho.core.guidance import Exposed
from sekisho.market.exposure import verbs
from sekisho.market.exposure.matters import MATTERS, Matter
from sekisho.market.exposure.models import Attached, Exposure, Given, Share, Ticked
from sekisho.market.exposure.plain import without_values
from sekisho.market.exposure.reading import plan_for, timeline, whole
from sekisho.market.exposure.sharing import inspect, share, unshare
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import SYSTEM
from sekisho.market.kernel.models import AuditEntry
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.verification import verify_all
from sekisho.market.messaging.verbs import send
from sekisho.market.people.leaving import ask_deletion, delete
from sekisho.market.people.verbs import block

PHONE = {"kind": "phone", "on": date(2026, 11, 1), "tool": "line", "to_words": "「さくら」と名乗る人"}
MONEY = {"kind": "money", "on": date(2026, 11, 3), "tool": "bank_transfer", "amount_yen": 30_000}


@pytest.fixture
def reports() -> Iterator[dict[UUID, list[Matter]]]:
    """What the room of reports would tell: matters by the account that reported."""
    known: dict[UUID, list[Matter]] = {}

    def tell(account: UUID) -> list[Matter]:
        return known.get(account, [])

    MATTERS.append(tell)
    yield known
    MATTERS.remove(tell)


def reported(stage: Stage, reports: dict[UUID, list[Matter]], *, open: bool = True) -> UUID:  # noqa: A002
    """The worker has one report, open or over."""
    pk = reports[stage.worker.me][0].id if stage.worker.me in reports else uuid4()
    reports[stage.worker.me] = [Matter(pk, "外部への誘導", clock.now(), open)]
    return pk


def record(stage: Stage, *rows: dict[str, Any]) -> Exposure:
    return verbs.write(stage.worker, None, given=rows or (PHONE, MONEY))


def test_a_record_says_what_when_to_whom_and_by_which_tool(stage: Stage) -> None:
    stage.deal()
    made = record(stage, PHONE | {"to": stage.client.me}, MONEY)
    rows = [(g.kind, g.on, g.tool, g.to_id, g.amount_yen) for g in whole(made).given]
    assert rows == [
        ("phone", date(2026, 11, 1), "line", stage.client.me, None),
        ("money", date(2026, 11, 3), "bank_transfer", None, 30_000),
    ]


def test_the_kinds_are_those_of_the_guidance_and_no_others(stage: Stage) -> None:
    rows = [{"kind": kind.value} | ({"amount_yen": 1} if kind == Exposed.MONEY else {}) for kind in Exposed]
    assert whole(record(stage, *rows)).kinds == tuple(kind.value for kind in Exposed)
    with refused("bad_value"):
        record(stage, {"kind": "photo"})


@pytest.mark.parametrize("value", [
    "090-1234-5678", "０９０１２３４５６７８", "〇九〇一二三四五六七八", "taro@example.com", "ID: sakura_0123", "口座 1234567",
    "1234 5678 9012", "12345-678", "@tanaka_san", "https://example.com/form", "LINE ID sakura123",
])  # fmt: skip
def test_a_value_is_refused_in_every_field_of_free_text_and_nothing_is_kept(stage: Stage, value: str) -> None:
    for asked in (
        {"given": (PHONE | {"to_words": value},)}, {"given": (PHONE,), "title": value},
        {"given": (PHONE,), "story": f"経緯です。\n{value} を伝えました。"},
    ):  # fmt: skip
        with refused("value_in_text"):
            verbs.write(stage.worker, None, **asked)
    assert not Exposure.objects.exists()


def test_a_refusal_does_not_repeat_the_value(stage: Stage) -> None:
    with pytest.raises(Problem) as refusal:
        record(stage, PHONE | {"to_words": "090-1234-5678"})
    assert "1234-5678" not in refusal.value.text("ja") + refusal.value.text("en")


@pytest.mark.parametrize("words", [
    "株式会社あおば 営業部の方", "LINEで「さくら」と名乗る人", "2026-11-24の夜に電話番号を伝えました",
    "登録料として300000円を払いました",
    "2025年12月25日13:00頃", "30代くらいの男性",
])  # fmt: skip
def test_plain_words_dates_and_amounts_pass(words: str) -> None:
    assert without_values(words, "story", 100) == words


@settings(max_examples=60, deadline=None)
@generated(
    before=st.text("あいう、", max_size=8), digits=st.text("0123456789０１２３４５６７８９", min_size=6, max_size=12),
    gap=st.sampled_from(["", "-", " ", "ー"]), after=st.text("かきく。", max_size=8),
)  # fmt: skip
def test_no_run_of_six_digits_passes_however_it_is_written(
    before: str, digits: str, gap: str, after: str
) -> None:
    with pytest.raises(Problem):
        without_values(before + gap.join(digits) + after, "story", 200)


def test_money_needs_its_amount_and_nothing_else_has_one(stage: Stage) -> None:
    with refused("bad_amount"):
        record(stage, MONEY | {"amount_yen": None})
    assert whole(record(stage, PHONE | {"amount_yen": 500})).given[0].amount_yen is None


def test_a_day_may_be_unknown_but_not_ahead(stage: Stage) -> None:
    assert whole(record(stage, PHONE | {"on": None})).given[0].on is None
    with refused("given_ahead"):
        record(stage, PHONE | {"on": clock.now().date() + timedelta(days=3)})


def test_nobody_can_be_named_as_recipient_whom_she_never_met(stage: Stage) -> None:
    with refused("not_found"):
        record(stage, PHONE | {"to": stage.stranger.me})


def test_a_record_is_its_writers_alone(stage: Stage) -> None:
    made = record(stage)
    everybody = (stage.client, stage.stranger, stage.moderator, stage.operator)
    assert [Exposure.objects.visible_to(actor).exists() for actor in everybody] == [False] * 4
    for actor in everybody:
        for act in (verbs.erase, verbs.keep):
            with pytest.raises(Problem):
                act(actor, made)
    with refused("not_found"):
        inspect(stage.moderator, made, because="通報の確認")


def test_amending_writes_all_anew_and_keeps_what_is_attached_and_ticked(stage: Stage) -> None:
    deal, made = stage.deal(), record(stage)
    event = send(stage.client, deal, text="お世話になっております。").event
    verbs.attach(stage.worker, made, deal=deal.id, events=(event.id,))
    verbs.tick(stage.worker, made, step="stop")
    verbs.amend(stage.worker, made, given=(MONEY,), story="電話番号は伝えていませんでした。")
    now = whole(made)
    assert (now.kinds, len(now.words), set(now.ticked)) == (("money",), 1, {"stop"})


def test_attached_words_are_those_of_the_deal_with_its_hash(stage: Stage) -> None:
    deal, made = stage.deal(), record(stage)
    event = send(stage.client, deal, text="お世話になっております。").event
    verbs.attach(stage.worker, made, deal=deal.id, events=(event.id,))
    words = whole(made).words[0]
    assert (words.event.body["text"], words.digest) == ("お世話になっております。", bytes(event.digest).hex())


def test_words_of_others_deals_and_words_a_block_kept_from_her_cannot_be_attached(stage: Stage) -> None:
    deal, made = stage.deal(), record(stage)
    block(stage.worker, stage.cast["aoba"])
    kept = send(stage.client, deal, text="その後いかがでしょうか。").event
    with refused("not_found"):
        verbs.attach(stage.worker, made, deal=deal.id, events=(kept.id,))
    theirs = verbs.write(stage.stranger, None, given=(PHONE,))
    with refused("not_found"):
        verbs.attach(stage.stranger, theirs, deal=deal.id, events=(kept.id,))


def test_a_step_of_the_plan_is_ticked_and_unticked(stage: Stage) -> None:
    made = record(stage)
    verbs.tick(stage.worker, made, step="money_stop")
    verbs.tick(stage.worker, made, step="money_stop")
    assert Ticked.objects.count() == 1
    verbs.tick(stage.worker, made, step="money_stop", done=False)
    assert not Ticked.objects.exists()
    with refused("bad_value"):
        verbs.tick(stage.worker, made, step="number_ask")


def test_a_record_is_shared_only_with_an_open_report_of_her_own(stage: Stage, reports: Any) -> None:
    made = record(stage)
    with refused("not_found"):
        share(stage.worker, made, matter=uuid4())
    over = reported(stage, reports, open=False)
    with refused("not_found"):
        share(stage.worker, made, matter=over)


def test_a_moderator_reads_a_shared_record_with_a_reason_that_is_audited_until_she_ends_it(
    stage: Stage, reports: Any
) -> None:
    made, matter = record(stage), reported(stage, reports)
    share(stage.worker, made, matter=matter)
    assert Exposure.objects.shared_with(matter).get() == made
    with refused("blank"):
        inspect(stage.moderator, made, because=" ")
    assert len(inspect(stage.moderator, made, because="報告の確認").given) == 2
    assert AuditEntry.objects.get(action="exposure.inspect").because == "報告の確認"
    unshare(stage.worker, made, matter=matter)
    assert not Exposure.objects.shared_with(matter).exists()
    with refused("not_found"):
        inspect(stage.moderator, made, because="報告の確認")


def test_an_erased_record_has_nothing_left_of_what_was_written(stage: Stage) -> None:
    made = verbs.write(stage.worker, None, given=(PHONE, MONEY), title="さくらの件", story="急がされました。")
    verbs.tick(stage.worker, made, step="stop")
    verbs.erase(stage.worker, made)
    made.refresh_from_db()
    assert (made.state, made.title, made.story) == ("erased", "", "")
    assert not any(model.objects.exists() for model in (Given, Attached, Ticked))
    assert not Exposure.objects.visible_to(stage.worker).exists()


def test_a_record_shared_with_an_open_case_is_erased_when_the_case_is_over(
    stage: Stage, reports: Any
) -> None:
    made, matter = record(stage), reported(stage, reports)
    share(stage.worker, made, matter=matter)
    assert verbs.erase(stage.worker, made).state == "leaving"
    later(days=2)
    assert Exposure.objects.get().state == "leaving"
    reported(stage, reports, open=False)
    later(days=4)
    assert (Exposure.objects.get().state, Given.objects.exists()) == ("erased", False)
    assert Share.objects.get().ended_at is not None


def test_who_stops_sharing_does_not_take_evidence_out_of_an_open_case(stage: Stage, reports: Any) -> None:
    made, matter = record(stage), reported(stage, reports)
    share(stage.worker, made, matter=matter)
    unshare(stage.worker, made, matter=matter)
    assert verbs.erase(stage.worker, made).state == "leaving"
    assert verbs.keep(stage.worker, made).state == "kept"


def test_records_of_a_deleted_account_are_erased(stage: Stage) -> None:
    record(stage)
    ask_deletion(stage.worker, stage.cast["hanako"])
    delete(SYSTEM, stage.cast["hanako"])
    later()
    assert Exposure.objects.get().state == "erased"


def test_a_key_makes_writing_safe_to_repeat(stage: Stage) -> None:
    one, two = (verbs.write(stage.worker, None, given=(PHONE,), key="once") for _ in range(2))
    assert one == two


def test_every_kind_has_its_own_steps_and_points_in_the_plan() -> None:
    plan = plan_for([kind.value for kind in Exposed])
    assert [section.kind.kind for section in plan.sections] == list(Exposed)
    assert all(section.steps and section.points for section in plan.sections)
    assert {step.id for step in plan.first} == {"stop", "record", "report"}
    assert {s.id for s in plan.steps} == {
        s.id for part in (plan.first, *(x.steps for x in plan.sections)) for s in part
    }


def test_the_time_line_is_in_order_and_what_has_no_day_comes_last(stage: Stage) -> None:
    made = record(stage, PHONE | {"on": None}, MONEY)
    verbs.tick(stage.worker, made, step="stop")
    now = whole(made)
    moments = timeline(now.given, now.words, now.ticked, plan_for(now.kinds).steps)
    assert [moment.what for moment in moments] == ["gave", "did", "gave"]
    assert moments[-1].day is None


def test_nothing_that_was_refused_stands_anywhere_in_the_database(stage: Stage) -> None:
    with refused("value_in_text"):
        record(stage, PHONE | {"to_words": "ID: sakura_0123"})
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(
                f"SELECT count(*) FROM {model._meta.db_table} AS t WHERE t::text LIKE '%%sakura_0123%%'"
            )
            assert cursor.fetchone()[0] == 0, json.dumps(model._meta.label)


def test_verification_finds_what_an_erasure_left(stage: Stage) -> None:
    verbs.erase(stage.worker, record(stage))
    kept = record(stage)
    assert not [fault for fault in verify_all().faults if fault.startswith("exposure.")]
    Exposure.objects.filter(pk=kept.pk).update(state="erased")
    assert [fault for fault in verify_all().faults if fault.startswith("exposure.")] == [
        f"exposure.erased: exposure record {kept.pk} is erased and something of it is left"
    ]
