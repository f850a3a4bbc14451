"""Ids of chat services, handles whose service is not told, and meeting numbers, in folded text.

Not a guess at names: an id needs a service or a word for "id" before it, an ``@``, or Discord's number sign.
"""

import re
from collections.abc import Iterator

from sekisho.core.detection.identifiers.domains import stands_bare
from sekisho.core.detection.identifiers.model import Identifier, Kind, Steps
from sekisho.core.detection.identifiers.services import (
    JOIN,
    NAME,
    SERVICE,
    STRONG,
    begins_word,
    is_plain_word,
    is_weak,
    looks_made,
    service_after,
    service_before,
    tool_of,
)
from sekisho.core.detection.identifiers.wordlists import words

_AFTER_SERVICE = re.compile(rf"{SERVICE}(?P<gap>(?:{STRONG}|{JOIN}){{1,9}}+)(?P<name>{NAME})")
_BEFORE_SERVICE = re.compile(
    rf"(?<![a-z0-9_@./#-])(?P<name>[a-z0-9][a-z0-9._-]{{3,40}})[」』\"”)]?[ ]?(?:を|で|と|にて|に|"
    rf"on|in|via|\()[ ]?(?:公式)?{SERVICE}"
)
_ID = re.compile(
    r"(?P<cue>id検索|id|ids|user ?name|my handle|handle|アイディー|アイディ|アイデー|あいでぃー|"
    r"あいでぃ|アカウント名|アカ名|ユーザー名|"
    r"ハンドルネーム|ハンドル名)(?P<gap>[ ]?(?:[:=→⇒➡➤▶は「『“”\"'(]|is(?![a-z])|です|検索|が|[ ]){1,5}+)"
    r"(?P<name>@?[a-z0-9_][a-z0-9._・-]{2,48})"
)
_NOT_BEFORE_ID = re.compile(r"[a-z0-9_\"'.<?&]")
_NOT_BEFORE_AT = re.compile(r"[a-z0-9._%+@/\\-]")
_AT = re.compile(r"@(?P<name>[a-z0-9_][a-z0-9._-]{2,40})")
_HASH = re.compile(r"(?<![a-z0-9_./#@-])(?P<name>[a-z0-9_.]{2,32})#(?P<tag>\d{4})(?![0-9a-z])")
_SKYPE_LIVE = re.compile(r"live:[a-z0-9._-]{4,64}")
_MEETING = re.compile(r"(?:id|番号|number)[ ]?(?:[:=は]|is)?[ ]?(\d{3}[ -]?\d{3,4}[ -]?\d{3,4})(?![0-9])")
_MEETING_WORD = re.compile("zoom|ズーム|ミーティング|会議|meeting|webinar|ウェビナー")

_OTHER_IDS = re.compile(
    r"(?:案件|商品|注文|動画|会議|ミーティング|求人|仕事|お仕事|決済|取引|社員|顧客|会員|製品|"
    r"案件の|job|order|product|item|project|task|ticket|"
    r"transaction|employee|customer|client|vendor|session|device|tracking|contract|posting|"
    r"listing|page|video|meeting|zoom|"
    r"property|object|column|row|record|test|unique|the|image|file|invoice|request|app|tag|html|"
    r"css|primary|foreign)[ _-]?の?$"
)
_DECORATORS = words(
    """
    media import keyframes font-face charset supports page layer apply tailwind include mixin extend
    use property override dataclass staticmethod classmethod abstractmethod param params return
    returns throws deprecated test before after beforeeach aftereach component injectable input
    output autowired bean entity table column service controller restcontroller configuration
    springbootapplication requestmapping getmapping postmapping types type see since author everyone
    here channel home work night noon school office least the cache pytest fixture admin mention
    mentions username rpath
    """
)
_AMOUNT = re.compile(
    r"\d+(?:yen|jpy|usd|eur|gbp|pm|am|pcs|k|hr|h|x|min|fps|px|hz|mb|gb|p|st|nd|rd|th|%)?(?:[._-]\d+)*"
)
_NUMBERED = words(
    """
    order issue invoice ticket pr no bug ref case id item unit page apt suite job task number lot
    room color colour
    """
)


def _clean(name: str) -> str:
    return name.lstrip("@").rstrip(".-").replace("・", "")


def _made(service: tuple[str, Kind] | None, name: str, start: int, end: int) -> Identifier:
    tool, kind = service or ("", Kind.HANDLE)
    prefix = tool or "handle"
    return Identifier(kind, start, end, f"{prefix}:{_clean(name)}", tool)


def _ends_well(text: str, end: int) -> bool:
    """False where the name runs on into an e-mail address, a URL or a call."""
    return not text.startswith(
        (
            "@",
            "://",
            "/",
            "()",
            '("',
            "('",
        ),
        end,
    )


def _span(match: re.Match[str]) -> tuple[int, int]:
    start, end = match.span("name")
    while end > start and match.string[end - 1] in ".-・":
        end -= 1
    return start, end


def _believed(match: re.Match[str], text: str) -> bool:
    """Whether the word after a service and a gap is an id and not the next word of the sentence."""
    shown, gap = match["name"].rstrip(".-"), match["gap"]
    name = shown.lstrip("@")
    if is_plain_word(name) or (_AMOUNT.fullmatch(name) and not re.search("id|アイ|あい", gap)):
        return False
    service = match[0][: match.start("gap") - match.start()]
    if "." in name and stands_bare(name):
        return False
    if shown.startswith("@"):
        return True
    strong = bool(re.search(STRONG, gap))
    if strong:
        direct = bool(re.search(r"[:=→⇒➡➤▶「『“\"'(は]|is ?$|検索", gap)) or not gap.isascii()
        return len(name) >= 4 and (looks_made(name) or (direct and not _runs_on(text, match.end("name"))))
    if service == "x" or service == "cw" or service == "ig":
        return looks_made(name) and gap.strip() in {":", "("} and service != "x"
    marked = bool(re.search(r"[名:=→⇒➡➤▶「『“\"'(は/]", gap))
    if is_weak(service) and re.search(r"[a-z] ?$", text[max(0, match.start() - 2) : match.start()]):
        return False
    if marked:
        quoted = gap[-1] in "「『“\"'"
        return looks_made(name) or (quoted and len(name) >= 5 and not is_weak(service))
    return "_" in name.strip("_") and not is_weak(service)


def _runs_on(text: str, end: int) -> bool:
    """True when an English word follows: "slack account manager needed"."""
    return bool(re.match(r" [a-z]", text[end : end + 2]))


def _after_service(text: str, steps: Steps) -> Iterator[Identifier]:
    at = 0
    while match := _AFTER_SERVICE.search(text, at):
        if not steps.take():
            return
        start, end = _span(match)
        at = match.start() + 1
        if not begins_word(text, match.start()):
            continue
        if end - start >= 3 and _ends_well(text, end) and _believed(match, text):
            yield _made(tool_of(match), text[start:end], start, end)
            at = end


def _before_service(text: str, steps: Steps) -> Iterator[Identifier]:
    for match in _BEFORE_SERVICE.finditer(text):
        if not steps.take():
            return
        start, end = _span(match)
        name = text[start:end]
        if "_" in name.strip("_") and looks_made(name) and not is_plain_word(name):
            yield _made(tool_of(match), name, start, end)


def _id_words(text: str, steps: Steps) -> Iterator[Identifier]:
    for match in _ID.finditer(text):
        if not steps.take():
            return
        if match.start() and _NOT_BEFORE_ID.match(text, match.start() - 1):
            continue
        start, end = _span(match)
        name = text[start:end].lstrip("@")
        before = text[max(0, match.start() - 14) : match.start()]
        if not any(char.isalpha() for char in name) or is_plain_word(name) or not _ends_well(text, end):
            continue
        if _OTHER_IDS.search(before) or ("." in name and stands_bare(name)):
            continue
        marked = not match["gap"].isspace()
        if looks_made(name) or (marked and len(name) >= 5 and not _runs_on(text, end)):
            yield _made(service_before(text, match.start(), 40), text[start:end], start, end)


def _at_names(text: str, steps: Steps) -> Iterator[Identifier]:
    for match in _AT.finditer(text):
        if not steps.take():
            return
        start, end = match.start(), _span(match)[1]
        name = text[start + 1 : end]
        if start and _NOT_BEFORE_AT.match(text, start - 1):
            continue
        if len(name) < 3 or name in _DECORATORS or _AMOUNT.fullmatch(name) or not _ends_well(text, end):
            continue
        if not any(char.isalpha() for char in name) or name.split(".", 1)[0] in {"app", "pytest", "mock"}:
            continue
        service = service_before(text, start, 40) or service_after(text, end, 20)
        yield _made(service, name, start, end)


def _tagged(text: str, steps: Steps) -> Iterator[Identifier]:
    for match in _HASH.finditer(text):
        if not steps.take():
            return
        name = match["name"]
        if name in _NUMBERED or not any(char.isalpha() for char in name):
            continue
        yield Identifier(
            Kind.DISCORD, match.start(), match.end(), f"discord:{name}#{match['tag']}", "discord"
        )


def _meetings(text: str, steps: Steps) -> Iterator[Identifier]:
    for match in _MEETING.finditer(text):
        if not steps.take():
            return
        if not _MEETING_WORD.search(text, max(0, match.start() - 60), match.start()):
            continue
        number = re.sub(r"\D", "", match[1])
        yield Identifier(Kind.MEETING, match.start(1), match.end(1), f"zoom:{number}", "zoom")


def find_chats(text: str, steps: Steps) -> Iterator[Identifier]:
    """Chat ids, handles and meeting numbers of ``text``; spans may overlap."""
    yield from _after_service(text, steps)
    if "_" in text:
        yield from _before_service(text, steps)
    yield from _id_words(text, steps)
    if "@" in text:
        yield from _at_names(text, steps)
    if "#" in text:
        yield from _tagged(text, steps)
    yield from _meetings(text, steps)
    for match in _SKYPE_LIVE.finditer(text):
        if not steps.take():
            return
        start, end = match.start(), match.start() + len(match[0].rstrip(".-"))
        if begins_word(text, start):
            yield Identifier(Kind.SKYPE, start, end, f"skype:{text[start:end]}", "skype")
