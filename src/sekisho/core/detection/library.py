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
from dataclasses import replace
from functools import lru_cache
from importlib import metadata
from importlib.resources import files
from pathlib import Path

from sekisho.core.detection.engine import Engine
from sekisho.core.detection.judge import Judge
from sekisho.core.detection.reader import READER_FILE, Reader, load_reader
from sekisho.core.rules.checker import check_policy
from sekisho.core.rules.compiler import CompiledPack
from sekisho.core.rules.errors import PackError, Problem
from sekisho.core.rules.loader import built_in_pack, built_in_packs, load_pack, pack_folders
from sekisho.core.rules.model import Pack
from sekisho.core.rules.sources import BESIDE, has_parts


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
        letters = Path(str(part)) / READER_FILE
        if letters.is_file():
            digest.update(READER_FILE.encode() + b"\0" + letters.read_bytes())
    return digest.hexdigest()[:16]


@lru_cache(maxsize=16)
def _judge_of(folder: Path, digest: str) -> Judge:
    judge = _of_policy_alone(folder, digest)
    if judge is None:
        judge = Judge(Engine(_cached(folder, digest)), digest, _reader(folder))
    return judge


def _of_policy_alone(folder: Path, digest: str) -> Judge | None:
    """The judge of the pack below, weighing by the policy of this one; None when this pack changes more than that."""
    below = _below(folder)
    if below is None or has_parts(folder):
        return None
    judge = _load(str(below))
    pack = load_pack(folder, loaded=judge.pack)
    scopes = (judge.pack.default_unless, judge.pack.always_unless)
    if (pack.default_unless, pack.always_unless) != scopes:
        return None
    problems = check_policy(pack)
    if problems:
        raise PackError(problems)
    return judge.under(pack, digest, _reader(folder) if (folder / READER_FILE).is_file() else judge.reader)


def _below(folder: Path) -> Path | None:
    """The folder of the pack that the one in `folder` extends."""
    folders = pack_folders(folder)
    return Path(str(folders[1])).resolve() if len(folders) > 1 else None


def _reader(folder: Path) -> Reader | None:
    return load_reader(Path(str(part)) for part in pack_folders(folder))


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


def prove_pack(folder: Path) -> Pack:
    """The pack in `folder`, checked and all its examples run, whatever the cache says of it.

    Only the pack that it extends may come from the cache. Raises `PackError` with all problems of the first bad step.
    """
    return _proved(folder).pack


def _proved(folder: Path) -> CompiledPack:
    from sekisho.core.detection.proof import compile_proved

    below = _below(folder)
    if below is None:
        return compile_proved(folder)
    judge = _load(str(below))
    return compile_proved(folder, replace(judge.engine.compiled, pack=judge.pack))


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
    compiled = _proved(folder)
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
