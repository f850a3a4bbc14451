"""Pay as postings write it: amounts, currency, unit and effort; and numbers that are not pay."""

from __future__ import annotations

import pytest

from sekisho import Pay, TextTooLong, parse_pay


def read(text: str) -> list[tuple[object, ...]]:
    """(amount_min, amount_max, currency, unit, effort) of all pay in `text`."""
    return [(p.amount_min, p.amount_max, p.currency, p.unit, p.effort) for p in parse_pay(text)]


@pytest.mark.parametrize(
    ("text", "pay"),
    [
        ("日給1万5千円〜", [(15000, None, "JPY", "day", None)]),
        ("時給１，２００円", [(1200, 1200, "JPY", "hour", None)]),
        ("報酬は文字単価0.8円(税込)です。", [(0.8, 0.8, "JPY", "character", None)]),
        ("1文字1円から1.5円でお願いします", [(1, 1.5, "JPY", "character", None)]),
        ("1記事3,000円〜5,000円", [(3000, 5000, "JPY", "item", None)]),
        ("1件あたり50円(税別)", [(50, 50, "JPY", "item", None)]),
        ("月20万円以上可能", [(200000, None, "JPY", "month", None)]),
        ("月収は最大30万円です", [(None, 300000, "JPY", "month", None)]),
        ("1日30分で月5万円", [(50000, 50000, "JPY", "month", 30)]),
        ("週10時間、月額8万円", [(80000, 80000, "JPY", "month", 600)]),
        ("1本2時間ほどの編集で1本8千円", [(8000, 8000, "JPY", "item", 120)]),
        ("固定報酬 30,000円", [(30000, 30000, "JPY", "project", None)]),
        ("案件一式で10万円", [(100000, 100000, "JPY", "project", None)]),
        ("予算は5万円〜10万円を想定", [(50000, 100000, "JPY", "project", None)]),
        ("文字起こし1分あたり100円", [(100, 100, "JPY", "minute", None)]),
        ("1ページ1,500円の翻訳", [(1500, 1500, "JPY", "page", None)]),
        ("1ワード8円で英訳をお願いします", [(8, 8, "JPY", "word", None)]),
        ("三万五千円を一括でお支払い", [(35000, 35000, "JPY", "project", None)]),
        ("日当一万円", [(10000, 10000, "JPY", "day", None)]),
        ("週給3万〜4万円", [(30000, 40000, "JPY", "week", None)]),
        ("2〜3万円/月", [(20000, 30000, "JPY", "month", None)]),
        ("¥1,500/時間", [(1500, 1500, "JPY", "hour", None)]),
        ("月給25万円まで", [(None, 250000, "JPY", "month", None)]),
        ("1枚15円", [(15, 15, "JPY", "item", None)]),
        ("500円/件", [(500, 500, "JPY", "item", None)]),
        ("ライター募集!1文字２円", [(2, 2, "JPY", "character", None)]),
        ("$25/hr", [(25, 25, "USD", "hour", None)]),
        ("25 USD per hour", [(25, 25, "USD", "hour", None)]),
        ("5k a month", [(5000, 5000, "USD", "month", None)]),
        ("£30 per article", [(30, 30, "GBP", "item", None)]),
        ("$0.05/word", [(0.05, 0.05, "USD", "word", None)]),
        ("up to $500 a week", [(None, 500, "USD", "week", None)]),
        ("from €200 per day", [(200, None, "EUR", "day", None)]),
        ("$20-30 per hour", [(20, 30, "USD", "hour", None)]),
        ("$20 to $30 hourly", [(20, 30, "USD", "hour", None)]),
        ("Fixed price: $400", [(400, 400, "USD", "project", None)]),
        ("Budget: $1,000 - $1,500 for the whole project", [(1000, 1500, "USD", "project", None)]),
        ("30 minutes a day, $300 a week", [(300, 300, "USD", "week", 30)]),
        ("we pay 40 pounds per video", [(40, 40, "GBP", "item", None)]),
        ("$2.5k/month", [(2500, 2500, "USD", "month", None)]),
        ("at least 15 dollars an hour", [(15, None, "USD", "hour", None)]),
        ("$50+ per page", [(50, None, "USD", "page", None)]),
        ("$50/hr - $75/hr", [(50, 75, "USD", "hour", None)]),
        ("月給30万円+インセンティブ", [(300000, 300000, "JPY", "month", None)]),
        ("10 cents per word", [(0.1, 0.1, "USD", "word", None)]),
        ("€ 1.500 per month", [(1500, 1500, "EUR", "month", None)]),
        ("時給1500〜2000", [(1500, 2000, "JPY", "hour", None)]),
        ("日給8000〜1万円", [(8000, 10000, "JPY", "day", None)]),
        ("通常は1件200円、急ぎは1件300円です", [(200, 200, "JPY", "item", None), (300, 300, "JPY", "item", None)]),
        ("1円50銭/文字", [(1.5, 1.5, "JPY", "character", None)]),
    ],
)
def test_pay_is_read_as_it_is_written(text: str, pay: list[tuple[object, ...]]) -> None:
    assert read(text) == pay


@pytest.mark.parametrize(
    "text",
    [
        "広告予算は月30万円です",
        "定価3,980円の商品のレビューを書く",
        "フォロワー3万人のアカウント",
        "目標は月商100万円",
        "2026年11月24日まで",
        "電話 03-0000-1234",
        "手数料は20%です",
        "送料は500円かかります",
        "登録料3,000円が必要です",
        "年商3億円の会社です",
        "定員は20名",
        "先輩は月50万円稼いでいます",
        "The shop turns over $2 million a year",
        "Products priced at $20 to $50",
        "Our ad budget is $3,000 a month",
        "10% discount over $100",
        "30,000 followers on Instagram",
        "Write 2,000 words by May 3",
        "1,980円のハンドクリームの紹介文です。",
        "客単価4,500円の居酒屋のメニュー制作",
        "1個3,500円のチョコレート",
        "月額980円のサービスのLP",
        "Top members earn $5,000 a week",
        "Our shop sells a $49 lamp that needs a description.",
        "Our turnover last year was £1.2 million.",
        "研修費3万円は初回のみご負担ください",
    ],
)
def test_a_number_that_is_not_offered_for_the_work_is_no_pay(text: str) -> None:
    assert parse_pay(text) == []


def test_the_contract_s_own_example_is_read() -> None:
    text = "日給1万5千円〜"
    assert parse_pay(text) == [Pay(15000, None, "JPY", "day", None, 0, len(text))]


def test_a_span_is_what_stands_in_the_original() -> None:
    text = "😀報酬は１文字０．８円（税込）です"
    (pay,) = parse_pay(text)
    assert text[pay.start : pay.end] == "１文字０．８円（税込）"


def test_whole_amounts_are_whole_numbers_and_others_are_not() -> None:
    (pay,) = parse_pay("1文字1円〜1.5円")
    assert (type(pay.amount_min), type(pay.amount_max)) == (int, float)


@pytest.mark.parametrize(
    ("text", "effort", "per"),
    [
        ("1日30分で月5万円", 30, "day"),
        ("週10時間、月額8万円", 600, "week"),
        ("1件100円、1件あたり15分ほど", 15, "item"),
        ("日給8,000円(実働6時間)", 360, "day"),
        ("1日1時間半、日給2,000円", 90, "day"),
        ("$20/hr, 10 hours a week", 600, "week"),
        ("たった5分で3万円", 5, "item"),
    ],
)
def test_effort_tells_what_its_minutes_are_per(text: str, effort: int, per: str) -> None:
    assert [(pay.effort, pay.effort_per) for pay in parse_pay(text)] == [(effort, per)]


def test_the_length_of_what_is_made_is_no_effort() -> None:
    assert read("1本10分の動画の編集、1本3,000円") == [(3000, 3000, "JPY", "item", None)]


def test_at_most_64_expressions_are_read() -> None:
    assert len(parse_pay("時給1,200円。" * 500)) == 64


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(TextTooLong):
        parse_pay("円" * 1_000_001)


def test_what_is_no_text_is_refused() -> None:
    with pytest.raises(TypeError):
        parse_pay(12)  # type: ignore[arg-type]
