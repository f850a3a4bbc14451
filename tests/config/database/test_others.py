"""Other users of the machine get nowhere, whether they meet the folder or the socket."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.config.database.conftest import needs_root

VISITOR = """
import os, sys
import psycopg
os.setgroups([]); os.setgid(int(sys.argv[4])); os.setuid(int(sys.argv[1]))
try:
    psycopg.connect(f"host={sys.argv[2]} user={sys.argv[3]} dbname=sekisho connect_timeout=5")
    print("let in")
except psycopg.OperationalError as error:
    print(error)
"""


def visit(uid, host, role, gid=12345):
    """What a user of the machine is told when knocking at the socket in a folder."""
    done = subprocess.run(
        [sys.executable, "-c", VISITOR, str(uid), str(host), role, str(gid)],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


@needs_root
@pytest.mark.usefixtures("running")
@pytest.mark.parametrize("role", ["sekisho_app", "sekisho_owner", "postgres"])
def test_another_user_does_not_reach_the_socket(place, role):
    assert "Permission denied" in visit(12345, place / "postgresql" / "cluster", role)


@needs_root
@pytest.mark.parametrize("role", ["sekisho_app", "sekisho_owner", "postgres"])
def test_not_even_the_user_that_runs_the_server_is_let_in(running, place, role):
    owner = (place / "postgresql" / "cluster").stat()
    answer = visit(owner.st_uid, f"/proc/{running.pid}/cwd", role, owner.st_gid)
    assert "Peer authentication failed" in answer


@needs_root
def test_another_user_cannot_list_the_data_directory(place):
    program = f"import os; os.setuid(12345); os.listdir({str(place)!r})"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert "PermissionError" in done.stderr


def test_the_server_inherits_nothing_but_its_lock_and_its_folder(running, place):
    opened = Path(f"/proc/{running.pid}/fd")
    files = {os.readlink(entry) for entry in opened.iterdir()}
    strange = {name for name in files if name.startswith("/") and not name.startswith(("/dev/", str(place)))}
    assert strange == set()
