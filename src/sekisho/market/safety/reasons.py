"""The statement of reasons: what its subject is told of a decision, with the fields of DSA article 17, in his language.

Its origin is one sentence for all, whoever or whatever began the case. It quotes the record only, never a report.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sekisho.market.kernel import clock
from sekisho.market.safety.models import Decision, Reasons
from sekisho.market.safety.policy import policy

ORIGIN: Mapping[str, str] = {
    "ja": "利用規約の順守状況の確認により、運営が判断しました。",
    "en": "The operator decided this in the course of checking compliance with the terms of use.",
}
"""The same for a report, a finding or any other beginning (DSA article 17(3)(b) asks no more than is strictly needed)."""
AUTOMATED: Mapping[str, str] = {
    "ja": "文の判定には自動のしくみを用いています。判断は人が行いました。",
    "en": "Texts are judged with automated means. The decision was taken by a person.",
}
ALONE: Mapping[str, str] = {
    "ja": "担当者が1名のため、24時間の確認期間をおいて判断しました。",
    "en": "As the house has one moderator, the decision was taken after a cooling-off of 24 hours.",
}
SCOPE: Mapping[str, str] = {"ja": "このサイト全体", "en": "This whole site"}


def state(decision: Decision) -> Reasons:
    """Write the statement for the subject of a decision that took effect."""
    account = decision.case.subject
    lang = "en" if account.lang == "en" else "ja"
    row = Reasons(decision=decision, account=account, lang=lang, content=content(decision, lang))
    row.save(force_insert=True)
    return row


def content(decision: Decision, lang: str) -> dict[str, Any]:
    """The fields as plain values: measures with their scope and length, facts, rule, means, how to appeal and until when."""
    until: datetime = clock.now() + timedelta(days=policy().appeal_days)
    return {
        "decision": str(decision.id),
        "decided_at": (decision.done_at or clock.now()).isoformat(),
        "measures": [
            {name: order[name] for name in ("kind", "thing", "thing_id", "days") if name in order}
            for order in decision.measures
        ],
        "territorial_scope": SCOPE[lang],
        "facts": decision.public_reason,
        "evidence": [row for row in decision.evidence if row["quote"]],
        "rule": decision.rule,
        "ground": "incompatible_with_terms",
        "origin": ORIGIN[lang],
        "automated_means": AUTOMATED[lang],
        "second_person": ALONE[lang] if decision.alone else "",
        "redress": {"internal_appeal_until": until.isoformat(), "days": policy().appeal_days},
    }
