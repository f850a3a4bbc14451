"""Runs a command in this process, and a stand-in for judging where a verdict is needed that the small pack cannot give."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from sekisho.interfaces.cli.main import main

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tiny_pack: str) -> Run:
    """`run("check", "text")`: the result with exit code, stdout and stderr; `--pack` is the small one unless given."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: str, input: bytes | str | None = None) -> Result:  # noqa: A002 - click's word
        given = list(arguments)
        if "--pack" not in given:
            given[1:1] = ["--pack", tiny_pack]
        return CliRunner().invoke(main, given, input=input)

    return run
