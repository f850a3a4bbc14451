"""Files: uploaded as they are, then named by id where they belong; handed out as downloads."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from sekisho.interfaces.api.operation import (
    Ask,
    Asked,
    Op,
    PageAsked,
    Shown,
    Text,
    act,
    every,
    found,
    many,
    most,
    one,
    seen,
)
from sekisho.market.files import verbs
from sekisho.market.files.models import FileReading, Upload
from sekisho.market.files.policy import policy
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.permits import permit
from sekisho.market.messaging.reading import judged_files

PURPOSES = tuple(policy().largest_bytes)
FileIds = Annotated[list[UUID], Field(max_length=policy().most)]
"""Uploads of one's own that nothing refers to yet."""


class FileOut(Shown):
    """One file. `about`: the message or statement it belongs to; without one it is deleted at `due_at`."""

    id: UUID
    owner: UUID
    name: str
    type: str
    size: int
    sha256: str
    purpose: str
    metadata: str
    at: datetime
    topic: str
    about: UUID | None
    due_at: datetime | None
    erased_at: datetime | None


class FileSeenOut(FileOut):
    """A file with what was seen in it, for whom it was shared with; `not_read`: why its picture or PDF could not be read."""

    findings: list[dict[str, Any]] = []
    not_read: str = ""

    @classmethod
    def of(cls, row: Upload, actor: Actor) -> FileSeenOut:
        """As `actor` may see it: its owner is told what was seen by what it came with."""
        judged = judged_files([row.id]).get(row.id, []) if row.owner != actor.id else []
        reading = FileReading.objects.filter(pk=row.sha256).first()
        return cls(
            **FileOut.of(row, actor).model_dump(), not_read=reading.not_read if reading else "",
            findings=[f for judgement in judged for f in judgement.findings if f["verdict"] != "clear"],
        )  # fmt: skip


class FilesAsked(PageAsked):
    """Which files: of one message or statement, for one purpose; without either all that one may fetch."""

    about: UUID | None = None
    purpose: Literal[PURPOSES] | None = None  # type: ignore[valid-type]


class UploadAsked(Asked):
    """What the file is called, and what it is for."""

    name: Annotated[Text, most(300)]
    purpose: Literal[PURPOSES]  # type: ignore[valid-type]


class LookIn(Asked):
    """Why: it stands in the audit chain."""

    because: Annotated[Text, most(1000)]


def _narrow(rows: Any, query: FilesAsked) -> Any:
    wanted = {"about": query.about, "purpose": query.purpose}
    return rows.filter(**{name: value for name, value in wanted.items() if value})


def _upload(ask: Ask) -> Any:
    permit(ask.actor, "file.upload")  # before a byte of it is read
    if ask.key is None:
        return _stored(ask, ask.stream)
    with verbs.comparable(ask.stream, ask.query.purpose) as stream:
        return _stored(ask, stream)


def _stored(ask: Ask, stream: Any) -> Any:
    row = verbs.upload(
        ask.actor, None, name=ask.query.name, stream=stream, for_=ask.query.purpose, key=ask.key
    )
    return FileOut.of(row, ask.actor)


def _fetch(ask: Ask) -> verbs.Download:
    return verbs.fetch(ask.actor, found(MINE, ask.actor, ask.pk))


def _inspect(ask: Ask) -> verbs.Download:
    return verbs.inspect(ask.actor, found(every(Upload), ask.actor, ask.pk), **ask.body)


MINE = seen(Upload)
OPERATIONS = (
    many("files.list", "/files", MINE, FileOut, query=FilesAsked, narrow=_narrow),
    Op(name="files.upload", method="POST", path="/files", out=FileOut, query=UploadAsked, answer=_upload, status=201,
       takes=max(policy().largest_bytes.values()), does="file.upload",
       about="Store a file for later use; one that nothing refers to within a day is deleted."),
    one("files.get", "/files/{id}", MINE, FileSeenOut),
    act("files.discard", "/files/{id}", verbs.discard, MINE, method="DELETE"),
    Op(name="files.download", method="POST", path="/files/{id}/download", answer=_fetch, gives=True, does="file.fetch",
       about="The file, for its owner and for whom it was shared with; every time stands in the record."),
    Op(name="house.inspect_file", method="POST", path="/house/files/{id}/download", answer=_inspect, gives=True, body=LookIn,
       words=frozenset({"moderator"}), does="file.inspect", about="A file, for a moderator who says why."),
)  # fmt: skip
