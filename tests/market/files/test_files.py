"""Files: stored apart, judged by content, fetched by those they were shared with, gone when nobody needs them."""

from __future__ import annotations

import io
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sekisho.market.files import checking, store
from sekisho.market.files.metadata import without_metadata
from sekisho.market.files.models import Upload
from sekisho.market.files.names import clean_name
from sekisho.market.files.policy import policy
from sekisho.market.files.types import type_of
from sekisho.market.files.verbs import attach, attached, discard, fetch, inspect, share, upload, waiting
from sekisho.market.kernel import clock, outbox, sweep
from sekisho.market.kernel.models import AuditEntry
from sekisho.market.kernel.problems import Problem

GPS = 0x8825


def put(actor: Any, data: bytes = b"hello", name: str = "memo.txt", for_: str = "message") -> Upload:
    return upload(actor, None, name=name, stream=io.BytesIO(data), for_=for_)


def photo(form: str, orientation: int = 6) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "CameraMaker"
    exif.get_ifd(GPS)[2] = (35.0, 40.0, 1.0)
    out = io.BytesIO()
    options = {"quality": 90} if form == "JPEG" else {"lossless": True} if form == "WEBP" else {}
    Image.linear_gradient("L").convert("RGB").resize((60, 40)).save(out, form, exif=exif, **options)
    return out.getvalue()


def test_a_file_is_kept_by_its_content_and_only_its_owner_can_open_it(cast: dict[str, Any]) -> None:
    row = put(cast["hanako"].actor)
    path = store.path_of(row.sha256)
    assert path.read_bytes() == b"hello"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert not list((store.root() / "arriving").iterdir())


def test_the_same_content_twice_is_one_file(cast: dict[str, Any]) -> None:
    one, two = put(cast["hanako"].actor), put(cast["taro"].actor)
    assert one.sha256 == two.sha256
    assert len(list(store.stored())) == 1


@pytest.mark.parametrize(("data", "code"), [(b"", "file_empty"), (b"x" * 1001, "file_too_large")])
def test_an_empty_or_too_large_file_leaves_nothing(
    cast: dict[str, Any], data: bytes, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(policy().largest_bytes, "message", 1000)  # type: ignore[arg-type]
    with pytest.raises(Problem) as refusal:
        put(cast["hanako"].actor, data)
    assert refusal.value.code == code
    assert [p for p in store.root().rglob("*") if p.is_file()] == []


def test_a_quota_holds_for_all_files_of_an_account(cast: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    small = replace(policy(), quota_bytes=8)
    monkeypatch.setattr("sekisho.market.files.verbs.policy", lambda: small)
    put(cast["hanako"].actor)
    with pytest.raises(Problem) as refusal:
        put(cast["hanako"].actor, b"more")
    assert refusal.value.code == "quota"
    put(cast["taro"].actor, b"more")


def test_only_the_owner_and_whom_it_was_shared_with_can_fetch_a_file(cast: dict[str, Any]) -> None:
    row, about = put(cast["hanako"].actor), uuid4()
    attach([row], "message", about)
    for who in ("aoba", "taro"):
        with pytest.raises(Problem) as refusal:
            fetch(cast[who].actor, row)
        assert refusal.value.code == "not_found"
    share(about, cast["aoba"].id)
    assert fetch(cast["aoba"].actor, row).name == "memo.txt"
    seen = [list(Upload.objects.visible_to(cast[who].actor)) for who in ("hanako", "aoba", "taro")]
    assert seen == [[row], [row], []]


def test_a_moderators_look_at_a_file_is_written_down(cast: dict[str, Any]) -> None:
    inspect(cast["minarai"].actor, put(cast["hanako"].actor), because="通報の確認")
    assert AuditEntry.objects.get(action="file.inspect").because == "通報の確認"


def test_what_is_attached_stays_and_cannot_be_attached_again(cast: dict[str, Any]) -> None:
    actor, about = cast["hanako"].actor, uuid4()
    row = put(actor)
    attach(waiting(actor, [row.id], "message"), "message", about)
    assert attached([about]) == {about: [row]}
    for call in (lambda: waiting(actor, [row.id], "message"), lambda: discard(actor, row)):
        with pytest.raises(Problem) as refusal:
            call()
        assert refusal.value.code == "file_used"
    with clock.ahead(timedelta(days=30)):
        sweep.sweep()
        outbox.deliver()
    assert store.path_of(row.sha256).is_file()


def test_somebody_elses_upload_cannot_be_attached(cast: dict[str, Any]) -> None:
    row = put(cast["hanako"].actor)
    with pytest.raises(Problem) as refusal:
        waiting(cast["taro"].actor, [row.id], "message")
    assert refusal.value.code == "file_gone"


def test_an_upload_that_nothing_refers_to_is_gone_after_a_day_but_not_its_twin(cast: dict[str, Any]) -> None:
    lonely, twin, used = put(cast["hanako"].actor, b"a"), put(cast["hanako"].actor, b"b"), put(cast["taro"].actor, b"b")
    attach([used], "message", uuid4())
    with clock.ahead(timedelta(hours=25)):
        sweep.sweep()
        outbox.deliver()
    assert list(Upload.objects.all()) == [used]
    assert not store.path_of(lonely.sha256).exists()
    assert store.path_of(twin.sha256).is_file()


def test_a_missing_and_a_changed_file_are_found(cast: dict[str, Any]) -> None:
    gone, changed = put(cast["hanako"].actor, b"a"), put(cast["hanako"].actor, b"b")
    assert list(checking.verify()) == []
    store.path_of(gone.sha256).unlink()
    store.path_of(changed.sha256).write_bytes(b"c")
    assert len(list(checking.verify())) == 2


def test_a_stray_of_a_killed_process_is_removed_after_a_day(cast: dict[str, Any]) -> None:
    put(cast["hanako"].actor)
    stray = store.root() / "arriving" / "left"
    stray.write_bytes(b"x")
    assert checking.sweep_strays() == 0
    with clock.ahead(timedelta(days=2)):
        assert checking.sweep_strays() == 1
    assert not stray.exists()


@pytest.mark.parametrize(
    ("data", "type_"),
    [
        (b"\x89PNG\r\n\x1a\nrest", "image/png"), (b"%PDF-1.7", "application/pdf"), (b"PK\x03\x04", "application/zip"),
        (b"<html><script>alert(1)</script>", "text/html"), (b"  <SVG onload=x>", "text/html"),
        ("原稿です".encode(), "text/plain"), (b"\x00\x01\x02", "application/octet-stream"),
        (b"MZ\x90", "application/x-msdownload"),
    ],
)  # fmt: skip
def test_a_file_is_what_its_first_bytes_say(data: bytes, type_: str) -> None:
    assert type_of(data) == type_


@pytest.mark.parametrize(
    ("given_", "clean"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\files\\原稿.docx", "原稿.docx"), ("\u202efdp.exe", "fdp.exe"),
        ("a\x00b\n.txt", "ab.txt"), ("con.txt", "file-con.txt"), ("...", "file"), ("", "file"), (".htaccess", "htaccess"),
        ('a"; filename="b.html', "a; filename=b.html"),
    ],
)  # fmt: skip
def test_a_name_is_made_safe(given_: str, clean: str) -> None:
    assert clean_name(given_) == clean


@given(st.text(st.characters(), max_size=300))
def test_every_name_is_short_safe_and_stays_so(name: str) -> None:
    clean = clean_name(name)
    assert 0 < len(clean) <= policy().name_length
    assert not set(clean) & set('/\\<>:"|?*\n\r\0')
    assert clean_name(clean) == clean


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_picture_loses_place_and_device_and_keeps_its_pixels(form: str) -> None:
    data = photo(form)
    cleaned, became = without_metadata(data, f"image/{form.lower()}")
    before, after = Image.open(io.BytesIO(data)), Image.open(io.BytesIO(cleaned))
    assert became == "removed"
    assert b"CameraMaker" not in cleaned
    assert not after.getexif().get_ifd(GPS)
    assert before.tobytes() == after.tobytes()
    if form == "JPEG":
        assert after.getexif()[0x0112] == 6


def test_a_picture_behind_a_picture_is_cut_off() -> None:
    cleaned, _ = without_metadata(photo("JPEG") + photo("JPEG"), "image/jpeg")
    assert cleaned.count(b"\xff\xd8\xff") == 1


@given(st.integers(0, 400), st.binary(max_size=30))
def test_a_damaged_picture_is_left_as_it_was(cut: int, junk: bytes) -> None:
    for form in ("JPEG", "PNG", "WEBP"):
        data = photo(form)[:cut] + junk
        cleaned, became = without_metadata(data, f"image/{form.lower()}")
        assert cleaned == data or became == "removed"


def test_the_hash_is_that_of_the_cleaned_picture(cast: dict[str, Any], data_dir: Path) -> None:
    row = put(cast["hanako"].actor, photo("JPEG"), "IMG_0001.jpg")
    assert (row.metadata, row.type) == ("removed", "image/jpeg")
    assert list(checking.verify()) == []
    assert all(b"CameraMaker" not in path.read_bytes() for path in data_dir.rglob("*") if path.is_file())
