"""Watches the pack's folder in the parent process: a changed pack is copied aside, compiled and proved there, then told to all.

The judging processes read `current.json` (`follower`). A pack that is refused changes nothing but what is told of it.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sekisho.core.detection.library import cache_folder, load, pack_digest, pack_folder
from sekisho.core.rules.errors import PackError, Problem
from sekisho.core.rules.loader import pack_folders
from sekisho.interfaces.gate.logs import Tell, places

CURRENT = "current.json"
_KEPT = 3
"""Copies of packs that stay on disk: the one in use, and those a slow process may still be loading."""
_SHOWN = 20
_PATIENCE = 900.0
_PROVE = "from sekisho.interfaces.gate.keeper import prove_here; prove_here()"


@dataclass(frozen=True, slots=True)
class Proved:
    """A pack that may be used: the number of the change, its copy, the digest of its files."""

    number: int
    folder: str
    digest: str


class Keeper:
    """The pack in use. `poll` is called now and then; `start` does so in a thread."""

    def __init__(self, pack: str, home: Path, tell: Tell, count: Callable[[str], None]) -> None:
        self._source = pack_folder(pack).resolve()
        self._home, self._tell, self._count = home, tell, count
        self._seen: object = None
        self._settled: object = None
        self._tried, self._is_refused = "", False
        self._number = 0
        self._wake, self._forced = threading.Event(), False
        self.proved: Proved | None = None

    def first(self) -> None:
        """Prove the pack for the start. Raises `PackError`."""
        self._settled = self._seen = self._signature()
        self._use(self._copy())

    def force(self) -> None:
        """Look again now, even if nothing seems to have changed."""
        self._forced = True
        self._wake.set()

    def start(self, every: float) -> None:
        """Poll in a thread of its own for the life of the process."""
        threading.Thread(target=self._watch, args=(every,), daemon=True, name="keeper").start()

    def _watch(self, every: float) -> None:
        while True:
            self._wake.wait(every)
            self._wake.clear()
            try:
                self.poll()
            except Exception as error:  # noqa: BLE001 - whatever is wrong with the folder, the pack in use goes on
                self._tell("watch_failed", where=places(error))

    def poll(self) -> None:
        """Take a changed pack into use, or tell why not. Waits until the folder has been the same for two looks."""
        now = self._signature()
        forced, self._forced = self._forced, False
        if not forced:
            if now != self._seen:
                self._seen = now
                return
            if now == self._settled:
                return
        self._seen = self._settled = now
        copy = self._copy()
        digest = pack_digest(copy)
        if digest == self._tried and not (forced and self._is_refused):
            shutil.rmtree(copy.parent)
            return
        try:
            self._use(copy)
        except PackError as error:
            self._refuse(error.problems, copy, digest)
        else:
            self._count("swapped")

    def _signature(self) -> object:
        """Names, sizes and times of every file of the pack and of those it extends."""
        found = []
        for folder in pack_folders(self._source):
            for path in sorted(Path(str(folder)).rglob("*.toml")):
                try:
                    status = path.stat()
                except OSError:
                    continue
                found.append((str(path), status.st_mtime_ns, status.st_size, status.st_ino))
        return tuple(found)

    def _copy(self) -> Path:
        """A copy that nobody edits while it is compiled and loaded."""
        self._number += 1
        copy = self._home / "packs" / str(self._number) / self._source.name
        shutil.copytree(self._source, copy, ignore=shutil.ignore_patterns("__pycache__", "*.py"))
        return copy

    def _use(self, copy: Path) -> None:
        self._tried = pack_digest(copy)
        _prove(copy, self._source)
        self.proved = Proved(self._number, str(copy), self._tried)
        self._is_refused = False
        self._publish(None)
        self._tell("pack_in_use", digest=self._tried)
        for old in sorted((self._home / "packs").iterdir(), key=lambda path: int(path.name))[:-_KEPT]:
            if str(old) not in self.proved.folder:
                shutil.rmtree(old, ignore_errors=True)

    def _refuse(self, problems: tuple[Problem, ...], copy: Path, digest: str) -> None:
        shutil.rmtree(copy.parent)
        self._is_refused = True
        shown = [
            {"file": p.file, "line": p.line, "column": p.column, "message": p.message}
            for p in problems[:_SHOWN]
        ]
        self._publish({"digest": digest, "count": len(problems), "problems": shown})
        first = shown[0] if shown else {"file": "", "line": 0}
        self._tell(
            "pack_refused", digest=digest, problems=len(problems), file=first["file"], line=first["line"]
        )
        self._count("refused")

    def _publish(self, refused: dict[str, Any] | None) -> None:
        assert self.proved is not None
        told = {**asdict(self.proved), "refused": refused}
        draft = self._home / (CURRENT + ".new")
        draft.write_text(json.dumps(told), encoding="utf-8")
        os.replace(draft, self._home / CURRENT)


def _prove(copy: Path, source: Path) -> None:
    """Compile and prove, which leaves the compiled pack in the cache for all. Raises `PackError`."""
    try:
        told = _problems_of(copy)
    except (ValueError, subprocess.TimeoutExpired):
        problem = Problem(str(source), 0, 0, "could not be compiled: its process ended without an answer")
        raise PackError((problem,)) from None
    if told:
        raise PackError(Problem(**{**one, "file": _original(one["file"], copy, source)}) for one in told)


def _problems_of(copy: Path) -> list[dict[str, Any]]:
    """What another process finds wrong with a pack. Raises `ValueError` or `TimeoutExpired` when it does not say."""
    done = subprocess.run(
        [sys.executable, "-c", _PROVE, str(copy)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        timeout=_PATIENCE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        check=False,
    )
    problems: list[dict[str, Any]] = json.loads(done.stdout)
    return problems


def _original(file: str, copy: Path, source: Path) -> str:
    """A file of the copy by its name under the pack's own folder."""
    return source.name + file.removeprefix(str(copy)) if file.startswith(str(copy)) else Path(file).name


def prove_here() -> None:
    """The other process: print the problems of the pack named last on the command line as JSON."""
    os.nice(10)  # whoever judges goes first
    sys.stdout.write(json.dumps(problems_here(sys.argv[-1])))


def problems_here(folder: str) -> list[dict[str, Any]]:
    """What is wrong with the pack in `folder`; compiled, proved and put into the cache when it is nothing."""
    try:
        load(folder)
    except PackError as error:
        return [asdict(problem) for problem in error.problems]
    return []


def settle_cache(home: Path) -> None:
    """Make sure that all processes share one cache of compiled packs: the user's, else one under `home`."""
    if cache_folder() is None:
        private = home / "cache"
        private.mkdir(mode=0o700)
        os.environ["SEKISHO_CACHE_DIR"] = str(private)
