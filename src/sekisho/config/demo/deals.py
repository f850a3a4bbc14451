"""What happened between the people of the demonstration: contracts in every state, solicitations caught and missed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sekisho.market.contact_requests import verbs as requests
from sekisho.market.contracts import changes, reviews
from sekisho.market.contracts import verbs as contracts
from sekisho.market.contracts.models import Contract
from sekisho.market.deals.models import Deal
from sekisho.market.jobs import verbs as jobs
from sekisho.market.jobs.models import Job
from sekisho.market.kernel import clock
from sekisho.market.kernel.actors import SYSTEM
from sekisho.market.ledger import verbs as ledger
from sekisho.market.ledger.imports import import_statement
from sekisho.market.messaging import verbs as messages
from sekisho.market.people.models import Account

People = dict[str, Account]


def tell_all(people: People, opened: dict[str, Job]) -> None:
    """Everything, oldest first: so many days ago, on this job, this worker applied with these words, and then it went so."""
    written, proofread, translated, photos, _, survey = opened.values()
    rows = (
        (35, written,    "hanako", "食品の紹介文を100本以上書いてきました。よろしくお願いします。", _finished),
        (30, proofread,  "mei",    "校正の仕事を10年続けています。表記統一もお任せください。", _finished),
        (25, survey,     "sota",   "データ入力は初めてですが、丁寧に作業します。", _lapsed),
        (12, written,    "hanako", None, _at_work),
        (10, photos,     "sota",   "切り抜きは毎日の作業で慣れています。", _delivered),
        (9,  survey,     "yui",    "平日の午前に作業できます。1日60件ほど入力できます。", _disputed),
        (8,  translated, "ren",    "観光と機器の説明書の英訳をしてきました。用語集に沿って訳します。", _agreed),
        (6,  proofread,  "yui",    "文字起こしの経験があります。校正にも挑戦したいです。", _solicited),
        (4,  translated, "mei",    "英語の校閲ならお手伝いできます。", _declined),
        (2,  photos,     "yui",    "写真の切り抜きは授業で学びました。", _offered),
    )  # fmt: skip
    for days, job, worker, words, went in rows:
        with clock.ahead(-timedelta(days=days)):
            went(people, _deal(people, job, worker, words) if words else _again(people, job, worker))


def _again(people: People, job: Job, worker: str) -> Deal:
    return Deal.objects.select_related("client", "worker").get(matter=job.id, worker=people[worker])


def _deal(people: People, job: Job, worker: str, words: str) -> Deal:
    client = people[_handle(people, job.client_id)].actor
    answers = tuple("過去の記事のURLは、採用後にこのメッセージでお送りします。" for _ in job.questions)
    application = jobs.apply(people[worker].actor, job, text=words, answers=answers)
    jobs.choose(client, application)
    return Deal.objects.select_related("client", "worker").get(matter=job.id, worker=people[worker])


def _handle(people: People, pk: Any) -> str:
    return next(handle for handle, account in people.items() if account.id == pk)


TERMS = "お渡しする資料に沿って作業し、このサイトで納品してください。"


def _offer(deal: Deal, title: str, price: int, terms: str = TERMS) -> Contract:
    return contracts.offer(deal.client.actor, deal, title=title, terms=terms, price_yen=price)


def _fund(people: People, deal: Deal, contract: Contract) -> Contract:
    agreed = contracts.agree(deal.worker.actor, contract)
    ledger.confirm_deposit(
        people["operator"].actor,
        None,
        client=deal.client_id,
        amount=contract.funded_yen,
        reference=f"demo-{contract.id}",
    )
    return contracts.fund(deal.client.actor, agreed)


def _say(deal: Deal, *lines: tuple[str, str]) -> None:
    for side, text in lines:
        messages.send((deal.client if side == "client" else deal.worker).actor, deal, text=text)


def paid_out(people: People) -> None:
    """Hanako has her earnings sent to her bank; a deposit came that nobody could be found for."""
    hanako, house = people["hanako"].actor, people["operator"].actor
    with clock.ahead(-timedelta(days=20)):
        ledger.set_bank_account(
            hanako, None, bank="0001", branch="001", type_="ordinary", number="1234567", holder="サクラ ハナ"
        )
        ledger.confirm_payout(house, ledger.ask_payout(hanako, None, amount=10_000))
    with clock.ahead(-timedelta(days=1)):
        ledger.ask_payout(hanako, None, amount=5_000)
        rows = f"日付,摘要,入金,出金,番号\n{clock.now():%Y-%m-%d},フリコミ ミナトシユツパン,30000,,D-1001\n"
        import_statement(house, None, content=rows.encode(), name="demo.csv")


def _later(days: float, what: Callable[[], Any]) -> Any:
    with clock.ahead(timedelta(days=days)):
        return what()


def _finished(people: People, deal: Deal) -> None:
    contract = _fund(people, deal, _offer(deal, deal.title, 20_000))
    _say(
        deal,
        ("client", "資料をお送りします。ご不明な点はこちらでお知らせください。"),
        ("worker", "確認しました。木曜に半分をお見せします。"),
    )
    contract = _later(
        6,
        lambda: contracts.deliver(
            deal.worker.actor, contract, note="すべて仕上がりました。ご確認をお願いいたします。"
        ),
    )
    contract = _later(7, lambda: contracts.accept(deal.client.actor, contract))
    _later(
        7,
        lambda: reviews.review(
            deal.worker.actor, contract, stars=5, text="資料が分かりやすく、進めやすいお仕事でした。"
        ),
    )
    _later(
        7,
        lambda: reviews.review(
            deal.client.actor, contract, stars=5, text="期限より早く、丁寧に仕上げてくださいました。"
        ),
    )


def _at_work(people: People, deal: Deal) -> None:
    _fund(people, deal, _offer(deal, "秋の特集 紹介文 12本", 24_000))
    purpose = "原稿をWordPressに入稿する間、日々の質問と確認を行うため。"
    request = _later(
        2, lambda: requests.ask(deal.client.actor, deal, tools=("chatwork", "wordpress"), purpose=purpose)
    )
    _later(2.2, lambda: requests.approve(deal.worker.actor, request))
    _later(
        3,
        lambda: _say(
            deal,
            ("client", "では細かな確認はChatworkでお願いします。"),
            ("worker", "承知しました。Chatworkを確認します。"),
        ),
    )
    _later(4, lambda: _say(deal, ("client", "やはりLINEのほうが早いので、LINEのIDを教えてもらえますか。")))


def _delivered(people: People, deal: Deal) -> None:
    contract = _fund(people, deal, _offer(deal, "商品写真の切り抜き 40点", 6_000))
    terms = TERMS + "切り抜きの書き出しは PNG と WebP の両方でお願いします。"
    _later(2, lambda: changes.agree(deal.worker.actor, changes.propose(deal.client.actor, contract, terms=terms)))
    _later(3, lambda: contracts.deliver(deal.worker.actor, contract, note="40点の切り抜きが終わりました。"))


def _disputed(people: People, deal: Deal) -> None:
    contract = _fund(people, deal, _offer(deal, "アンケート回答の入力 500件", 10_000))
    contract = _later(
        3, lambda: contracts.deliver(deal.worker.actor, contract, note="500件の入力が終わりました。")
    )
    _later(
        5,
        lambda: contracts.dispute(
            deal.client.actor, contract, because="項目の一部が空欄のままです。確認をお願いします。"
        ),
    )


def _agreed(people: People, deal: Deal) -> None:
    contracts.agree(deal.worker.actor, _offer(deal, "操作説明の英訳", 48_000))
    _say(deal, ("worker", "仮払いを確認できましたら、すぐに始めます。"))


def _lapsed(people: People, deal: Deal) -> None:
    contract = contracts.agree(deal.worker.actor, _offer(deal, "アンケート入力の試し作業", 2_000))
    _later(8, lambda: contracts.lapse(SYSTEM, contract))


def _declined(people: People, deal: Deal) -> None:
    contracts.decline(deal.worker.actor, _offer(deal, "英文の見直し", 3_000))


def _offered(people: People, deal: Deal) -> None:
    _offer(deal, "切り抜きの追加 10点", 1_500)
    withdrawn = _offer(deal, "切り抜きの追加 8点（金額の誤り）", 120)
    contracts.withdraw(deal.client.actor, withdrawn)


def _solicited(people: People, deal: Deal) -> None:
    _say(
        deal,
        ("client", "ご応募ありがとうございます。契約の前に一度Zoomで面談しませんか。"),
        ("worker", "契約前の面談は控えております。こちらのメッセージでお願いいたします。"),
        ("client", "手数料がもったいないので、次からは直接お支払いする形にしませんか。"),
        ("client", "では、いつもの緑のほうで続きを。"),
        ("worker", "このサイト上でのやり取りを希望します。"),
    )
    _offer(deal, "校正の一部", 5_000, "残りのお支払いは手数料のかからないように直接お振り込みします。LINEのIDを教えてください。")
    contract = _offer(deal, "校正の一部", 5_000)
    contracts.cancel(
        deal.client.actor, contracts.agree(deal.worker.actor, contract), because="条件が変わったため。"
    )
