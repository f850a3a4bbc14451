"""A posting as a whole: verdict, reasons in order of weight, places, pay against the rates, what is left out."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sekisho
from sekisho import check_posting

from .making import posting


def test_an_honest_posting_is_clear_and_leaves_nothing_out() -> None:
    judged = check_posting(posting())
    assert (judged.verdict, judged.action, judged.findings, judged.missing) == ("clear", "allow", (), ())


def test_one_sign_is_shown_and_stays_clear() -> None:
    judged = check_posting(posting(client={"reviews": 3}))
    assert (judged.verdict, list(judged.signs)) == ("clear", ["few_reviews"])


def test_two_signs_are_a_caution() -> None:
    judged = check_posting(posting(client={"reviews": 3, "orders": 3}))
    assert (judged.verdict, [finding.rule for finding in judged.findings]) == ("caution", ["client-signs"])


def test_a_client_nothing_is_known_of_gives_no_sign() -> None:
    assert check_posting({**posting(), "client": None}).signs == ()


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("title", "文具の紹介 詳細はLINEで"),
        ("body", "万年筆の紹介を3本。納期は2週間。詳細はLINEでお伝えします。"),
        ("pay", "1本3,000円、詳細はLINEで"),
    ],
)
def test_a_solicitation_is_found_in_every_field(field: str, text: str) -> None:
    judged = check_posting(posting(**{field: text}))
    found = next(finding for finding in judged.findings if finding.label == "channel_solicitation")
    assert (judged.verdict, found.field) == ("violation", field)
    assert text[found.start : found.end] == found.quote


def test_a_contact_tells_the_field_it_stands_in() -> None:
    body = "万年筆の紹介を3本。納期は2週間。連絡は desk@example.com まで。"
    (contact,) = check_posting(posting(body=body)).contacts
    assert (contact.field, body[contact.start : contact.end]) == ("body", "desk@example.com")


def test_reasons_come_in_order_of_weight() -> None:
    judged = check_posting(
        posting(
            title="コピペ作業",
            body="貼り付けるだけ、1日30分です。詳細はLINEでお伝えします。",
            category="data_entry",
            pay={"text": "月50万円"},
            client={"reviews": 0, "orders": 0},
        )
    )
    assert [finding.verdict for finding in judged.findings] == ["violation", "caution", "caution"]
    assert judged.findings[-1].rule == "client-signs"


@pytest.mark.parametrize(
    ("category", "title", "body", "pay"),
    [
        ("data_entry", "コピペ作業", "決まった文を貼り付けるだけ、1日30分。明日から。", "月50万円"),
        ("survey", "簡単アンケート", "5問に答えるだけ。今日まで。", "1件30,000円"),
        ("marketing", "いいね押し", "指定の投稿にいいねを押す。1か月。", "日給30,000円"),
        ("virtual_assistant", "事務", "1日30分のメールの整理。来週から。", "月収80万円"),
        ("data_entry", "Copy and paste", "Paste titles for 20 minutes a day, from Monday.", "$9,000 a month"),
        ("other", "Parcels", "Receive parcels and forward them this week.", "£400 per parcel"),
    ],
)
def test_pay_out_of_proportion_is_a_caution(category: str, title: str, body: str, pay: str) -> None:
    judged = check_posting(posting(category=category, title=title, body=body, pay={"text": pay}))
    assert (judged.verdict, judged.pay_implausible, judged.pay_too_low) == ("caution", True, False)
    assert "too_good_pay" in [finding.label for finding in judged.findings]


@pytest.mark.parametrize(
    ("category", "body", "pay"),
    [
        ("app_dev", "決済基盤の設計と実装。Go実務7年以上。6か月。", "時給15,000円"),
        ("translation", "特許明細書の英訳、12,000字。特許翻訳5年以上。2週間。", "1文字22円"),
        ("consulting", "薬事申請の書類の確認。実務10年。6週間。", "一式1,200,000円"),
        ("consulting", "Cash forecast for a brewery. CPA, ten years. Six months.", "$4,500 a month"),
        ("voice", "全国CMのナレーション15秒。事務所所属の方。来月5日。", "一式300,000円"),
    ],
)
def test_high_pay_for_learnt_work_is_clear(category: str, body: str, pay: str) -> None:
    judged = check_posting(posting(category=category, title="専門職の募集", body=body, pay={"text": pay}))
    assert (judged.verdict, judged.pay_implausible) == ("clear", False)


@pytest.mark.parametrize(
    ("category", "body", "pay"),
    [
        ("translation", "A4で30ページの契約書の英訳。法務翻訳10年。納期3日。", "一式500円"),
        ("app_dev", "iOSとAndroidのフリマアプリの開発。Flutter 3年。納期2か月。", "3,000円"),
        ("writing", "8,000字の記事。医療の知識。納期5日。", "1記事50円"),
        ("transcription", "300分の音声の文字起こし。納期3日。速い方。", "一式200円"),
        (
            "translation",
            "Translate a 300-page novel, four weeks, literary experience.",
            "$10 for the whole book",
        ),
    ],
)
def test_absurdly_low_pay_is_a_sign_of_its_own(category: str, body: str, pay: str) -> None:
    judged = check_posting(posting(category=category, title="ご依頼", body=body, pay={"text": pay}))
    (finding,) = judged.findings
    assert (judged.verdict, judged.pay_too_low, judged.pay_implausible) == ("caution", True, True)
    assert (finding.rule, finding.label, finding.field, finding.quote) == ("pay-far-below", None, "pay", pay)


def test_pay_names_the_going_rate_with_its_source() -> None:
    (pay,) = check_posting(posting()).pay
    assert pay.standing == "within"
    assert pay.going is not None
    assert (pay.going.unit, pay.going.currency) == ("character", "JPY")
    assert pay.going.source["ja"]
    assert pay.going.seen


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("在宅の軽作業", "内容は応募後にご説明します。やる気のある方を募集。"),
        ("Remote role", "We'll tell successful applicants what it involves."),
    ],
)
def test_a_posting_that_names_no_work_is_vague(title: str, body: str) -> None:
    judged = check_posting(posting(title=title, body=body, category="other", pay={"text": "応相談"}))
    assert (judged.verdict, judged.vague) == ("caution", True)
    assert {"content", "pay"} <= set(judged.missing)
    assert "vague_posting" in [finding.label for finding in judged.findings]


def test_details_put_off_beside_named_work_are_not_vague() -> None:
    body = "商品の登録を1日20件。Excelが使える方。期間は2か月。詳しい手順は契約後にお伝えします。"
    assert not check_posting(posting(title="商品登録", body=body, category="data_entry")).vague


def test_the_answer_is_the_same_for_the_same_posting() -> None:
    assert check_posting(posting()) == check_posting(posting())


def test_the_text_alone_is_enough() -> None:
    assert check_posting({"body": "詳細はLINEでお伝えします。"}).verdict == "violation"


def test_a_writer_who_was_told_before_is_held() -> None:
    given = posting(body="詳細はLINEでお伝えします。")
    assert (check_posting(given).action, check_posting(given, repeated=True).action) == ("nudge", "hold")


TEXTS = st.text(max_size=60) | st.lists(
    st.sampled_from(
        ["LINEで", "詳細は", "月50万円", "1件", "10円", "コピペ", "desk@example.com", "\n", "😀", "納期", " "]
    ),
    max_size=12,
).map("".join)


@settings(max_examples=60, deadline=None)
@given(TEXTS, TEXTS, TEXTS)
def test_every_span_is_what_stands_in_its_field(title: str, body: str, pay: str) -> None:
    given: dict[str, Any] = {"title": title, "body": body + "です", "pay": {"text": pay}}
    judged = check_posting(given)
    texts = {"title": title, "body": body + "です", "pay": pay}
    for finding in judged.findings:
        assert texts.get(finding.field, "")[finding.start : finding.end] == finding.quote
    for one in (*judged.pay, *judged.contacts):
        assert 0 <= one.start < one.end <= len(texts[one.field])
    assert judged.verdict == "clear" or judged.findings or judged.unsure


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["reviews", "orders", "profile", "rating", "registered_days"]))
def test_knowing_less_of_a_client_never_shows_another_sign(left_out: str) -> None:
    full = posting(client={"reviews": 0, "orders": 0, "profile": "", "rating": 3.0, "registered_days": 2})
    less = {**full, "client": {key: value for key, value in full["client"].items() if key != left_out}}
    assert set(check_posting(less).signs) <= set(check_posting(full).signs)


def test_the_public_names_are_there() -> None:
    assert {"check_posting", "parse_pay", "Pay", "PostingVerdict", "BadPosting"} <= set(sekisho.__all__)
