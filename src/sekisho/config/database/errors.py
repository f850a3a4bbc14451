"""Why there is no database: each error says what is wrong, where, and how to mend it."""

from __future__ import annotations


class Unavailable(RuntimeError):
    """The database cannot be used. The text is meant to be shown to whoever runs the command."""


class NoBinaries(Unavailable):
    """No PostgreSQL was found on this machine, or one that cannot be used."""


class BadFolder(Unavailable):
    """The data directory cannot hold the database: its owner, its kind or its version is in the way."""


class WrongVersion(Unavailable):
    """The stored database, the binaries or the server named by the URL have a version that does not fit."""


class AlreadyOwned(Unavailable):
    """Another process owns the database of this data directory, or does not let go of it."""


class Passing(Unavailable):
    """It may be there in a moment: who can wait tries again."""


class StartFailed(Passing):
    """PostgreSQL was asked to start and did not: its own last words are in the text."""


class BadUrl(Unavailable, ValueError):
    """`DATABASE_URL` or `DATABASE_OWNER_URL` cannot be read."""


class NoAnswer(BadUrl, Passing):
    """The server that the URL names does not answer or lets nobody in: it may be starting."""
