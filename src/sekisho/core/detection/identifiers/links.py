"""Web addresses in folded text: with a scheme, bare, and with spaces around the dots.

Not a URL validator: an address is what a reader would type into a browser, so file and technology names
are not taken.
"""

import re
from collections.abc import Iterator

from sekisho.core.detection.identifiers.domains import (
    FILE_ENDINGS,
    TECHNOLOGIES,
    is_domain,
    is_registrable,
    longest_domain,
    stands_bare,
)
from sekisho.core.detection.identifiers.hosts import Address, is_known_host, meaning
from sekisho.core.detection.identifiers.model import Identifier, Kind, Steps

_LABEL = r"[a-z0-9_-]{1,63}"
_TAIL = r"(?::\d{1,5})?(?:[/?#][a-z0-9\-._~:/?#@!$&'()*+,;=%\[\]]{0,512})?"
_SCHEMED = re.compile(
    r"h(?:tt|xx)ps?[ ]?:[ ]?/[ ]?/[ ]?(?:[a-z0-9._-]{1,64}@)?"
    rf"((?:[\w-]{{1,63}}\.){{1,6}}[\w-]{{2,63}})({_TAIL})"
)
_DOT = re.compile(r"\.[a-z0-9-]{2}")
_HOST_CHARS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789_.-")
_SCHEMED_SPACED = re.compile(
    rf"h(?:tt|xx)ps?[ ]?:[ ]?/[ ]?/[ ]?({_LABEL}(?:[ ]?\.[ ]?{_LABEL}){{1,4}})"
    rf"([ ]?/[ ]?[\w./?=&%~+-]{{1,256}})?"
)
_BARE = re.compile(rf"((?:{_LABEL}\.){{1,6}}[a-z0-9-]{{2,24}})(?![a-z0-9_@])({_TAIL})")
_SPACED = re.compile(
    rf"(?<![a-z0-9_.@/-])({_LABEL}(?:[ ]?\.[ ]?{_LABEL}){{1,3}})(?![a-z0-9_@])"
    rf"([ ]?/[ ]?[a-z0-9@+_~.-][\w./?=&%~+@-]{{0,256}})?"
)
_SPACED_HINT = re.compile(
    r"\.[ ]?[a-z]{2,5}[ ]/|[ ]\.[a-z]{2,5}[ ]?/|\.[ ][a-z]{2,5}[ ]?/|"
    r"p[ ]?s?[ ]?:[ ]?/[ ]?/[ ]?[a-z0-9-]{1,63}[ ]?\."
)
_IPV4 = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_CLOSERS = {")": "(", "]": "["}


def _trim(tail: str) -> str:
    """Drop what belongs to the sentence: full stops, commas, quotes, a bracket that was not opened inside."""
    while tail:
        last = tail[-1]
        if last in ".,;:!?'" or (last in _CLOSERS and tail.count(last) > tail.count(_CLOSERS[last])):
            tail = tail[:-1]
        else:
            break
    return tail


def _address(host: str, tail: str) -> Address:
    tail = re.sub(r"^:\d{1,5}", "", tail).split("#", 1)[0].replace(" ", "")
    path, _, query = tail.partition("?")
    return Address(host.removeprefix("www."), path, query)


def _identifier(start: int, end: int, host: str, tail: str) -> Identifier:
    what = meaning(_address(host, tail))
    return Identifier(what.kind, start, end, what.canonical, what.tool, is_registrable(host))


def _schemed(text: str, steps: Steps) -> Iterator[Identifier]:
    for match in _SCHEMED.finditer(text):
        if not steps.take():
            return
        raw = match[1]
        if _IPV4.fullmatch(raw):
            tail = _trim(match[2])
            yield Identifier(Kind.URL, match.start(), match.end(1) + len(tail), raw + tail.rstrip("/"), "web")
            continue
        ascii_part = re.match(r"[a-z0-9_.-]*", raw)
        plain = longest_domain(ascii_part[0].strip(".")) if ascii_part else ""
        if plain:
            whole = len(plain) == len(raw)
            tail = _trim(match[2]) if whole else ""
            yield _identifier(match.start(), match.start(1) + len(plain) + len(tail), plain, tail)
        elif not raw.isascii() and is_domain(raw):
            tail = _trim(match[2])
            yield _identifier(match.start(), match.end(1) + len(tail), raw, tail)


def _believed(host: str, tail: str) -> bool:
    """Whether a name without a scheme is an address."""
    last = host.rsplit(".", 1)[1]
    if host in TECHNOLOGIES or not is_domain(host.removeprefix("www.")):
        return False
    if host.startswith("www.") or is_known_host(host):
        return True
    if last in FILE_ENDINGS:
        return False
    return (len(tail) > 2 and tail[0] == "/") or stands_bare(host)


def _bare(text: str, steps: Steps) -> Iterator[Identifier]:
    at = 0
    while dot := _DOT.search(text, at):
        if not steps.take():
            return
        start = dot.start()
        while start > at and text[start - 1] in _HOST_CHARS:
            start -= 1
        at = dot.end()
        while at < len(text) and text[at] in _HOST_CHARS:
            at += 1
        match = None if start and text[start - 1] in "@/\\" else _BARE.match(text, start)
        if not match:
            continue
        at = max(at, match.end())
        host = match[1].rstrip("-")
        tail = _trim(match[2]) if len(host) == len(match[1]) else ""
        if tail[:1] == ":" and "/" not in tail:
            tail = ""
        if _believed(host, tail):
            yield _identifier(match.start(), match.start(1) + len(host) + len(tail), host, tail)


def _spaced(text: str, steps: Steps) -> Iterator[Identifier]:
    """Every dot between spaces ("lin . ee / abc"), or a known host; "home. it" stays two words."""
    for pattern in (_SCHEMED_SPACED, _SPACED):
        for match in pattern.finditer(text):
            if " " not in match[1] and not (match[2] or "").startswith(" "):
                continue
            if not steps.take():
                return
            host = re.sub(r" ", "", match[1])
            wide = match[1].count(" . ") == match[1].count(".")
            tail = _trim(match[2] or "")
            sure = (
                pattern is _SCHEMED_SPACED
                or (is_known_host(host) and bool(tail))
                or (wide and stands_bare(host))
            )
            if sure and is_domain(host) and host not in TECHNOLOGIES:
                yield _identifier(match.start(), match.end(1) + len(tail), host, tail)


def find_links(text: str, steps: Steps) -> Iterator[Identifier]:
    """Web addresses of ``text``; spans may overlap between the three ways of writing."""
    if "." not in text:
        return
    if "http" in text or "hxxp" in text:
        yield from _schemed(text, steps)
    yield from _bare(text, steps)
    if " . " in text or _SPACED_HINT.search(text):
        yield from _spaced(text, steps)
