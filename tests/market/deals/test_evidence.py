"""The log of a deal as evidence: it verifies by itself, and any change of it is found."""

from __future__ import annotations

import copy
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.market.safety.made import opened
from tests.market.stories import funded_deal, new_deal, say

from sekisho.market.deals import log
from sekisho.market.deals.models import Body, Event
from sekisho.market.deals.printing import printed
from sekisho.market.deals.verbs import erase_body, export, inspect
from sekisho.market.deals.verifying import erased, verify_export
from sekisho.market.kernel.models import AuditEntry
from sekisho.market.kernel.problems import Problem

APPENDS = st.lists(
    st.sampled_from([
        ("message", "client", {"text": "原稿の構成を確認しました。"}),
        ("message", "worker", {"text": "ありがとうございます。👍"}),
        ("contract_agreed", "worker", {"title": "執筆", "price_yen": 20_000}),
        ("escrow_funded", "client", {"amount_yen": 22_000}),
        ("contact_request", "client", {"tools": ["zoom"], "purpose": "画面を見ながら説明するため"}),
        ("contact_request_approved", "worker", {"request": "r"}),
        ("delivered", "worker", {"note": "納品です。"}),
        ("disputed", "client", {"because": "内容が違います。"}),
        ("accepted", "client", {}),
        ("cancelled", "operator", {"because": "双方の合意"}),
    ]),
    max_size=6,
)  # fmt: skip


@pytest.fixture
def evidence(cast: dict[str, Any]) -> dict[str, Any]:
    deal = funded_deal(cast)
    say(deal, "client", "初稿は金曜日までにお願いします。")
    say(deal, "worker", "承知しました。")
    erase_body(cast["kancho"].actor, deal, position=2, because="本人の請求")
    return export(cast["hanako"].actor, deal)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=APPENDS)
def test_events_in_any_order_make_a_log_that_verifies(cast: dict[str, Any], steps: list[Any]) -> None:
    deal = log.lock(new_deal(cast).id)
    for type_, side, content in steps:
        author = {"client": deal.client_id, "worker": deal.worker_id}.get(side)
        log.append(deal, type_, by=side, author=author, content=content)
    assert list(log.verify(deal)) == []
    assert verify_export(json.loads(json.dumps(export(cast["aoba"].actor, deal)))) == []


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_changed_bit_of_an_export_is_found(evidence: dict[str, Any], data: st.DataObject) -> None:
    raw = bytearray(json.dumps(evidence, ensure_ascii=False).encode())
    at = data.draw(st.integers(0, len(raw) * 8 - 1))
    raw[at // 8] ^= 1 << at % 8
    try:
        changed = json.loads(raw.decode())
    except ValueError:
        return
    assume(changed != evidence)
    assert verify_export(changed) != []


@pytest.mark.parametrize("change", ["drop", "swap", "double", "cut", "add"])
def test_events_left_out_added_or_moved_are_found(evidence: dict[str, Any], change: str) -> None:
    bad = copy.deepcopy(evidence)
    events = bad["events"]
    if change == "drop":
        del events[1]
    elif change == "swap":
        events[1], events[2] = events[2], events[1]
    elif change == "double":
        events.insert(2, events[1])
    elif change == "cut":
        events.pop()
    else:
        events.append(events[-1] | {"position": len(events)})
    assert verify_export(bad) != []


@pytest.mark.parametrize("junk", [None, [], 3, {}, {"schema": "sekisho.deal/1"}, "x"])
def test_what_is_no_export_is_said_to_be_none(junk: Any) -> None:
    assert verify_export(junk) != []


def test_junk_inside_an_export_never_raises(evidence: dict[str, Any]) -> None:
    for value in (None, 1, 1.5, "x", [], {}, True, {"type": []}, "\ud800"):
        for name in evidence:
            verify_export(evidence | {name: value})
        for name in evidence["events"][0]:
            verify_export(evidence | {"events": [evidence["events"][0] | {name: value}, *evidence["events"][1:]]})


def test_an_erased_body_is_told_and_the_chain_still_holds(evidence: dict[str, Any]) -> None:
    assert verify_export(evidence) == []
    assert erased(evidence) == {2: "本人の請求"}
    assert evidence["events"][2]["body"] is None
    assert "初稿は金曜日" not in json.dumps(evidence, ensure_ascii=False)


def test_an_export_has_the_documented_form(evidence: dict[str, Any]) -> None:
    form = json.loads((Path(__file__).parents[3] / "docs/schema/deal.schema.json").read_text("utf-8"))
    jsonschema.validate(evidence, form)


def test_the_verifier_needs_neither_django_nor_a_database() -> None:
    program = (
        "import sys; from sekisho.market.deals.verifying import verify_export; "
        "sys.exit(any(m.split('.')[0] in ('django', 'psycopg') for m in sys.modules))"
    )
    here = {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", program], env=here, capture_output=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (0, b"")


def test_a_body_that_is_gone_without_an_erasure_is_found(evidence: dict[str, Any]) -> None:
    bad = copy.deepcopy(evidence)
    bad["events"][3] |= {"body": None, "salt": None}
    assert any("gone" in fault for fault in verify_export(bad))


def test_the_log_in_the_database_verifies_after_an_erasure(cast: dict[str, Any]) -> None:
    deal = funded_deal(cast)
    say(deal, "client", "電話番号は 090-1234-5678 です。")
    erase_body(cast["kancho"].actor, deal, position=2, because="本人の請求")
    deal.refresh_from_db()
    assert list(log.verify(deal)) == []
    assert "1234" not in json.dumps(deal.state)


def test_a_body_changed_in_the_database_is_found(cast: dict[str, Any]) -> None:
    deal = funded_deal(cast)
    Body.objects.filter(event__deal=deal, event__position=1).update(content={"type": "escrow_funded", "amount_yen": 1})
    assert [fault for fault in log.verify(deal) if "body was changed" in fault]


def test_a_body_is_erased_once_and_an_erasure_never(cast: dict[str, Any]) -> None:
    deal, operator = funded_deal(cast), cast["kancho"].actor
    erase_body(operator, deal, position=0, because="規定")
    for position, code in ((0, "erased_already"), (2, "not_erasable"), (99, "not_found")):
        with pytest.raises(Problem) as refusal:
            erase_body(operator, deal, position=position, because="規定")
        assert refusal.value.code == code


def test_both_parties_export_the_same_and_a_stranger_nothing(cast: dict[str, Any]) -> None:
    deal = funded_deal(cast)
    assert export(cast["aoba"].actor, deal) == export(cast["hanako"].actor, deal)
    with pytest.raises(Problem) as refusal:
        export(cast["taro"].actor, deal)
    assert refusal.value.code == "not_found"


def test_a_moderators_reading_stands_in_the_audit_chain_with_its_reason(cast: dict[str, Any]) -> None:
    deal = funded_deal(cast)
    opened(deal, cast["minarai"].actor)
    page = inspect(cast["minarai"].actor, deal, because="通報の確認")
    entry = AuditEntry.objects.get(action="deal.inspect")
    assert ([row.type for row in page.rows], entry.because, entry.thing_id) == (
        ["contract_agreed", "escrow_funded"], "通報の確認", deal.id,
    )  # fmt: skip


def test_without_a_case_a_dispute_or_a_held_text_nobody_of_the_house_reads_a_deal(cast: dict[str, Any]) -> None:
    deal = funded_deal(cast)
    with pytest.raises(Problem) as refusal:
        inspect(cast["minarai"].actor, deal, because="気になったので")
    assert refusal.value.code == "no_case"


def test_paper_has_a_sentence_for_every_event_in_both_languages(cast: dict[str, Any]) -> None:
    deal = log.lock(new_deal(cast).id)
    for type_ in sorted(log.BESIDE | {"accepted", "lapsed", "delivered"}):
        log.append(deal, type_, by="operator", author=None, content={"position": 0, "because": "—"})
    for lang in ("ja", "en"):
        lines = list(printed(deal, lang=lang))
        assert len({line.sentence for line in lines}) == Event.objects.filter(deal=deal).count()


def test_an_unknown_word_is_never_logged(cast: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="no event is called"):
        log.append(log.lock(new_deal(cast).id), "mesage", by="client", author=None, content={})
