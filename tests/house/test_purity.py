"""The core gives the same answer at any time, on any machine: it reads no clock, no chance and no network."""

import ast

from tree import modules, name

CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime"}
CLOCK_OWNERS = {"datetime", "date", "time"}
CHANCE = {"random", "secrets", "uuid"}


def core():
    return [path for path in modules("src") if "core" in path.parts]


def test_the_core_reads_no_clock():
    found = [
        f"{name(path)}:{node.lineno} {ast.unparse(node)}"
        for path in core()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute)
        and node.attr in CLOCKS
        and ast.unparse(node.value).rpartition(".")[2] in CLOCK_OWNERS
    ]
    assert found == []


def test_the_core_leaves_nothing_to_chance():
    found = [
        f"{name(path)}:{node.lineno}"
        for path in core()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and CHANCE & {alias.name for alias in node.names})
        or (isinstance(node, ast.ImportFrom) and node.module in CHANCE)
    ]
    assert found == []
