"""Tokens made at the machine."""

from __future__ import annotations

from typing import Any

import pytest

from api_callers import Caller
from sekisho.config import tokens


def test_a_token_made_at_the_machine_is_of_the_person_it_names(cast: dict[str, Any]) -> None:
    assert Caller(tokens.for_person("Hanako@example.com", "laptop")).get("/me")["display_name"] == "花子"


def test_a_back_ends_token_made_at_the_machine_has_the_scopes_it_was_given(cast: dict[str, Any]) -> None:
    caller = Caller(tokens.for_back_end("shop", ("judge",)))
    caller.do("/judge", {"text": "よろしくお願いします。"})
    assert caller.refused("GET", "/jobs") == (403, "no_scope")


def test_for_nobody_and_for_no_scope_there_is_no_token(cast: dict[str, Any]) -> None:
    for make in (
        lambda: tokens.for_person("nobody@example.com", "x"),
        lambda: tokens.for_back_end("x", ("all",)),
    ):
        with pytest.raises(tokens.NoToken):
            make()
