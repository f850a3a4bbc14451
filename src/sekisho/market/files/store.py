"""The bytes of files below `DATA_DIR/files`, named by their SHA-256. Knows no accounts, no names, no database.

A file is written under another name, made durable and then renamed, so that what has its final name is whole. Files are 0600 in
folders of 0700, and no file is ever run or served by its path.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Self

from django.conf import settings

from sekisho.core.pictures.formats import BYTE_LIMIT
from sekisho.market.files.metadata import CUTTABLE, KEPT, NONE, REMOVED, without_metadata
from sekisho.market.files.types import HEAD, type_of
from sekisho.market.kernel.problems import Kind, Problem, Row, describe

CHUNK = 1 << 18
describe({
    "file_empty": Row(Kind.INVALID, "ファイルが空です。", "The file is empty."),
    "file_too_large": Row(Kind.INVALID, "ファイルは{most:,}バイト以内にしてください。",
                          "A file may have at most {most:,} bytes."),
    "disk_full": Row(Kind.UNAVAILABLE, "ファイルを保存できませんでした。時間をおいて、もう一度お試しください。",
                     "The file could not be stored. Please try again later."),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Received:
    """A file that has arrived and has no name yet: `path` is where it waits."""

    path: Path
    sha256: str
    size: int
    type: str
    metadata: str


class Content:
    """A stream whose `str` names what is in it, so that an upload with a key can be told from another one.

    At most `most` + 1 bytes are read. What cannot be read twice is put aside until `close`.
    """

    def __init__(self, stream: BinaryIO, most: int) -> None:
        digest, left, seekable = hashlib.sha256(), most + 1, getattr(stream, "seekable", None)
        self._aside = (
            None
            if seekable is not None and seekable()
            else tempfile.TemporaryFile(dir=_folder(root() / "arriving"))  # noqa: SIM115 - until `close`
        )
        try:
            while left > 0 and (chunk := stream.read(min(CHUNK, left))):
                left -= len(chunk)
                digest.update(chunk)
                if self._aside is not None:
                    self._aside.write(chunk)
            self._stream: Any = self._aside or stream
            self._stream.seek(0)
        except BaseException:
            self.close()
            raise
        self._name = digest.hexdigest()

    def read(self, size: int = -1) -> bytes:
        """From the beginning on."""
        return bytes(self._stream.read(size))

    def close(self) -> None:
        """Let go of what was put aside."""
        if self._aside is not None:
            self._aside.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def __str__(self) -> str:
        return self._name


def root() -> Path:
    """The folder of all files."""
    return Path(settings.DATA_DIR) / "files"


def path_of(sha256: str) -> Path:
    """Where a file is."""
    return root() / sha256[:2] / sha256


@contextmanager
def received(stream: BinaryIO | Content, most: int) -> Iterator[Received]:
    """Take a file in from `stream` (anything with `read(n)`); it is gone after the block unless `keep` gave it its name.

    Pictures lose their metadata here. Raises `Problem` file_empty, file_too_large, disk_full.
    """
    waiting = _folder(root() / "arriving") / secrets.token_hex(16)
    try:
        try:
            yield _written(stream, waiting, most)
        except OSError as error:
            raise Problem("disk_full") from error
    finally:
        waiting.unlink(missing_ok=True)


def keep(arrived: Received) -> Path:
    """Give it its final name. The same content twice is one file."""
    path = path_of(arrived.sha256)
    _folder(path.parent)
    os.replace(arrived.path, path)
    _durable(path.parent)
    return path


def forget(sha256: str) -> None:
    """Delete a file; nothing happens when there is none."""
    path_of(sha256).unlink(missing_ok=True)


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's content, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def stored() -> Iterator[Path]:
    """Every file that has its final name."""
    yield from (path for path in root().glob("[0-9a-f][0-9a-f]/*") if len(path.name) == 64)


def _written(stream: BinaryIO | Content, path: Path, most: int) -> Received:
    digest, size, head = hashlib.sha256(), 0, b""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if size > most:
                raise Problem("file_too_large", most=most)
            if len(head) < HEAD:
                head += chunk[: HEAD - len(head)]
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if size == 0:
        raise Problem("file_empty")
    type_ = type_of(head)
    if type_ not in CUTTABLE or size > BYTE_LIMIT:
        return Received(path, digest.hexdigest(), size, type_, KEPT if type_ in CUTTABLE else NONE)
    data, became = without_metadata(path.read_bytes(), type_)
    if became == REMOVED:
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    return Received(path, hashlib.sha256(data).hexdigest(), len(data), type_, became)


def _folder(path: Path) -> Path:
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def _durable(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
