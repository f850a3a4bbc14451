"""How far a scan has come, kept beside its part file, and whether a later run may go on from there."""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from sekisho.core.rules.model import Outcome
from sekisho.interfaces.bulk.errors import ScanError
from sekisho.interfaces.bulk.reader import Place

SCHEMA = "sekisho.scan/1"
_HEAD = 1 << 20
_OVER = "start over with --no-resume"


@dataclass(frozen=True, slots=True)
class Origin:
    """What the answers depend on: the input as it was, the digest of pack and engine, the form of the output."""

    size: int
    modified: int
    head: str
    digest: str
    suffix: str


@dataclass(frozen=True, slots=True)
class State:
    """A run up to its last complete batch. Sizes are bytes of the part files; `seconds` were spent judging so far."""

    origin: Origin
    place: Place = field(default_factory=Place)
    output_size: int = 0
    refused_size: int = 0
    refused: int = 0
    seconds: float = 0.0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((o.value for o in Outcome), 0))

    @property
    def rows(self) -> int:
        """Rows judged or refused."""
        return sum(self.counts.values()) + self.refused

    def after(self, *, place: Place, sizes: tuple[int, int], counts: dict[str, int], refused: int) -> State:
        """The state after one more batch; `sizes` are those of the two part files."""
        added = {name: count + counts.get(name, 0) for name, count in self.counts.items()}
        return replace(
            self,
            place=place,
            output_size=sizes[0],
            refused_size=sizes[1],
            refused=self.refused + refused,
            counts=added,
        )


def origin_of(path: Path, digest: str, suffix: str) -> Origin:
    """The origin of a run over `path`. Raises `ScanError` when it cannot be read."""
    try:
        status = path.stat()
        with path.open("rb") as file:
            head = hashlib.sha256(file.read(_HEAD)).hexdigest()
    except OSError as error:
        raise ScanError(f"{path}: {error.strerror}") from None
    return Origin(status.st_size, status.st_mtime_ns, head, digest, suffix)


def read_state(sidecar: Path, part: Path, origin: Origin) -> State | None:
    """Where to go on, or None when there is nothing to resume. Raises `ScanError` when it belongs to something else."""
    if not sidecar.exists() or not part.exists():
        return None
    try:
        state = _state(json.loads(sidecar.read_bytes()))
    except (OSError, ValueError, KeyError, TypeError):
        raise ScanError(f"{sidecar}: not the state of a scan", _OVER) from None
    old = state.origin
    if (old.size, old.modified, old.head) != (origin.size, origin.modified, origin.head):
        raise ScanError("cannot resume: the input has changed since the interrupted run", _OVER)
    if old.digest != origin.digest:
        raise ScanError("cannot resume: the pack or the engine has changed since the interrupted run", _OVER)
    return state


def write_state(sidecar: Path, state: State) -> None:
    """Replace the sidecar as a whole."""
    fresh = sidecar.with_name(sidecar.name + ".new")
    with fresh.open("w", encoding="utf-8") as file:
        json.dump({"schema": SCHEMA} | asdict(state), file)
        file.flush()
        os.fsync(file.fileno())
    os.replace(fresh, sidecar)


def _state(record: dict[str, Any]) -> State:
    if record.pop("schema") != SCHEMA:
        raise ValueError("another version")
    origin, place = Origin(**record.pop("origin")), Place(**record.pop("place"))
    return State(origin=origin, place=place, **record)
