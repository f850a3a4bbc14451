"""What a web address is for: the table of known hosts, and the words that give an unknown host away.

Not a list of good or bad sites: a host that is not here is ``url`` with the tool ``web``.
"""

import re
from dataclasses import dataclass
from urllib.parse import parse_qsl

from sekisho.core.detection.identifiers.domains import is_reserved
from sekisho.core.detection.identifiers.model import Kind


@dataclass(frozen=True, slots=True)
class Address:
    """A web address without scheme, "www." and credentials. ``path`` begins with "/" or is empty;
    ``query`` has no "?".
    """

    host: str
    path: str
    query: str


@dataclass(frozen=True, slots=True)
class Meaning:
    """Kind, tool and canonical form of an address."""

    kind: Kind
    tool: str
    canonical: str


@dataclass(frozen=True, slots=True)
class _Row:
    hosts: str  # space-separated; "*.x" is any name below x
    path: str  # regex the path must match from its beginning; its group, if any, is the name
    kind: Kind
    tool: str
    form: str  # canonical form, {} for the group; '' for host and path as they stand


_NAME = r"/@?([a-z0-9._-]{2,64})/?$"

# First row that fits wins.
_ROWS = (
    _Row("line.me", r"/(?:r/)?ti/p/(?:~|@|%40)([a-z0-9._-]{2,40})", Kind.LINE_ID, "line", "line:{}"),
    _Row("page.line.me", r"/@?([a-z0-9._-]{2,40})", Kind.LINE_ID, "line", "line:{}"),
    _Row("lin.ee", r"/([a-z0-9_-]+)", Kind.INVITE, "line", "lin.ee/{}"),
    _Row("line.me liff.line.me", r"/.*(?:ti/[pg]|\d{6,}-)", Kind.INVITE, "line", ""),
    _Row("store.line.me creator.line.me developers.line.biz *.line.biz", r"", Kind.URL, "web", ""),
    _Row("line.me *.line.me lin.ee", r"", Kind.URL, "line", ""),
    _Row(
        "t.me telegram.me telegram.dog",
        r"/(?:joinchat/|\+)([a-z0-9_-]+)",
        Kind.INVITE,
        "telegram",
        "t.me/+{}",
    ),
    _Row(
        "t.me telegram.me telegram.dog",
        r"/(?:s/)?@?([a-z0-9_]{3,40})",
        Kind.TELEGRAM,
        "telegram",
        "telegram:{}",
    ),
    _Row("t.me telegram.me telegram.org *.telegram.org", r"", Kind.URL, "telegram", ""),
    _Row("wa.me", r"/\+?(\d{7,15})", Kind.WHATSAPP, "whatsapp", "+{}"),
    _Row("chat.whatsapp.com", r"/(?:invite/)?([a-z0-9_-]+)", Kind.INVITE, "whatsapp", "chat.whatsapp.com/{}"),
    _Row("wa.me", r"/", Kind.INVITE, "whatsapp", ""),
    _Row("whatsapp.com *.whatsapp.com wa.me", r"", Kind.URL, "whatsapp", ""),
    _Row("discord.gg dsc.gg", r"/([a-z0-9_-]+)", Kind.INVITE, "discord", "discord.gg/{}"),
    _Row("discord.com discordapp.com", r"/invite/([a-z0-9_-]+)", Kind.INVITE, "discord", "discord.gg/{}"),
    _Row("discord.com discordapp.com", r"/users/(\d+)", Kind.DISCORD, "discord", "discord:{}"),
    _Row("discord.com discordapp.com *.discord.com discord.gg", r"", Kind.URL, "discord", ""),
    _Row("ig.me", r"/m/([a-z0-9._]+)", Kind.INSTAGRAM, "instagram", "instagram:{}"),
    _Row(
        "instagram.com ig.me",
        r"/(?:p|reel|reels|explore|stories|tv|accounts)(?:/|$)",
        Kind.URL,
        "instagram",
        "",
    ),
    _Row("instagram.com", r"/@?([a-z0-9._-]{2,40})", Kind.INSTAGRAM, "instagram", "instagram:{}"),
    _Row("instagram.com *.instagram.com ig.me", r"", Kind.URL, "instagram", ""),
    _Row("x.com twitter.com", r"/(?:i|home|search|intent|hashtag|share|explore)(?:/|$)", Kind.URL, "x", ""),
    _Row("x.com twitter.com", r"/[a-z0-9_]+/status", Kind.URL, "x", ""),
    _Row("x.com twitter.com mobile.twitter.com", r"/@?([a-z0-9_-]{2,40})", Kind.X, "x", "x:{}"),
    _Row("x.com twitter.com mobile.twitter.com", r"", Kind.URL, "x", ""),
    _Row("open.kakao.com", r"/", Kind.INVITE, "kakaotalk", ""),
    _Row("pf.kakao.com", r"/([a-z0-9_]+)", Kind.KAKAOTALK, "kakaotalk", "kakaotalk:{}"),
    _Row("join.slack.com", r"/", Kind.INVITE, "slack", ""),
    _Row("slack.com api.slack.com app.slack.com", r"", Kind.URL, "slack", ""),
    _Row("*.slack.com", r"", Kind.SLACK, "slack", "{host}"),
    _Row("chatwork.com", r"/g/", Kind.INVITE, "chatwork", ""),
    _Row("chatwork.com", _NAME, Kind.CHATWORK, "chatwork", "chatwork:{}"),
    _Row("chatwork.com *.chatwork.com", r"", Kind.URL, "chatwork", ""),
    _Row(
        "zoom.us *.zoom.us zoom.com *.zoom.com",
        r"/(?:j|w|my|s|wc/join)/([a-z0-9._-]+)",
        Kind.MEETING,
        "zoom",
        "zoom:{}",
    ),
    _Row("zoom.us *.zoom.us zoom.com *.zoom.com", r"", Kind.URL, "zoom", ""),
    _Row(
        "meet.google.com g.co",
        r"/(?:meet/)?([a-z]{3}-?[a-z0-9]{4}-?[a-z]{3})",
        Kind.MEETING,
        "meet",
        "meet:{}",
    ),
    _Row("meet.google.com", r"", Kind.MEETING, "meet", ""),
    _Row("teams.microsoft.com teams.live.com", r"/", Kind.MEETING, "teams", ""),
    _Row("teams.microsoft.com teams.live.com", r"", Kind.URL, "teams", ""),
    _Row("join.skype.com", r"/", Kind.INVITE, "skype", ""),
    _Row("skype.com *.skype.com", r"", Kind.URL, "skype", ""),
    _Row("docs.google.com", r"/forms/", Kind.FORM, "form", ""),
    _Row(
        "forms.gle forms.office.com forms.cloud.microsoft tally.so form.run calendly.com cal.com timerex.net",
        r"/",
        Kind.FORM,
        "form",
        "",
    ),
    _Row(
        "*.typeform.com *.form.run *.jotform.com form.jotform.com jotform.com airtable.com",
        r"/(?:form|to/|\d|@|shr|[a-z])",
        Kind.FORM,
        "form",
        "",
    ),
)

_BY_HOST: dict[str, list[_Row]] = {}
for _row in _ROWS:
    for _host in _row.hosts.split():
        _BY_HOST.setdefault(_host, []).append(_row)
_PATHS = {row.path: re.compile(row.path) for row in _ROWS}

_TRACKING = re.compile(
    r"^(?:utm_.*|fbclid|gclid|yclid|igshid|igsh|mc_[ce]id|si|ref|ref_src|s|t|openinapp|accountid|pwd|usp)$"
)
# Words standing alone in a host that is in no table: zoom.example, join.slack.example, forms.example.
_WORDS = {
    "zoom": (Kind.MEETING, "zoom"),
    "meet": (Kind.MEETING, "meet"),
    "teams": (Kind.MEETING, "teams"),
    "slack": (Kind.INVITE, "slack"),
    "discord": (Kind.INVITE, "discord"),
    "line": (Kind.INVITE, "line"),
    "telegram": (Kind.INVITE, "telegram"),
    "whatsapp": (Kind.INVITE, "whatsapp"),
    "chatwork": (Kind.INVITE, "chatwork"),
    "skype": (Kind.INVITE, "skype"),
    "kakao": (Kind.INVITE, "kakaotalk"),
    "form": (Kind.FORM, "form"),
    "forms": (Kind.FORM, "form"),
}


def is_known_host(host: str) -> bool:
    """True when the table has a row for ``host`` or for names below one of its parents."""
    return bool(_rows_for(host))


def _rows_for(host: str) -> list[_Row]:
    rows = list(_BY_HOST.get(host, ()))
    parent = host
    while "." in parent:
        parent = parent.split(".", 1)[1]
        rows += _BY_HOST.get(f"*.{parent}", ())
    return rows


def _plain_form(address: Address) -> str:
    """Host and path without tracking parameters and the slash at the end; other parameters stay, in their
    order.
    """
    pairs = parse_qsl(address.query[:512], keep_blank_values=True, max_num_fields=None)
    kept = "&".join(f"{key}={value}" for key, value in pairs if not _TRACKING.match(key))
    path = address.path.rstrip("/")
    return address.host + path + (f"?{kept}" if kept else "")


def _whatsapp_send(address: Address) -> Meaning | None:
    if (
        address.host not in {"api.whatsapp.com", "web.whatsapp.com", "whatsapp.com"}
        or "send" not in address.path
    ):
        return None
    number = re.search(r"(?:^|&)phone=(?:\+|%2b)?(\d{7,15})", address.query[:512])
    return Meaning(Kind.WHATSAPP, "whatsapp", f"+{number[1]}") if number else None


def meaning(address: Address) -> Meaning:
    """What ``address`` is for. Never fails: an unknown host is ``url`` and ``web``."""
    plain = _plain_form(address)
    sent = _whatsapp_send(address)
    if sent:
        return sent
    for row in _rows_for(address.host):
        match = _PATHS[row.path].match(address.path)
        if match:
            name = match[1].strip(".-") if match.re.groups else ""
            if row.tool == "meet":
                name = name.replace("-", "")
            form = row.form.replace("{host}", address.host).replace("{}", name)
            return Meaning(row.kind, row.tool, form or plain)
    return _by_words(address, plain)


def _by_words(address: Address, plain: str) -> Meaning:
    """Reserved names count by any word of theirs; others only by the first label, and only with a path
    behind it.
    """
    labels = address.host.split(".")
    below = labels[:-2] if len(address.path) > 1 else []
    words = re.split(r"[.-]", address.host) if is_reserved(address.host) else below
    for word in words:
        if word in _WORDS and address.host != "discord.js.org":
            kind, tool = _WORDS[word]
            return Meaning(kind, tool, plain)
    return Meaning(Kind.URL, "web", plain)
