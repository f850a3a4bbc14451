"""Loads packs once: finds them by id or folder, compiles or takes the compiled form from the cache, and proves changed ones.

The cache holds pickles and is trusted only when it belongs to this user and nobody else can write to it.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import platform
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path

from sekisho.core.detection.engine import Engine
from sekisho.core.detection.judge import Judge
from sekisho.core.detection.reader import load_reader
from sekisho.core.rules.compiler import CompiledPack
from sekisho.core.rules.errors import PackError, Problem
from sekisho.core.rules.loader import built_in_pack, built_in_packs, pack_folders
from sekisho.core.rules.sources import BESIDE


def pack_folder(pack: str | os.PathLike[str]) -> Path:
    """The folder of a built-in pack by its id, else `pack` itself when it is a folder. Raises `PackError` when there is none."""
    try:
        return Path(str(built_in_pack(str(pack))))
    except KeyError:
        path = Path(pack)
        if path.is_dir():
            return path
        known = ", ".join(built_in_packs())
        problem = Problem(str(pack), 0, 0, "no such pack or folder", f"built-in packs: {known}")
        raise PackError((problem,)) from None


@lru_cache(maxsize=1)
def engine_digest() -> str:
    """Names everything besides the pack that could change an answer: engine, phone metadata, domain suffixes, Unicode tables."""
    import unicodedata

    parts = [f"unicode {unicodedata.unidata_version}", *_sources()]
    for name in ("sekisho", "phonenumbers", "publicsuffixlist", "hyperscan"):
        try:
            parts.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            parts.append(f"{name} source")
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _sources() -> Iterator[str]:
    """A hash of every module of the core: whatever could compile or judge the same pack differently."""
    core = Path(str(files("sekisho.core")))
    for path in sorted(core.rglob("*.py")):
        yield f"{path.relative_to(core).as_posix()} {hashlib.sha256(path.read_bytes()).hexdigest()}"


def pack_digest(folder: Path) -> str:
    """A hash over the names and bytes of what decides verdicts in the pack and in every pack it extends."""
    digest = hashlib.sha256()
    for part in pack_folders(folder):
        for path in sorted(Path(str(part)).rglob("*.toml")):
            if path.relative_to(str(part)).parts[0] in BESIDE:
                continue
            digest.update(path.relative_to(str(part)).as_posix().encode() + b"\0")
            digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


@lru_cache(maxsize=16)
def _judge_of(folder: Path, digest: str) -> Judge:
    compiled = _cached(folder, digest)
    reader = load_reader(Path(str(part)) for part in pack_folders(folder))
    return Judge(Engine(compiled), digest, reader)


def load(pack: str = "standard") -> Judge:
    """The judge of a pack (a built-in id or a folder), ready for use; kept for the life of the process.

    Raises `PackError` with every mistake in the pack.
    """
    return _load(pack if pack in _names() else os.path.abspath(pack))


@lru_cache(maxsize=1)
def _names() -> frozenset[str]:
    return frozenset(built_in_packs())


@lru_cache(maxsize=32)
def _load(pack: str) -> Judge:
    folder = pack_folder(pack).resolve()
    return _judge_of(folder, f"{pack_digest(folder)}-{engine_digest()}")


def forget() -> None:
    """Let go of every loaded pack, so that the next `load` reads its folder anew; judges in use live on."""
    _load.cache_clear()
    _judge_of.cache_clear()


def _cached(folder: Path, digest: str) -> CompiledPack:
    store = cache_folder()
    path = store / f"{folder.name}-{digest}-{platform.machine()}.pack" if store else None
    if path and path.is_file():
        try:
            compiled = pickle.loads(path.read_bytes())
            if isinstance(compiled, CompiledPack):
                Engine(compiled).look("sekisho")
                return compiled
        except Exception:  # noqa: BLE001 - a damaged cache entry is only a missing one
            path.unlink(missing_ok=True)
    from sekisho.core.detection.proof import compile_proved

    compiled = compile_proved(folder)
    if path:
        _write(path, pickle.dumps(compiled, protocol=pickle.HIGHEST_PROTOCOL))
    return compiled


def cache_folder() -> Path | None:
    """The folder of compiled packs, or None when it cannot be had for ourselves alone."""
    base = os.environ.get("SEKISHO_CACHE_DIR") or os.path.join(
        os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"), "sekisho"
    )
    folder = Path(base)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except OSError:
        return None
    if hasattr(os, "getuid") and (status.st_uid != os.getuid() or status.st_mode & 0o022):
        return None
    return folder


def _write(path: Path, data: bytes) -> None:
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(data)
        os.replace(file.name, path)
    except OSError:
        with suppress(OSError, UnboundLocalError):
            Path(file.name).unlink(missing_ok=True)
