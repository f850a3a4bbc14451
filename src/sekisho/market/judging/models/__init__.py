"""What was judged and by what; how packs are tried; what came of what they said."""

from sekisho.market.judging.models.judged import Judgement, PackVersion, ShadowJudgement
from sekisho.market.judging.models.outcomes import RuleOutcome
from sekisho.market.judging.models.tried import (
    BackTest,
    BackTestExample,
    BackTestPart,
    Rescan,
    RescanFinding,
    Unmasking,
)

__all__ = [
    "BackTest",
    "BackTestExample",
    "BackTestPart",
    "Judgement",
    "PackVersion",
    "Rescan",
    "RescanFinding",
    "RuleOutcome",
    "ShadowJudgement",
    "Unmasking",
]
