"""What moderators find in the demonstration: a case with two reports, a ban with its statement and its double, an appeal."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sekisho.market.deals.models import Deal
from sekisho.market.jobs import verbs as jobs
from sekisho.market.kernel import clock, outbox
from sekisho.market.messaging import verbs as messages
from sekisho.market.messaging.models import Message
from sekisho.market.people.models import Account
from sekisho.market.profiles import verbs as profiles
from sekisho.market.safety import appeals, claims, decisions, reports
from sekisho.market.safety.models import Decision, Report

People = dict[str, Account]
LINE_ID = "quick_support_example"
"""Named by a banned account, and now by another: the second one's case shows the first."""


def report_all(people: People) -> None:
    """Reports and what came of them, oldest first."""
    with clock.ahead(-timedelta(days=14)):
        lured = _lured(people)
    _banned(people, lured)
    _appealed(people)
    with clock.ahead(-timedelta(hours=30)):
        _reported_twice(people)
    with clock.ahead(-timedelta(hours=9)):
        profiles.write(people["quick"].actor, None, body=f"お仕事のご案内はこちらまで。LINE ID: {LINE_ID}")


def _lured(people: People) -> Message:
    """A young account leads somebody outside before any contract, warned and all the same."""
    client, worker = people["hayate"].actor, people["sota"].actor
    job = jobs.submit(client, jobs.draft(
        client, None, title="ブログ記事の下書き 5本", category="writing", pay_text="1本 1,500円",
        body="暮らしの工夫についてのブログ記事の下書きを5本お願いします。1本800字程度、納期は3週間です。",
    ))  # fmt: skip
    jobs.choose(
        client, jobs.apply(worker, job, text="ブログの下書きに挑戦したいです。よろしくお願いします。")
    )
    deal = Deal.objects.get(matter=job.id, worker=people["sota"])
    messages.send(client, deal, text="ご応募ありがとうございます。さっそくお願いしたいです。")
    return _anyway(deal, f"詳しい説明はLINEでお送りします。LINE ID: {LINE_ID} を友だち追加してください。")


def _anyway(deal: Deal, text: str) -> Message:
    message: Message = messages.send(deal.client.actor, deal, text=text)
    return messages.send_anyway(deal.client.actor, message) if message.state == "nudged" else message


def _heard() -> None:
    while outbox.deliver(1000):
        pass


def _banned(people: People, message: Message) -> None:
    with clock.ahead(-timedelta(days=13)):
        report = reports.file(
            people["sota"].actor, None, about="message", about_id=message.id, category="channel_solicitation", answered=True,
            gave=("bank", "id_document"), tool="LINE",
            text="LINEに移ると、登録料として5,000円を求められました。身分証の画像も送ってしまいました。",
            pasted="担当：登録には保証金5,000円が必要です。\n担当：免許証の写真と振込先の口座を送ってください。",
        )  # fmt: skip
        _heard()
    with clock.ahead(-timedelta(days=12, hours=20)):
        decision = _decided(
            people, report, "channel_solicitation", {"kind": "ban"}, message=message,
            told="契約の前に、メッセージでLINEへの移動を求めたことを確認しました。契約前の外部ツールへの案内は、利用規約で認めていません。",
        )  # fmt: skip
    with clock.ahead(-timedelta(days=12, hours=16)):
        decisions.confirm(people["operator"].actor, decision)
        _heard()


def _appealed(people: People) -> None:
    deal = Deal.objects.select_related("client", "worker").get(client=people["kaze"], worker=people["yui"])
    with clock.ahead(-timedelta(days=3)):
        message = _anyway(deal, "確認を早くしたいので、LINEのIDを教えてもらえますか。")
        report = reports.file(
            people["yui"].actor, None, about="message", about_id=message.id, category="channel_solicitation",
            text="契約の前にLINEを求められて困りました。",
        )  # fmt: skip
        _heard()
    with clock.ahead(-timedelta(days=2, hours=4)):
        decision = _decided(
            people, report, "channel_solicitation", {"kind": "warning"}, message=message,
            told="契約の前に、メッセージでLINEのIDをたずねたことを確認しました。連絡は、このサイトのメッセージでお願いします。",
        )  # fmt: skip
        _heard()
    with clock.ahead(-timedelta(days=1)):
        kaze = Account.objects.get(pk=people["kaze"].pk)
        words = "写真の確認を急いでいただけで、外で契約するつもりはありませんでした。もう一度ご確認ください。"
        appeals.file(kaze.actor, decision, text=words)


def _decided(
    people: People, report: Report, rule: str, order: dict[str, Any], *, message: Message, told: str
) -> Decision:
    moderator = people["moderator"].actor
    case = claims.claim(moderator, report.case)
    evidence = [{"kind": "event", "ref": str(message.event_id), "quote": message.text}]
    return decisions.make(
        moderator, case, breach=True, rule=rule, public_reason=told, private_note="記録と報告の内容が一致しています。",
        orders=[order], evidence=evidence,
    )  # fmt: skip


def _reported_twice(people: People) -> None:
    """Two people, one job: one case."""
    deals = Deal.objects.filter(client=people["minato"])
    yui, mei = deals.get(worker=people["yui"]), deals.filter(worker=people["mei"]).first()
    reports.file(
        people["yui"].actor, None, about="deal", about_id=yui.id, category="direct_payment", gave=("email",), answered=True,
        text="直接の支払いに何度も誘われ、断ると契約を中止されました。メールアドレスを一度伝えてしまいました。",
    )  # fmt: skip
    if mei is not None:
        reports.file(
            people["mei"].actor, None, about="deal", about_id=mei.id, category="channel_solicitation",
            text="以前のお仕事の後、別のツールでの連絡を勧められました。",
        )  # fmt: skip
