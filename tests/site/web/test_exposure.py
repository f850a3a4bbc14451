"""The pages about what somebody gave away: the wizard, the record, its print, and the help without an account."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from tests.market.stage import Stage

from sekisho.market.exposure import verbs
from sekisho.market.exposure.matters import MATTERS, Matter
from sekisho.market.exposure.models import Attached, Exposure, Share
from sekisho.market.kernel import clock
from sekisho.market.messaging.verbs import send

GIVEN = ({"kind": "phone", "tool": "line"}, {"kind": "money", "tool": "bank_transfer", "amount_yen": 30_000})
JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]+")
TYPED = {"kind-2": "phone", "on-2": "2026-11-20", "tool-2": "line", "kind-7": "money", "amount_yen-7": "３０，０００円",
         "to_words": "「さくら」と名乗る人"}  # fmt: skip


def text(answer: Any) -> str:
    return str(answer.content.decode())


@pytest.fixture
def record(stage: Stage) -> Exposure:
    """花子's."""
    return verbs.write(stage.worker, None, given=GIVEN)


def test_the_wizard_asks_kinds_first_and_stores_nothing_before_its_end(
    stage: Stage, browsers: dict[str, Client]
) -> None:
    worker = browsers["hanako"]
    deal = stage.deal()
    first = text(worker.get(f"/exposure/new?deal={deal.id}"))
    assert first.count('name="kinds"') == 8
    second = worker.post(
        "/exposure/new", {"step": "kinds", "kinds": ["phone", "money"], "deal": str(deal.id)}
    )
    assert (second.status_code, text(second).count('type="hidden" name="kind-')) == (200, 2)
    assert f'<option value="{stage.cast["aoba"].id}" selected>' in text(second)
    assert not Exposure.objects.exists()
    told = {
        "kind-0": "phone",
        "tool-0": "line",
        "kind-1": "money",
        "amount_yen-1": "30,000",
        "to": str(stage.cast["aoba"].id),
    }
    made = worker.post("/exposure/new", told)
    assert made["Location"] == f"/exposure/{Exposure.objects.get().id}"
    assert [g.to_id for g in Exposure.objects.get().given.all()] == [stage.cast["aoba"].id] * 2


def test_choosing_nothing_says_so(browsers: dict[str, Client]) -> None:
    page = browsers["hanako"].post("/exposure/new", {"step": "kinds"})
    assert (page.status_code, "「渡したもの」を入力してください" in text(page)) == (400, True)


def test_a_refused_form_keeps_what_was_typed(browsers: dict[str, Client]) -> None:
    told = {"kind-0": "phone", "on-0": "2026-11-20", "tool-0": "line", "story": "番号は 090-1234-5678 です。"}
    page = browsers["hanako"].post("/exposure/new", told)
    assert page.status_code == 400
    assert all(
        part in text(page)
        for part in ("090-1234-5678", 'value="2026-11-20"', '<option value="line" selected>')
    )
    assert not Exposure.objects.exists()


def test_a_record_is_seen_by_nobody_else_on_any_page(record: Exposure, browsers: dict[str, Client]) -> None:
    paths = [f"/exposure/{record.id}{rest}" for rest in ("", "/edit", "/words", "/print")]
    paths.append(f"/house/exposures/{record.id}")
    seen = {
        name: {browsers[name].get(path).status_code for path in paths}
        for name in ("aoba", "taro", "minarai", "kancho")
    }
    assert [code for codes in seen.values() for code in codes] == [404] * 4
    assert {browsers["nobody"].get(path).status_code for path in paths} == {302}
    assert {browsers["hanako"].get(path).headers["Cache-Control"] for path in paths[:4]} == {"no-store"}


def test_steps_are_ticked_and_points_can_be_called(record: Exposure, browsers: dict[str, Client]) -> None:
    path = f"/exposure/{record.id}"
    assert 'href="tel:%239110"' in text(browsers["hanako"].get(path))
    browsers["hanako"].post(path, {"do": "tick", "step": "money_stop", "done": "1"})
    assert 'id="step-money_stop" class="done"' in text(browsers["hanako"].get(path))
    browsers["hanako"].post(path, {"do": "tick", "step": "money_stop", "done": "0"})
    assert 'class="done"' not in text(browsers["hanako"].get(path))


def test_words_of_a_deal_are_attached_and_printed_with_their_hash(
    stage: Stage, record: Exposure, browsers: dict[str, Client]
) -> None:
    deal = stage.deal()
    event = send(stage.client, deal, text="明日までにご返信をお願いします。").event
    path, worker = f"/exposure/{record.id}", browsers["hanako"]
    assert f"?deal={deal.id}" in text(worker.get(f"{path}/words"))
    assert "明日までにご返信" in text(worker.get(f"{path}/words?deal={deal.id}"))
    worker.post(f"{path}/words", {"deal": str(deal.id), "events": [str(event.id)]})
    paper = text(worker.get(f"{path}/print"))
    assert "明日までにご返信をお願いします。" in paper
    assert bytes(event.digest).hex() in paper
    worker.post(f"{path}/words", {"deal": str(deal.id)})
    assert not Attached.objects.exists()


def test_the_document_is_whole_in_both_languages_and_asks_no_other_server(
    record: Exposure, browsers: dict[str, Client]
) -> None:
    for lang, kind, amount in (("ja", "電話番号", "30,000円"), ("en", "Phone number", "¥30,000")):
        page = browsers["hanako"].get(f"/exposure/{record.id}/print?in={lang}")
        paper = text(page)[text(page).index('<article class="sheet">') : text(page).index("</article>")]
        assert (page["Content-Language"], f'<html lang="{lang}">' in text(page)) == (lang, True)
        assert all(words in paper for words in (kind, amount, "LINE", "188"))
        assert re.findall(r'(?:src|<link[^>]*href)="(?!/static/)', text(page)) == []
        assert lang == "ja" or set(JAPANESE.findall(paper)) <= {"せきしょ"}


def test_the_record_is_changed_and_rows_are_dropped_and_added(
    record: Exposure, browsers: dict[str, Client]
) -> None:
    told = {
        "kind-0": "phone",
        "drop-0": "on",
        "kind-1": "money",
        "amount_yen-1": "5000",
        "kind-2": "email",
        "story": "経緯です。",
    }
    browsers["hanako"].post(f"/exposure/{record.id}/edit", told)
    assert [(g.kind, g.amount_yen) for g in record.given.all()] == [("money", 5000), ("email", None)]
    assert "経緯です。" in text(browsers["hanako"].get(f"/exposure/{record.id}"))


@pytest.fixture
def report(stage: Stage) -> Iterator[Matter]:
    """花子 has a report that is open."""
    matter = Matter(uuid4(), "外部連絡ツールへの誘導", clock.now(), open=True)

    def tell(account: Any) -> list[Matter]:
        return [matter] if account == stage.worker.me else []

    MATTERS.append(tell)
    yield matter
    MATTERS.remove(tell)


def test_sharing_lets_a_moderator_read_with_a_reason_and_ends_when_she_says_so(
    record: Exposure, report: Matter, browsers: dict[str, Client]
) -> None:
    path, desk = f"/exposure/{record.id}", f"/house/exposures/{record.id}"
    assert report.title in text(browsers["hanako"].get(path))
    browsers["hanako"].post(path, {"do": "share", "matter": str(report.id)})
    assert "電話番号</td>" not in text(browsers["minarai"].get(desk))
    assert browsers["minarai"].post(desk, {"because": " "}).status_code == 400
    assert "電話番号</td>" in text(browsers["minarai"].post(desk, {"because": "報告の確認"}))
    assert browsers["aoba"].get(desk).status_code == 404
    browsers["hanako"].post(path, {"do": "unshare", "matter": str(report.id)})
    assert browsers["minarai"].get(desk).status_code == 404
    assert Share.objects.get().ended_at is not None


def test_erasing_waits_for_an_open_report_and_can_be_taken_back(
    record: Exposure, report: Matter, browsers: dict[str, Client]
) -> None:
    path = f"/exposure/{record.id}"
    browsers["hanako"].post(path, {"do": "share", "matter": str(report.id)})
    browsers["hanako"].post(path, {"do": "erase"})
    assert "消去を取りやめる" in text(browsers["hanako"].get(path))
    browsers["hanako"].post(path, {"do": "keep"})
    assert Exposure.objects.get().state == "kept"


def test_an_erased_record_is_gone_from_the_pages(record: Exposure, browsers: dict[str, Client]) -> None:
    after = browsers["hanako"].post(f"/exposure/{record.id}", {"do": "erase"})
    assert after["Location"] == "/exposure"
    assert browsers["hanako"].get(f"/exposure/{record.id}").status_code == 404
    assert "記録はまだありません" in text(browsers["hanako"].get("/exposure"))


def stored() -> list[Any]:
    """Every table as it stands, the buckets and sessions of nobody included."""
    with connection.cursor() as cursor:
        found = []
        for model in apps.get_models():
            cursor.execute(
                f"SELECT md5(COALESCE(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {model._meta.db_table} t"
            )
            found.append((model._meta.label, cursor.fetchone()[0]))
    return found


def test_without_an_account_plan_and_document_come_in_one_answer_and_nothing_is_kept(
    browsers: dict[str, Client], caplog: pytest.LogCaptureFixture
) -> None:
    nobody, before = browsers["nobody"], stored()
    assert "/help/exposure" in text(nobody.get("/"))
    with caplog.at_level(logging.DEBUG):
        page = nobody.post("/help/exposure", TYPED)
    assert all(
        words in text(page)
        for words in ("30,000円", "「さくら」と名乗る人", "tel:188", '<article class="sheet">')
    )
    assert page["Cache-Control"] == "no-store"
    assert "さくら" not in caplog.text
    assert stored() == before
    assert "sessionid" not in nobody.cookies


def test_without_an_account_a_value_is_refused_as_well(browsers: dict[str, Client]) -> None:
    page = browsers["nobody"].post("/help/exposure", TYPED | {"to_words": "ID: sakura_0123"})
    assert (page.status_code, "値そのものは書きません" in text(page)) == (400, True)
    assert 'value="phone" checked' in text(page)


def test_without_an_account_nobody_of_this_site_can_be_named(
    stage: Stage, browsers: dict[str, Client]
) -> None:
    page = browsers["nobody"].post("/help/exposure", TYPED | {"to": str(stage.cast["hanako"].id)})
    assert page.status_code == 404
