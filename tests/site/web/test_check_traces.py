"""What is checked leaves no trace: not in a query, a table, the cache, a session, a log, a header or a file."""

from __future__ import annotations

import logging
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.site.web.drawing import screenshot

from sekisho.interfaces.web.views import check

SECRET = "紫陽花七三四二"
TEXT = f"{SECRET}です。詳細はLINEでお話ししたいので、IDを教えてください。"
WAYS: dict[str, dict[str, Any]] = {
    "message": {"path": "/", "text": TEXT, "kind": "message"},
    "posting": {"path": "/", "text": TEXT, "kind": "posting", "title": TEXT, "pay": SECRET},
    "thread": {"path": "/", "text": f"{SECRET}：{TEXT}\n花子：はい", "kind": "thread", "me": "花子"},
    "who": {"path": "/", "text": f"{SECRET}：{TEXT}\n花子：はい", "kind": "thread"},
    "refused": {"path": "/", "text": TEXT, "kind": "message", "stage": "contact_approved"},
    "live": {"path": "/check/live", "text": TEXT, "kind": "message"},
    "report": {"path": "/check/report", "draft": TEXT},
    "picture": {"path": "/", "text": "", "kind": "message"},
}
_writing: list[str] | None = None


def _hear(event: str, facts: tuple[Any, ...]) -> None:
    if _writing is not None and event == "open":
        path, mode, flags = facts
        if (mode and set(str(mode)) & set("wax+")) or (isinstance(flags, int) and flags & 3):
            _writing.append(str(path))


sys.addaudithook(_hear)


@pytest.fixture
def written() -> Iterator[list[str]]:
    """Every file that Python opens for writing meanwhile."""
    global _writing
    _writing = []
    yield _writing
    _writing = None


class Heard(logging.Handler):
    """Every record of every logger, as text with its traceback."""

    def __init__(self) -> None:
        super().__init__(0)
        self.lines: list[str] = []
        self.setFormatter(logging.Formatter("%(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.lines.append(self.format(record) + repr(getattr(record, "__dict__", "")))


@pytest.fixture
def heard() -> Iterator[Heard]:
    """All that is logged, at every level."""
    handler, root = Heard(), logging.getLogger()
    loggers = [root, *(logging.getLogger(name) for name in logging.root.manager.loggerDict)]
    before = [(logger, logger.level, logger.disabled) for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(1)
    yield handler
    for logger, level, disabled in before:
        logger.removeHandler(handler)
        logger.setLevel(level)
        logger.disabled = disabled


def send(way: str) -> Any:
    """Ask in one of the ways."""
    fields = dict(WAYS[way])
    path = fields.pop("path")
    if way == "picture":
        # Beyond 2.5 MB, from where on Django itself would write it to the disk.
        data = screenshot(SECRET, "詳細はLINEで。IDを教えてください。") + b"\0" * 3_000_000
        fields["picture"] = SimpleUploadedFile(f"{SECRET}.png", data, "image/png")
    return Client(enforce_csrf_checks=False).post(path, fields)


def tables() -> dict[str, str]:
    """Every row of every table, as text."""
    names = {model._meta.db_table for model in apps.get_models()} | {"django_cache"}
    with connection.cursor() as cursor:
        found = {}
        for name in sorted(names):
            cursor.execute(f'SELECT t::text FROM "{name}" t')
            found[name] = "\n".join(row[0] for row in cursor.fetchall())
    return found


@pytest.mark.parametrize("way", WAYS)
def test_nothing_of_it_reaches_the_database_the_cache_or_a_session(way: str) -> None:
    before = tables()
    with CaptureQueriesContext(connection) as queries:
        answer = send(way)
    after = tables()
    assert answer.status_code in (200, 400)
    assert not any(SECRET in query["sql"] for query in queries.captured_queries)
    assert {name for name in after if after[name] != before[name]} <= {"kernel_bucket"}
    assert SECRET not in "".join(after.values())
    assert "sessionid" not in answer.cookies


@pytest.mark.parametrize("way", WAYS)
def test_nothing_of_it_is_logged_or_stands_in_a_header(
    way: str, heard: Heard, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = send(way)
    out, error = capfd.readouterr()
    assert SECRET not in "\n".join(heard.lines) + out + error
    assert SECRET not in repr(answer.headers) + repr(answer.cookies)
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("way", WAYS)
def test_no_file_is_written_for_it_however_large_the_picture(way: str, written: list[str]) -> None:
    send("message")  # what is loaded once, is
    written.clear()
    send(way)
    assert [path for path in written if path.startswith(tempfile.gettempdir()) or SECRET in path] == []
    assert [path for path in written if path not in ("/dev/null",)] == []


def test_a_fault_of_ours_tells_its_place_and_nothing_of_the_text(
    monkeypatch: pytest.MonkeyPatch, heard: Heard
) -> None:
    def fails(asked: Any) -> None:
        raise ValueError(f"cannot read {asked.text}")

    monkeypatch.setattr(check, "_judged", fails)
    answer = Client(raise_request_exception=False).post("/", {"text": TEXT})
    told = "\n".join(heard.lines)
    assert answer.status_code == 500
    assert "ValueError at test_check_traces.py" in told
    assert SECRET not in told
    assert SECRET not in answer.content.decode()


def test_the_page_says_so() -> None:
    page = Client().get("/").content.decode()
    assert "保存せず、記録（ログ）にも残しません" in page


def test_a_form_from_another_site_is_refused() -> None:
    assert Client(enforce_csrf_checks=True).post("/", {"text": TEXT}).status_code == 403
