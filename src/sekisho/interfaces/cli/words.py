"""The words around an answer in the terminal. Names of labels and verdicts are the core's, titles and reasons the pack's."""

from __future__ import annotations

import os
from typing import Final

PHRASES: Final = {
    "ja": {
        "action": "措置",
        "why": "理由",
        "instead": "代わりに",
        "severity": "重大さ",
        "confidence": "確からしさ",
        "rule": "ルール",
        "unfinished": "最後まで調べられなかったもの",
        "colon": "：",
        "comma": "、",
        "quote": "「{}」",
        "aside": "（{}）",
        "stage": "段階",
        "approved": "承認されたツール",
        "lured": "誘導への返答です。書いた側の違反ではありません",
    },
    "en": {
        "action": "action",
        "why": "why",
        "instead": "instead",
        "severity": "severity",
        "confidence": "confidence",
        "rule": "rule",
        "unfinished": "not looked at to the end",
        "colon": ": ",
        "comma": ", ",
        "quote": '"{}"',
        "aside": " ({})",
        "stage": "stage",
        "approved": "approved tools",
        "lured": "an answer to solicitation; not held against its writer",
    },
}


def terminal_language() -> str:
    """The language of the locale: "ja" when it is Japanese, else "en"."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "ja" if value.lower().startswith("ja") else "en"
    return "en"
