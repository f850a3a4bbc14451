"""What the log says of a fault: where, and never a word of anybody."""

from __future__ import annotations

import logging
import sys

from sekisho.config.logs import Frames

SECRET = "ヒミツ 090-1234-5678"


def raises() -> None:
    try:
        raise ValueError(f"cannot read {SECRET}")
    except ValueError as error:
        raise RuntimeError(f"failed for {SECRET}") from error


def told() -> str:
    try:
        raises()
    except RuntimeError:
        record = logging.LogRecord("django.request", 40, "f.py", 1, "Internal Server Error: %s", ("/x",), sys.exc_info())
        return Frames("%(levelname)s %(message)s").format(record)
    raise AssertionError


def test_a_fault_is_told_with_every_error_and_line_it_passed() -> None:
    text = told()
    assert "Internal Server Error: /x" in text
    assert text.index("builtins.ValueError") < text.index("builtins.RuntimeError")
    assert "test_logs.py:" in text
    assert " raises" in text


def test_no_message_of_an_error_is_in_the_log() -> None:
    assert SECRET not in told()
    assert "cannot read" not in told()
