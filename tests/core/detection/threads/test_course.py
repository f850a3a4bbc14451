"""What only the course of a deal shows: pressing, settling outside, going on without a contract, who began."""

import pytest

import sekisho
from tests.core.detection.threads.deals import (
    ACCEPTED,
    AGREED,
    APPROVED,
    DECLINED,
    DELIVERED,
    Event,
    cancelled,
    client,
    funded,
    request,
    worker,
)

LIVE = [AGREED, funded()]
REFUSED = [client("Zoomで面談しませんか。"), worker("すみません、契約前の面談はお断りしています。")]
ASKED = [*LIVE, request("line")]
DONE = [*LIVE, DELIVERED, ACCEPTED]
POSTED: list[Event] = [
    {"type": "posting", "text": "商品説明文を20件書いていただきます。1件500円、納期は2週間です。"},
    {"type": "application", "text": "はじめまして。ライター歴3年です。よろしくお願いいたします。"},
]

FOUND = [
    ([*REFUSED, client("そこをなんとか、5分だけでも話せませんか。")], "presses-after-refusal"),
    ([*REFUSED, client("そうですか。ずいぶん融通が利かないんですね。")], "presses-after-refusal"),
    ([*REFUSED, cancelled()], "cancels-after-refusal"),
    ([*ASKED, client("申請の件、まだでしょうか。今日中に承認をお願いします。")], "presses-for-open-request"),
    ([*ASKED, client("承認いただけるまで素材はお渡しできません。")], "presses-for-open-request"),
    ([*ASKED, DECLINED, client("がっかりです。他の方にお願いします。")], "presses-after-refusal"),
    ([*ASKED, DECLINED, request("line")], "files-request-again"),
    ([*LIVE, request("line", purpose="")], "files-request-without-purpose"),
    ([*LIVE, request("line", purpose="いろいろとお話ししたいので")], "files-vague-request"),
    ([*LIVE, request("line", purpose="口頭で了承済み")], "announces-consent"),
    ([*ASKED, client("申請を出しましたので、このあとはチャットワークでご連絡します。")], "announces-consent"),
    ([*LIVE, client("運営には確認済みなので、外でも大丈夫ですよ。")], "claims-permission"),
    ([*LIVE, client("As we said on the phone, the fee is now 200 dollars.")], "settles-terms-outside"),
    ([*DONE, client("Same as last time, please start on the next batch.")], "goes-on-without-contract"),
    ([*DONE, client("前回と同じ内容なので、契約は省略でお願いします。")], "starts-without-contract"),
    (
        [*POSTED, client("募集の仕事は埋まってしまったので、別のお仕事をご案内したいです。")],
        "switches-the-job",
    ),
    ([*LIVE, client("IDはお店の名前に88をつけたものです。検索してみてください。")], "describes-account"),
]


@pytest.mark.parametrize(("events", "rule"), FOUND)
def test_a_turn_is_found_at_its_event(events: list[Event], rule: str) -> None:
    last = sekisho.check_thread(events).events[-1]
    assert rule in [finding.rule for finding in last.findings]
    assert last.verdict in ("caution", "violation")


@pytest.mark.parametrize(
    "events",
    [
        [
            *LIVE,
            request("zoom"),
            client("連絡申請を送りました。ご不要でしたら却下していただいて構いません。"),
        ],
        [*LIVE, request("zoom"), DECLINED, client("承知しました。このままこちらで進めましょう。")],
        [
            *LIVE,
            request("zoom"),
            APPROVED,
            client("では明日15時にZoomでお願いします。"),
            worker("承知しました。"),
        ],
        [*LIVE, client("バナーは3種類、ファイル名は hero_banner でお願いします。"), DELIVERED, ACCEPTED],
        [*DONE, client("次もお願いしたいです。新しい契約をお送りしました。"), *LIVE],
        [*LIVE, cancelled()],
        [*POSTED, client("ご応募ありがとうございます。募集文のとおり、1件500円でお願いします。")],
    ],
)
def test_an_honest_deal_is_clear(events: list[Event]) -> None:
    assert sekisho.check_thread(events).verdict == "clear"


def test_the_same_words_before_a_refusal_are_clear() -> None:
    assert sekisho.check_thread([client("もう一度考え直してもらえませんか。")]).verdict == "clear"


def test_a_refusal_is_shown_with_the_cancellation_after_it() -> None:
    finding = sekisho.check_thread([*REFUSED, cancelled()]).findings[-1]
    assert [part.event for part in finding.parts] == [1]


def test_a_cancellation_by_the_worker_is_no_finding() -> None:
    assert sekisho.check_thread([*REFUSED, cancelled("worker")]).events[-1].verdict == "clear"


def test_an_approval_covers_no_other_tool() -> None:
    events = [*LIVE, request("zoom"), APPROVED, client("LINEのIDも教えてください。")]
    assert sekisho.check_thread(events).events[-1].verdict == "violation"


def test_a_worker_who_answers_is_lured_and_clear() -> None:
    answer = worker("はい、LINE IDは sample_hanako_2024_x です。")
    thread = sekisho.check_thread([client("詳細はLINEで送るので、IDを教えてください。"), answer])
    assert thread.events[1].verdict == "clear"
    assert [(f.by, f.lured) for f in thread.events[1].findings] == [("client", True)]


def test_a_worker_who_begins_is_held_to_it() -> None:
    thread = sekisho.check_thread([worker("私のLINE IDは sample_hanako_2024_x です。追加してください。")])
    assert {(f.by, f.lured, f.verdict) for f in thread.findings} == {("worker", False, "violation")}


def test_a_lured_worker_who_begins_something_else_is_held_to_that() -> None:
    offer = worker("手数料がもったいないので、直接契約しませんか。")
    thread = sekisho.check_thread([client("詳細はLINEで送ります。"), offer])
    assert thread.events[1].verdict == "violation"


def test_a_second_finding_of_a_side_counts_as_repeated() -> None:
    thread = sekisho.check_thread([client("詳細はLINEで。"), client("詳細はLINEで。")])
    assert [event.action for event in thread.events] == ["nudge", "hold"]


def test_why_speaks_both_languages() -> None:
    finding = sekisho.check_thread([*REFUSED, cancelled()]).findings[-1]
    assert finding.why("ja") != finding.why("en")
