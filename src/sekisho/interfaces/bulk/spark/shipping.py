"""A pack on its way to the executors: its files as one archive, unpacked there once under its digest. Not how it is compiled."""

from __future__ import annotations

import contextlib
import fcntl
import io
import os
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from sekisho.core.detection import check
from sekisho.core.detection.library import cache_folder
from sekisho.core.detection.reader import READER_FILE
from sekisho.core.rules.loader import built_in_packs
from sekisho.interfaces.bulk.errors import ScanError


@dataclass(frozen=True, slots=True)
class Shipment:
    """A pack for the executors and the digest it must have there. `archive` is empty for a built-in pack, which they have."""

    name: str
    digest: str
    archive: bytes = b""


def packed(pack: str) -> Shipment:
    """The pack (an id or a folder) as it goes along with the work. Raises `PackError` when it is bad.

    The built-in packs that a folder extends are not in it.
    """
    digest = check("", pack=pack).digest
    if pack in built_in_packs():
        return Shipment(pack, digest)
    folder = Path(pack).resolve()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
        for path in sorted([*folder.rglob("*.toml"), *folder.glob(READER_FILE)]):
            file.writestr(zipfile.ZipInfo(path.relative_to(folder).as_posix()), path.read_bytes())
    return Shipment(folder.name, digest, archive.getvalue())


@lru_cache(maxsize=16)
def unpacked(shipment: Shipment) -> str:
    """The pack by an id or a folder of this machine, loaded and compiled; once a process, and compiled once a machine.

    Raises `ScanError` when this machine would judge otherwise than the one the pack comes from.
    """
    store = cache_folder()
    with _alone(store, shipment.digest):
        pack = str(_placed(shipment, store)) if shipment.archive else shipment.name
        found = check("", pack=pack).digest
    if found != shipment.digest:
        raise ScanError(
            f"an executor would judge otherwise: its digest of pack and engine is {found}, not {shipment.digest}",
            "install the same versions of sekisho and its dependencies on all machines",
        )
    return pack


def _placed(shipment: Shipment, store: Path | None) -> Path:
    """The folder of the pack, put there as a whole if it is not there yet."""
    base = store or Path(tempfile.mkdtemp(prefix="sekisho-"))
    folder = base / "shipped" / shipment.digest / shipment.name
    if not folder.is_dir():
        folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=folder.parent))
        with zipfile.ZipFile(io.BytesIO(shipment.archive)) as file:
            file.extractall(fresh)
        try:
            os.replace(fresh, folder)
        except OSError:  # another process was quicker
            shutil.rmtree(fresh, ignore_errors=True)
    return folder


@contextlib.contextmanager
def _alone(store: Path | None, digest: str) -> Iterator[None]:
    """Let the first process of a machine compile while the others wait for what it leaves in the cache."""
    if store is None:
        yield
        return
    with (store / f"{digest}.lock").open("wb") as file:
        with contextlib.suppress(OSError):  # a file system without locks: each process then compiles for itself
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
