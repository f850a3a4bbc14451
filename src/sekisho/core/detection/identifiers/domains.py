"""Which dotted strings are domains: the public suffix list, the reserved names, and what only looks like one.

Not a resolver: nothing is looked up, and a domain that nobody registered passes.
"""

from functools import cache
from typing import Protocol

from sekisho.core.detection.identifiers.wordlists import words

RESERVED_TLDS = frozenset({"example", "test", "invalid", "localhost"})

# Suffixes believed without scheme, "www." or path. Suffixes that are English words ("it", "me", "so", "live",
# "work") are left out: a full stop without a space after it would make a domain of every second message.
BARE_TLDS = (
    "com", "net", "org", "jp", "io", "co", "ai", "app", "dev", "info", "biz", "xyz", "tv", "uk",
    "de", "fr", "cn", "kr", "tw", "eu", "ca", "ru", "nl", "edu", "gov", "gg", "ee", "il",
    "br", "mx", "sg", "hk", "vn", "nz", "au", "za", "tr", "example",
)  # fmt: skip

# File name endings that are top-level domains as well.
FILE_ENDINGS = words(
    """
    py sh md rs pl zip mov ps cc ml vi pub java cab fm ms mp st tf so do name box win bar map
    """
)

TECHNOLOGIES = words(
    """
    asp.net vb.net ado.net ml.net paint.net socket.io dot.net system.net c.net f.net draw.io
    discord.js.org d.ts
    """
)


class _Suffixes(Protocol):
    def privatesuffix(self, domain: str) -> str | None: ...


@cache
def _suffixes() -> _Suffixes:
    # Imported late: parsing the list costs about 30 ms, and most texts hold no dot between letters.
    from publicsuffixlist import PublicSuffixList

    suffixes: _Suffixes = PublicSuffixList(accept_unknown=False, only_icann=True)
    return suffixes


@cache
def _registrable(labels: str) -> bool:
    return _suffixes().privatesuffix(labels) is not None


def is_reserved(host: str) -> bool:
    """True for names under a reserved top-level domain (.example, .test, .invalid, .localhost)."""
    return "." in host and host.rsplit(".", 1)[1] in RESERVED_TLDS


def is_registrable(host: str) -> bool:
    """True when ``host`` (lower case) is a name below a public suffix of the ICANN section of the list."""
    if not well_formed(host):
        return False
    # The cache holds only the last four labels, so that hostile texts share entries and long hosts stay
    # cheap.
    return _registrable(".".join(host.split(".")[-4:]))


def well_formed(host: str) -> bool:
    """True for two or more labels, none empty or over 63, none beginning or ending with a hyphen, not all
    digits at the end.
    """
    labels = host.split(".")
    return (
        len(labels) > 1
        and len(host) <= 253
        and all(0 < len(label) <= 63 and label[0] != "-" and label[-1] != "-" for label in labels)
        and not labels[-1].isdigit()
    )


def is_domain(host: str) -> bool:
    """True for a registrable name or a reserved one."""
    return (is_reserved(host) and well_formed(host)) or is_registrable(host)


def longest_domain(host: str) -> str:
    """The longest leading run of labels that is a domain, or ''. "b.com.please" gives "b.com"."""
    labels = host.split(".")
    for count in range(len(labels), 1, -1):
        candidate = ".".join(labels[:count]).rstrip("-")
        if is_domain(candidate):
            return candidate
    return ""


def stands_bare(host: str) -> bool:
    """True when ``host`` is believed to be a web address though nothing but the name itself says so."""
    return host.rsplit(".", 1)[1] in BARE_TLDS and host not in TECHNOLOGIES and is_domain(host)
