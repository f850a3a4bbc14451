"""Records of the core as lines for a terminal or a pipe. What is in them: `sekisho.core.detection.record`."""

from __future__ import annotations

import json
import re
from typing import Any

from sekisho.core.detection.record import SCHEMA, Utf16, verdict_record

__all__ = ["SCHEMA", "Utf16", "line", "verdict_record"]

# Characters that steer a terminal or turn the writing direction, and halves of surrogate pairs: all legal to escape.
_UNSAFE = re.compile(
    "[\x7f-\x9f\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff\U000e0000-\U000e0fff]"
)


def line(record: dict[str, Any]) -> bytes:
    """One line of UTF-8 whatever the terminal's encoding, with everything escaped that could act on a terminal."""
    shown = json.dumps(record, ensure_ascii=False)
    return _UNSAFE.sub(_escape, shown).encode() + b"\n"


def _escape(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]
