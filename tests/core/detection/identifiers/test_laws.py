"""What holds for every text: spans, order, triggers, linear cost, budget."""

import sys
import time

import hyperscan
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.core.detection.identifiers import BESIDE_SERVICE, TRIGGERS, find_identifiers
from tests.core.detection.identifiers.reading import folded

_PIECES = [
    "line id ", "ライン", "アカウントは", "検索", "@", "hana_work01", "foo.bar", "example.com", ".", " . ",
    "/", "https://", "lin.ee/a1", "090", "-", "1234", "5678", "+81", "03", "(",
    ")", " ", "\n", "call ", "電話", "zoom", "id:", "の", "は", "x ",
    "discord", "#1234", "普通", "口座番号", "支店", "4012888888881881", "bc1q", "0x", "de89", "マイナンバー",
    "1", "a", "_", "です。", "t.me", "www.", "「", "」", "slack", "user name ",
    "whatsapp ", "live:", "telegram", "ー", "us", "on ", "81",
]  # fmt: skip
texts = st.lists(st.sampled_from(_PIECES), max_size=14).map("".join) | st.text(max_size=60)


@pytest.fixture(scope="module")
def triggers() -> hyperscan.Database:
    return _database(TRIGGERS)


@pytest.fixture(scope="module")
def all_triggers() -> hyperscan.Database:
    return _database([*TRIGGERS, *BESIDE_SERVICE])


def _database(patterns: list[str]) -> hyperscan.Database:
    database = hyperscan.Database()
    database.compile(
        expressions=[pattern.encode() for pattern in patterns],
        ids=list(range(len(patterns))),
        flags=[hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_SINGLEMATCH] * len(patterns),
    )
    return database


def fires(database: hyperscan.Database, text: str) -> bool:
    hits: list[int] = []
    database.scan(text.encode("utf-8", "replace"), match_event_handler=lambda i, *_: hits.append(i))
    return bool(hits)


@settings(max_examples=1500, deadline=None)
@given(texts)
def test_spans_lie_in_the_text_in_order_and_apart(text: str) -> None:
    text = folded(text)
    end = 0
    for identifier in find_identifiers(text)[0]:
        assert end <= identifier.start < identifier.end <= len(text)
        end = identifier.end


@settings(max_examples=3000, deadline=None)
@given(text=texts)
def test_where_something_is_found_a_trigger_fires(all_triggers: hyperscan.Database, text: str) -> None:
    text = folded(text)
    if find_identifiers(text)[0]:
        assert fires(all_triggers, text)


@pytest.mark.parametrize(
    "text",
    [
        "報酬は1,000円、10:00-18:00、2024年5月6日まで",
        "日給28,000円、1日15分、20~35歳、納期は 2024/05/06 です",
        "zoomで面談、slackで連絡、lineは使いません",
        "we use slack and discord daily; telegram bots are welcome, did you provide an id?",
        "react.js / next.js / node.js 18.2.0",
        "1920x1080, $2,400 total, 3.5 hours",
    ],
)
def test_no_trigger_fires_on_prices_dates_and_tool_names(triggers: hyperscan.Database, text: str) -> None:
    assert not fires(triggers, text)


@pytest.mark.parametrize(
    "unit",
    [
        "0-",
        "0",
        "a.",
        "a" * 64 + "@",
        "line id ",
        "アカウント",
        "slack user name name ",
        "+(",
        "id:",
        "http:// a . ",
        "1a",
        "a_a ",
    ],
)
def test_cost_grows_with_the_length_and_no_faster(unit: str) -> None:
    def seconds_per_point(size: int) -> float:
        text = (unit * (size // len(unit) + 1))[:size]
        start = time.perf_counter()
        find_identifiers(text)
        return (time.perf_counter() - start) / size

    short = min(seconds_per_point(20_000) for _ in range(3))
    assert seconds_per_point(400_000) < 3 * short + 2e-7


def test_a_spent_budget_is_said() -> None:
    text = "a@example.com " * 50
    assert find_identifiers(text, budget=10)[1]
    assert not find_identifiers(text)[1]


def test_more_numbers_than_the_library_may_read_spend_the_budget() -> None:
    found, exhausted = find_identifiers("".join(f"電話 090-1234-{n:04d}、" for n in range(300)))
    assert (len(found), exhausted) == (256, True)


@pytest.mark.parametrize("text", ["", "\ud800", "\x00", "@" * 50, "\n" * 50])
def test_an_odd_text_holds_nothing(text: str) -> None:
    assert find_identifiers(text) == ([], False)


def test_the_phone_library_is_not_loaded_before_a_number_is_seen() -> None:
    loaded = {
        name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == "phonenumbers"
    }
    try:
        find_identifiers("line id「hana_work0012」、10:00-18:00、1,000円")
        assert "phonenumbers" not in sys.modules
    finally:
        sys.modules.update(loaded)
