"""From a posting to its verdict: the text judged as one, the pay against the rates, the client's signs, what is left out."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from sekisho.core.detection.acts import GRAVITY
from sekisho.core.detection.judge import FORCE, Judge
from sekisho.core.detection.library import load
from sekisho.core.detection.pay import parse_pay
from sekisho.core.detection.pay.effort import find_efforts
from sekisho.core.detection.postings.library import load_policy
from sekisho.core.detection.postings.policy import ClientSign, Part, PostingPolicy, Reason
from sekisho.core.detection.postings.rating import read_asked, standing
from sekisho.core.detection.postings.reading import Posting, read_posting
from sekisho.core.detection.postings.signs import client_signs
from sekisho.core.detection.postings.stated import missing_parts
from sekisho.core.detection.postings.verdict import (
    Field,
    PostingContact,
    PostingFinding,
    PostingPay,
    PostingVerdict,
    Standing,
)
from sekisho.core.detection.verdict import Finding, Verdict
from sekisho.core.rules.model import Action, Kind, Label, Level, Outcome, Sender, Stage
from sekisho.core.text import fold

_WEIGHT = {Level.LOW: 0, Level.MEDIUM: 1, Level.HIGH: 2}
_TEXTS = (Field.TITLE, Field.BODY, Field.PAY)


def check_posting(
    posting: Mapping[str, Any], *, pack: str | os.PathLike[str] = "standard", repeated: bool = False
) -> PostingVerdict:
    """Judge a posting before the contract: title, body and pay as one text, and the client.

    `posting` is {"title", "body", "category" (a `Category`), "pay": {"text"}, "client": {"rating" (0 to 5), "reviews", "orders",
    "registered_days", "profile", "identity_verified", "company", "verified_record"}}. All but one of title and body may be
    left out; what is unknown gives no sign. Unknown keys are passed over. `repeated` says that the writer was told before.

    Raises `BadPosting` naming the field, `PackError` for a faulty pack (both `ValueError`).
    """
    read = read_posting(posting)
    name = os.fspath(pack)
    return _Judging(read, load(name), load_policy(name), repeated=repeated).verdict()


class _Judging:
    """One posting under one pack."""

    def __init__(self, posting: Posting, judge: Judge, policy: PostingPolicy, *, repeated: bool) -> None:
        self.posting, self.judge, self.policy, self.repeated = posting, judge, policy, repeated
        self.texts = {Field.TITLE: posting.title, Field.BODY: posting.body, Field.PAY: posting.pay}
        self.joined = "\n".join(self.texts.values())

    def verdict(self) -> PostingVerdict:
        """The whole answer."""
        told = self.judge.judge(
            self.joined, kind=Kind.POSTING, sender=Sender.CLIENT, stage=Stage.PRE_CONTRACT, repeated=self.repeated
        )
        signs = client_signs(self.posting.client, self.policy)
        pay = self._pay()
        missing = missing_parts(list(self.texts.values()), has_pay=bool(pay), policy=self.policy)
        findings = self._about_pay(pay)
        high = any(finding.label is Label.TOO_GOOD_PAY for finding in findings)
        findings += [self._from_text(finding) for finding in told.findings if not (high and self._repeats(finding))]
        labels = {finding.label for finding in findings}
        vague = Label.VAGUE_POSTING in labels or Part.CONTENT in missing
        if vague and Label.VAGUE_POSTING not in labels:
            findings.append(self._finding(Reason.TELLS_TOO_LITTLE, Field.POSTING))
        if len(signs) >= self.policy.thresholds.caution_at:
            findings.append(self._finding(Reason.CLIENT_SIGNS, Field.CLIENT))
        return self._verdict(told, findings, pay, (signs, missing), vague=vague)

    def _verdict(
        self,
        told: Verdict,
        findings: list[PostingFinding],
        pay: tuple[PostingPay, ...],
        facts: tuple[tuple[ClientSign, ...], tuple[Part, ...]],
        *,
        vague: bool,
    ) -> PostingVerdict:
        outcome, action = told.verdict, told.action
        for finding in findings:
            outcome = max(outcome, finding.verdict, key=GRAVITY.__getitem__)
            action = max(action, self._action(finding), key=FORCE.__getitem__)
        low = any(one.standing is Standing.FAR_BELOW for one in pay)
        high = any(finding.label is Label.TOO_GOOD_PAY for finding in findings)
        return PostingVerdict(
            verdict=outcome,
            action=action,
            findings=tuple(sorted(findings, key=_weight)),
            signs=facts[0],
            pay=pay,
            pay_implausible=low or high,
            pay_too_low=low,
            vague=vague,
            missing=facts[1],
            contacts=self._contacts(told),
            pack=told.pack,
            digest=told.digest,
            unsure=told.unsure,
        )

    def _action(self, finding: PostingFinding) -> Action:
        if finding.verdict is Outcome.CLEAR:
            return Action.ALLOW
        row = self.judge.pack.table[finding.label or Label.VAGUE_POSTING]
        return row.repeated if self.repeated else row.first

    def _pay(self) -> tuple[PostingPay, ...]:
        """The pay of all fields; in title and body only what says per what it is, once the pay has a field of its own."""
        read = fold(self.joined).text
        efforts = find_efforts(read)
        asked = read_asked(read, self.posting.category, efforts, self.policy)
        found: list[PostingPay] = []
        for field in (Field.PAY, Field.TITLE, Field.BODY):
            for pay in parse_pay(self.texts[field]):
                if field is not Field.PAY and pay.unit is None and self.posting.pay.strip():
                    continue
                stands, going = standing(pay, asked, self.policy)
                if field is not Field.PAY and stands is Standing.FAR_BELOW and found:
                    stands = Standing.BELOW
                facts = {name: getattr(pay, name) for name in pay.__slots__}
                found.append(PostingPay(**facts, field=field, standing=stands, going=going))
        return tuple(found)

    def _repeats(self, finding: Finding) -> bool:
        """Whether a finding of too good pay spans fields: then the one that holds the pay against the rates says it better."""
        return finding.label is Label.TOO_GOOD_PAY and "\n" in self.joined[finding.start : finding.end]

    def _about_pay(self, pay: tuple[PostingPay, ...]) -> list[PostingFinding]:
        """One finding for pay out of proportion and one for pay far below."""
        found = []
        for stands, reason in (
            (Standing.OUT_OF_PROPORTION, Reason.PAY_OUT_OF_PROPORTION),
            (Standing.FAR_BELOW, Reason.PAY_FAR_BELOW),
        ):
            first = next((one for one in pay if one.standing is stands), None)
            if first is not None:
                found.append(self._finding(reason, first.field, first.start, first.end))
        return found

    def _finding(self, reason: Reason, field: Field, start: int = 0, end: int = 0) -> PostingFinding:
        text = self.policy.texts[reason]
        row = self.judge.pack.table[text.label] if text.label else None
        return PostingFinding(
            label=text.label,
            verdict=row.at[Stage.PRE_CONTRACT] if row else Outcome.CAUTION,
            rule=reason.value,
            severity=text.severity,
            confidence=text.confidence,
            field=field,
            start=start,
            end=end,
            quote=self.texts.get(field, "")[start:end],
            by=Sender.CLIENT,
            risks=text.risks,
            title=text.title,
            instead=text.instead,
            reasons=tuple(text.why.items()),
        )

    def _from_text(self, finding: Finding) -> PostingFinding:
        field, start, end = self._placed(finding.start, finding.end)
        rule = self.judge.pack.rules[finding.rule]
        return PostingFinding(
            label=finding.label,
            verdict=finding.verdict,
            rule=finding.rule,
            severity=finding.severity,
            confidence=finding.confidence,
            field=field,
            start=start,
            end=end,
            quote=self.texts[field][start:end],
            by=finding.by,
            risks=finding.risks,
            title=rule.title,
            instead=rule.instead,
            tool=finding.tool,
            frames=finding.frames,
            reasons=finding.reasons,
        )

    def _placed(self, start: int, end: int) -> tuple[Field, int, int]:
        """The field that holds most of a span of the joined text, and the part of the span in it."""
        best, low = (-1, Field.BODY, 0, 0), 0
        for field in _TEXTS:
            high = low + len(self.texts[field])
            inside = min(end, high) - max(start, low)
            if inside > best[0]:
                best = inside, field, max(start, low) - low, min(end, high) - low
            low = high + 1
        return best[1:]

    def _contacts(self, told: Verdict) -> tuple[PostingContact, ...]:
        found = []
        for one in told.contacts:
            field, start, end = self._placed(one.start, one.end)
            found.append(PostingContact(one.kind, field, start, end, one.canonical, one.tool, one.checked))
        return tuple(found)


def _weight(finding: PostingFinding) -> tuple[object, ...]:
    """Gravest first, then the most severe, the surest, and in order of place."""
    place = list(Field).index(finding.field), finding.start, -finding.end, finding.rule
    return -GRAVITY[finding.verdict], -_WEIGHT[finding.severity], -_WEIGHT[finding.confidence], place
