"""`sekisho check`: one text or some files judged, for people or as JSON. Not how they are judged."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import click

from sekisho.core.detection import UnknownValue, Verdict
from sekisho.core.detection import check as judge
from sekisho.core.pictures.formats import is_picture
from sekisho.core.rules.errors import PackError
from sekisho.core.rules.model import Kind, Outcome, Sender, Stage
from sekisho.core.rules.names import LANGUAGES
from sekisho.interfaces.cli import json_output
from sekisho.interfaces.cli.decoding import MAX_BYTES, Decoded, decode, read_bytes
from sekisho.interfaces.cli.failures import CLEAR, FOUND, UNSURE, WRONG_USAGE, Failure, failure_of, report
from sekisho.interfaces.cli.posting import judge_posting
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
    picture: Callable[[dict[str, Any], bool], Outcome] | None = None
    """Judges and shows the file, where it is a picture."""


@click.command(short_help="Judge a text.")
@click.argument("text", required=False)
@click.option("--file", "files", multiple=True, metavar="F", help="Judge a file of text, a picture or a PDF; repeatable.")
@click.option("--thread", metavar="F", help="Judge a thread: a JSON file with its events (- for standard input).")
@click.option("--posting", metavar="F", help="Judge a whole posting: a JSON file with title, body, pay and client.")
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
    "--json", "as_json", is_flag=True, help="One line of JSON a text (see docs/schema/verdict.schema.json)."
)
def check(
    *,
    text: str | None,
    files: tuple[str, ...],
    thread: str | None,
    posting: str | None,
    lang: str | None,
    as_json: bool,
    **context: Any,
) -> int:
    """Judge TEXT, or standard input when TEXT is -, or files, or a thread, or a posting.

    Exits 0 clear, 1 caution or violation, 2 wrong usage or a file that cannot be read, 3 unsure; with several files the
    gravest: 2 over 1 over 3 over 0.
    """
    if posting is not None:
        if text is not None or files or thread is not None:
            raise click.UsageError("give one of: a TEXT, --file F, --thread F or --posting F")
        return EXITS[judge_posting(posting, pack=context["pack"], lang=lang, as_json=as_json)]
    if thread is not None:
        return _thread(thread, text, files, (context["pack"], lang, as_json))
    context["approved_tools"] = context.pop("tools")
    show = _show_json if as_json else _terminal(context["pack"], lang or terminal_language())
    gravest = CLEAR
    try:
        for source in _sources(text, files, lang or terminal_language()):
            gravest = max(gravest, _judge(source, context, show, as_json=as_json), key=_GRAVITY.index)
    except (PackError, UnknownValue) as error:
        raise failure_of(error) from None
    return gravest


def _thread(name: str, text: str | None, files: tuple[str, ...], how: tuple[str, str | None, bool]) -> int:
    if text is not None or files:
        raise click.UsageError("give --thread alone: its events say who wrote what, and when")
    from sekisho.interfaces.cli.threads import judge_file

    pack, lang, as_json = how
    return EXITS[judge_file(name, pack, None if as_json else lang or terminal_language())]


def _judge(source: Source, context: dict[str, Any], show: Show, *, as_json: bool) -> int:
    """The exit code for one source. One that cannot be judged is told of, and the others go on."""
    try:
        if source.picture is not None:
            return EXITS[source.picture(context, as_json)]
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


def _sources(text: str | None, files: tuple[str, ...], lang: str) -> Iterator[Source]:
    if (text is None) == (not files):
        raise click.UsageError("give one of: a TEXT, - for standard input, or --file F")
    if text == "-":
        yield Source(partial(_read_file, "-"))
    elif text is not None:
        # Bytes that the shell passed in another encoding than Python expects arrive as surrogates.
        data = os.fsencode(text) if any("\udc80" <= c <= "\udcff" for c in text) else None
        yield Source(lambda: decode(data, "TEXT") if data is not None else Decoded(text))
    for name in files:
        picture = partial(_picture, name, lang) if _is_picture(name) else None
        yield Source(partial(_read_file, name), name, picture)


def _is_picture(name: str) -> bool:
    """By what stands at the beginning of the file; one that cannot be opened is told of later."""
    if name == "-":
        return False
    try:
        with open(name, "rb") as file:
            return is_picture(file.read(16))
    except OSError:
        return False


def _picture(name: str, lang: str, context: dict[str, Any], as_json: bool) -> Outcome:
    from sekisho.interfaces.cli.pictures import judge_picture

    return judge_picture(name, context, None if as_json else lang)


def _read_file(name: str) -> Decoded:
    return decode(read_bytes(name, MAX_BYTES), "standard input" if name == "-" else name)


def _show_json(text: str, verdict: Verdict, file: str | None) -> None:
    click.echo(json_output.line(json_output.verdict_record(text, verdict, file)), nl=False)


def _terminal(pack: str, lang: str) -> Show:
    from sekisho.core.detection import load
    from sekisho.interfaces.cli.render import Screen

    def show(text: str, verdict: Verdict, file: str | None) -> None:
        rules = load(pack).pack.rules if verdict.findings else {}
        Screen(lang).verdict(text, verdict, rules, file)

    return show
