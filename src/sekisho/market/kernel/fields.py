"""What people write into fields: trimmed, bounded, without characters a database or a reader cannot take."""

from __future__ import annotations

from sekisho.market.kernel.problems import Problem

_CONTROL = {c: None for c in range(32) if c not in (9, 10)} | {127: None}


def line(value: str, field: str, most: int, *, blank: bool = False) -> str:
    """One line of text. Raises `Problem` blank or too_long (`most` code points)."""
    return " ".join(text(value, field, most, blank=blank).split())


def text(value: str, field: str, most: int, *, blank: bool = False) -> str:
    """Text of several lines: line ends as \\n, no control characters, no lone surrogates. Raises `Problem`."""
    clean = value.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROL)
    clean = clean.encode("utf-8", "replace").decode("utf-8").strip()
    if not clean and not blank:
        raise Problem("blank", field=field)
    if len(clean) > most:
        raise Problem("too_long", field=field, most=most, length=len(clean))
    return clean


def one_of(value: str, field: str, choices: tuple[str, ...]) -> str:
    """One of a closed list. Raises `Problem("bad_value")`."""
    if value not in choices:
        raise Problem("bad_value", field=field, choices=", ".join(choices))
    return value
