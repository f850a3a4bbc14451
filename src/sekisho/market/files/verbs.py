"""Uploading and fetching; attaching and sharing are asked for by the verbs of the rooms above, inside their transactions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import BinaryIO
from urllib.parse import quote
from uuid import UUID

from django.db.models import Count, Q, Sum

from sekisho.market.files import store
from sekisho.market.files.models import Share, Upload
from sekisho.market.files.names import clean_name
from sekisho.market.files.policy import policy
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.locks import alone
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb

describe({
    "quota": Row(Kind.CONFLICT, "保存できる容量（{most:,}バイト）を超えます。使っていないファイルを削除してください。",
                 "This would pass your quota of {most:,} bytes. Discard files that you do not need."),
    "file_used": Row(Kind.CONFLICT, "このファイルはすでに使われています。", "This file is in use already."),
    "file_gone": Row(Kind.NOT_FOUND, "ファイルが見つかりません。もう一度アップロードしてください。",
                     "The file is not there. Please upload it again."),
    "too_many_files": Row(Kind.INVALID, "一度に添付できるファイルは{most}個までです。", "At most {most} files at a time."),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Download:
    """A file to be handed out under `headers`: as an attachment that is never shown in place, whatever it is."""

    path: Path
    name: str
    size: int
    sha256: str

    @property
    def headers(self) -> dict[str, str]:
        """What HTTP says of it."""
        return as_attachment(self.name)

    def open(self) -> BinaryIO:
        """Its bytes."""
        return self.path.open("rb")


def as_attachment(name: str) -> dict[str, str]:
    """Headers of a file: a name to store it by, no type to guess, and nothing that could run if it were opened after all."""
    return {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}",
        "X-Content-Type-Options": "nosniff",
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }


def comparable(stream: BinaryIO, for_: str) -> store.Content:
    """`stream` for a call with a key: read once, at most what the purpose takes. Raises `Problem` bad_value, disk_full."""
    sizes = policy().largest_bytes
    try:
        return store.Content(stream, sizes[fields.one_of(for_, "for", tuple(sizes))])
    except OSError as error:
        raise Problem("disk_full") from error


@verb("file.upload")
def upload(actor: Actor, thing: None, *, name: str, stream: BinaryIO | store.Content, for_: str) -> Upload:
    """Store a file for later use; one that is not attached to anything within a day is deleted.

    `stream` is anything with `read(n)`; `for_` a purpose of `policy.toml`. With a `key` give what `comparable` makes of it.
    """
    rules = policy()
    purpose = fields.one_of(for_, "for", tuple(rules.largest_bytes))
    with store.received(stream, rules.largest_bytes[purpose]) as arrived:
        alone(f"files of {actor.me}")
        _room_for(actor, arrived.size)
        alone(f"file {arrived.sha256}")
        row = Upload.objects.create(
            owner=actor.me, purpose=purpose, name=clean_name(name), type=arrived.type, size=arrived.size,
            sha256=arrived.sha256, metadata=arrived.metadata,
        )  # fmt: skip
        store.keep(arrived)
    tell("file.uploaded", upload=row.id)
    return row


def _room_for(actor: Actor, size: int) -> None:
    """Raise `Problem` too_many or quota."""
    rules, now = policy(), clock.now()
    lately = Count("pk", filter=Q(at__gt=now - timedelta(hours=1)))
    told = Upload.objects.filter(owner=actor.me).aggregate(used=Sum("size"), lately=lately)
    if told["lately"] >= rules.per_hour:
        raise Problem("too_many", seconds=3600)
    if (told["used"] or 0) + size > rules.quota_bytes:
        raise Problem("quota", most=rules.quota_bytes)


@verb("file.discard")
def discard(actor: Actor, upload: Upload) -> None:
    """Delete a file of one's own that nothing refers to."""
    if upload.about is not None:
        raise Problem("file_used")
    upload.delete()
    tell("file.deleted", sha256=upload.sha256)


@verb("file.fetch")
def fetch(actor: Actor, upload: Upload) -> Download:
    """The file, for its owner and for whom it was shared with."""
    return _download(upload)


@verb("file.inspect")
def inspect(actor: Actor, upload: Upload, *, because: str) -> Download:
    """The file, for a moderator who says why."""
    current().because = fields.text(because, "because", 1000)
    return _download(upload)


def _download(upload: Upload) -> Download:
    path = store.path_of(upload.sha256)
    if upload.erased_at is not None or not path.is_file():
        raise Problem("file_gone")
    return Download(path, upload.name, upload.size, upload.sha256)


def waiting(actor: Actor, ids: Sequence[UUID], purpose: str) -> list[Upload]:
    """One's own uploads for a purpose that nothing refers to, in the order of `ids`, locked.

    Raises `Problem` too_many_files, file_gone (also for somebody else's), file_used.
    """
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > policy().most:
        raise Problem("too_many_files", most=policy().most)
    if not wanted:
        return []
    rows = Upload.objects.select_for_update().filter(pk__in=wanted, owner=actor.me, purpose=purpose)
    found = {row.id: row for row in rows.order_by("pk")}
    if len(found) != len(wanted):
        raise Problem("file_gone")
    if any(row.about for row in found.values()):
        raise Problem("file_used")
    return [found[id_] for id_ in wanted]


def attach(uploads: Sequence[Upload], topic: str, about: UUID) -> None:
    """From now on `uploads` belong to the row `about` and stay."""
    if uploads:
        Upload.objects.filter(pk__in=[u.pk for u in uploads]).update(topic=topic, about=about, due_at=None)


def share(about: UUID, reader: UUID) -> None:
    """What is attached to `about` was delivered to `reader`, who may fetch it from now on."""
    ids = Upload.objects.filter(about=about).values_list("pk", flat=True)
    Share.objects.bulk_create((Share(upload_id=pk, reader=reader) for pk in ids), ignore_conflicts=True)


def attached(abouts: Iterable[UUID]) -> dict[UUID, list[Upload]]:
    """The files of each of these rows, in one query."""
    found: dict[UUID, list[Upload]] = {}
    for row in Upload.objects.filter(about__in=list(abouts)).order_by("at", "pk"):
        if row.about is not None:
            found.setdefault(row.about, []).append(row)
    return found


def erase(about: UUID) -> list[UUID]:
    """Erase what is attached to `about` by policy: names now, bytes in the background. Returns the uploads' ids."""
    rows = list(Upload.objects.filter(about=about, erased_at=None))
    Upload.objects.filter(pk__in=[row.pk for row in rows]).update(name="", erased_at=clock.now())
    for row in rows:
        tell("file.deleted", sha256=row.sha256)
    return [row.id for row in rows]
