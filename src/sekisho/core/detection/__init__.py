"""Detection: (text, context, pack) -> Verdict with evidence."""

from __future__ import annotations

import os
from collections.abc import Iterable

from sekisho.core.detection.library import load
from sekisho.core.detection.verdict import Contact, Finding, Verdict
from sekisho.core.rules.model import Kind, Sender, Stage

__all__ = ["Contact", "Finding", "UnknownValue", "Verdict", "check", "load"]

_KINDS = {value.value: value for value in Kind}
_SENDERS = {value.value: value for value in Sender}
_STAGES = {value.value: value for value in Stage}


class UnknownValue(ValueError):
    """A kind, sender or stage that does not exist; the message lists those that do."""


def check(
    text: str,
    *,
    kind: str = "message",
    sender: str = "client",
    stage: str = "pre_contract",
    approved_tools: Iterable[str] = (),
    pack: str | os.PathLike[str] = "standard",
    repeated: bool = False,
) -> Verdict:
    """Judge one text in its context.

    `approved_tools` counts only at stage `contact_approved`. `repeated` says that the writer was told before; it chooses the
    action, never the verdict. Raises `TextTooLong`, `UnknownValue`, `PackError` (all `ValueError`), `TypeError` for a non-str.
    """
    try:
        context = _KINDS[kind], _SENDERS[sender], _STAGES[stage]
    except KeyError:
        raise _unknown(kind, sender, stage) from None
    if not isinstance(text, str):
        raise TypeError(f"text must be a str, not {type(text).__name__}")
    if isinstance(approved_tools, str):
        raise UnknownValue(f"approved_tools is one string, {approved_tools!r}; give a list such as [{approved_tools!r}]")
    return load(os.fspath(pack)).judge(
        text, kind=context[0], sender=context[1], stage=context[2], approved_tools=approved_tools, repeated=repeated
    )


def _unknown(kind: str, sender: str, stage: str) -> UnknownValue:
    for name, value, known in (("kind", kind, _KINDS), ("sender", sender, _SENDERS), ("stage", stage, _STAGES)):
        if value not in known:
            return UnknownValue(f"{name} {value!r} does not exist; use one of: {', '.join(known)}")
    return UnknownValue("unknown value")
