"""A database of our own: started, joined, stopped; two roles apart; nobody else let in."""

import os
import stat

import psycopg
import pytest

from sekisho.config import database
from sekisho.config.database import embedded
from tests.config.database.conftest import alive, ask, gone, needs_root, opened_here, server_uid

SUPER = "SELECT count(*) FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolcreaterole OR rolcreatedb)"


def modes(top):
    """The permission and owner of a folder and of all folders above it."""
    return {str(place): (place.stat().st_mode, place.stat().st_uid) for place in (top, *top.parents)}


def test_a_database_for_tests_works_with_every_kind_of_binaries(server, kind):
    assert ask(server.owner, "SELECT current_user::text") == "sekisho_owner"
    assert ask(server.app, "SELECT current_user::text") == "sekisho_app"
    assert ask(server.app, "SELECT getdatabaseencoding()::text") == "UTF8"
    assert ask(server.app, "SHOW data_checksums") == "on"
    assert ask(server.app, "SHOW server_version_num")[:2] == {"package": "18", "debian": "15"}[kind]


def test_the_owner_of_a_database_for_tests_may_create_databases(server):
    with psycopg.connect(server.owner.conninfo, autocommit=True) as connection:
        connection.execute("CREATE DATABASE test_sekisho")


def test_a_database_for_tests_leaves_nothing(tmp_path):
    with database.temporary_database(tmp_path) as opened:
        pid = opened.pid
        assert alive(pid)
    assert gone(pid, 1)
    assert list(tmp_path.iterdir()) == []


def test_what_was_written_is_there_after_a_stop_and_a_start(data):
    with opened_here(data) as opened:
        ask(opened.owner, "CREATE TABLE kept (note text)")
        ask(opened.owner, "INSERT INTO kept VALUES ('仮払い')")
    with opened_here(data) as opened:
        assert ask(opened.owner, "SELECT note FROM kept") == "仮払い"


def test_no_role_of_ours_has_rights_over_the_server(running):
    assert ask(running.app, SUPER) == 0
    assert ask(running.owner, SUPER) == 0


def test_the_application_cannot_make_tables(running):
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(running.app, "CREATE TABLE own (id int)")


def test_the_application_reads_only_what_was_granted(running):
    ask(running.owner, "CREATE TABLE granted (id int)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(running.app, "SELECT count(*) FROM granted")
    ask(running.owner, "GRANT SELECT ON granted TO sekisho_app")
    assert ask(running.app, "SELECT count(*) FROM granted") == 0
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(running.app, "DROP TABLE granted")


def test_nothing_listens_on_the_network(running):
    assert ask(running.app, "SHOW listen_addresses") == ""


@pytest.mark.usefixtures("running")
def test_the_socket_lies_in_the_cluster_and_the_folders_are_closed(place):
    ours = place / "postgresql"
    assert (ours / "cluster" / ".s.PGSQL.5432").is_socket()
    assert [stat.S_IMODE(place.stat().st_mode) for place in (place, ours, ours / "cluster")] == [0o700] * 3


@pytest.mark.usefixtures("running")
def test_there_is_no_line_of_trust(place):
    lines = (place / "postgresql" / "cluster" / "pg_hba.conf").read_text("utf-8").splitlines()
    assert [line for line in lines if line and not line.startswith("#")] == ["local all all peer map=sekisho"]


def test_a_start_changes_no_permission_of_a_folder_that_exists(data, tmp_path):
    place = tmp_path / "wide" / "data"
    place.parent.mkdir()
    data.rename(place)
    place.chmod(0o755)
    before = modes(place)
    embedded.run_embedded(place, owner=True, hasty=True).stop()
    assert modes(place) == before


@needs_root
def test_roots_database_runs_as_a_user_without_rights_behind_a_closed_folder(data):
    data.parent.chmod(0o700)
    before = modes(data)
    with opened_here(data) as opened:
        assert os.stat(f"/proc/{opened.pid}").st_uid == server_uid(data) != 0
        assert ask(opened.app, "SELECT 1") == 1
    assert modes(data) == before


def test_a_socket_path_that_is_too_long_is_reached_another_way(data, tmp_path):
    deep = tmp_path / ("長" * 40)
    deep.mkdir()
    data.rename(deep / "data")
    with opened_here(deep / "data") as opened:
        assert ask(opened.app, "SELECT 1") == 1
        link = opened.app.host
        assert len(os.fsencode(link)) < 90
    assert not os.path.lexists(link)


def test_a_command_joins_the_server_that_runs(running, place):
    with database.open_database(place) as joined:
        assert not joined.started_here
        assert joined.pid == running.pid
        assert ask(joined.owner, "SELECT 1") == 1
    assert ask(running.app, "SELECT 1") == 1


@pytest.mark.usefixtures("running")
def test_only_one_command_keeps_the_server(place, monkeypatch):
    monkeypatch.setattr(embedded, "WAIT_SECONDS", 0.2)
    with pytest.raises(database.AlreadyOwned, match=f"process {os.getpid()}.*stop that one first"):
        database.open_database(place, owner=True)


def test_stopping_twice_is_harmless(data):
    opened = opened_here(data)
    opened.stop()
    opened.stop()
    assert opened.pid is None


def test_the_django_entry_names_the_socket_and_the_role(running):
    entry = running.app.django
    assert entry["ENGINE"] == "django.db.backends.postgresql"
    assert (entry["NAME"], entry["USER"], entry["HOST"]) == ("sekisho", "sekisho_app", running.app.host)


def test_the_url_for_child_processes_reaches_the_same_database(running):
    with database.open_database(url=running.app.url, owner_url=running.owner.url) as other:
        assert not other.embedded
        assert ask(other.app, "SELECT current_user::text") == "sekisho_app"
        assert ask(other.owner, "SELECT current_user::text") == "sekisho_owner"
