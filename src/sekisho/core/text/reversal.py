"""Whether a text says that something in it is written backwards: `逆から読んで → ンイラ`. The turning itself: `deep`."""

from __future__ import annotations

import re

CUES = (
    "逆から", "逆さ", "逆に(?:読|よ|並|なら|た[どぐ])", "逆順", "逆読み",
    "逆向き", "反対から", "反対に(?:読|よ)", "(?:後|うし)ろから", "右から(?:読|よ|左)",
    "(?:下|した)から(?:読|よ|上)", "お(?:尻|しり)から", "最後から(?:読|よ|順)", "鏡(?:文字|に映)", "ひっくり返し?(?:て|た|す|せ)",
    "さかさ(?:ま|に|から)", "backwards?", "reversed?", "in reverse", "mirror(?:ed)?",
    "(?:flip|reverse|turn) (?:it|them|that|this|the letters|around|round)", "right to left", "from the end", "upside down",
)  # fmt: skip
_CUE = re.compile("|".join(CUES))


def says_backwards(folded_text: str) -> bool:
    """Whether the text has a cue to read something in it from its end."""
    return _CUE.search(folded_text) is not None
