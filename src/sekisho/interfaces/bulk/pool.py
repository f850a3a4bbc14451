"""Batches judged by several processes: order kept, a bounded number under way, nothing left running. Not where they come from."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from sekisho.core.detection import check
from sekisho.interfaces.bulk.errors import ScanError
from sekisho.interfaces.bulk.reader import Batch, Place, Reader
from sekisho.interfaces.bulk.work import Job, Judged, judge_batch

_AHEAD = 2
"""Batches waiting for each process beside the one it works on."""


@dataclass(frozen=True, slots=True)
class Processes:
    """See `scan.Engine`: so many processes of this machine, 1 for the one we are in."""

    count: int

    def __call__(self, reader: Reader, start: Place, batch_rows: int, job: Job) -> Generator[Judged, None, None]:
        """Judge the rest of the input. Raises `ScanError` when a process dies."""
        return judge_batches(reader.batches(start, batch_rows), job, self.count)


def judge_batches(batches: Iterable[Batch], job: Job, processes: int) -> Generator[Judged, None, None]:
    """Judge in this process (`processes` 1) or in others, in order. Close the iterator to stop: it waits for what is under way.

    Raises `ScanError` when a process dies.
    """
    if processes <= 1:
        yield from (judge_batch(batch, job) for batch in batches)
        return
    # Fresh processes rather than forked ones: threads (Arrow's, the progress bar's) do not survive a fork.
    executor = ProcessPoolExecutor(
        processes, multiprocessing.get_context("spawn"), initializer=_begin, initargs=(job.pack,)
    )
    under_way: deque[Future[Judged]] = deque()
    try:
        for batch in batches:
            if len(under_way) >= processes * (1 + _AHEAD):
                yield under_way.popleft().result()
            with _interrupts_held():
                under_way.append(executor.submit(judge_batch, batch, job))
        while under_way:
            yield under_way.popleft().result()
    except BrokenProcessPool:
        raise ScanError(
            "a judging process died", "if memory ran out, use fewer --processes, and run again to go on"
        ) from None
    finally:
        executor.shutdown(wait=True, cancel_futures=True)


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Ctrl-C waits here, and never reaches the processes started meanwhile: they inherit that it is blocked."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(pack: str) -> None:
    """Start of a judging process: Ctrl-C is the parent's affair, a dead parent ends us, the pack is loaded once."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    with contextlib.suppress(ValueError):
        check("", pack=pack)


def _die_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
