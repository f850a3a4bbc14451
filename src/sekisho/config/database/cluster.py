"""PostgreSQL's own files: made once, all or nothing, and checked before every start. It starts no server."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sekisho.config.database.account import Account, current_name
from sekisho.config.database.binaries import Binaries, environment
from sekisho.config.database.errors import AlreadyOwned, BadFolder, StartFailed, WrongVersion
from sekisho.config.database.folder import Folder

ADMIN, OWNER, APP = "postgres", "sekisho_owner", "sekisho_app"
INIT_SECONDS = 300

LINUX = sys.platform.startswith("linux")
FIXED = {
    "listen_addresses": "",
    # Relative to the cluster itself: no length limit applies, and no parent folder must be open to the server's user.
    "unix_socket_directories": ".",
    "unix_socket_permissions": "0700",
    "port": "5432",
    "fsync": "on",
    "full_page_writes": "on",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # What people wrote must not leak into the log: neither failing statements nor the values in error details.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    # After a crash one call for the file system in place of one for each of a thousand files.
    **({"recovery_init_sync_method": "syncfs"} if LINUX else {}),
}
"""Given on the command line, where no file can overrule them."""
HASTY = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off", "autovacuum": "off"}
"""For tests whose data may be lost with the machine."""


@contextmanager
def reachable(folder: Path, account: Account) -> Iterator[tuple[str, tuple[int, ...]]]:
    """How the server's user can name a folder: a path, and descriptors that a child must inherit for it.

    For root's data, whose parent folders may be closed to the server's user (/root is), an open descriptor of the
    folder is handed over: /proc/self/fd leads into it without passing through its parents. Nothing is opened to anyone.
    """
    if account.own:
        yield str(folder), ()
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if not os.path.isdir(f"/proc/self/fd/{descriptor}"):
            raise BadFolder(
                "As root Sekisho needs /proc to hand its data to another user. Mount it, run as an ordinary user, "
                "or set DATABASE_URL."
            )
        yield f"/proc/self/fd/{descriptor}", (descriptor,)
    finally:
        os.close(descriptor)


def make_cluster(folder: Folder, binaries: Binaries, account: Account, lock: int, *, hasty: bool) -> None:
    """Makes `folder.cluster` unless it is there. A start that was killed half-way left only `cluster.new`.

    Raises `StartFailed` with the words of `initdb`, `OSError` when the disk is in the way.
    """
    if folder.cluster.exists():
        return
    fresh = folder.unfinished
    try:
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(mode=0o700)
        if not account.own:
            os.chown(fresh, account.uid, account.gid)
        with reachable(fresh, account) as (path, descriptors):
            said = _initdb(binaries, path, (*descriptors, lock), account, hasty=hasty)
        if said:
            raise StartFailed(explained(f"PostgreSQL's files could not be made in {folder.path}", said))
        fresh.rename(folder.cluster)
        _sync(folder.path)
    finally:
        if fresh.exists():
            shutil.rmtree(fresh, ignore_errors=True)


def _initdb(
    binaries: Binaries, path: str, descriptors: tuple[int, ...], account: Account, *, hasty: bool
) -> str:
    """Runs `initdb`; what it said when it failed, else nothing. It holds the lock as long as it runs."""
    # The builtin provider (17 on) sorts by code point like C and knows the letters of all scripts, alike everywhere.
    provider = ["--locale-provider=builtin"] if binaries.major >= 17 else []
    command = [
        binaries.initdb, "-D", path, "-U", ADMIN, "--encoding=UTF8", *provider, "--locale=C.UTF-8",
        "--auth=peer", "--data-checksums", "--text-search-config=simple", *_syncing(binaries, hasty=hasty),
    ]  # fmt: skip
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=INIT_SECONDS,
            check=False,
            cwd="/",
            env=environment(),
            pass_fds=descriptors,
            **account.process,
        )
    except subprocess.TimeoutExpired:
        return f"initdb did not end within {INIT_SECONDS} seconds"
    return "" if done.returncode == 0 else done.stderr.strip() or f"initdb ended with {done.returncode}"


def _syncing(binaries: Binaries, *, hasty: bool) -> list[str]:
    if hasty:
        return ["--no-sync"]
    # One call for the file system in place of a thousand for the files: 2 s instead of 6.
    return ["--sync-method=syncfs"] if binaries.major >= 17 and LINUX else []


def check_cluster(folder: Folder, binaries: Binaries) -> None:
    """Raises `WrongVersion` when the files are of another version than the binaries, `AlreadyOwned` when a server
    that Sekisho did not start works on them."""
    cluster = folder.cluster
    try:
        major = (cluster / "PG_VERSION").read_text("ascii").strip()
    except (OSError, ValueError):
        raise BadFolder(
            f"{cluster} holds no PostgreSQL files (PG_VERSION cannot be read). Restore it from a backup, or move it "
            "away and start with an empty database."
        ) from None
    if major != str(binaries.major):
        raise WrongVersion(
            f"The database in {cluster} was made by PostgreSQL {major}, and {binaries.folder} holds "
            f"{binaries.major}. Set SEKISHO_PG_BIN to the bin folder of a PostgreSQL {major} (Debian: "
            f"/usr/lib/postgresql/{major}/bin). To move on to {binaries.major}: with {major}, run pg_dump; move "
            f"{cluster} away; start once with {binaries.major}; run pg_restore."
        )
    stranger = _server_by_hand(cluster)
    if stranger is not None:
        raise AlreadyOwned(
            f"A PostgreSQL that Sekisho did not start works on {cluster} (process {stranger}). "
            f"Stop it first: kill -INT {stranger}"
        )


def _server_by_hand(cluster: Path) -> int | None:
    """The process named by a pid file, if it really is a server at work in this folder and no reused number."""
    try:
        pid = int((cluster / "postmaster.pid").read_text("utf-8", "replace").split("\n", 1)[0])
        # A server's working directory is its cluster.
        return pid if pid > 0 and os.path.samefile(f"/proc/{pid}/cwd", cluster) else None
    except (OSError, ValueError):
        return None


def admit(folder: Folder, account: Account) -> None:
    """Writes who may come in. Done at every start: a user may have been renamed, or the folder restored elsewhere."""
    user = current_name().replace('"', '""')
    rows = "".join(f'sekisho "{user}" {role}\n' for role in (ADMIN, OWNER, APP))
    # The kernel says who is at the other end of the socket; only the user that started us is let in.
    files = {"pg_hba.conf": "local all all peer map=sekisho\n", "pg_ident.conf": rows}
    for name, text in files.items():
        path = folder.cluster / name
        fresh = path.with_name(f"{name}.new")
        fresh.unlink(missing_ok=True)
        # Root writes into a folder of somebody without rights: a new file of our own, never through a link.
        descriptor = os.open(
            fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600
        )
        with open(descriptor, "w", encoding="utf-8") as file:
            if not account.own:
                os.fchown(descriptor, account.uid, account.gid)
            file.write(f"# Written by Sekisho at every start.\n{text}")
        fresh.rename(path)


def explained(what: str, said: str) -> str:
    """The last words of a program, with what to do about the usual ones."""
    last = "\n".join(said.strip().splitlines()[-12:])
    for sign, advice in (
        ("No space left", "The disk is full: make room on it, then start again."),
        ("Disk quota", "Your disk quota is used up: make room, then start again."),
        ("invalid locale name", "The machine lacks the locale C.UTF-8: install it (Debian: libc-bin)."),
        (
            "could not create shared memory",
            "The machine gives too little shared memory: free some, or raise its limit.",
        ),
        ("could not access the server configuration", "Files of the database are missing: restore a backup."),
    ):
        if sign in said:
            return f"{what}. {advice} PostgreSQL said:\n{last}"
    return f"{what}. PostgreSQL said:\n{last or '(nothing)'}"


def _sync(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
