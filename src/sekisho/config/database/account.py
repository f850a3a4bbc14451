"""Which user of the machine runs PostgreSQL: ourselves, or for root somebody without rights. It changes nobody."""

from __future__ import annotations

import os
import pwd
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sekisho.config.database.errors import BadFolder

SERVICE = ("sekisho", "postgres", "nobody")
"""Whom root chooses, the first that exists: PostgreSQL refuses to run as root."""


@dataclass(frozen=True, slots=True)
class Account:
    """A user of the machine. `own` says that it is the one who runs this very process."""

    uid: int
    gid: int
    name: str
    own: bool

    @property
    def process(self) -> dict[str, Any]:
        """Arguments for `subprocess` that make a child run as this user, without root's groups."""
        return {} if self.own else {"user": self.uid, "group": self.gid, "extra_groups": []}


def current_name() -> str:
    """The name of the user of this process. Raises `BadFolder` when the machine knows none."""
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        raise BadFolder(
            f"The user id {os.geteuid()} has no entry in the machine's list of users, and PostgreSQL refuses to "
            "run for it. Run as a user with a name (in a container: add one), or set DATABASE_URL."
        ) from None


def server_account(cluster: Path) -> Account:
    """Who runs the server whose files are, or will be, in `cluster`.

    Raises `BadFolder` when the files belong to somebody else or root finds nobody to run it as.
    """
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid(), current_name(), own=True)
    if cluster.exists():
        owner = cluster.stat()
        if owner.st_uid == 0:
            raise BadFolder(
                f"{cluster} belongs to root, and PostgreSQL refuses to run as root. "
                f"Give it back to the user that ran it: chown -R postgres {cluster}"
            )
        return Account(owner.st_uid, owner.st_gid, _name(owner.st_uid), own=False)
    for name in SERVICE:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(entry.pw_uid, entry.pw_gid, name, own=False)
    raise BadFolder(
        f"PostgreSQL refuses to run as root, and none of the users {', '.join(SERVICE)} exists. "
        "Run as an ordinary user, add one of them (useradd --system sekisho), or set DATABASE_URL."
    )


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
