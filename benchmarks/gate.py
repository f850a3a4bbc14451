"""`sekisho gate` as it runs, against echoes that judge nothing: throughput, latency at half load, reloading under load, memory.

Every server has one processor and the load comes from another. Throughput is requests by processor second of the server, so that
a busy machine shows less; latency and dropped requests are by the clock.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import measure, traffic
from benchmarks.http_load import Load, request, run
from benchmarks.measure import Interval, Result, Section
from benchmarks.processes import can_see_memory, resident, spent
from sekisho.core.detection.library import pack_folder

ROOT = Path(__file__).resolve().parents[1]
CONNECTIONS = 32
_NEEDED = ("granian", "prometheus_client", "starlette", "uvicorn")
_GATE = "import sys; from sekisho.interfaces.cli.main import main; sys.exit(main())"
_MODULE = [sys.executable, "-m"]
_ECHOES = {
    "starlette": [*_MODULE, "uvicorn", "--factory", "benchmarks.gate_echoes:asgi", "--log-level", "error", "--no-access-log"],
    "echo": [*_MODULE, "granian", "--interface", "wsgi", "--http", "1", "--blocking-threads", "8", "--no-log", "benchmarks.gate_echoes:wsgi"],
}


def _requests() -> list[bytes]:
    """Messages of about 130 code points, as requests."""
    chosen = [text for text in traffic.messages(8_000, seed=7) if 100 <= len(text.text) <= 160]
    return [request("/v1/check", _body(text)) for text in chosen[:2_000]]


def _body(text: traffic.Text) -> bytes:
    told = {"text": text.text, "kind": text.kind, "sender": text.sender, "stage": text.stage}
    return json.dumps(told, ensure_ascii=False).encode()


def missing() -> str:
    """What is not installed or not there for these measurements; "" when all is."""
    names = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if names:
        return f"{', '.join(names)} not installed"
    return "" if hasattr(os, "sched_setaffinity") and len(os.sched_getaffinity(0)) > 1 else "needs Linux and two processors"


@contextlib.contextmanager
def served(name: str, pack: str = "standard") -> Iterator[tuple[int, int]]:
    """A running server on the first processor, this process on the second: (port, process number)."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", _GATE, "gate", "--pack", pack] if name == "gate" else _ECHOES[name]
    path = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    before = os.sched_getaffinity(0)
    first, second = sorted(before)[:2]
    os.sched_setaffinity(0, {first})  # inherited by what is started
    try:
        server = subprocess.Popen(
            [*command, "--port", str(port)],
            env={**os.environ, "PYTHONPATH": path},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.sched_setaffinity(0, {second})
        _wait(port)
        yield port, server.pid
        server.terminate()
        server.wait(60)
    finally:
        os.sched_setaffinity(0, before)
        with contextlib.suppress(ProcessLookupError):
            server.kill()


def _wait(port: int) -> None:
    for _ in range(1_200):
        with contextlib.suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def against_starlette(seconds: float, repetitions: int = 3) -> Section:
    """Requests by processor second of gate and echoes in turn, and the gate's latency at half of what it can."""
    title = "The judging server"
    if missing():
        return Section("gate", title, skipped=missing())
    requests = _requests()
    tails: dict[str, list[tuple[float, float]]] = {name: [] for name in ("gate", *_ECHOES)}
    bare: list[float] = []

    def side(name: str) -> float:
        with served(name) as (port, process):
            full, rate = _rate(port, process, requests, seconds)
            pace = full.answered / full.seconds / 2
            half = run(port, requests, seconds=seconds, connections=CONNECTIONS, rate=pace)
            tails[name].append((half.percentile(0.5), half.percentile(0.99)))
            if name == "gate":
                bare.append(_rate(port, process, [request("/v1/check", b'{"text":""}')], seconds)[1])
        return rate

    found = measure.in_turn({name: lambda _, name=name: side(name) for name in tails}, repetitions)  # type: ignore[misc]
    p50, p99 = [p for p, _ in tails["gate"]], [p for _, p in tails["gate"]]
    echo = measure.ratios([p for _, p in tails["echo"]], [p for p, _ in tails["echo"]])
    return Section(
        "gate",
        title,
        (
            Result("gate.starlette", "gate, judging ÷ Starlette + msgspec on uvicorn, echoing", measure.ratios(found["gate"], found["starlette"]), "×", 1.5),
            Result("gate.echo", "gate, judging ÷ granian echo", measure.ratios(found["gate"], found["echo"]), "×", 0.6),
            *(Result(f"gate.{name}.rate", f"{name}: requests by processor second", measure.interval(rates), "") for name, rates in found.items()),
            Result("gate.bare", "gate with empty texts ÷ granian echo: what the server itself costs", measure.ratios(bare, found["echo"]), "×"),
            Result("gate.p50", "half load: p50", measure.interval(p * 1e3 for p in p50), " ms"),
            Result("gate.p99", "half load: p99", measure.interval(p * 1e3 for p in p99), " ms"),
            Result("gate.tail", "half load: p99 ÷ p50", measure.ratios(p99, p50), "×", 3.0, at_most=True),
            Result("gate.tail.echo", "the same of the granian echo, for the noise of the machine", echo, "×"),
        ),
        (f"{len(requests):,} different messages of 100 to 160 code points over {CONNECTIONS} connections, one request at a time on each.",),
    )


def _rate(port: int, process: int, requests: list[bytes], seconds: float) -> tuple[Load, float]:
    run(port, requests, seconds=1.0, connections=CONNECTIONS)
    before = spent(process)
    load = run(port, requests, seconds=seconds, connections=CONNECTIONS)
    return load, load.answered / (spent(process) - before)


def reloading(seconds: float) -> Section:
    """A copy of the standard pack is changed every second under half load; nothing may be dropped."""
    title = "The judging server while its pack changes"
    if missing():
        return Section("gate-reload", title, skipped=missing())
    requests = _requests()
    with TemporaryDirectory() as folder:
        pack = Path(folder) / "standard"
        shutil.copytree(pack_folder("standard"), pack, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
        head = pack / "pack.toml"
        texts = [head.read_text(encoding="utf-8") + f"\n# {number}\n" for number in (0, 1)]
        for text in texts:  # both are compiled before, so that the measurement is of the swap
            head.write_text(text, encoding="utf-8")
            subprocess.run([sys.executable, "-c", "import sys, sekisho; sekisho.check('', pack=sys.argv[1])", str(pack)], check=True)
        with served("gate", str(pack)) as (port, _):
            load, swaps = _changed_under_load(port, requests, seconds, (head, texts))
    failed = sum(count for status, count in load.statuses.items() if status != 200)
    single = lambda value: Interval(value, value, value)  # noqa: E731
    return Section(
        "gate-reload",
        title,
        (
            Result("gate-reload.dropped", "connections broken and requests not answered with 200", single(load.broken + failed), "", 0.0, at_most=True),
            Result("gate-reload.requests", "requests answered", single(load.answered), ""),
            Result("gate-reload.swaps", "packs taken into use meanwhile", single(swaps), ""),
            Result("gate-reload.p99", "p99 meanwhile", single(load.percentile(0.99) * 1e3), " ms"),
        ),
        ("Two versions of the standard pack in turn, a change every second. A change is waited for until the folder is at rest, so not every change is a swap.",),
    )


def _changed_under_load(
    port: int, requests: list[bytes], seconds: float, changes: tuple[Path, list[str]]
) -> tuple[Load, int]:
    ended = threading.Event()
    head, texts = changes

    def change() -> None:
        number = 0
        while not ended.wait(1.0):
            head.write_text(texts[number % 2], encoding="utf-8")
            number += 1

    changing = threading.Thread(target=change)
    changing.start()
    try:
        full = run(port, requests, seconds=1.0, connections=CONNECTIONS)
        load = run(port, requests, seconds=seconds, connections=CONNECTIONS, rate=full.answered / full.seconds / 2)
    finally:
        ended.set()
        changing.join()
    return load, _metric(port, 'sekisho_gate_reloads_total{result="swapped"}')


def _metric(port: int, name: str) -> int:
    import urllib.request

    with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics") as answer:
        lines = answer.read().decode().splitlines()
    return int(float(next(line.rsplit(" ", 1)[1] for line in lines if line.startswith(name))))


def memory(requests: int) -> Section:
    """Memory of the judging process after so many requests against after the first twentieth."""
    title = "Memory of the judging server"
    if missing() or not can_see_memory():
        return Section("gate-memory", title, skipped=missing() or "this system has no /proc")
    bodies = _requests()
    with served("gate") as (port, process):
        done, early, late = 0, 0, 0
        while done < requests:
            done += run(port, bodies, seconds=1.0, connections=CONNECTIONS).answered
            late = max(resident(process).values())
            early = late if done <= requests // 20 or not early else early
    grown, held = late / early, late / 1024
    return Section(
        "gate-memory",
        title,
        (
            Result("gate-memory.grown", "after all requests ÷ after the first twentieth", Interval(grown, grown, grown), "×", 1.05, at_most=True),
            Result("gate-memory.held", "at the end", Interval(held, held, held), " MB"),
        ),
        (f"{done:,} requests; the largest process.",),
    )
