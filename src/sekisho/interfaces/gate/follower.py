"""In a judging process: notices that the parent took another pack into use, loads it beside the old one and swaps.

The swap waits for the text being judged, so no request sees half of it.
"""

from __future__ import annotations

import gc
import json
import os
import signal
import threading
import time
from pathlib import Path
from typing import Any

from sekisho.core.detection.library import forget, load
from sekisho.interfaces.gate.app import Gate
from sekisho.interfaces.gate.judging import Current
from sekisho.interfaces.gate.keeper import CURRENT
from sekisho.interfaces.gate.logs import Tell, places

EVERY = 0.2
"""Seconds between two looks."""


def read_current(home: Path) -> dict[str, Any]:
    """What the parent says is in use."""
    told: dict[str, Any] = json.loads((home / CURRENT).read_text(encoding="utf-8"))
    return told


def load_current(folder: str) -> Current:
    """The pack in `folder`, ready for use. Raises `PackError`."""
    current = Current.of(folder, load(folder))
    # What a pack is made of lives until the next swap: the collector need not walk over it meanwhile.
    gc.collect()
    gc.freeze()
    return current


def follow(gate: Gate, home: Path, tell: Tell) -> None:
    """Keep `gate` on the pack in use, from a thread of its own."""
    threading.Thread(target=_follow, args=(gate, home, tell), daemon=True, name="follower").start()


def _follow(gate: Gate, home: Path, tell: Tell) -> None:
    seen, parent = 0, os.getppid()
    while True:
        time.sleep(EVERY)
        if os.getppid() != parent:
            # Nobody would tell this process of packs, or to stop: end as if told to.
            os.kill(os.getpid(), signal.SIGTERM)
            return
        try:
            stamp = (home / CURRENT).stat().st_mtime_ns
            if stamp != seen:
                look(gate, home)
                seen = stamp
        except FileNotFoundError:
            continue  # the server is ending
        except Exception as error:  # noqa: BLE001 - the pack in use goes on; the next look tries again
            tell("swap_failed", where=places(error))
            time.sleep(1)


def look(gate: Gate, home: Path) -> None:
    """Bring `gate` to what the parent says. Raises `PackError`, `OSError`."""
    told = read_current(home)
    if told["folder"] != gate.current.folder:
        gc.unfreeze()
        forget()
        current = load_current(told["folder"])
        with gate.judging:
            gate.current = current
    gate.refused = told["refused"]
