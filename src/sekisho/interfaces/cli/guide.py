"""`sekisho guide`: what to do about a verdict, to read or as JSON. Which advice it is, the core's guidance says."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import wraps
from typing import Any, Protocol

import click

from sekisho.core import guidance
from sekisho.core.guidance.library import DID
from sekisho.core.rules.model import Kind, Stage
from sekisho.core.rules.names import LANGUAGES
from sekisho.interfaces.cli import json_output
from sekisho.interfaces.cli.decoding import MAX_BYTES, decode, read_bytes
from sekisho.interfaces.cli.failures import Failure, failure_of
from sekisho.interfaces.cli.visible import visible
from sekisho.interfaces.cli.words import terminal_language


class Advice(Protocol):
    """What every piece of guidance can do."""

    def text(self, lang: str = "ja") -> str: ...


@click.group(short_help="What to do: refuse, report, after giving data away, contact requests.")
def guide() -> None:
    """What to do about a solicitation. Nothing is sent and nothing is kept."""


def _advising(command: Callable[..., list[Advice]]) -> Callable[..., None]:
    """Add --pack, --lang and --json to a command that answers advice, and show it."""

    @click.option("--pack", default="standard", show_default=True, help="The rules: a built-in pack or a folder.")
    @click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the answer.  [default: the locale's]")
    @click.option("--json", "as_json", is_flag=True, help="One line of JSON, with both languages.")
    @wraps(command)
    def shown(*, lang: str | None, as_json: bool, **kwargs: Any) -> None:
        try:
            advice = command(**kwargs)
            if as_json:
                click.echo(json_output.line({"guidance": [plain(one) for one in advice]}), nl=False)
            else:
                lines = "\n\n".join(one.text(lang or terminal_language()) for one in advice).split("\n")
                click.echo("\n".join(visible(line) for line in lines))
        except ValueError as error:
            raise failure_of(error) from None

    return shown


def plain(value: Any) -> Any:
    """A value of guidance as JSON holds it."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name.rstrip("_"): plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


@guide.command(short_help="A short answer that declines.")
@click.argument("situation", required=False, type=click.Choice([one.value for one in guidance.Situation]))
@click.option("--site", default="here", show_default=True, help="crowdworks, lancers, coconala, upwork, fiverr, or a name.")
@click.option("--reaction", metavar="TEXT", help="Instead: the client's answer to a refusal; says what it means.")
@_advising
def refuse(*, situation: str | None, site: str, reaction: str | None, pack: str) -> list[Advice]:
    """Print the answer for SITUATION, or all five."""
    if reaction is not None:
        return [guidance.read_reaction(reaction, pack=pack)]
    if situation is None:
        return list(guidance.refusals(site, pack=pack))
    return [guidance.refusal(situation, site, pack=pack)]


@guide.command(short_help="The draft of a violation report.")
@click.argument("text", required=False)
@click.option("--thread", metavar="FILE.json", help="The events of a deal, a JSON array as `check --thread` takes it.")
@click.option("--at", default="", metavar="WHEN", help="When the text came, such as 2026-11-20T13:00.")
@click.option("--kind", type=click.Choice([k.value for k in Kind]), default="message", show_default=True)
@click.option("--stage", type=click.Choice([s.value for s in Stage]), default="pre_contract", show_default=True)
@click.option("--did", type=click.Choice(DID), help="What you did about it.")
@click.option("--gave", multiple=True, metavar="KIND", help="A kind of data given away; repeatable (see `guide exposure`).")
@_advising
def report(*, text: str | None, thread: str | None, gave: tuple[str, ...], pack: str, **facts: Any) -> list[Advice]:
    """Draft a report from TEXT (- for standard input) or from a thread."""
    if (text is None) == (thread is None):
        raise click.UsageError("give one of: a TEXT, - for standard input, or --thread FILE.json")
    if thread is not None:
        events = read_json(thread)
        if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
            raise Failure("malformed", f"{thread}: not a JSON array of events")
        return [guidance.report_draft(events=events, did=facts["did"], given=gave, pack=pack)]
    if text == "-":
        text = decode(read_bytes("-", MAX_BYTES), "standard input").text
    return [guidance.report_draft(text, given=gave, pack=pack, **facts)]


@guide.command(short_help="What to do after giving data away.")
@click.argument("kinds", nargs=-1, required=True, type=click.Choice([one.value for one in guidance.Exposed]))
@_advising
def exposure(*, kinds: tuple[str, ...], pack: str) -> list[Advice]:
    """One plan for all KINDS of data given away. The data themselves are not asked for."""
    return [guidance.exposure_plan(kinds, pack=pack)]


@guide.command(short_help="The four things to look at before approving a contact request.")
@click.argument("file", metavar="FILE.json")
@_advising
def request(*, file: str, pack: str) -> list[Advice]:
    """Review the contact request in FILE.json (- for standard input).

    The file holds {"request": {"tools": […], "purpose": "…"}, "client": {"rating": …, "reviews": …, "orders": …},
    "contract_agreed": true, "escrow_funded": true}; what is left out counts as unknown.
    """
    found = read_json(file)
    if not isinstance(found, dict) or not isinstance(found.get("request"), dict):
        raise Failure("malformed", f'{file}: not a JSON object with a "request"')
    client = found.get("client")
    if client is not None and not isinstance(client, dict):
        raise Failure("malformed", f'{file}: "client" must be an object')
    agreed, funded = (_flag(found, key, file) for key in ("contract_agreed", "escrow_funded"))
    return [
        guidance.review_contact_request(
            found["request"], client, contract_agreed=agreed, escrow_funded=funded, pack=pack
        )
    ]


def _flag(found: dict[str, Any], key: str, file: str) -> bool | None:
    value = found.get(key)
    if value is not None and not isinstance(value, bool):
        raise Failure("malformed", f'{file}: "{key}" must be true or false')
    return value


def read_json(name: str) -> Any:
    """The JSON value in a file, or of standard input for `-`. Raises `Failure` telling what is wrong with it."""
    try:
        return json.loads(decode(read_bytes(name, MAX_BYTES), name).text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise Failure("malformed", f"{name}: not JSON: {error}") from None
