"""Where the database lives in the data directory, and who holds its lock. It starts nothing.

<data directory>/postgresql/          0700, ours: nobody else gets past it
    cluster/                          PostgreSQL's files and its socket, 0700, of the user that runs it
    lock  joined  state.json  log     who owns it, who joined, what runs, what PostgreSQL says
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import stat
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sekisho.config.database.errors import BadFolder

SOCKET = ".s.PGSQL.5432"
LONGEST_SOCKET = 103
"""Bytes of a socket's path: 107 on Linux, 103 on macOS."""


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder `postgresql` in the data directory."""

    path: Path

    @property
    def cluster(self) -> Path:
        return self.path / "cluster"

    @property
    def unfinished(self) -> Path:
        return self.path / "cluster.new"

    @property
    def log(self) -> Path:
        return self.path / "log"

    @property
    def state(self) -> Path:
        return self.path / "state.json"

    def try_lock(self, name: str = "lock", *, shared: bool = False) -> int | None:
        """An open descriptor that holds the lock, or None while others hold it.

        Every child that inherits the descriptor holds the lock too: it is free only when all of them are gone.
        """
        descriptor = os.open(self.path / name, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        wanted = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(descriptor, wanted | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return None
        except BaseException:
            os.close(descriptor)
            raise
        return descriptor


def default_data_dir() -> Path:
    """`SEKISHO_DATA_DIR`, else `sekisho` in the user's data folder as the XDG base directories say."""
    named = os.environ.get("SEKISHO_DATA_DIR")
    if named:
        return Path(named).absolute()
    base = os.environ.get("XDG_DATA_HOME", "")
    try:
        return (Path(base) if os.path.isabs(base) else Path.home() / ".local" / "share") / "sekisho"
    except RuntimeError:
        raise BadFolder(
            "No home folder is known for this user. Set SEKISHO_DATA_DIR to a folder of yours."
        ) from None


def open_folder(data_dir: Path) -> Folder:
    """Makes the folder if need be; folders that exist keep their permissions. Raises `BadFolder`."""
    path = data_dir.absolute() / "postgresql"
    try:
        data_dir.parent.mkdir(parents=True, exist_ok=True)
        data_dir.mkdir(mode=0o700, exist_ok=True)
        path.mkdir(mode=0o700, exist_ok=True)
        found = path.lstat()
    except OSError as error:
        raise BadFolder(
            f"The data directory {data_dir} cannot be made: {error.strerror or error}. "
            "Set SEKISHO_DATA_DIR to a folder that you can write to."
        ) from None
    if not stat.S_ISDIR(found.st_mode):
        raise BadFolder(f"{path} is not a folder. Move it away, or set SEKISHO_DATA_DIR to another folder.")
    if found.st_uid != os.geteuid():
        raise BadFolder(
            f"{path} belongs to the user id {found.st_uid}, not to you ({os.geteuid()}). "
            "Run as that user, or set SEKISHO_DATA_DIR to a folder of yours."
        )
    if found.st_mode & 0o077:
        raise BadFolder(
            f"{path} is open to other users (mode {stat.S_IMODE(found.st_mode):04o}). "
            f"Close it if that was not meant: chmod 700 {path}"
        )
    return Folder(path)


def socket_host(cluster: Path) -> str:
    """The folder of the socket as clients must name it.

    A socket's path may have about a hundred bytes. A longer one is reached through a link in a private short folder;
    the socket itself stays where it is. Raises `BadFolder` when that folder is not safe.
    """
    if len(os.fsencode(cluster / SOCKET)) <= LONGEST_SOCKET:
        return str(cluster)
    name = hashlib.sha256(os.fsencode(cluster)).hexdigest()[:12]
    private = Path(tempfile.gettempdir()) / f"sekisho-{os.geteuid()}-{name}"
    try:
        private.mkdir(mode=0o700, exist_ok=True)
        found = private.lstat()
        safe = stat.S_ISDIR(found.st_mode) and found.st_uid == os.geteuid() and not found.st_mode & 0o077
        link = private / "s"
        if safe and not (link.is_symlink() and link.readlink() == cluster):
            fresh = private / f"s.{os.getpid()}"
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(cluster)
            fresh.rename(link)
    except OSError:
        safe = False
    if not safe or len(os.fsencode(link / SOCKET)) > LONGEST_SOCKET:
        raise BadFolder(
            f"The path of the socket in {cluster} is longer than {LONGEST_SOCKET} bytes, and {private} cannot "
            "stand in for it. Set SEKISHO_DATA_DIR to a shorter path, or remove that folder."
        )
    return str(link)


def forget_host(cluster: Path) -> None:
    """Removes the private short folder of a cluster, if there is one."""
    host = Path(socket_host(cluster))
    if host != cluster:
        host.unlink(missing_ok=True)
        host.parent.rmdir()
