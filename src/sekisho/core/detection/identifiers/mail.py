"""E-mail addresses in folded text, spaces around ``@`` and dots tolerated where they clearly belong.

Not the whole of RFC 5322: quoted local parts, comments and address literals are not looked for.
"""

import re
from collections.abc import Iterator

from sekisho.core.detection.identifiers.domains import BARE_TLDS, is_registrable, longest_domain
from sekisho.core.detection.identifiers.model import Identifier, Kind, Steps
from sekisho.core.detection.identifiers.wordlists import words

_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyz0123456789._%+-")
_LABEL = r"[a-z0-9-]{1,63}"
_HOST = re.compile(rf"[ ]{{0,2}}({_LABEL}(?:\.{_LABEL}){{1,6}})")
_SPACED_HOST = re.compile(rf"[ ]{{0,2}}({_LABEL}(?:[ ]{{0,2}}\.[ ]{{0,2}}{_LABEL}){{1,4}})")
# "see you @ example.com", "founder @ example.com": a place or an employer, not an address.
_PROSE = words(
    """
    you us me it up at here out available now online visit order buy them him her is are be and or
    the this
    founder cofounder co-founder ceo cto coo cfo cmo owner director manager lead head
    engineer developer dev designer editor writer intern partner consultant work working team
    """
)
_DOTLESS = frozenset({"gmail.com", "googlemail.com"})
_PLUS_TAGS = _DOTLESS | {
    "outlook.com",
    "hotmail.com",
    "live.com",
    "icloud.com",
    "me.com",
    "proton.me",
    "protonmail.com",
}


def canonical_email(local: str, domain: str) -> str:
    """Lower case; tags dropped where the provider ignores them, dots too at Gmail."""
    local, domain = local.lower(), domain.lower()
    if domain in _PLUS_TAGS and not local.startswith("+"):
        local = local.split("+", 1)[0]
    if domain in _DOTLESS:
        local, domain = local.replace(".", ""), "gmail.com"
    return f"{local}@{domain}"


def _local_before(text: str, at: int) -> tuple[int, int]:
    """The span of the local part before the ``@``; empty when there is none or it is longer than 64."""
    end = at
    while end > 0 and at - end < 2 and text[end - 1] == " ":
        end -= 1
    start = end
    while start > 0 and end - start <= 64 and text[start - 1] in _LOCAL:
        start -= 1
    if end - start > 64:
        return end, end
    while start < end and text[start] in ".%-":
        start += 1
    return start, end


def _domain_after(text: str, at: int) -> tuple[str, int]:
    """The domain after the ``@`` and where it ends; ('', at) when none is known."""
    plain = _HOST.match(text, at + 1)
    if plain:
        domain = longest_domain(plain[1])
        if domain:
            return domain, plain.start(1) + len(domain)
    spaced = _SPACED_HOST.match(text, at + 1)
    if spaced:
        parts = list(re.finditer(_LABEL, spaced[1]))
        for count in range(len(parts), 1, -1):
            domain = ".".join(part[0] for part in parts[:count])
            if parts[count - 1][0] in BARE_TLDS and longest_domain(domain) == domain:
                return domain, spaced.start(1) + parts[count - 1].end()
    return "", at


def find_emails(text: str, steps: Steps) -> Iterator[Identifier]:
    """E-mail addresses of ``text`` in order; the work per ``@`` is bounded."""
    at = text.find("@")
    while at >= 0:
        if not steps.take():
            return
        start, local_end = _local_before(text, at)
        local = text[start:local_end].strip(".")
        if local:
            domain, end = _domain_after(text, at)
            prose = local_end < at and local in _PROSE
            if domain and not prose:
                yield Identifier(
                    Kind.EMAIL, start, end, canonical_email(local, domain), "email", is_registrable(domain)
                )
        at = text.find("@", at + 1)
