"""What a person sees of a judged posting: verdict, evidence in the texts, reasons, client, pay, what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from rich.text import Text

from sekisho.core.detection.postings import PostingFinding, PostingPay, PostingVerdict, Standing, Unit
from sekisho.core.detection.postings.policy import PostingPolicy
from sekisho.core.rules.model import Outcome
from sekisho.core.rules.names import name_of
from sekisho.interfaces.cli.render import COLOURS, Screen
from sekisho.interfaces.cli.visible import visible

WORDS: Final = {
    "ja": {
        "title": "件名", "body": "本文", "pay": "報酬", "signs": "クライアントの情報で気をつけたい点", "rates": "報酬と相場",
        "missing": "書かれていないこと", "going": "相場 {low}〜{high}", "source": "出典：{source}、{seen}",
        "effort": "、作業{minutes}分/{per}",
        "from": "{}から", "to": "{}まで", "join": "〜",
    },
    "en": {
        "title": "title", "body": "body", "pay": "pay", "signs": "About the client", "rates": "Pay and the going rate",
        "missing": "Not stated", "going": "usually {low} to {high}", "source": "source: {source}, {seen}",
        "effort": ", {minutes} minutes of work per {per}",
        "from": "from {}", "to": "up to {}", "join": " to ",
    },
}  # fmt: skip
STANDINGS: Final[Mapping[Standing, Mapping[str, str]]] = {
    Standing.FAR_BELOW: {"ja": "頼まれている仕事に対して極端に低い", "en": "absurdly low for what is asked"},
    Standing.BELOW: {"ja": "相場より低い", "en": "below the going rate"},
    Standing.WITHIN: {"ja": "相場の範囲", "en": "within the going rate"},
    Standing.ABOVE: {"ja": "相場より高い", "en": "above the going rate"},
    Standing.OUT_OF_PROPORTION: {"ja": "仕事とつり合わないほど高い", "en": "out of proportion to the work"},
}
MONEY: Final = {
    ("ja", "JPY"): "{}円", ("ja", "USD"): "{}ドル", ("ja", "EUR"): "{}ユーロ", ("ja", "GBP"): "{}ポンド",
    ("en", "JPY"): "¥{}", ("en", "USD"): "${}", ("en", "EUR"): "€{}", ("en", "GBP"): "£{}",
}  # fmt: skip
UNITS: Final[Mapping[Unit, Mapping[str, str]]] = {
    Unit.HOUR: {"ja": "時間", "en": "hour"},
    Unit.DAY: {"ja": "日", "en": "day"},
    Unit.WEEK: {"ja": "週", "en": "week"},
    Unit.MONTH: {"ja": "月", "en": "month"},
    Unit.ITEM: {"ja": "件", "en": "item"},
    Unit.CHARACTER: {"ja": "文字", "en": "character"},
    Unit.WORD: {"ja": "語", "en": "word"},
    Unit.PAGE: {"ja": "ページ", "en": "page"},
    Unit.MINUTE: {"ja": "分", "en": "minute"},
    Unit.PROJECT: {"ja": "一式", "en": "project"},
}


class PostingScreen(Screen):
    """Prints judged postings in one language."""

    def posting(self, texts: Mapping[str, str], verdict: PostingVerdict, policy: PostingPolicy) -> None:
        """The whole answer; `texts` are the texts of the posting by field."""
        self.line(visible(texts["title"].strip()) or "—", "bold")
        self.head(verdict)
        shown = [finding for finding in verdict.findings if finding.verdict is not Outcome.CLEAR]
        for field, text in texts.items():
            self._evidence(field, text, [finding for finding in shown if finding.field == field])
        for number, finding in enumerate(verdict.findings, 1):
            self.line("")
            self._reasons(number, finding)
        self._listed("signs", (self._sign(policy.signs[sign], policy) for sign in verdict.signs))
        self._listed("rates", (self._rate(texts, pay) for pay in verdict.pay))
        self._listed("missing", (policy.parts[part][self.lang] for part in verdict.missing))

    def _evidence(self, field: str, text: str, findings: list[PostingFinding]) -> None:
        if findings:
            self.line("")
            self.line(f"{WORDS[self.lang][field]}{self._say['colon']}".rstrip())
            self.marked(text, [(finding.start, finding.end, finding.verdict) for finding in findings])

    def _reasons(self, number: int, finding: PostingFinding) -> None:
        say = self._say
        name = name_of(finding.label, self.lang) if finding.label else finding.title[self.lang]
        head = Text(f"{number}. {name}", style="bold")
        head.append(f" — {name_of(finding.verdict, self.lang)}", style=f"not bold {COLOURS[finding.verdict]}")
        self.console.print(head)
        if finding.quote:
            self._indented(Text(say["quote"].format(visible(finding.quote))), "   ")
        self._paragraph("why", finding.why(self.lang))
        self._paragraph("instead", finding.instead[self.lang])
        self._paragraph("rule", finding.rule, "dim")

    def _listed(self, heading: str, lines: Iterable[str]) -> None:
        shown = list(lines)
        if shown:
            self.line("")
            self.line(f"{WORDS[self.lang][heading]}{self._say['colon']}".rstrip(), "bold")
            for line in shown:
                self._indented(Text(f"- {visible(line)}"), "  ")

    def _sign(self, speech: Mapping[str, str], policy: PostingPolicy) -> str:
        limits = policy.thresholds
        return speech[self.lang].format(
            reviews=limits.reviews, rating=limits.rating, orders=limits.orders, new_days=limits.new_days
        )

    def _rate(self, texts: Mapping[str, str], pay: PostingPay) -> str:
        words, lang = WORDS[self.lang], self.lang
        unit = Unit(pay.unit or Unit.PROJECT)
        line = texts[pay.field][pay.start : pay.end] + self._say["colon"] + self._amounts(pay, unit)
        if pay.effort and pay.effort_per:
            per = UNITS[Unit(pay.effort_per)][lang]
            line += words["effort"].format(minutes=pay.effort, per=per)
        if pay.standing is None or pay.going is None:
            return line
        going = pay.going
        low, high = (self._money(amount, going.currency, going.unit) for amount in (going.low, going.high))
        told = words["going"].format(low=low, high=high)
        source = words["source"].format(source=going.source[lang], seen=going.seen)
        return f"{line} — {STANDINGS[pay.standing][lang]}{self._say['aside'].format(told + self._say['comma'] + source)}"

    def _amounts(self, pay: PostingPay, unit: Unit) -> str:
        low, high, words = pay.amount_min, pay.amount_max, WORDS[self.lang]
        if low is None or high is None:
            amount = low if low is not None else high
            return words["from" if low is not None else "to"].format(self._money(amount or 0, pay.currency, unit))
        first = self._money(low, pay.currency, unit)
        return first if low == high else first + words["join"] + self._money(high, pay.currency, unit)

    def _money(self, amount: float, currency: str, unit: Unit) -> str:
        number = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.3f}".rstrip("0")
        return f"{MONEY[self.lang, currency].format(number)}/{UNITS[unit][self.lang]}"
