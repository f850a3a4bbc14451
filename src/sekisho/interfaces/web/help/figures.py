"""The figures that help tells: thresholds of the live pack, days and hours of the policies. Nothing is written down twice."""

from __future__ import annotations

from sekisho.core.detection import load
from sekisho.core.detection.postings.library import load_policy
from sekisho.core.guidance.model import Criterion
from sekisho.core.rules.model import Risk
from sekisho.market.contact_requests.policy import policy
from sekisho.market.contracts.silence import silence


def figures(pack: str) -> dict[str, object]:
    """By the names that texts use: stars, counts, days, hours and yen."""
    signs, silent, asking = load_policy(pack).thresholds, silence(), policy()
    return {
        "reviews": signs.reviews, "rating": signs.rating, "orders": signs.orders, "new_days": signs.new_days,
        "signs": signs.caution_at, "token_yen": f"{load(pack).pack.contact_request.token_contract_yen:,}",
        "criteria": len(Criterion), "risks": len(Risk),
        "accept_days": silent.accept_days, "send_backs": silent.send_backs, "look_hours": silent.look_hours,
        "answer_days": asking.answer_days, "rest_days": asking.rest_days, "per_contract": asking.per_contract,
        "early_hours": asking.early_hours,
    }  # fmt: skip
