"""The database needs the standard library and psycopg; the supervisor, which must start at once, not even that."""

import ast
import sys
from pathlib import Path

import pytest

from sekisho.config import database

MODULES = sorted(Path(database.__file__).parent.glob("*.py"))


def imported(path):
    """The top packages that a module imports, of the own one the full name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or "."


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_imports_the_standard_library_psycopg_and_its_own_room(path):
    own = {"psycopg", "sekisho.config.database"} if path.stem != "supervisor" else set()
    strange = {
        name
        for name in imported(path)
        if name.partition(".")[0] not in sys.stdlib_module_names
        and not any(name == known or name.startswith(f"{known}.") for known in own)
    }
    assert strange == set()
