"""Judging a text that belongs to nothing here, and what the problems of this API mean."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from ninja import Schema
from pydantic import ConfigDict

from sekisho.core.detection import check
from sekisho.core.detection.record import verdict_record
from sekisho.interfaces.api.operation import Ask, Asked, Op, Text, most
from sekisho.interfaces.api.problems import status_of
from sekisho.market.kernel.problems import PROBLEMS, Problem


class TextIn(Asked):
    """A text in its context. Nothing of it is stored."""

    text: Annotated[Text, most(20_000)]
    kind: Literal["message", "posting", "profile", "application"] = "message"
    sender: Literal["client", "worker"] = "client"
    stage: Literal["pre_contract", "contracted"] = "pre_contract"
    pack: Literal["standard", "crowdworks", "lancers", "coconala", "upwork", "fiverr"] = "standard"


class VerdictOut(Schema):
    """A verdict as `sekisho check --json` prints it."""

    model_config: ClassVar = ConfigDict(extra="allow")
    verdict: str
    action: str
    findings: list[dict[str, Any]]


class CodeOut(Schema):
    """One code: its status and its texts, `{names}` being facts."""

    code: str
    status: int
    kind: str
    ja: str
    en: str


class CodesOut(Schema):
    """Every code."""

    items: list[CodeOut]


def _judge(ask: Ask) -> dict[str, Any]:
    words = ask.body.pop("text")
    return verdict_record(words, check(words, **ask.body))


def _code(code: str) -> CodeOut:
    row = PROBLEMS[code]
    return CodeOut(code=code, status=status_of(code), kind=row.kind, ja=row.ja, en=row.en)


def _codes(_ask: Ask) -> dict[str, Any]:
    return {"items": [_code(code) for code in sorted(PROBLEMS)]}


def _one_code(ask: Ask) -> CodeOut:
    if ask.word not in PROBLEMS:
        raise Problem("not_found")
    return _code(ask.word)


OPERATIONS = (
    Op(name="judge", method="POST", path="/judge", about="Judge a text without storing it.", body=TextIn, out=VerdictOut,
       answer=_judge, scope="judge"),
    Op(name="problems.list", method="GET", path="/problems", about="What can go wrong.", out=CodesOut, answer=_codes, open=True),
    Op(name="problems.get", method="GET", path="/problems/{word}", about="What one code means.", out=CodeOut, answer=_one_code,
       open=True),
)  # fmt: skip
