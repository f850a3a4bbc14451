"""How these tests read a text: the part of the folding the parsers rely on. Not the folding itself."""

import unicodedata

from sekisho.core.detection.identifiers import Identifier, find_identifiers

_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")


def folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().translate(_DASHES)


def found(text: str, region: str = "JP") -> list[Identifier]:
    return find_identifiers(folded(text), default_region=region)[0]


def kinds(text: str, region: str = "JP") -> list[str]:
    return [identifier.kind.value for identifier in found(text, region)]


def canonicals(text: str, region: str = "JP") -> list[str]:
    return [identifier.canonical for identifier in found(text, region)]
