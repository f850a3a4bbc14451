"""A site whose whole disk fills up while verbs run, and is emptied again; a program, for a small disk of its own.

    python -m tests.site.faults.full_disk <folder on the small disk>

Prints `full <code> <steps> recovered <steps>` when everything held.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from sekisho.config.database import open_database

PATIENCE = 60.0


def fill(path: Path) -> None:
    """Leave no byte free."""
    with contextlib.suppress(OSError), path.open("ab", buffering=0) as file:
        for size in (1 << 20, 1 << 12, 1 << 6, 1):
            with contextlib.suppress(OSError):
                while True:
                    file.write(bytes(size))


def main(folder: Path) -> str:
    with open_database(folder / "d", owner=True) as database:
        os.environ["DATABASE_URL"], os.environ["DATABASE_OWNER_URL"] = database.app.url, database.owner.url
        from tests.site.faults import writer

        from sekisho.market.kernel.models import IdempotencyKey
        from sekisho.market.kernel.verification import verify_all

        writer.begin(1)
        writer.hurry()
        ballast, done, told = folder / "ballast", dict[str, str](), ""
        before = 0
        for key, act in steps(writer):
            if len(done) == 20:
                before = len(done)
                fill(ballast)
            deadline = time.monotonic() + PATIENCE
            while key not in done:
                try:
                    done[key] = str(act(key).pk)
                except Exception as error:  # noqa: BLE001 - only what an interface can tell as 503 is borne
                    told = told or code_of(error)
                    ballast.unlink(missing_ok=True)
                    assert time.monotonic() < deadline, f"no recovery: {error}"  # noqa: PT017
                    time.sleep(0.2)
            fill(ballast) if ballast.exists() else None
            if told and len(done) > before + 20:
                break
        assert told, "the disk never was full"
        stored = dict(IdempotencyKey.objects.values_list("key", "result_id"))
        assert stored == done, "what was reported done is not what is stored"
        report = verify_all()
        assert report.ok, report.faults
        return f"full {told} after {before}, recovered, {len(done)} steps"


def code_of(error: Exception) -> str:
    from sekisho.market.kernel.problems import problem_of

    problem = problem_of(error)
    if problem is None or problem.kind != "unavailable":
        raise error
    return problem.code


def steps(writer: object) -> Iterator[tuple[str, object]]:
    for number in range(10_000):
        rows: dict[str, str] = {}
        played = writer.Round(0, number, rows)
        for name, act in played.steps():
            key = f"{played.name}:{name}"

            def keeping(key: str, act: object = act, name: str = name, rows: dict[str, str] = rows) -> object:
                row = act(key)
                rows[name] = str(row.pk)
                return row

            yield key, keeping


if __name__ == "__main__":
    print(main(Path(sys.argv[1])))  # noqa: T201
