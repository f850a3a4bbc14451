"""Who reported, and before a decision whether anybody did, makes no difference to anything that the reported side can reach."""

from __future__ import annotations

import difflib
import random
from typing import Any

import pytest
from django.db import transaction
from tests.market.stage import Stage
from tests.site.secrecy.frozen import frozen
from tests.site.secrecy.histories import ORDERS, History, Told
from tests.site.secrecy.surfaces import reached

from sekisho.interfaces.api import callers
from sekisho.market.people import verbs as people
from sekisho.market.people.models import Account
from sekisho.market.safety.models import Decision, Report

PAIRS: dict[str, tuple[bool, tuple[str, ...], tuple[str, ...]]] = {
    "nobody or somebody, before a decision": (False, (), ("hanako",)),
    "one or the other, before a decision": (False, ("hanako",), ("taro",)),
    "one or the other, after a decision": (True, ("hanako",), ("taro",)),
    "a report or the checks began it, after a decision": (True, ("hanako",), ()),
    "one or both, after a decision": (True, ("taro",), ("hanako", "taro")),
}
"""Whether it is decided, and who reports in the one history and in the other."""


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is too fast."""
    often = {"per_minute": 100_000, "burst": 100_000}
    monkeypatch.setattr(callers, "limits", lambda: callers.Limits(200_000, often, often))


def told(stage: Stage, history: Told) -> tuple[dict[str, str], int, int]:
    """What the client can reach at the end of a history, how many reports there were, how many decisions. All taken back."""
    with transaction.atomic(), frozen():
        Account.objects.create_user("daisan@example.com", None, display_name="第三", is_worker=False, is_moderator=True)
        token = people.make_token(stage.client, None, "own")
        History(stage, history).play()
        found = reached(Account.objects.get(pk=stage.cast["aoba"].pk), token)
        counts = Report.objects.count(), Decision.objects.count()
        transaction.set_rollback(True)
    return found, *counts


def difference(one: dict[str, str], other: dict[str, str]) -> str:
    """The first place where they differ, or nothing."""
    if list(one) != list(other):
        return f"other addresses: {sorted(one.keys() ^ other.keys())[:5]}"
    for address, text in one.items():
        if text != other[address]:
            lines = difflib.unified_diff(text.splitlines(), other[address].splitlines(), lineterm="", n=0)
            return address + "\n" + "\n".join(list(lines)[:20])
    return ""


def check(stage: Stage, seed: int) -> None:
    """Tell the seven histories of a seed once each, and compare the five pairs of them."""
    orders = random.Random(seed).choice(ORDERS)
    known: dict[tuple[bool, tuple[str, ...]], dict[str, str]] = {}
    for name, (decided, *sides) in PAIRS.items():
        for side in sides:
            if (decided, side) not in known:
                found, reports, decisions = told(stage, Told(seed, side, decided, orders))
                assert (reports, decisions) == (len(side), int(decided))
                assert len(found) > 40
                known[decided, side] = found
        one, other = (known[decided, side] for side in sides)
        assert difference(one, other) == "", f"{name}, seed {seed}"


@pytest.mark.parametrize("seed", range(5))
def test_the_reported_side_cannot_tell(stage: Stage, seed: int) -> None:
    check(stage, seed)


@pytest.mark.long
def test_the_reported_side_cannot_tell_in_many_histories(stage: Stage) -> None:
    for seed in range(1000, 1100):
        check(stage, seed)


def test_the_comparison_would_see_a_difference(stage: Stage) -> None:
    one, *_ = told(stage, Told(1, (), False))
    other, *_ = told(stage, Told(2, (), False))
    assert difference(one, other)


def test_what_is_compared_holds_pages_the_api_letters_and_webhooks(stage: Stage) -> None:
    found: dict[str, Any] = told(stage, Told(3, ("hanako",), True, ORDERS[0]))[0]
    assert sum(address.startswith("GET ") for address in found) > 15
    assert sum(address.startswith("API ") for address in found) > 20
    assert ({"letters", "webhooks"} <= found.keys() and "アカウント" in found["letters"]) or "判断" in found["letters"]
