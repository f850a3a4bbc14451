"""Finding jobs: by words of any length inside Japanese sentences, by category, by pay; and never past a block."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from tests.market.stage import Stage, refused

from sekisho.market.jobs.models import Job
from sekisho.market.jobs.searching import Wanted, matching, pay_of
from sekisho.market.kernel.actors import ANONYMOUS
from sekisho.market.people.verbs import block, unblock


@pytest.fixture
def jobs(stage: Stage) -> list[Job]:
    """Three open jobs that differ in words, category and pay."""
    return [
        stage.job(title="英日翻訳のお仕事", body="技術文書の翻訳をお願いします。納期は2週間、資料はお渡しします。",
                  category="translation", pay_text="1文字 5円"),
        stage.job(title="ＬＩＮＥスタンプのイラスト制作", category="design", pay_text="予算 3万円〜5万円",
                  body="動物のイラストを16点お願いします。鯨の絵も1点含みます。納期は1か月です。"),
        stage.job(title="議事録の作成", category="writing", pay_text="時給1,500円〜2,000円",
                  body="会議の音声から議事録を作成します。100%在宅です。月に4回、各1時間です。"),
    ]  # fmt: skip


NAMES = {"client": "aoba", "worker": "hanako"}


def found(actor: Any, **wanted: Any) -> set[str]:
    return {job.title[:2] for job in matching(Job.objects.visible_to(actor), Wanted(**wanted))}


@pytest.mark.parametrize(("words", "titles"), [
    ("訳", {"英日"}), ("鯨", {"ＬＩ"}), ("翻訳", {"英日"}), ("英日翻訳のお仕事", {"英日"}), ("line", {"ＬＩ"}),
    ("ｲﾗｽﾄ", {"ＬＩ"}), ("議事録", {"議事"}), ("お願いします", {"英日", "ＬＩ"}), ("お願い 翻訳", {"英日"}),
    ("お願い　翻訳", {"英日"}), ("翻訳 議事録", set()), ("100%", {"議事"}), ("_", set()), ("訳翻", set()),
    ("", {"英日", "ＬＩ", "議事"}), (" 　 ", {"英日", "ＬＩ", "議事"}), ("'; DROP", set()),
    ("\x00訳", {"英日"}), ("訳" * 200, set()),
])  # fmt: skip
def test_words_of_one_two_and_many_characters_are_found(
    stage: Stage, jobs: list[Job], words: str, titles: set[str]
) -> None:
    assert found(stage.worker, words=words) == titles


def test_a_category_narrows(stage: Stage, jobs: list[Job]) -> None:
    assert found(stage.worker, category="design") == {"ＬＩ"}
    assert found(stage.worker, words="お願い", category="translation") == {"英日"}


@pytest.mark.parametrize(("wanted", "titles"), [
    ({"pay_from": 40_000}, {"ＬＩ"}), ({"pay_from": 50_001}, set()), ({"pay_to": 30_000}, {"ＬＩ"}), ({"pay_to": 29_999}, set()),
    ({"pay_unit": "hour", "pay_from": 1_800}, {"議事"}), ({"pay_unit": "hour", "pay_from": 2_001}, set()),
    ({"pay_unit": "hour", "pay_from": 1_000, "pay_to": 1_499}, set()), ({"pay_unit": "character", "pay_to": 5}, {"英日"}),
    ({"pay_unit": "hour"}, {"英日", "ＬＩ", "議事"}),
])  # fmt: skip
def test_pay_is_found_by_its_unit_where_the_ranges_touch(
    stage: Stage, jobs: list[Job], wanted: dict[str, Any], titles: set[str]
) -> None:
    assert found(stage.worker, **wanted) == titles


def test_pay_that_cannot_be_read_is_not_found_by_pay_and_is_found_by_words() -> None:
    assert pay_of("応相談") == {"pay_unit": "", "pay_least": None, "pay_most": None}
    assert pay_of("$20 per hour")["pay_unit"] == ""


def test_an_edit_changes_what_is_found(stage: Stage, jobs: list[Job]) -> None:
    from sekisho.market.jobs import verbs

    body = "会議の音声から議事録を作成します。在宅です。月に4回、各1時間です。"
    verbs.edit(
        stage.client, jobs[2], title="議事録の作成", body=body, category="writing", pay_text="時給3,000円"
    )
    assert found(stage.worker, pay_unit="hour", pay_from=2_500) == {"議事"}


def test_a_range_upside_down_and_an_unknown_unit_are_refused(stage: Stage, jobs: list[Job]) -> None:
    with refused("bad_range"):
        found(stage.worker, pay_from=2, pay_to=1)
    with refused("bad_value"):
        found(stage.worker, pay_from=2, pay_unit="moon")


@pytest.mark.parametrize("blocks", ["client", "worker"])
def test_blocked_people_see_none_of_each_others_jobs_and_everybody_else_does(
    stage: Stage, jobs: list[Job], blocks: str
) -> None:
    other = "worker" if blocks == "client" else "client"
    block(getattr(stage, blocks), stage.cast[NAMES[other]])
    assert found(stage.worker) == set()
    assert len(found(stage.stranger)) == len(found(ANONYMOUS)) == len(found(stage.client)) == 3
    assert len(found(stage.moderator)) == 3
    unblock(getattr(stage, blocks), stage.cast[NAMES[other]])
    assert len(found(stage.worker)) == 3


@pytest.mark.parametrize("word", ["訳", "翻訳", "英日翻訳のお仕事"])
def test_a_search_uses_the_index_over_the_words(stage: Stage, jobs: list[Job], word: str) -> None:
    rows = matching(Job.objects.all(), Wanted(words=word))
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_indexscan = off")
    assert "job_words" in rows.explain()
