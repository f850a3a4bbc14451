"""`sekisho gate` before it serves: keys are made, and it refuses to start with a reason. Serving: tests/interfaces/gate."""

from __future__ import annotations

import importlib.util
import re

import pytest

from sekisho.interfaces.gate.settings import hash_of, read_keys


def test_the_command_makes_keys(run):
    result = run("gate", "--new-key", "shop")
    key, entry = re.fullmatch(r"key    (\S+)\nentry  (\S+)\n", result.output).groups()
    assert read_keys(entry) == {"shop": hash_of(key)}


@pytest.mark.parametrize(
    ("options", "said"), [(("--host", "0.0.0.0"), "no key"), (("--host", "192.0.2.1", "--open"), "cannot listen")]
)
def test_the_command_refuses_to_start_with_a_reason(run, options, said):
    result = run("gate", *options)
    assert (result.exit_code, said in result.stderr, "hint:" in result.stderr) == (2, True, True)


def test_the_command_says_what_to_install(run, monkeypatch):
    find = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name, *rest: None if name == "granian" else find(name, *rest))
    result = run("gate")
    assert (result.exit_code, "granian" in result.stderr) == (2, True)
    assert "pip install 'sekisho[gate]'" in result.stderr
