"""Generated histories of one client, two workers and the house. Only who reports may differ between the two of a pair."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.market.stage import LURE, POSTING, Stage
from tests.site.secrecy.frozen import pass_by

from sekisho.market.contact_requests import verbs as requests
from sekisho.market.contracts import verbs as contracts
from sekisho.market.contracts.models import Contract
from sekisho.market.deals import log
from sekisho.market.deals.models import Deal
from sekisho.market.jobs import verbs as jobs
from sekisho.market.kernel import audit, outbox
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.sweep import sweep
from sekisho.market.messaging.models import Message
from sekisho.market.messaging.verbs import send, send_anyway
from sekisho.market.people.leaving import ask_deletion
from sekisho.market.people.models import Account
from sekisho.market.safety import appeals, claims, decisions, reports
from sekisho.market.safety.models import Case, Decision, Report

SAYINGS = (
    LURE, "はじめまして。ご検討をお願いいたします。", "続きはZoomでお話ししませんか。https://zoom.us/j/1234567890",
    "次回からは手数料のかからない直接のお支払いにしませんか。", "原稿の確認、ありがとうございます。",
    "電話番号を教えてください。090-1234-5678にかけてもかまいません。",
)  # fmt: skip
ANSWERS = ("このサイト上でのやり取りを希望します。", "わかりました。LINEのIDは hanako_0301 です。", "承知しました。")
ORDERS: tuple[list[dict[str, Any]], ...] = (
    [{"kind": "warning"}], [{"kind": "suspension", "days": 7}], [{"kind": "suspension", "days": 30}], [{"kind": "ban"}],
)  # fmt: skip


@dataclass
class Told:
    """How a history goes on: drawn beforehand from a seed, so that both of a pair go the same way."""

    seed: int
    reporters: tuple[str, ...] = ()
    decided: bool = False
    orders: list[dict[str, Any]] = field(default_factory=list)


class History:
    """One history, told on the stage. What a verb refuses is a part of it."""

    def __init__(self, stage: Stage, told: Told) -> None:
        self.stage, self.told, self.dice = stage, told, random.Random(told.seed)
        self.job: Any = None
        self.deals: dict[str, Deal] = {}

    def play(self) -> None:
        """Begin, act, report (or not), act on, decide (or not), act on."""
        self._begin()
        self._acts(self.dice.randint(2, 5))
        self._reports()
        self._acts(self.dice.randint(1, 4))
        if self.told.decided:
            self._decide()
            self._acts(self.dice.randint(0, 3))
        self._background()

    def _background(self) -> None:
        pass_by(minutes=30)
        sweep()
        outbox.deliver(10_000)
        audit.seal()

    def _begin(self) -> None:
        stage = self.stage
        self.job = jobs.submit(stage.client, jobs.draft(stage.client, None, **POSTING))
        for name in ("hanako", "taro"):
            deal = log.open_deal(stage.cast["aoba"].id, stage.cast[name].id, self.job.id, self.job.title)
            self.deals[name] = deal
            self._lure(deal)
        if self.dice.random() < 0.5:
            stage.funded(self.deals["hanako"])
        self._background()

    def _lure(self, deal: Deal) -> None:
        """The same to both: what tells of the reporter must not be that only one was lured."""
        message = send(self.stage.client, deal, text=LURE)
        if message.state == "nudged":
            send_anyway(self.stage.client, message)

    def _acts(self, count: int) -> None:
        acts: tuple[Callable[[], object], ...] = (
            self._says, self._says, self._answered, self._asks, self._posts, self._offers, self._reviews, self._leaves,
            self._cancels,
        )  # fmt: skip
        for _ in range(count):
            act, roll = self.dice.choice(acts), self.dice.random()
            self.roll = roll
            try:
                act()
            except Problem:
                pass
            self._background()

    def _client(self) -> Any:
        return Account.objects.get(pk=self.stage.cast["aoba"].pk).actor

    def _deal(self) -> Deal:
        return Deal.objects.get(pk=self.deals[self.dice.choice(("hanako", "taro"))].pk)

    def _says(self) -> None:
        message = send(self._client(), self._deal(), text=self.dice.choice(SAYINGS))
        if message.state == "nudged" and self.roll < 0.5:
            send_anyway(self._client(), Message.objects.get(pk=message.pk))

    def _answered(self) -> None:
        """Both answer the same: who answered must not tell who reported."""
        words = self.dice.choice(ANSWERS)
        for name in ("hanako", "taro"):
            send(self.stage.cast[name].actor, Deal.objects.get(pk=self.deals[name].pk), text=words)

    def _asks(self) -> None:
        requests.ask(self._client(), self._deal(), tools=("chatwork",), purpose="原稿の確認を素早く行うためです。")

    def _posts(self) -> None:
        jobs.submit(self._client(), jobs.draft(self._client(), None, **POSTING | {"title": f"案件 {self.roll:.6f}"}))

    def _offers(self) -> None:
        contracts.offer(self._client(), self._deal(), title="紹介文5本", terms="5本、各400字。", price_yen=5_000)

    def _reviews(self) -> None:
        for contract in Contract.objects.filter(deal__client=self.stage.cast["aoba"], state="funded"):
            contracts.deliver(self.stage.worker, contract, note="納品いたします。")
            contracts.accept(self._client(), Contract.objects.get(pk=contract.pk))

    def _leaves(self) -> None:
        if self.roll < 0.3:
            ask_deletion(self._client(), Account.objects.get(pk=self.stage.cast["aoba"].pk))

    def _cancels(self) -> None:
        for contract in Contract.objects.filter(deal__client=self.stage.cast["aoba"], state__in=("offered", "agreed")):
            verb = contracts.withdraw if contract.state == "offered" else contracts.cancel
            verb(self._client(), contract, **({} if contract.state == "offered" else {"because": "都合によります。"}))

    def _reports(self) -> None:
        for name in self.told.reporters:
            message = Message.objects.filter(deal=self.deals[name], author=self.stage.cast["aoba"]).order_by("at").first()
            about = {"about": "message", "about_id": message.pk} if message and message.state == "delivered" else {
                "about": "job", "about_id": self.job.id}  # fmt: skip
            reports.file(self.stage.cast[name].actor, None, category="channel_solicitation", text="断りました。", **about)
        self._background()

    def _decide(self) -> None:
        stage = self.stage
        case = Case.objects.get(subject=stage.cast["aoba"], matter=self.job.id, state="open")
        decision = decisions.make(
            stage.moderator, claims.claim(stage.moderator, case), breach=True, rule="channel_solicitation",
            public_reason="契約の前にサイト外への移動を求めるメッセージを確認しました。", private_note="記録のとおり。",
            orders=self.told.orders,
        )  # fmt: skip
        if decision.state == "proposed":
            decision = decisions.confirm(stage.operator, decision)
        self._background()
        if self.dice.random() < 0.3:
            appeal = appeals.file(self._client(), Decision.objects.get(pk=decision.pk), text="誤解があります。")
            self._background()
            third = Account.objects.get(email="daisan@example.com").actor
            (appeals.uphold if self.dice.random() < 0.5 else appeals.reject)(third, appeal, because="記録を見直しました。")
            self._background()


def happened(names: Sequence[str]) -> int:
    """How many reports there are, so that a pair cannot be equal because nothing was reported."""
    return Report.objects.filter(reporter__display_name__in=names).count()
