"""Who may ask for which address: one table for the API and one for the pages, walked cell by cell.

A cell is the status the one at the head of the column is answered with; `suspended` and `banned` are whoever of the two
parties (the row's `by`) would do it, in that standing. An address that is in no row fails the build. Each request is taken back.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from api_callers import Caller, back_end, of
from sekisho.interfaces.api import callers
from sekisho.interfaces.api.callers import SCOPES
from sekisho.interfaces.api.operations import OPERATIONS
from site_world import taken_back, world

HERE = Path(__file__).parent
COLUMNS = ("anonymous", "stranger", "client", "worker", "moderator", "operator", "suspended", "banned", "back_end")  # fmt: skip
PARTIES = {"client": "aoba", "worker": "hanako"}
PEOPLE = {"stranger": "taro", "moderator": "minarai", "operator": "kancho", **PARTIES}
BODIES = json.loads((HERE / "bodies.json").read_text("utf-8"))
OPS = {op.name: op for op in OPERATIONS}


def rows(name: str) -> dict[str, list[str]]:
    """A table by its first column; every row has the words of the head and a cell for each of `COLUMNS`.

    `act:<things>/<act>` is a row for one of the acts that share an address.
    """
    lines = [
        line.split() for line in (HERE / name).read_text("utf-8").splitlines() if line and line[0] != "#"
    ]
    assert len({line[0] for line in lines}) == len(lines), "an address has two rows"
    return {line[0]: line[1:] for line in lines}


UNCOUNTED = {"kernel_bucket", "people_token", "django_session", "account_emailaddress"}
"""Counting requests, noting when a token was last used and allauth's own copy of an address are what a reading may write."""


API, PAGES = rows("api.txt"), rows("pages.txt")


def people(cast: dict[str, Any], by: str, standing: str) -> Any:
    """The party in a standing."""
    account = cast[PARTIES[by]]
    account.refresh_from_db()
    account.standing = standing
    account.save()
    return account


def walk(cast: dict[str, Any], by: str, ask: Callable[[str, Any], object]) -> list[str]:
    """The statuses in the order of the columns; `ask(column, account)`."""
    found = []
    for column in COLUMNS:
        with taken_back():
            account = (
                people(cast, by, column)
                if column in ("suspended", "banned")
                else cast.get(PEOPLE.get(column, ""))
            )
            found.append(str(ask(column, account)))
    return found


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is too fast."""
    often = {"per_minute": 100_000, "burst": 100_000}
    monkeypatch.setattr(callers, "limits", lambda: callers.Limits(200_000, often, often))


def test_every_operation_answers_each_as_its_row_says(cast: dict[str, Any]) -> None:
    things, wrong = ids(cast), {}
    tokens = {account.id: of(account) for account in cast.values()}
    others = {"anonymous": Caller(None), "back_end": back_end(cast["kancho"].actor, *SCOPES)}
    for name, (thing, by, *cells) in API.items():
        op = OPS[name]

        def ask(column: str, account: Any, op: Any = op, thing: str = thing) -> int:
            caller = others[column] if account is None else tokens[account.id]
            path = op.path.replace("{id}", things.get(thing, "")).replace("{word}", thing)
            if op.takes:
                file = BODIES[op.name]
                return int(caller.send(f"{path}?{file['query']}", file["content"].encode()).status_code)
            body = json.dumps(bodies(op.name, things)).encode() if op.body else None
            return finished(caller.ask(op.method, path, body))

        got = walk(cast, by, ask)
        if got != cells:
            wrong[name] = " ".join(got)
    assert wrong == {}, "\n".join(f"{name} {cells}" for name, cells in wrong.items())


def test_every_page_answers_each_as_its_row_says(cast: dict[str, Any]) -> None:
    things, wrong, browsers = ids(cast), {}, {account.id: logged_in(account) for account in cast.values()}
    bearer = Client(headers={"Authorization": f"Bearer {back_end(cast['kancho'].actor, *SCOPES).token}"})
    for name, (method, thing, by, *cells) in PAGES.items():

        def ask(column: str, account: Any, name: str = name, method: str = method, thing: str = thing) -> str:
            browser = browsers[account.id] if account else bearer if column == "back_end" else Client()
            send = browser.get if method == "GET" else browser.post
            answer = send(place(name, words(thing, things)), bodies(name, things) if method == "POST" else {})
            finished(answer)
            to_login = answer.status_code == 302 and answer["Location"].startswith("/accounts/login")
            return "login" if to_login else str(answer.status_code)

        got = walk(cast, by, ask)
        if got != cells:
            wrong[name] = " ".join(got)
    assert wrong == {}, "\n".join(f"{name} {cells}" for name, cells in wrong.items())


def finished(answer: Any) -> int:
    """The status of an answer, read to its end where it is a file."""
    if answer.streaming:
        b"".join(answer.streaming_content)
    return int(answer.status_code)


def ids(cast: dict[str, Any]) -> dict[str, str]:
    """The things of the world, and `aoba`, who is the client of them all."""
    return {name: str(pk) for name, pk in world(cast).items()} | {
        "client": str(cast["aoba"].id), "operator": str(cast["kancho"].id),
    }  # fmt: skip


def bodies(name: str, things: dict[str, str]) -> Any:
    """What is sent: `$thing` stands for the id of a thing of the world."""
    text = json.dumps(BODIES.get(name, {}))
    return json.loads(re.sub(r"\$(\w+)", lambda found: things[found[1]], text))


def logged_in(account: Any) -> Client:
    """A browser of somebody."""
    browser = Client(raise_request_exception=False)
    browser.force_login(account)
    return browser


def words(thing: str, things: dict[str, Any]) -> dict[str, Any]:
    """What an address is made with: the id of `thing`, or nothing for `-`."""
    return {} if thing == "-" else {"pk": things[thing]}


def place(name: str, where: dict[str, Any]) -> str:
    """The address of a page; some take words of their own."""
    name, _, spec = name.partition(":")
    if spec:
        plural, _, action = spec.partition("/")
        where = where | {"things": plural, "action": action}
    for given in (where, {"lang": "en"}, {"page": "faq"}, {"word": where.get("pk")}, where | {"upload": where.get("pk")}):
        try:
            return reverse(name, kwargs=given)
        except Exception:  # noqa: BLE001 - the next kind of words
            continue
    raise AssertionError(f"{name} cannot be reversed with {where}")


def names(patterns: Any, inside: str = "") -> set[str]:
    """The name of every address, but the API's own."""
    found = set()
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            assert pattern.name, f"{inside}{pattern.pattern} has no name"
            found.add(pattern.name)
        elif str(pattern.pattern) != "api/v1/":
            found |= names(pattern.url_patterns, f"{inside}{pattern.pattern}")
    return found


def test_every_address_of_the_site_has_a_row() -> None:
    assert {name.partition(":")[0] for name in PAGES} == names(get_resolver().url_patterns)


def test_every_operation_has_a_row() -> None:
    assert set(API) == set(OPS)


def test_no_reading_changes_anything(cast: dict[str, Any]) -> None:
    things = ids(cast)
    tables = [m._meta.db_table for m in apps.get_models() if m._meta.db_table not in UNCOUNTED]

    def state() -> list[Any]:
        with connection.cursor() as cursor:
            told = []
            for table in tables:
                cursor.execute(
                    f"SELECT md5(COALESCE(string_agg(t::text, '|' ORDER BY t::text), '')) FROM {table} AS t"
                )
                told.append((table, cursor.fetchone()[0]))
        return told

    caller, browser = of(cast["aoba"]), logged_in(cast["aoba"])
    before = state()
    for name, (thing, *_) in API.items():
        if OPS[name].method == "GET":
            caller.ask("GET", OPS[name].path.replace("{id}", things.get(thing, "")).replace("{word}", thing))
    for name, (_, thing, *_) in PAGES.items():
        browser.get(place(name, words(thing, things)))
    assert state() == before


def test_a_session_is_nobody_at_the_api(cast: dict[str, Any]) -> None:
    browser = logged_in(cast["kancho"])
    for op in OPERATIONS:
        path = op.path.replace("{id}", str(cast["aoba"].id)).replace("{word}", "busy")
        answer = browser.generic(op.method, f"/api/v1{path}")
        # An open operation answers for itself: `busy` is a problem's code, but no word of a letter.
        assert answer.status_code in ((200, 400, 404) if op.open else (401,)), op.name
