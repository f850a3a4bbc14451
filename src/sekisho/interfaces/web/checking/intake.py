"""How a text or a picture comes in: bounded, counted by address without a word of it, and never on a disk.

Django writes an upload beyond 2.5 MB into a temporary file; here it stays in memory, and its size is looked at before it is read.
"""

from __future__ import annotations

import threading
import tomllib
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.db import Error as DatabaseError
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from sekisho.core.pictures import PictureError
from sekisho.core.rules.errors import PackError
from sekisho.market.kernel.limits import take
from sekisho.market.kernel.problems import Kind, Problem, Row, describe

MOST_BYTES = 12_000_000
"""Bytes of a request: one picture and the texts of the form."""
_READING = threading.BoundedSemaphore(1)
"""Reading a picture takes all of a processor for seconds: one at a time in a process."""
READING_PATIENCE = 20
"""Seconds that a picture waits for those before it."""

describe({
    "check_too_large": Row(Kind.INVALID,
        "送られた内容が大きすぎます。画像は{megabytes}MBまでです。必要なところを切り抜くか、文を貼り付けてください。",
        "That is too large: a picture may have at most {megabytes} MB. Crop it, or paste the text instead."),
    "picture_missing_extra": Row(Kind.UNAVAILABLE,
        "このサイトでは画像を読み取れません（運営者が画像の機能を入れていません）。お手数ですが、文を貼り付けてください。",
        "This site cannot read pictures (its operator has not installed that part). Please paste the text instead."),
    "picture_empty": Row(Kind.INVALID, "画像のファイルが空です。もう一度選んでください。", "The file is empty; choose it again."),
    "picture_unknown_format": Row(Kind.INVALID,
        "画像として読み取れないファイルです。PNG・JPEG・WebP・HEICの画像か、PDFを選んでください。",
        "That is no picture we can read: choose a PNG, JPEG, WebP or HEIC picture, or a PDF."),
    "picture_damaged": Row(Kind.INVALID, "画像が壊れているか、小さすぎます。撮り直すか、文を貼り付けてください。",
                           "The picture is damaged or too small. Take it again, or paste the text."),
    "picture_animated": Row(Kind.INVALID, "動く画像は読み取れません。該当する場面を静止画にしてください。",
                            "Moving pictures cannot be read; save the frame that matters."),
    "picture_too_many_pages": Row(Kind.INVALID, "PDFのページが多すぎます。必要なページだけにしてください。",
                                  "The PDF has too many pages; keep those that matter."),
    "picture_encrypted": Row(Kind.INVALID, "パスワードのかかったPDFです。外してから選んでください。",
                             "The PDF is locked; save it without its password."),
    "picture_no_text": Row(Kind.INVALID,
        "画像から文字を読み取れませんでした。文字が大きく写るように撮るか、文を貼り付けてください。",
        "No text was found in the picture. Take it so that the letters are larger, or paste the text."),
})  # fmt: skip


class CheckFailed(Exception):
    """Something of ours failed while a text was judged. Tells the kind of fault and its place, never a value."""


class MemoryOnly(MemoryFileUploadHandler):
    """Keeps an upload in memory whatever its size; `receive` has bounded it."""

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        """Always ours."""
        self.activated = True


def receive(request: HttpRequest) -> None:
    """Make ready to read the request. Raises `Problem("check_too_large")` before anything of it is read."""
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not length.isdigit() or int(length) > MOST_BYTES:
        raise Problem("check_too_large", megabytes=MOST_BYTES // 1_000_000)
    request.upload_handlers = [MemoryOnly(request)]


@cache
def limits() -> dict[str, Any]:
    """The policy of `limits.toml`."""
    return tomllib.loads(files(__package__).joinpath("limits.toml").read_text("utf-8"))


def count(request: HttpRequest, what: str) -> None:
    """Take from the bucket of the address what a check of this kind costs. Raises `Problem("too_many")`."""
    policy = limits()
    key = salted_hmac("sekisho.check", _address(request)).hexdigest()[:32]
    wait = take(f"check:{key}", **policy["bucket"], cost=policy["cost"][what])
    if wait:
        raise Problem("too_many", seconds=int(wait) + 1)


def _address(request: HttpRequest) -> str:
    """Whoever asks; behind a proxy that we trust, whom it names last. A network of IPv6 counts as one."""
    told = str(request.META.get("REMOTE_ADDR", ""))
    if settings.SECURE_PROXY_SSL_HEADER and request.headers.get("X-Forwarded-For"):
        told = request.headers["X-Forwarded-For"].rsplit(",", 1)[-1].strip()
    try:
        address = ip_address(told)
    except ValueError:
        return "unknown"
    return str(ip_network((address, 64), strict=False)) if address.version == 6 else str(address)


@cache
def reads_pictures() -> bool:
    """Whether the extra `images` is installed."""
    return all(find_spec(name) for name in ("PIL", "rapidocr", "zxingcpp"))


@contextmanager
def reading() -> Iterator[None]:
    """One picture at a time. Raises `Problem("busy")` after `READING_PATIENCE`, and a `PictureError` as a problem."""
    if not _READING.acquire(timeout=READING_PATIENCE):
        raise Problem("busy")
    try:
        yield
    except PictureError as error:
        raise _told(error) from None
    finally:
        _READING.release()


def _told(error: PictureError) -> Problem:
    if error.code == "too_large":
        return Problem("check_too_large", megabytes=MOST_BYTES // 1_000_000)
    return Problem(f"picture_{error.code}")


@contextmanager
def sealed() -> Iterator[None]:
    """What fails inside is told by its kind and place alone: the message of an error may quote the text, and is logged."""
    try:
        yield
    except (Problem, DatabaseError, PackError):
        raise
    except Exception as error:  # noqa: BLE001 - whatever it is, its message must not reach a log
        where = traceback.extract_tb(error.__traceback__)[-1]
        raise CheckFailed(f"{type(error).__name__} at {Path(where.filename).name}:{where.lineno}") from None
