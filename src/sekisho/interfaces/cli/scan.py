"""`sekisho scan`: its options, its progress bar and what it says at the end. The work is in `sekisho.interfaces.bulk`."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Protocol

import click

from sekisho.core.rules.errors import PackError
from sekisho.interfaces.bulk.errors import ScanError, ScanInterrupted
from sekisho.interfaces.bulk.scan import BATCH_ROWS, Engine, Progress, Summary
from sekisho.interfaces.bulk.scan import scan as scan_file
from sekisho.interfaces.cli.failures import CLEAR, INTERRUPTED, Failure, failure_of
from sekisho.interfaces.cli.visible import visible

ENGINES = ("processes", "spark")


@click.command(short_help="Judge a file of many texts.")
@click.argument("source", metavar="INPUT", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "target",
    required=True,
    type=click.Path(path_type=Path),
    help=".jsonl, .csv or .parquet",
)
@click.option(
    "--processes", type=click.IntRange(1, 256), help="Judging processes.  [default: one a processor]"
)
@click.option(
    "--engine", type=click.Choice(ENGINES), default=ENGINES[0], show_default=True, help="Where to judge."
)
@click.option(
    "--master", metavar="URL", help="Spark: where it runs.  [default: as spark-submit says, else local[*]]"
)
@click.option("--pack", default="standard", show_default=True, help="The rules: a built-in pack or a folder.")
@click.option(
    "--resume/--no-resume", default=True, help="Go on where an interrupted run stopped.  [default: resume]"
)
@click.option(
    "--batch-size", type=click.IntRange(1, 1_000_000), default=BATCH_ROWS, show_default=True, metavar="ROWS"
)
def scan(
    *,
    source: Path,
    target: Path,
    processes: int | None,
    engine: str,
    master: str | None,
    pack: str,
    resume: bool,
    batch_size: int,
) -> int:
    """Judge every row of INPUT (.jsonl, .csv, .parquet).

    Columns in: id, text, kind, sender, stage, approved_tools; all but text optional. Columns out: id, verdict, action,
    labels, findings. Rows that cannot be judged go to OUTPUT.errors.jsonl with their number and the reason; the rest goes
    on. With --engine spark a cluster judges; INPUT must then stand where all its machines see it. Exits 0 when the whole
    input was read, 2 when it cannot be, 130 when stopped (the same command then goes on).
    """
    with _stoppable(), _watched() as watch:
        try:
            summary = scan_file(
                source,
                target,
                pack=pack,
                processes=processes,
                engine=_engine(engine, processes, master),
                batch_rows=batch_size,
                resume=resume,
                on_progress=watch,
            )
        except ScanInterrupted as stopped:
            click.echo(f"stopped after {stopped.rows:,} rows; the same command goes on from there", err=True)
            return INTERRUPTED
        except PackError as error:
            raise failure_of(error) from None
        except ScanError as error:
            raise Failure("scan_error", str(error), error.hint) from None
    _tell(summary, target)
    return CLEAR


def _engine(name: str, processes: int | None, master: str | None) -> Engine | None:
    """The engine asked for; None for processes. Raises `ScanError` at once when Spark cannot run here."""
    if name == "spark":
        if processes is not None:
            raise click.UsageError("--processes goes with --engine processes; Spark has executors")
        from sekisho.interfaces.bulk.spark.engine import SparkEngine
        from sekisho.interfaces.bulk.spark.session import require

        require()
        return SparkEngine(master)
    if master is not None:
        raise click.UsageError("--master goes with --engine spark")
    return None


def _tell(summary: Summary, target: Path) -> None:
    resumed = f" ({summary.resumed:,} of them in earlier runs)" if summary.resumed else ""
    rate = f"{summary.rows_per_second:,.0f} rows/s"
    click.echo(f"{target}: {summary.rows:,} rows{resumed} in {summary.seconds:.1f} s, {rate}", err=True)
    click.echo("  " + ", ".join(f"{name} {count:,}" for name, count in summary.counts.items()), err=True)
    if summary.refused:
        click.echo(f"  refused {summary.refused:,}, listed in {summary.errors}", err=True)


class _Watch(Protocol):
    def __call__(self, progress: Progress) -> None: ...


@contextlib.contextmanager
def _watched() -> Iterator[_Watch]:
    """What is called after every batch: a progress bar on a terminal, nothing elsewhere; the first refused rows in both."""
    if not sys.stderr.isatty():
        yield _tell_refused
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), TaskProgressColumn(), TextColumn("{task.description}"), TimeRemainingColumn())
    with Bar(*columns, console=Console(stderr=True, highlight=False), transient=True) as bar:
        task = bar.add_task("", total=None)

        def watch(progress: Progress) -> None:
            _tell_refused(progress)
            bar.update(
                task, total=progress.total, completed=progress.done, description=f"{progress.rows:,} rows"
            )

        yield watch


def _tell_refused(progress: Progress) -> None:
    for refusal in progress.refused:
        where = f"line {refusal.line}" if refusal.line else f"row {refusal.row}"
        click.echo(f"refused {where}: {visible(refusal.reason)}", err=True)


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Let a polite `kill` do what Ctrl-C does, so that it too leaves a state to resume."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
