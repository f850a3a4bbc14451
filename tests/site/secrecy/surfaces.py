"""Everything one account can reach: every page its pages link to, every reading of the API, letters and webhooks."""

from __future__ import annotations

import re
from collections import deque
from typing import Any

from django.test import Client
from tests.site.secrecy.frozen import Names

from api_callers import BASE, Caller
from sekisho.interfaces.api.operations import OPERATIONS
from sekisho.market.notices.models import Delivery, Letter

BEGINNINGS = ("/", "/home", "/jobs", "/money", "/me", "/notices", "/reports", "/money/statement", "/money/statement.csv")
"""Where the crawl begins: what it finds from there is what a person can click his way to."""
MOST = 400
"""Pages of one crawl: more would be a page that links to ever new ones."""
_LINKS = re.compile(r'(?:href|action)="(/[^"#]*)')
_HEADERS = ("Content-Type", "Location", "Content-Disposition", "Cache-Control", "Content-Security-Policy", "Vary")
_OUTSIDE = ("/static/", "/accounts/", "/lang/", "/api/")


def reached(account: Any, token: str) -> dict[str, str]:
    """By address (its ids replaced), what `account` gets there. Nothing of it is random any more."""
    names, found, seen = Names(), {}, dict[str, list[str]]()
    browser = Client(raise_request_exception=False)
    browser.force_login(account)
    waiting, known = deque(BEGINNINGS), set(BEGINNINGS)
    while waiting and len(found) < MOST:
        address = waiting.popleft()
        answer = browser.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        text = body.decode("utf-8", "backslashreplace")
        found[f"GET {names.plain(address)}"] = names.plain(_said(answer, text))
        for link in dict.fromkeys(_LINKS.findall(text)):
            _remember(link, seen)
            bare = link.replace("&amp;", "&")
            if bare not in known and not bare.startswith(_OUTSIDE):
                known.add(bare)
                waiting.append(bare)
    found |= _by_api(Caller(token), seen, names)
    return found | _sent(account, names)


def _said(answer: Any, text: str) -> str:
    headers = "\n".join(f"{name}: {answer[name]}" for name in _HEADERS if answer.has_header(name))
    return f"{answer.status_code}\n{headers}\n\n{text}"


def _remember(link: str, seen: dict[str, list[str]]) -> None:
    place = re.match(r"/([a-z-]+)/([0-9a-f-]{36})", link)
    if place and place[2] not in seen.setdefault(place[1], []):
        seen[place[1]].append(place[2])


def _by_api(caller: Caller, seen: dict[str, list[str]], names: Names) -> dict[str, str]:
    """Every reading; those of one thing for every thing that a page or a list has named."""
    found = {}
    readings = [op for op in OPERATIONS if op.method == "GET" and "{word}" not in op.path]
    for op in sorted(readings, key=lambda op: "{id}" in op.path):
        segment = op.path.split("/")[1]
        for pk in seen.get(segment, []) if "{id}" in op.path else [""]:
            path = op.path.replace("{id}", pk)
            answer = caller.ask("GET", path)
            text = answer.content.decode()
            found[f"API {names.plain(BASE + path)}"] = names.plain(f"{answer.status_code}\n\n{text}")
            if not pk and answer.status_code == 200:
                for other in re.findall(r'"id": "([0-9a-f-]{36})"', text):
                    _remember(f"/{segment}/{other}", seen)
    return found


def _sent(account: Any, names: Names) -> dict[str, str]:
    """What came to him by mail, and what his own server was told."""
    letters = Letter.objects.filter(to=account.email).order_by("made_at", "id")
    hooks = Delivery.objects.filter(endpoint__account=account).order_by("made_at", "id")
    return {
        "letters": names.plain("\n".join(f"{row.made_at} {row.subject}\n{row.body}" for row in letters)),
        "webhooks": names.plain("\n".join(f"{row.made_at} {row.topic} {row.body}" for row in hooks)),
    }
