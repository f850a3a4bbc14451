"""How heavy and how quick the pages are: bytes over the wire, first paint and layout shift in a Chromium slowed down four times.

python -m benchmarks.pages

The site is the demonstration, served by its own server; nothing comes from a cache. Pictures are not counted.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.measure import REPETITIONS, Result, Section, interval

SLOWED = 4
"""By how much the processor is slowed down."""
PATIENCE = 180
"""Seconds that the demonstration may take to come up."""
LURE = "はじめまして。詳しい内容はLINEでお話ししたいので、IDを教えていただけますか？手数料がもったいないので、報酬は直接お振り込みします。"
_SEEN = """
new Promise(done => {
  let shift = 0;
  new PerformanceObserver(list => { for (const one of list.getEntries()) shift += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => {
    const paint = performance.getEntriesByName("first-contentful-paint")[0];
    const begun = performance.getEntriesByType("navigation")[0];
    done([paint ? paint.startTime : NaN, shift, begun.responseStart]);
  }, 400);
})
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """One visit: bytes without pictures, seconds to the first paint and to the first byte, and the sum of layout shifts."""

    wire: int
    paint: float
    first_byte: float
    shift: float


def _front(page: Any, site: str) -> None:
    page.goto(f"{site}/")


def _answer(page: Any, _site: str) -> None:
    """The answer alone: what the form before it took is not counted."""
    page.fill("#text", LURE)
    page.click("button.go")
    page.wait_for_selector("#verdict")


PAGES: dict[str, tuple[str, Callable[[Any, str], None] | None, Callable[[Any, str], None]]] = {
    "front": ("the check page", None, _front),
    "answer": ("its answer", _front, _answer),
}
"""By name: what it is, how one comes to it (not measured), and the visit."""


def pages(repetitions: int = REPETITIONS) -> Section:
    """All of `PAGES`, visited again and again in a new browser context."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    title = "Pages"
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        return Section("pages", title, skipped=f"not installed: {error.name}")
    if chromium is None:
        return Section("pages", title, skipped="no Chromium was found: install Debian's chromium and fonts-noto-cjk")
    results: list[Result] = []
    with _served() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        _visit(browser, site, "answer")  # the rules are loaded once
        for name, (what, _, _) in PAGES.items():
            seen = [_visit(browser, site, name) for _ in range(repetitions)]
            results += [
                Result(f"pages.{name}.wire", f"{what}: bytes over the wire", interval(one.wire / 1000 for one in seen), " kB", 100, at_most=True),
                Result(f"pages.{name}.paint", f"{what}: first paint", interval(one.paint for one in seen), " s", 1.0, at_most=True),
                Result(f"pages.{name}.byte", f"{what}: first byte", interval(one.first_byte for one in seen), " s"),
                Result(f"pages.{name}.shift", f"{what}: layout shift", interval(one.shift for one in seen), "", 0.0, at_most=True),
            ]  # fmt: skip
        browser.close()
    note = f"Chromium at 390 by 844 points, its processor slowed down {SLOWED} times, nothing cached; server and browser on one machine."
    return Section("pages", title, tuple(results), (note,))


def _visit(browser: Any, site: str, name: str) -> Seen:
    _, before, visit = PAGES[name]
    context = browser.new_context(viewport={"width": 390, "height": 844}, locale="ja-JP")
    page = context.new_page()
    wire = context.new_cdp_session(page)
    for command in ("Network.enable", "Page.enable"):
        wire.send(command)
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    if before is not None:
        before(page, site)
        page.wait_for_load_state("networkidle")
    kinds: dict[str, str] = {}
    sizes: dict[str, float] = {}
    wire.on("Network.responseReceived", lambda told: kinds.__setitem__(told["requestId"], told["type"]))
    wire.on("Network.loadingFinished", lambda told: sizes.__setitem__(told["requestId"], told["encodedDataLength"]))
    visit(page, site)
    page.wait_for_load_state("networkidle")
    paint, shift, first_byte = page.evaluate(_SEEN)
    context.close()
    total = sum(size for asked, size in sizes.items() if kinds.get(asked) != "Image")
    return Seen(int(total), paint / 1000, first_byte / 1000, shift)


@contextmanager
def _served() -> Iterator[str]:
    """The demonstration at a free port, with data of its own; ended with all that it started. Raises `RuntimeError`."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "sekisho", "serve", "--demo", "--port", str(port)]
        environment = {**os.environ, "SEKISHO_DATA_DIR": folder}
        with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
            try:
                _wait(server, f"http://127.0.0.1:{port}/")
                yield f"http://127.0.0.1:{port}"
            finally:
                server.terminate()
                server.wait(timeout=60)


def _wait(server: subprocess.Popen[bytes], address: str) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=30):
                return
        except OSError:
            time.sleep(0.5)
    raise RuntimeError("the demonstration did not come up")


if __name__ == "__main__":
    from benchmarks.report import summary

    print(summary([pages()]))
