"""`sekisho check --thread`: a JSON file of events judged, for people or as JSON. Not how a thread is judged."""

from __future__ import annotations

import json
from typing import Any

import click

from sekisho.core.detection import load
from sekisho.core.detection.threads import BadEvent, ThreadVerdict, check_thread, record
from sekisho.core.rules.errors import PackError
from sekisho.core.rules.model import Outcome
from sekisho.interfaces.cli import json_output
from sekisho.interfaces.cli.decoding import read_bytes
from sekisho.interfaces.cli.failures import Failure, failure_of

MAX_BYTES = 64_000_000
"""Bytes of a thread's file; a longer one is refused unread."""


def judge_file(name: str, pack: str, lang: str | None) -> Outcome:
    """Judge the thread in the file and show the answer in `lang`, or as JSON when that is None. Raises `Failure`."""
    events = _events(name)
    try:
        verdict = check_thread(events, pack=pack)
    except (BadEvent, PackError) as error:
        raise failure_of(error) from None
    if lang is None:
        click.echo(json_output.line(record.thread_record(events, verdict)), nl=False)
    else:
        _show(events, verdict, pack, lang)
    return verdict.verdict


def _show(events: list[Any], verdict: ThreadVerdict, pack: str, lang: str) -> None:
    from sekisho.interfaces.cli.thread_render import show_thread

    show_thread(events, verdict, load(pack).pack.rules, lang)


def _events(name: str) -> list[Any]:
    """The list of events in the file: the list itself, or an object with it under `events`."""
    data = _read(name)
    try:
        parsed = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Failure("undecodable", f"{name}: byte {error.start} is not UTF-8", "save it as UTF-8") from None
    except (json.JSONDecodeError, RecursionError) as error:
        place = f"{name}:{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else name
        raise Failure("bad_json", f"{place}: not JSON", "write a list of events: [{…}, {…}]") from None
    if isinstance(parsed, dict) and "events" in parsed:
        parsed = parsed["events"]
    if not isinstance(parsed, list):
        raise Failure("bad_event", f"{name}: not a list of events", 'write [{"type": "message", …}, …]')
    return parsed


def _read(name: str) -> bytes:
    data = read_bytes(name, MAX_BYTES)
    if len(data) > MAX_BYTES:
        raise Failure(
            "text_too_long",
            f"{name}: longer than {MAX_BYTES:,} bytes",
            "judge it in parts with `sekisho.Thread`",
        )
    return data
