"""A scan: a file of texts to a file of verdicts, in constant memory, over several processes, resumable. The journey of a run;

reading, judging, writing and the state between runs have their own modules.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from sekisho.core.detection import check
from sekisho.interfaces.bulk.errors import InputDamaged, ScanError, ScanInterrupted
from sekisho.interfaces.bulk.lock import only_one
from sekisho.interfaces.bulk.pool import Processes
from sekisho.interfaces.bulk.reader import FORMATS, Place, Reader, open_reader
from sekisho.interfaces.bulk.resume import Origin, State, origin_of, read_state, write_state
from sekisho.interfaces.bulk.rows import Refusal
from sekisho.interfaces.bulk.work import Job, Judged
from sekisho.interfaces.bulk.writer import PartFile, preamble

CHECKPOINT_SECONDS = 1.0
BATCH_ROWS = 1000
_SMALL = 1 << 18
"""Bytes of input below which starting further processes costs more than it saves."""
_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: `done` of `total` in bytes or rows of the input, rows dealt with, and refusals not yet told."""

    done: int
    total: int
    rows: int
    refused: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Summary:
    """A finished run. `rows_per_second` is over this run and what it resumed; `resumed` rows were already done at its start."""

    counts: dict[str, int]
    refused: int
    errors: Path | None
    seconds: float
    resumed: int

    @property
    def rows(self) -> int:
        """Rows judged or refused."""
        return sum(self.counts.values()) + self.refused

    @property
    def rows_per_second(self) -> float:
        """Rows per second of wall clock."""
        return self.rows / self.seconds if self.seconds else 0.0


class Engine(Protocol):
    """Where the work of a scan is done."""

    def __call__(self, reader: Reader, start: Place, batch_rows: int, job: Job) -> Generator[Judged, None, None]:
        """Judge the rest of the input after `start`, in batches of at most `batch_rows` rows, in order.

        To close the iterator is to stop. Raises `ScanError`.
        """
        ...


def scan(
    source: Path,
    target: Path,
    *,
    pack: str = "standard",
    processes: int | None = None,
    engine: Engine | None = None,
    batch_rows: int = BATCH_ROWS,
    resume: bool = True,
    on_progress: Callable[[Progress], None] = lambda _progress: None,
) -> Summary:
    """Judge every row of `source` (.jsonl, .csv, .parquet) into `target` (any of the three), in the order of the input.

    Rows that cannot be judged go with their number and the reason to `target` + ".errors.jsonl". `processes` None means one
    for each processor; an `engine` of another kind has no use for it, and every engine gives the same bytes. Nothing appears
    under the name of `target` before it is whole. Raises `ScanError`, `PackError`, and `ScanInterrupted` after a
    `KeyboardInterrupt` (the state is then saved).
    """
    target_suffix = _output_suffix(source, target)
    reader = open_reader(source)
    digest = check("", pack=pack).digest
    origin = origin_of(source, digest, target_suffix)
    job = Job(pack, digest, target_suffix, reader.ids_are_numbers)
    judging = engine or Processes(processes or _processes(source))
    run = _Run(target, origin, job)
    with only_one(target):
        try:
            run.begin(resume=resume)
            resumed = run.state.rows
            run.work(reader, judging, batch_rows, on_progress)
            errors = run.finish()
        finally:
            run.close()
    return Summary(run.state.counts, run.state.refused, errors, run.state.seconds, resumed)


def _output_suffix(source: Path, target: Path) -> str:
    suffix = target.suffix.lower()
    if suffix not in FORMATS:
        raise ScanError(
            f"{target}: cannot write `{suffix or target.name}` files", f"use one of {', '.join(FORMATS)}"
        )
    if target.is_dir():
        raise ScanError(f"{target}: is a directory")
    if target.exists() and source.exists() and os.path.samefile(source, target):
        raise ScanError(f"{target}: input and output are the same file")
    return suffix


def _processes(source: Path) -> int:
    if source.stat().st_size < _SMALL:
        return 1
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class _Run:
    """The part files of one run and its state."""

    def __init__(self, target: Path, origin: Origin, job: Job) -> None:
        self.output = PartFile(target)
        self.errors = PartFile(target.with_name(target.name + ".errors.jsonl"))
        self.sidecar = target.with_name(target.name + ".part.json")
        self.job = job
        self.state = State(origin)

    def begin(self, *, resume: bool) -> None:
        """Open the part files where an earlier run stopped, or empty."""
        earlier = read_state(self.sidecar, self.output.part, self.state.origin) if resume else None
        if earlier:
            self.output.open(earlier.output_size)
            self.errors.open(earlier.refused_size)
            self.state = earlier
            return
        self.sidecar.unlink(missing_ok=True)
        self.output.open(0)
        self.errors.open(0)
        self.output.append(preamble(self.job.suffix, ids_are_numbers=self.job.ids_are_numbers))
        self.state = replace(self.state, output_size=self.output.size)

    def work(
        self, reader: Reader, engine: Engine, batch_rows: int, on_progress: Callable[[Progress], None]
    ) -> None:
        """Judge what is left. A damaged input leaves no trace of the run; any other end leaves its state."""
        judged = engine(reader, self.state.place, batch_rows, self.job)
        try:
            self._take_all(judged, reader.total, on_progress)
        except KeyboardInterrupt:
            judged.close()
            self.save()
            raise ScanInterrupted(self.state.rows) from None
        except InputDamaged:
            self.discard()
            raise
        except ScanError:
            self.save()
            raise
        except OSError as error:
            raise ScanError(
                f"{self.output.part}: cannot write: {error.strerror}", "run again to go on"
            ) from None
        finally:
            judged.close()

    def _take_all(
        self, judged: Iterable[Judged], total: int, on_progress: Callable[[Progress], None]
    ) -> None:
        began = saved = time.monotonic()
        before, told = self.state.seconds, 0
        for batch in judged:
            now = time.monotonic()
            self._take(batch, before + now - began)
            news = batch.first_refused[: _SHOWN - told]
            told += len(news)
            on_progress(Progress(batch.end.offset, total, self.state.rows, news))
            if now - saved >= CHECKPOINT_SECONDS:
                self.save()
                saved = now

    def _take(self, batch: Judged, seconds: float) -> None:
        self.output.append(batch.output)
        self.errors.append(batch.refused)
        state = self.state.after(
            place=batch.end,
            sizes=(self.output.size, self.errors.size),
            counts=dict(batch.counts),
            refused=batch.refused_rows,
        )
        self.state = replace(
            state, seconds=seconds
        )  # one assignment: an interrupt before it loses only this batch

    def save(self) -> None:
        """Record the last complete batch."""
        self.output.sync()
        self.errors.sync()
        write_state(self.sidecar, self.state)

    def close(self) -> None:
        """Let go of the part files, however the run ended."""
        for part in (self.output, self.errors):
            with contextlib.suppress(OSError):  # what was recorded is on the disk already
                part.close()

    def discard(self) -> None:
        """Leave no trace of the run."""
        self.output.discard()
        self.errors.discard()
        self.sidecar.unlink(missing_ok=True)

    def finish(self) -> Path | None:
        """Give the files their names; the path of the refused rows, if there are any."""
        if self.state.refused:
            self.errors.finish()
        else:
            self.errors.discard()
            self.errors.target.unlink(missing_ok=True)  # of an earlier run over the same output
        self.output.finish()
        self.sidecar.unlink(missing_ok=True)
        return self.errors.target if self.state.refused else None
