"""An account that shares something strong with a suspended or banned one is told of once; an explained one never."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.market.linkage.conftest import TEXT
from tests.market.stories import person

from sekisho.market.kernel import clock, outbox, sweep
from sekisho.market.kernel.actors import Actor, Authority, Standing
from sekisho.market.kernel.ids import new_id
from sekisho.market.linkage.candidates import Evasion, evasion_candidates
from sekisho.market.linkage.graph import graph
from sekisho.market.linkage.models import Band, Candidate, Departure, Explanation, Sighting, Trait
from sekisho.market.linkage.noting import note
from sekisho.market.linkage.policy import policy
from sekisho.market.linkage.seen import seen
from sekisho.market.linkage.verbs import mark_innocent
from sekisho.market.people.models import Account
from sekisho.market.people.verbs import set_standing

Wrote = Callable[[Account, str], None]
PHONE = "電話は 090-1234-5678 です。"


@pytest.fixture
def told() -> Iterator[list[dict[str, Any]]]:
    """What rooms above are told."""
    heard: list[dict[str, Any]] = []
    outbox.HANDLERS.setdefault("linkage.candidate", {})["test"] = heard.append
    yield heard
    del outbox.HANDLERS["linkage.candidate"]["test"]


def sanction(account: Account, standing: Standing = Standing.BANNED) -> None:
    decision = Actor(None, "decision", frozenset(), authority=Authority("decision", new_id()))
    set_standing(decision, account, standing)
    while outbox.deliver():
        pass


def pairs(told: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(one["account"], one["offender"]) for one in told]


def test_a_new_account_with_a_banned_ones_number_is_told_once(
    cast: dict[str, Any], wrote: Wrote, told: list[dict[str, Any]]
) -> None:
    wrote(cast["taro"], PHONE)
    sanction(cast["taro"])
    assert told == []
    new = person("新しい人")
    for _ in range(3):
        wrote(new, PHONE + " または taro@example.org")
    assert pairs(told) == [(str(new.id), str(cast["taro"].id))]
    assert told[0]["kinds"] == ["phone"]
    assert evasion_candidates(new.id) == (Evasion(cast["taro"].id, "banned", ("phone",)),)
    sanction(cast["taro"], Standing.SUSPENDED)
    assert len(told) == 1


def test_accounts_that_are_there_already_are_told_of_when_the_sanction_comes(
    cast: dict[str, Any], wrote: Wrote, told: list[dict[str, Any]]
) -> None:
    for name in ("taro", "hanako"):
        wrote(cast[name], PHONE)
    assert told == []
    sanction(cast["taro"], Standing.SUSPENDED)
    assert pairs(told) == [(str(cast["hanako"].id), str(cast["taro"].id))]


@pytest.mark.parametrize("standing", [Standing.GOOD, Standing.WARNED, Standing.POSTING_PAUSED])
def test_accounts_of_other_standings_propose_nothing(
    cast: dict[str, Any], wrote: Wrote, told: list[dict[str, Any]], standing: Standing
) -> None:
    wrote(cast["taro"], PHONE)
    sanction(cast["taro"], standing)
    wrote(cast["hanako"], PHONE)
    assert (told, evasion_candidates(cast["hanako"].id)) == ([], ())


def test_a_like_text_alone_makes_no_candidate(
    cast: dict[str, Any], wrote: Wrote, told: list[dict[str, Any]]
) -> None:
    wrote(cast["taro"], TEXT)
    sanction(cast["taro"])
    wrote(cast["hanako"], TEXT)
    assert graph(cast["hanako"].id).edges
    assert (told, evasion_candidates(cast["hanako"].id)) == ([], ())


def test_an_account_back_in_good_standing_is_nobodys_past(cast: dict[str, Any], wrote: Wrote) -> None:
    wrote(cast["taro"], PHONE)
    sanction(cast["taro"])
    wrote(cast["hanako"], PHONE)
    assert evasion_candidates(cast["hanako"].id)
    sanction(cast["taro"], Standing.GOOD)
    assert evasion_candidates(cast["hanako"].id) == ()


@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    acts=st.lists(st.tuples(st.sampled_from(("one", "other")), st.integers(0, 3)), max_size=8),
    ban=st.integers(0, 8),
)
def test_a_pair_marked_innocent_stays_silent(
    cast: dict[str, Any], told: list[dict[str, Any]], acts: list[tuple[str, int]], ban: int
) -> None:
    with transaction.atomic():
        told.clear()
        two = {"one": cast["taro"], "other": cast["hanako"]}
        mark_innocent(
            cast["minarai"].actor, None, accounts=[a.id for a in two.values()], cause="family", because="家族"
        )
        for step, (who, thing) in enumerate([*acts, ("one", 0)]):
            if step == ban:
                sanction(cast["taro"])
            note(two[who].id, [seen("phone", f"+8190{thing}")])
            while outbox.deliver():
                pass
        assert told == []
        assert evasion_candidates(cast["hanako"].id) == ()
        assert all(edge.explained and edge.strength == 0 for edge in graph(cast["hanako"].id).edges)
        transaction.set_rollback(True)


def leave(account: Account) -> None:
    account.refresh_from_db()
    account.deletion_asked_at = account.deleted_at = clock.now()
    account.save()
    outbox.tell("people.deleted", account=account.id)
    while outbox.deliver():
        pass


@pytest.mark.parametrize("standing", [Standing.GOOD, Standing.BANNED])
def test_links_survive_the_deletion_of_an_account_for_the_policys_days(
    cast: dict[str, Any], wrote: Wrote, standing: Standing
) -> None:
    sanction(cast["taro"], standing)
    wrote(cast["taro"], PHONE + TEXT)
    leave(cast["taro"])
    days = policy().kept_days[standing]
    with clock.ahead(timedelta(days=days - 1)):
        sweep.sweep()
        wrote(cast["hanako"], PHONE)
        assert graph(cast["hanako"].id).edges
        assert bool(evasion_candidates(cast["hanako"].id)) is (standing == Standing.BANNED)
    with clock.ahead(timedelta(days=days, minutes=1)):
        sweep.sweep()
        assert graph(cast["hanako"].id).edges == ()
    assert [row.account_id for row in Sighting.objects.all()] == [cast["hanako"].id]
    assert (Trait.objects.count(), Band.objects.count(), Candidate.objects.count()) == (1, 0, 0)
    assert Departure.objects.get().forgotten_at is not None


def test_a_ban_after_the_deletion_keeps_what_is_known_longer(cast: dict[str, Any], wrote: Wrote) -> None:
    wrote(cast["taro"], PHONE)
    leave(cast["taro"])
    sanction(cast["taro"])
    with clock.ahead(timedelta(days=policy().kept_days["good"] + 1)):
        sweep.sweep()
    assert Sighting.objects.filter(account=cast["taro"]).exists()


def test_what_explains_a_forgotten_account_is_forgotten_too(cast: dict[str, Any], wrote: Wrote) -> None:
    wrote(cast["taro"], PHONE)
    two = [cast["taro"].id, cast["hanako"].id]
    mark_innocent(cast["minarai"].actor, None, accounts=two, cause="family", because="家族です。")
    leave(cast["taro"])
    with clock.ahead(timedelta(days=5000)):
        sweep.sweep()
    assert not Explanation.objects.exists()
