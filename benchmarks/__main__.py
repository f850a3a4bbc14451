"""`python -m benchmarks`: measures in one run, prints what has a target, writes the page, the JSON and the plots."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from benchmarks import (
    backtest,
    gate,
    ledger,
    linear,
    linkage,
    messaging,
    pages,
    pictures,
    quality,
    queue,
    report,
    scanning,
    starting,
    throughput,
    traffic,
)
from benchmarks.measure import Section
from sekisho import PackError

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks" / "results.md"


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of everything."""

    messages: int
    postings: int
    presidio: int
    scan_rows: int
    memory_rows: tuple[int, int]
    every: int
    middles: int
    larges: int
    gate_seconds: float
    gate_requests: int
    pictures: int
    codes: int
    identifiers: int
    texts: int
    backtest: int


FULL = Sizes(20_000, 2_000, 400, 200_000, (10_000, 1_000_000), 1, 600, 60, 5.0, 1_000_000, 266, 1_000, 1_000_000, 100_000, 20_000)
QUICK = Sizes(20_000, 500, 120, 20_000, (10_000, 100_000), 12, 60, 8, 2.0, 30_000, 40, 200, 100_000, 10_000, 5_000)


def measurements(sizes: Sizes, corpus: Path) -> dict[str, Callable[[], Section]]:
    """Every measurement by name, in the order of the page."""
    messages = traffic.messages(sizes.messages)
    return {
        "quality": lambda: quality.on(corpus, HERE / "data" / "held_out" / "s2.jsonl"),
        "messages": lambda: throughput.against_presidio(messages, sizes.presidio),
        "hard": lambda: throughput.on_hard_texts(corpus),
        "bare": lambda: throughput.against_hyperscan(messages),
        "postings": lambda: throughput.of_postings(traffic.postings(sizes.postings)),
        "scan": lambda: scanning.two_against_one(sizes.scan_rows),
        "spark": lambda: scanning.on_spark(sizes.scan_rows),
        "memory": lambda: scanning.memory(*sizes.memory_rows),
        "linear": partial(linear.growth, every=sizes.every, middles=sizes.middles, larges=sizes.larges),
        "start": starting.starts,
        "pictures": lambda: pictures.reading(corpus, sizes.pictures, sizes.codes),
        "gate": lambda: gate.against_starlette(sizes.gate_seconds),
        "gate-reload": lambda: gate.reloading(sizes.gate_seconds * 4),
        "ledger": ledger.measure_ledger,
        "linkage": lambda: linkage.measure_linkage(sizes.identifiers, sizes.texts),
        "messaging": messaging.sending,
        "thread-pages": messaging.reading,
        "queue": queue.queue,
        "pages": pages.pages,
        "backtest": lambda: backtest.against_scan(sizes.backtest),
        "gate-memory": lambda: gate.memory(sizes.gate_requests),
    }


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0 when the figures were written, whatever they are; 1 when the pack does not compile; 2 for wrong options."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="smaller volumes: minutes instead of half an hour")
    parser.add_argument("--only", action="append", default=[], metavar="NAME", help="one measurement (may be repeated)")
    parser.add_argument("--keep", action="store_true", help="keep what the page has of measurements that are not taken now")
    parser.add_argument("--out", type=Path, default=PAGE, metavar="FILE", help="the page; JSON and plots stand beside it")
    parser.add_argument("--corpus", type=Path, default=HERE / "data" / "dev.jsonl", metavar="FILE", help="labelled texts (jsonl)")
    options = parser.parse_args(arguments)
    todo = measurements(QUICK if options.quick else FULL, options.corpus)
    unknown = set(options.only) - todo.keys()
    if unknown:
        parser.error(f"no measurement {', '.join(sorted(unknown))}; there are: {', '.join(todo)}")
    sections = {section.name: section for section in report.kept(options.out)} if options.keep else {}
    try:
        throughput.warm()
        for name, take in todo.items():
            if not options.only or name in options.only:
                print(f"{name} …", file=sys.stderr, flush=True)
                sections[name] = take()
                print(report.summary([sections[name]]), flush=True)
                in_order = [sections[one] for one in todo if one in sections]
                report.write(options.out, in_order, quick=options.quick)  # what was measured stays if the rest is stopped
    except PackError as error:
        print(f"the pack does not compile: {str(error).splitlines()[0]}", file=sys.stderr)
        return 1
    print(f"written: {options.out}, with its JSON and plots")
    return 0


if __name__ == "__main__":
    sys.exit(main())
