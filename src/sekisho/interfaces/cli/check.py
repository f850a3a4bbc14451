"""`sekisho check`: one text or some files judged, for people or as JSON. Not how they are judged."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any, BinaryIO

import click

from sekisho.core.detection import UnknownValue, Verdict
from sekisho.core.detection import check as judge
from sekisho.core.rules.errors import PackError
from sekisho.core.rules.model import Kind, Outcome, Sender, Stage
from sekisho.core.rules.names import LANGUAGES
from sekisho.interfaces.cli import json_output
from sekisho.interfaces.cli.decoding import MAX_BYTES, Decoded, decode
from sekisho.interfaces.cli.failures import CLEAR, FOUND, UNSURE, WRONG_USAGE, Failure, failure_of, report
from sekisho.interfaces.cli.visible import visible
from sekisho.interfaces.cli.words import terminal_language

EXITS = {Outcome.CLEAR: CLEAR, Outcome.CAUTION: FOUND, Outcome.VIOLATION: FOUND, Outcome.UNSURE: UNSURE}
_GRAVITY = (CLEAR, UNSURE, FOUND, WRONG_USAGE)

Show = Callable[[str, Verdict, str | None], None]
"""Shows a text with its verdict, under the name of its file if it has one."""


@dataclass(frozen=True, slots=True)
class Source:
    """A text to come; `file` is its name when it is a file's."""

    read: Callable[[], Decoded]
    file: str | None = None


@click.command(short_help="Judge a text.")
@click.argument("text", required=False)
@click.option("--file", "files", multiple=True, metavar="F", help="Judge a file; may be given several times.")
@click.option("--posting", metavar="FILE.json", help="Judge a whole posting: title, body, category, pay and client.")
@click.option("--kind", type=click.Choice([k.value for k in Kind]), default="message", show_default=True)
@click.option("--sender", type=click.Choice([s.value for s in Sender]), default="client", show_default=True)
@click.option(
    "--stage", type=click.Choice([s.value for s in Stage]), default="pre_contract", show_default=True
)
@click.option(
    "--approved-tool",
    "tools",
    multiple=True,
    metavar="T",
    help="A tool the contact request covers; repeatable.",
)
@click.option("--pack", default="standard", show_default=True, help="The rules: a built-in pack or a folder.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of the answer.  [default: the locale's]")
@click.option(
    "--json", "as_json", is_flag=True, help="One line of JSON a text (schemas in docs/schema)."
)
def check(
    *,
    text: str | None,
    files: tuple[str, ...],
    posting: str | None,
    lang: str | None,
    as_json: bool,
    **context: Any,
) -> int:
    """Judge TEXT, or standard input when TEXT is -, or files, or a posting.

    Exits 0 clear, 1 caution or violation, 2 wrong usage or a file that cannot be read, 3 unsure; with several files the
    gravest: 2 over 1 over 3 over 0.
    """
    if posting is not None:
        return _posting(posting, text, files, (context["pack"], lang, as_json))
    context["approved_tools"] = context.pop("tools")
    show = _show_json if as_json else _terminal(context["pack"], lang or terminal_language())
    gravest = CLEAR
    try:
        for source in _sources(text, files):
            gravest = max(gravest, _judge(source, context, show, as_json=as_json), key=_GRAVITY.index)
    except (PackError, UnknownValue) as error:
        raise failure_of(error) from None
    return gravest


def _posting(name: str, text: str | None, files: tuple[str, ...], how: tuple[str, str | None, bool]) -> int:
    if text is not None or files:
        raise click.UsageError("give --posting alone: the file holds title, body, pay and client")
    from sekisho.interfaces.cli.posting import judge_posting

    pack, lang, as_json = how
    return EXITS[judge_posting(name, pack, None if as_json else lang or terminal_language())]


def _judge(source: Source, context: dict[str, Any], show: Show, *, as_json: bool) -> int:
    """The exit code for one source. One that cannot be judged is told of, and the others go on."""
    try:
        decoded = source.read()
        verdict = _verdict(decoded.text, context)
    except Failure as failure:
        report(failure, as_json=as_json)
        return WRONG_USAGE
    if decoded.assumed:
        click.echo(f"{visible(source.file or 'text')}: not UTF-8; read as {decoded.assumed}", err=True)
    show(decoded.text, verdict, source.file)
    return EXITS[verdict.verdict]


def _verdict(text: str, context: dict[str, Any]) -> Verdict:
    try:
        return judge(text, **context)
    except (PackError, UnknownValue):
        raise  # not the file's fault
    except ValueError as error:
        raise failure_of(error) from None


def _sources(text: str | None, files: tuple[str, ...]) -> Iterator[Source]:
    if (text is None) == (not files):
        raise click.UsageError("give one of: a TEXT, - for standard input, or --file F")
    if text == "-":
        yield Source(lambda: decode(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input"))
    elif text is not None:
        # Bytes that the shell passed in another encoding than Python expects arrive as surrogates.
        data = os.fsencode(text) if any("\udc80" <= c <= "\udcff" for c in text) else None
        yield Source(lambda: decode(data, "TEXT") if data is not None else Decoded(text))
    for name in files:
        yield Source(partial(_read_file, name), name)


def _read_file(name: str) -> Decoded:
    if name == "-":
        return decode(sys.stdin.buffer.read(MAX_BYTES + 1), "standard input")
    try:
        with open(name, "rb") as file:
            return decode(_read(file), name)
    except OSError as error:
        raise Failure("unreadable", f"{name}: {error.strerror}") from None


def _read(file: BinaryIO) -> bytes:
    return file.read(MAX_BYTES + 1)


def _show_json(text: str, verdict: Verdict, file: str | None) -> None:
    click.echo(json_output.line(json_output.verdict_record(text, verdict, file)), nl=False)


def _terminal(pack: str, lang: str) -> Show:
    from sekisho.core.detection import load
    from sekisho.interfaces.cli.render import Screen

    def show(text: str, verdict: Verdict, file: str | None) -> None:
        rules = load(pack).pack.rules if verdict.findings else {}
        Screen(lang).verdict(text, verdict, rules, file)

    return show
