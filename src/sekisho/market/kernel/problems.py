"""What a verb may answer instead of doing: one code a problem, with its text in both languages.

The rooms know kinds, not HTTP: the interfaces turn a kind into a status.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import InterfaceError, OperationalError


class Kind(StrEnum):
    """How a caller should take a problem."""

    INVALID = "invalid"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    TOO_MANY = "too_many"
    UNAVAILABLE = "unavailable"


@dataclass(frozen=True, slots=True)
class Row:
    """One problem: its kind and what people read. `{names}` are filled from the facts."""

    kind: Kind
    ja: str
    en: str


PROBLEMS: dict[str, Row] = {}
_UNDONE = ("40", "53", "55P03", "57014")
"""SQLSTATEs after which PostgreSQL has undone everything: deadlocks, a full disk, no memory, no place, waited too long."""


def describe(rows: dict[str, Row]) -> None:
    """Add a room's problems. Raises `ValueError` for a code that is taken."""
    taken = PROBLEMS.keys() & rows.keys()
    if taken:
        raise ValueError(f"problem codes are taken: {sorted(taken)}")
    PROBLEMS.update(rows)


class Problem(Exception):
    """A verb refused; nothing was changed. `code` is stable, `facts` are plain values that fill its text."""

    def __init__(self, code: str, **facts: Any) -> None:
        self.code, self.facts = code, facts
        self.row = PROBLEMS[code]
        super().__init__(code, facts)

    @property
    def kind(self) -> Kind:
        """How a caller should take it."""
        return self.row.kind

    def text(self, lang: str = "ja") -> str:
        """What is wrong and how to mend it, in `ja` or `en`."""
        return (self.row.en if lang == "en" else self.row.ja).format(**self.facts)


def problem_of(error: BaseException) -> Problem | None:
    """What an interface answers for an exception that came out of a verb; None for a fault of ours.

    A lost connection is told apart from a refusal: if it was lost while the verb ended, only looking tells what came of it.
    """
    if isinstance(error, Problem):
        return error
    if not isinstance(error, OperationalError | InterfaceError):
        return None
    state = getattr(error.__cause__, "sqlstate", None) or ""
    return Problem("busy" if state.startswith(_UNDONE) else "connection_lost")


describe({
    "bad_amount": Row(Kind.INVALID, "金額は1円以上{most:,}円以下の整数で入力してください。",
                      "Give the amount as whole yen, from 1 to {most:,}."),
    "blank": Row(Kind.INVALID, "「{field}」を入力してください。", "Fill in “{field}”."),
    "too_long": Row(Kind.INVALID, "「{field}」は{most:,}文字以内で入力してください（現在{length:,}文字）。",
                    "“{field}” may have at most {most:,} characters (it has {length:,})."),
    "bad_value": Row(Kind.INVALID, "「{field}」の値を確認してください。選べるのは {choices} です。",
                     "Check “{field}”: it must be one of {choices}."),
    "log_in": Row(Kind.UNAUTHENTICATED, "ログインしてください。", "Please log in."),
    "not_found": Row(Kind.NOT_FOUND, "見つかりませんでした。", "Not found."),
    "not_yours": Row(Kind.FORBIDDEN, "この操作をする権限がありません。", "You may not do this."),
    "standing": Row(Kind.FORBIDDEN,
                    "現在のご利用状態では、この操作はできません。理由と異議申し立ての方法は、お知らせをご覧ください。",
                    "Your account's present standing does not allow this. Your notices say why and how to appeal."),
    "already": Row(Kind.CONFLICT, "すでに「{state}」になっています。", "It is already “{state}”."),
    "not_from_here": Row(Kind.CONFLICT, "「{state}」のときは、この操作はできません。画面を読み込み直してご確認ください。",
                         "This cannot be done while it is “{state}”. Reload the page and look again."),
    "needs": Row(Kind.CONFLICT, "まだ条件が整っていません（{need}）。", "A condition is not met yet ({need})."),
    "key_reused": Row(Kind.CONFLICT,
                      "同じキー（Idempotency-Key）で、別の内容をすでに受け付けています。画面を読み込み直してください。",
                      "This idempotency key was already used for another request."),
    "too_many": Row(Kind.TOO_MANY, "短い時間に操作が集中しています。{seconds:,}秒ほど待ってからもう一度お試しください。",
                    "Too many in a short time. Try again in about {seconds:,} seconds."),
    "connection_lost": Row(Kind.UNAVAILABLE,
                           "データベースとの接続が途切れました。少し待ってから画面を読み込み直し、操作が済んでいるかをご確認ください。",
                           "The connection to the database was lost. Wait a moment, reload, and look whether it was done."),
    "busy": Row(Kind.UNAVAILABLE, "混み合っています。少し待ってからもう一度お試しください。", "Busy; try again in a moment."),
})  # fmt: skip
