"""The other end of `presidio_side`: starts it, hands it texts, asks for its time. Not a measurement itself."""

from __future__ import annotations

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Self

INTERPRETER = "SEKISHO_BENCH_PRESIDIO"
"""Environment variable: a Python that has presidio-analyzer, when this one has not."""


class NoRival(RuntimeError):
    """Presidio cannot be run; the message says why."""


class Presidio:
    """A running Presidio; use it in a `with`. `versions` names what takes part."""

    def __init__(self) -> None:
        interpreter = os.environ.get(INTERPRETER)
        if not interpreter:
            if importlib.util.find_spec("presidio_analyzer") is None:
                raise NoRival(f"presidio-analyzer is not installed here and {INTERPRETER} names no Python that has it")
            interpreter = sys.executable
        environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        try:
            self._process = subprocess.Popen(
                [interpreter, Path(__file__).with_name("presidio_side.py")],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                env=environment,
            )
        except OSError as error:
            raise NoRival(f"{INTERPRETER}: {error}") from None
        self.versions: dict[str, str] = self._answer()

    def keep(self, texts: list[str]) -> None:
        """Hand over the texts for the next `seconds`."""
        self._ask(texts)

    def seconds(self, times: int = 1) -> float:
        """Processor seconds for analysing the kept texts `times` times."""
        return float(self._ask(times)["seconds"])

    def _ask(self, told: object) -> Any:
        if self._process.stdin is None:
            raise NoRival("Presidio's process has no input")
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> Any:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            raise NoRival("Presidio's process ended without an answer; run benchmarks/presidio_side.py by hand to see why")
        return json.loads(line)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
