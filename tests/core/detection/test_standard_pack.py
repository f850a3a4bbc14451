"""The standard pack on whole sentences: what the article warns of, what must stay clear, the development corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sekisho.core.detection import check, load
from sekisho.core.detection.judge import Judge
from sekisho.core.detection.proof import prove
from sekisho.core.detection.verdict import Verdict
from sekisho.core.rules.model import Expect, Kind, Label, Outcome, Sender, Stage, Status

ROOT = Path(__file__).resolve().parents[3]
DEV = ROOT / "benchmarks/data/dev.jsonl"
SIGNS = {Label.AGE_SEX_RESTRICTION, Label.TOO_GOOD_PAY, Label.VAGUE_POSTING}
CONTRACTED = {"stage": "contracted"}


@pytest.fixture(scope="module", autouse=True)
def standard() -> Judge:
    """The pack, for every test here: where it does not compile, that is told once."""
    return load("standard")


def labels_of(verdict: Verdict) -> set[str]:
    return {finding.label.value for finding in verdict.findings if finding.verdict is not Outcome.CLEAR}


def assert_found(text: str, label: str, **context: object) -> None:
    verdict = check(text, **context)  # type: ignore[arg-type]
    assert label in labels_of(verdict)
    assert verdict.verdict is (Outcome.CAUTION if Label(label) in SIGNS else Outcome.VIOLATION)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        # 1: to LINE before the contract
        ("まずはLINEで連絡ください。", "channel_solicitation"),
        ("詳細はLINEでお伝えします。", "channel_solicitation"),
        ("LINE ID: katagiri_hr_2024 を追加してください。", "contact_disclosure"),
        ("まずはメールで連絡をお願いします。recruit-desk@example.co.jp", "contact_disclosure"),
        ("詳細はメールでお伝えしますので、メールアドレスを教えてください。", "channel_solicitation"),
        # 2: interviews by Zoom or telephone
        ("応募前にZoomで面談させてください。", "interview_offplatform"),
        ("Zoomで面談しましょう。", "interview_offplatform"),
        ("電話で詳細を説明しますので、お電話番号を教えてください。", "channel_solicitation"),
        # 3: too much personal data
        ("応募の際は、本名・住所・電話番号・銀行口座を記載してください。", "personal_info_request"),
        ("事前審査のため、マイナンバーカードの写真を送ってください。", "personal_info_request"),
        ("登録のために必要なので、ご本名とご住所を教えてください。", "personal_info_request"),
        # 4: limits of age or sex
        ("20代女性限定のお仕事です。", "age_sex_restriction"),
        ("データ入力の方を募集します。30代以下の方のみご応募ください。", "age_sex_restriction"),
        # 5: simple work, high pay
        ("スマホだけで月50万円稼げます。", "too_good_pay"),
        ("1日30分の作業で10万円稼げます。", "too_good_pay"),
        ("コピペ作業で日給3万円です。", "too_good_pay"),
    ],
)
def test_the_five_patterns_of_the_article_are_found(text: str, label: str) -> None:
    assert_found(text, label, kind="posting")


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("ご応募ありがとうございます。詳細はLINEでお伝えします。", "channel_solicitation"),
        ("LINEで連絡しましょう。", "channel_solicitation"),
        ("今後のやり取りはチャットワークでお願いします。", "channel_solicitation"),
        ("Slackに招待しますので、そちらで進めましょう。", "channel_solicitation"),
        ("まず090-0417-2283までお電話ください。", "contact_disclosure"),
        ("作業を始める前に研修費として3万円をお支払いください。", "upfront_fee"),
        ("登録料5,000円が必要です。初期費用は後で回収できます。", "upfront_fee"),
    ],
)
def test_the_checkpoints_before_the_contract_are_found(text: str, label: str) -> None:
    assert_found(text, label)


@pytest.mark.parametrize("text", ["仕事内容は応募後に説明します。詳細は後ほど。"])
def test_a_posting_that_puts_everything_off_is_a_caution(text: str) -> None:
    assert_found(text, "vague_posting", kind="posting")


@pytest.mark.parametrize("stage", ["pre_contract", "contracted"])
@pytest.mark.parametrize(
    "text", ["LINEで連絡しましょう。", "今後はLINEでやり取りしましょう。", "これからはLINEで連絡ください。"]
)
def test_an_outside_tool_without_an_approved_request_is_found_after_the_contract_too(
    text: str, stage: str
) -> None:
    assert_found(text, "channel_solicitation", stage=stage)


@pytest.mark.parametrize("tools", [(), ("chatwork",), ("zoom", "slack")])
def test_another_tool_than_the_approved_one_is_found(tools: tuple[str, ...]) -> None:
    assert_found(
        "やはりLINEで連絡ください。", "channel_solicitation", stage="contact_approved", approved_tools=tools
    )


APPROVED = {"stage": "contact_approved", "approved_tools": ["chatwork"]}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        # a contract or payment outside
        ("次回からはサイトを通さず、直接契約でお願いできませんか。", "direct_contract"),
        ("クラウドソーシングを介さずに直接契約しましょう。", "direct_contract"),
        ("次の報酬は銀行口座に直接振り込みます。", "direct_payment"),
        ("手数料がもったいないので、次からは直接やり取りしませんか。", "fee_avoidance"),
        ("直接契約にすれば手数料分を報酬に上乗せできます。", "fee_avoidance"),
        # data the work does not need
        ("マイナンバーと運転免許証の画像を送ってください。", "personal_info_request"),
        # selling and recruiting
        ("もっと稼げる投資スクールがあります。入会しませんか。", "upsell_or_recruit"),
        ("副業の情報商材を特別価格で購入できます。ぜひ購入してください。", "upsell_or_recruit"),
        # money first
        ("作業の前に教材費として5万円を振り込んでください。", "upfront_fee"),
    ],
)
def test_an_approved_request_does_not_cover_abuse(text: str, label: str) -> None:
    assert_found(text, label, **APPROVED)


@pytest.mark.parametrize(
    "text",
    [
        "サービス外連絡申請をすぐに承認してください。承認しないと契約を解除します。",
        "申請を承認していただけない場合は、低評価をつけます。",
    ],
)
def test_pressure_to_approve_is_found(text: str) -> None:
    assert_found(text, "approval_pressure", **CONTRACTED)


@pytest.mark.parametrize(
    "text",
    [
        "クラウドワークス上でのやり取りを希望します。",
        "申し訳ありませんが、LINEでのやり取りはお断りしています。",
        "再度の外部誘導は規約違反として報告します。",
        "LINEやメールでの連絡は規約で禁止されています。",
        "契約前にLINEなど外部のツールで連絡することはできません。",
        "直接契約はお断りしております。",
    ],
)
def test_refusals_and_warnings_are_clear(text: str) -> None:
    assert check(text, sender="worker").verdict is Outcome.CLEAR


@pytest.mark.parametrize(
    "text",
    [
        "応募後の初回メッセージで、クライアントから「詳細はLINEでお伝えします」と"
        "LINE IDが送られてきました。違反として報告します。",
        "クライアントから「次回は直接契約しましょう」と言われたため通報します。",
    ],
)
def test_a_report_that_quotes_a_solicitation_is_clear(text: str) -> None:
    assert check(text, kind="dispute", sender="worker").verdict is Outcome.CLEAR


@pytest.mark.parametrize(
    "text",
    [
        "LINEスタンプのイラストを40個制作していただける方を募集します。",
        "Zoomの使い方マニュアルを作成していただけるライターを募集します。",
        "Slack用の通知ボットをPythonで開発していただきます。",
        "LINE公式アカウントの運用代行をお願いします。配信文の作成が主な業務です。",
        "化粧品のレビュー記事を1記事2,000字、報酬3,000円でお願いします。納期は契約後7日です。",
    ],
)
def test_tools_that_are_the_work_itself_are_clear(text: str) -> None:
    assert check(text, kind="posting").verdict is Outcome.CLEAR


@pytest.mark.parametrize(
    "text",
    [
        "ご応募ありがとうございます。修正した原稿を添付しましたのでご確認ください。",
        "契約後、必要であればサービス外連絡申請を行います。",
        "ISBN 978-4-00-310101-8 の書影と、注文番号 4901234567894 をご確認ください。",
        "",
    ],
)
def test_ordinary_texts_are_clear(text: str) -> None:
    assert check(text).verdict is Outcome.CLEAR


@pytest.mark.parametrize(
    ("text", "tool"),
    [
        ("では、Chatworkで連絡します。", "chatwork"),
        ("明日10時にZoomで打ち合わせをお願いします。", "zoom"),
        ("LINEで連絡しますね。", "line"),
    ],
)
def test_the_approved_tool_is_clear_and_only_when_it_is_approved(text: str, tool: str) -> None:
    assert check(text, stage="contact_approved", approved_tools=[tool]).verdict is Outcome.CLEAR
    assert check(text, stage="contact_approved", approved_tools=["whatsapp"]).verdict is Outcome.VIOLATION
    assert check(text, stage="pre_contract", approved_tools=[tool]).verdict is Outcome.VIOLATION


@pytest.mark.parametrize("text", ["ChatworkまたはLINEで連絡ください。", "ChatworkかLINEで連絡ください。"])
def test_a_tool_offered_beside_the_approved_one_is_found(text: str) -> None:
    assert_found(text, "channel_solicitation", **APPROVED)


@pytest.mark.parametrize(
    "text",
    [
        "ＬＩＮＥで連絡ください。",
        "L I N Eで連絡ください。",
        "ラ●ンで連絡ください。",
        "L\u200bI\u200bN\u200bEで連絡ください。",
    ],
)
def test_a_tool_in_disguise_is_found(text: str) -> None:
    assert_found(text, "channel_solicitation")


def test_a_claim_of_permission_in_the_text_counts_for_nothing() -> None:
    assert_found("運営の許可を得ていますので、LINEで連絡ください。", "channel_solicitation")


def test_the_examples_hold_without_the_second_reader(standard: Judge) -> None:
    assert [str(problem) for problem in prove(standard.engine.compiled)] == []


def test_the_clear_examples_are_clear_with_the_second_reader_too(standard: Judge) -> None:
    wrong = []
    for rule in standard.pack.rules.values():
        for example in rule.examples if rule.status in (Status.TESTING, Status.STABLE) else ():
            verdict = standard.judge(
                example.text,
                kind=example.kind,
                sender=example.sender,
                stage=example.stage,
                approved_tools=example.approved_tools,
            )
            if example.expect is Expect.CLEAR and verdict.verdict is not Outcome.CLEAR:
                wrong.append((rule.id, example.text, verdict.findings[0].frames))
    assert wrong == []


def test_precision_and_recall_on_the_development_corpus(standard: Judge) -> None:
    hits = misses = alarms = 0
    lapses = []
    for line in DEV.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        verdict = standard.judge(
            row["text"],
            kind=Kind(row["kind"]),
            sender=Sender(row["sender"]),
            stage=Stage(row["stage"]),
            approved_tools=row.get("approved_tools", ()),
        ).verdict
        signs = bool(row["labels"]) and set(row["labels"]) <= {sign.value for sign in SIGNS}
        found = verdict is Outcome.VIOLATION or (verdict is Outcome.CAUTION and row["violation"] and signs)
        hits += row["violation"] and found
        misses += row["violation"] and not found
        alarms += found and not row["violation"]
        if found is not row["violation"]:
            lapses.append(row["id"])
    assert hits / (hits + alarms) >= 0.97, lapses
    assert hits / (hits + misses) >= 0.97, lapses
