"""Whoever is killed, at whatever moment: PostgreSQL never outlives its owner, and the next start works."""

import json
import os
import signal
import subprocess
import sys
import time

import psycopg
import pytest

from sekisho.config.database import embedded, open_database
from tests.config.database.conftest import alive, ask, gone, server_uid, until


def app(data):
    return embedded.Running(embedded.open_folder(data), None, None, keeps=False).access("sekisho_app")


def answers(data):
    try:
        return ask(app(data), "SELECT 1") == 1
    except psycopg.OperationalError:
        return False


def test_postgresql_goes_when_its_owner_is_killed(data, hold):
    holder = hold(data).told()
    holder.kill()
    assert gone(holder.pid)
    assert gone(holder.supervisor)
    assert not (data / "postgresql" / "state.json").exists()


def test_postgresql_goes_when_its_owner_is_killed_though_a_forked_child_lives_on(data, hold):
    holder = hold(data, "owner", "fork").told()
    holder.kill()
    assert gone(holder.pid)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's death signal is Linux's")
def test_postgresql_goes_when_its_supervisor_is_killed(data, hold):
    holder = hold(data).told()
    with open_database(data) as joined:
        assert joined.kept
        os.kill(holder.supervisor, signal.SIGKILL)
        assert gone(holder.pid)
        assert until(lambda: not joined.kept or not alive(holder.supervisor))


def test_a_killed_postgresql_starts_again_with_all_that_was_committed(data, hold):
    hold(data, hasty=False).told()
    with open_database(data) as joined:
        ask(joined.owner, "CREATE TABLE kept (id int)")
        for round_ in range(2):
            ask(joined.owner, "INSERT INTO kept VALUES (%s)", round_)
            before = joined.pid
            os.kill(before, signal.SIGKILL)
            assert until(lambda before=before: joined.pid not in (None, before) and answers(data), 15)
        assert ask(joined.owner, "SELECT count(*) FROM kept") == 2


def test_a_start_recovers_when_all_were_killed_at_once(data, hold):
    holder = hold(data, hasty=False).told()
    ask(embedded.Running(embedded.open_folder(data), None, None, keeps=False).access("sekisho_owner"),
        "CREATE TABLE kept (id int)")  # fmt: skip
    for pid in (holder.supervisor, holder.pid, holder.process.pid):
        os.kill(pid, signal.SIGKILL)
    assert (data / "postgresql" / "cluster" / "postmaster.pid").exists()
    again = hold(data, hasty=False).told()
    assert again.pid != holder.pid
    assert ask(app(data), "SELECT count(*) FROM pg_tables WHERE tablename = 'kept'") == 1


@pytest.fixture
def innocent(data):
    """A process of the server's user that has nothing to do with it: PostgreSQL would take it for its predecessor."""
    identity = {"user": server_uid(data)} if os.geteuid() == 0 else {}
    process = subprocess.Popen(["sleep", "60"], **identity)
    yield process
    process.kill()
    process.wait()


def test_a_reused_process_number_neither_blocks_a_start_nor_costs_a_life(data, hold, innocent):
    cluster = data / "postgresql" / "cluster"
    text = f"{innocent.pid}\n{cluster}\n{int(time.time())}\n5432\n.\n\n  1 1\nready   \n"
    (cluster / "postmaster.pid").write_text(text)
    (cluster / ".s.PGSQL.5432.lock").write_text(text)
    (data / "postgresql" / "state.json").write_text(
        json.dumps({"owner": innocent.pid, "command": "serve", "supervisor": innocent.pid})
    )
    holder = hold(data).told()
    assert answers(data)
    holder.end()
    assert alive(innocent.pid)


def test_a_first_start_that_was_killed_starts_over(tmp_path, hold):
    data = tmp_path / "data"
    first = hold(data)
    assert until((data / "postgresql" / "cluster.new" / "base").exists, 20)
    first.kill()
    assert not (data / "postgresql" / "cluster").exists()
    hold(data).told()
    assert answers(data)
    assert not (data / "postgresql" / "cluster.new").exists()


def test_two_first_starts_at_once_agree_on_one_owner(tmp_path, hold):
    data = tmp_path / "data"
    both = [hold(data, "any") for _ in range(2)]
    told = [holder.told() for holder in both]
    assert told[0].pid == told[1].pid
    assert sorted(holder.supervisor is None for holder in told) == [False, True]


def test_a_short_command_waits_for_one_that_joined_it(data, hold):
    first = hold(data, "any").told()
    second = hold(data, "any").told()
    assert second.supervisor is None
    first.let_go()
    time.sleep(0.5)
    assert first.process.poll() is None
    assert answers(data)
    second.end()
    assert gone(first.pid)


def test_an_interrupt_in_the_terminal_does_not_reach_postgresql(data, hold):
    holder = hold(data).told()
    assert os.getpgid(holder.pid) == os.getpgid(holder.supervisor) != os.getpgid(holder.process.pid)


@pytest.mark.long
def test_twenty_kills_at_random_moments_lose_nothing(data, hold):
    for round_ in range(20):
        holder = hold(data, hasty=False).told()
        with open_database(data) as joined:
            ask(joined.owner, "CREATE TABLE IF NOT EXISTS kept (id int)")
            ask(joined.owner, "INSERT INTO kept VALUES (%s)", round_)
        time.sleep(0.037 * round_ % 0.2)
        victims = (holder.pid, holder.supervisor, holder.process.pid)
        os.kill(victims[round_ % 3], signal.SIGKILL)
        holder.kill()
        assert gone(holder.supervisor, 30)
    with open_database(data) as opened:
        assert ask(opened.owner, "SELECT count(*) FROM kept") == 20


def test_a_server_without_its_supervisor_is_ended_before_the_next_start(data, hold):
    holder = hold(data).told()
    os.kill(holder.supervisor, signal.SIGSTOP)
    state = data / "postgresql" / "state.json"
    ended = subprocess.Popen(["true"])
    ended.wait()
    state.write_text(json.dumps({"owner": 1, "command": "serve", "supervisor": ended.pid}))
    following = hold(data, "any")
    assert gone(holder.pid)
    os.kill(holder.supervisor, signal.SIGKILL)
    assert following.told().pid != holder.pid


def test_a_database_for_tests_is_removed_though_its_owner_was_killed(data, hold):
    hold(data, "owner", "disposable").told().kill()
    assert until(lambda: not data.exists())
