"""What a posting says and what it leaves out: content, deadline, pay, skills."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sekisho.core.detection.postings.policy import Part, PostingPolicy
from sekisho.core.text import fold

READ = 20_000
"""Code points that are looked at; a longer posting counts as stating everything."""

_NAMING = re.compile(r"[\u4e00-\u9fff\u30a1-\u30fa]")
_WORDS = re.compile(r"[a-z][a-z'+#.-]{0,30}")
_JAPANESE = re.compile(r"[\u3041-\u30ff\u4e00-\u9fff]")
LATIN_WORD = 3
"""A foreign word in a Japanese text names as much as this many characters."""

DEFERRING = 2
"""So many times the content is asked of a posting that puts its content off."""


def missing_parts(texts: Sequence[str], *, has_pay: bool, policy: PostingPolicy) -> tuple[Part, ...]:
    """The parts that are stated nowhere in `texts` (title, body, pay), in the order of `Part`."""
    folded = fold("\n".join(texts)).text
    read = folded[:READ]
    stated = {part: bool(cues.search(read)) for part, cues in policy.stated.items()}
    stated[Part.CONTENT] = _has_content(fold("\n".join(texts[:2])).text[:READ], policy)
    stated[Part.PAY] = stated[Part.PAY] or has_pay
    return tuple(part for part in Part if not stated[part]) if len(folded) <= READ else ()


def _has_content(text: str, policy: PostingPolicy) -> bool:
    """Whether the text names work, once what puts it off and what names none is taken away."""
    rest, deferred = policy.deferred.subn(" ", text)
    if policy.content.names.search(rest):
        return True
    rest = policy.content.empty.sub(" ", rest)
    words = sum(word.strip("'.-") not in policy.content.empty_en for word in _WORDS.findall(rest))
    times = DEFERRING if deferred else 1
    if _JAPANESE.search(text):
        return len(_NAMING.findall(rest)) + LATIN_WORD * words >= policy.content.enough_ja * times
    return words >= policy.content.enough_en * times
