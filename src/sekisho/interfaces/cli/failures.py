"""How a command ends when it cannot do its work: exit codes, and errors as a line for people or for programs."""

from __future__ import annotations

import json
import re

import click

CLEAR, FOUND, WRONG_USAGE, UNSURE = 0, 1, 2, 3
CRASHED = 70
"""A fault of ours; never 1, which means that something was found."""
BROKEN_PIPE = 141
INTERRUPTED = 130


class Failure(click.ClickException):
    """Why a command cannot do what was asked. `code` is a stable word for programs, `hint` says what to do ("" if nothing)."""

    exit_code = WRONG_USAGE

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


def failure_of(error: ValueError) -> Failure:
    """A core error (`TextTooLong`, `UnknownValue`, `PackError`, …) as a failure; the code is the name of its class."""
    code = re.sub(r"(?<!^)(?=[A-Z])", "_", type(error).__name__).lower()
    return Failure(code, str(error), str(getattr(error, "hint", "")))


def report(error: click.ClickException, *, as_json: bool) -> None:
    """Tell on stderr: usage and hint for people, or one line `{"error": {"code", "message", "hint"}}`."""
    if as_json:
        code = error.code if isinstance(error, Failure) else "usage"
        hint = error.hint if isinstance(error, Failure) else "sekisho check --help"
        record = {"error": {"code": code, "message": error.format_message(), "hint": hint}}
        click.echo(json.dumps(record), err=True)
    elif isinstance(error, Failure):
        click.echo(f"error: {error.message}", err=True)
        if error.hint:
            click.echo(f"  hint: {error.hint}", err=True)
    else:
        error.show()
