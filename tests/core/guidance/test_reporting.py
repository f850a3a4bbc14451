import pytest

import sekisho

DEAL = [
    {"type": "posting", "text": "商品レビューを書いてくださる方を探しています。1件800円です。", "at": "2026-11-01T10:00"},
    {"type": "application", "text": "応募します。よろしくお願いします。", "at": "2026-11-02T09:00"},
    {"type": "message", "sender": "client", "text": "詳しくはLINEで説明します。追加してください。", "at": "2026-11-02T13:00"},
    {"type": "message", "sender": "worker", "text": "私の番号は090-0123-4567です。", "at": "2026-11-02T13:20"},
    {"type": "cancelled", "at": "2026-11-03T08:00"},
]


def section(draft, name):
    return next(part for part in draft.sections if part.id == name)


def test_the_first_thing_is_the_category_the_article_names():
    draft = sekisho.report_draft("詳細はLINEで")
    assert draft.sections[0].lines["ja"] == ("外部連絡ツールへの誘導",)


def test_the_exact_words_are_quoted():
    text = "詳細は\nLINEで  お願いします。"
    assert section(sekisho.report_draft(text), "words").lines["ja"] == (f"「{text}」",)


def test_what_is_not_known_is_a_visible_blank():
    draft = sekisho.report_draft("詳細はLINEで")
    assert {part.id for part in draft.sections if part.blank} == {"when", "did", "given"}


def test_a_text_without_a_finding_leaves_the_manner_to_the_reporter():
    assert section(sekisho.report_draft("よろしくお願いします。"), "method").blank


def test_a_deal_is_told_in_its_order():
    lines = section(sekisho.report_draft(events=DEAL), "timeline").lines["ja"]
    assert [line.split(" ")[0] for line in lines] == [event["at"] for event in DEAL]


def test_only_the_words_that_break_a_rule_are_the_evidence():
    draft = sekisho.report_draft(events=DEAL)
    assert section(draft, "words").lines["ja"] == (f"「{DEAL[2]['text']}」",)
    assert section(draft, "when").lines["ja"] == ("2026-11-02T13:00",)


def test_the_reporters_own_number_is_masked():
    draft = sekisho.report_draft(events=DEAL)
    assert "090-0123-4567" not in draft.text("ja") + draft.text("en")


def test_the_history_of_the_outside_tool_is_asked_for_only_when_she_answered():
    answered = section(sekisho.report_draft("詳細はLINEで", did="answered"), "attach").lines["ja"]
    refused = section(sekisho.report_draft("詳細はLINEで", did="refused"), "attach").lines["ja"]
    assert len(answered) == len(refused) + 1


def test_kinds_of_data_given_are_named():
    draft = sekisho.report_draft("口座番号を教えてください", given=["bank", "phone"])
    assert section(draft, "given").lines["ja"] == ("銀行口座", "電話番号")


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"text": "a", "events": []},
        {"text": "a", "did": "laughed"},
        {"text": "a", "given": ["shoes"]},
        {"events": [{}]},
        {"events": [{"type": "message", "sender": "client"}]},
        {"events": [{"type": "delivered"}] * 2001},
    ],
)
def test_wrong_input_is_refused_before_anything_is_drafted(wrong):
    with pytest.raises(sekisho.UnknownValue):
        sekisho.report_draft(**wrong)
