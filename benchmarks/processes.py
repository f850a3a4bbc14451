"""Watches a command and all it starts: seconds of the clock, processor seconds, and the most memory each process ever held.

Reads /proc, so on Linux only; elsewhere memory is "not measured".
"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

_PROC = Path("/proc")
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(slots=True)
class Watched:
    """A command that has ended. Memory in kB of resident pages: the first process, the greatest of the others, all together."""

    seconds: float
    processor_seconds: float = 0.0
    first_kb: int = 0
    other_kb: int = 0
    together_kb: int = 0


@dataclass(slots=True)
class _Tree:
    """The peaks of every process under the first one, by process number."""

    first: int
    peaks: dict[int, int] = field(default_factory=dict)
    ticks: dict[int, int] = field(default_factory=dict)
    together: int = 0

    def look(self) -> None:
        """Take the present figures of all that run."""
        now = 0
        for process in _family(self.first):
            peak, resident = _memory(process)
            now += resident
            self.peaks[process] = max(peak, self.peaks.get(process, 0))
            self.ticks[process] = max(_spent(process), self.ticks.get(process, 0))
        self.together = max(self.together, now)


def watch(command: Sequence[str | Path], *, environment: dict[str, str] | None = None, every: float = 0.05) -> Watched:
    """Run `command` to its end, looking `every` so many seconds. Raises `RuntimeError` with its last words when it fails."""
    began = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, text=True, encoding="utf-8"
    ) as running:
        tree = _Tree(running.pid)
        while True:
            tree.look()
            try:
                running.wait(timeout=every)
                break
            except subprocess.TimeoutExpired:
                continue
        seconds = time.perf_counter() - began
        words = running.stderr.read() if running.stderr else ""
    if running.returncode:
        raise RuntimeError(words.strip()[-500:] or f"ended with {running.returncode}")
    others = [peak for process, peak in tree.peaks.items() if process != tree.first]
    spent = sum(tree.ticks.values()) / _TICKS
    return Watched(seconds, spent, tree.peaks.get(tree.first, 0), max(others, default=0), tree.together)


def spent(process: int) -> float:
    """Processor seconds so far of a running process and all that it started and that still runs."""
    return sum(map(_spent, _family(process))) / _TICKS


def resident(process: int) -> dict[int, int]:
    """Memory now, in kB, of a running process and all that it started, by process number."""
    return {member: _memory(member)[1] for member in _family(process)}


def can_see_memory() -> bool:
    """Whether this system tells what processes hold."""
    return (_PROC / "self" / "status").exists()


def _family(first: int) -> list[int]:
    """The process and all it started, directly or not."""
    found, at = [first], 0
    while at < len(found):
        for task in _listed(_PROC / str(found[at]) / "task"):
            try:
                found += [int(child) for child in (task / "children").read_text().split()]
            except OSError:
                continue
        at += 1
    return found


def _listed(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:
        return []


def _memory(process: int) -> tuple[int, int]:
    """(most ever, now) in kB."""
    try:
        status = (_PROC / str(process) / "status").read_text()
    except OSError:
        return 0, 0
    told = dict(line.split(":", 1) for line in status.splitlines() if line.startswith(("VmHWM", "VmRSS")))
    return tuple(int(told.get(name, "0 kB").split()[0]) for name in ("VmHWM", "VmRSS"))  # type: ignore[return-value]


def _spent(process: int) -> int:
    try:
        stat = (_PROC / str(process) / "stat").read_text()
    except OSError:
        return 0
    fields = stat.rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])
