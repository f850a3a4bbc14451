"""A contact in pieces is found at the message that completes it, with every piece; numbers of the work are not."""

import pytest

import sekisho
from tests.core.detection.threads.deals import AGREED, APPROVED, Event, client, funded, request, worker

SPLIT = [
    (["まずは090です", "次が0123", "最後は4567ですね"], [(0, "090"), (1, "0123"), (2, "4567")]),
    (
        ["ゼロキュウゼロ", "零一二三", "よんごーろくなな"],
        [(0, "ゼロキュウゼロ"), (1, "零一二三"), (2, "よんごーろくなな")],
    ),
    (["gmail.com のほうです", "前半は sakura_dsgn_22 です"], [(0, "gmail.com"), (1, "sakura_dsgn_22")]),
    (["First half: paula.writes", "second half: @example.org"], [(0, "paula.writes"), (1, "@example.org")]),
]


@pytest.mark.parametrize(("texts", "parts"), SPLIT)
def test_the_pieces_are_found_at_the_last_one(texts: list[str], parts: list[tuple[int, str]]) -> None:
    thread = sekisho.check_thread([client(text) for text in texts])
    assert [event.verdict for event in thread.events[:-1]] == ["clear"] * (len(texts) - 1)
    finding = next(f for f in thread.findings if f.rule == "splits-contact")
    assert finding.event == len(texts) - 1
    assert [(part.event, part.quote) for part in finding.parts] == parts


def test_every_part_is_a_substring_of_its_event() -> None:
    texts = ["IDは sakura_hana_88 です", "LINEのです"]
    thread = sekisho.check_thread([client(text) for text in texts])
    parts = [part for finding in thread.findings for part in finding.parts]
    assert {part.event for part in parts} == {0, 1}
    assert all(texts[part.event][part.start : part.end] == part.quote for part in parts)


def test_the_other_side_between_changes_nothing() -> None:
    events = [client("まずは090です"), worker("はい?"), client("次が0123"), worker("ええと"), client("4567")]
    assert sekisho.check_thread(events).events[-1].verdict == "violation"


def test_pieces_of_two_sides_are_not_joined() -> None:
    events = [client("まずは090です"), worker("0123"), client("4567")]
    assert sekisho.check_thread(events).verdict == "clear"


def test_a_number_of_an_approved_tool_is_clear() -> None:
    lawful = [AGREED, funded(), request("phone"), APPROVED]
    thread = sekisho.check_thread([*lawful, *map(client, ("まずは090です", "次が0123", "最後は4567ですね"))])
    assert thread.events[-1].verdict == "clear"


@pytest.mark.parametrize(
    "texts",
    [
        [
            "サイズは1200と628でお願いします。",
            "枚数は3枚、予算は30,000円です。",
            "締切は12月20日の15:00です。",
        ],
        ["品番は 0801 から 0820 まで。", "単価は 1234 円です。", "数量は 5678 個。"],
        ["ファイル名は hero_banner でお願いします。", "参考サイトは example.com のトップページです。"],
        ["Chapter 12 needs 450 words.", "Page 90 has a typo.", "The 2024 edition has 312 pages."],
        ["hero.png", "logo_v2.svg", "main.css"],
    ],
)
def test_numbers_and_names_of_the_work_make_no_contact(texts: list[str]) -> None:
    events: list[Event] = [client(text) for text in texts]
    assert sekisho.check_thread(events).verdict == "clear"
