"""A new key loses no link, whatever is written while hashes are lifted; what is left behind is shown and can be forgotten."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import override_settings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.market.linkage.conftest import TEXT

from sekisho.market.kernel import sweep
from sekisho.market.kernel.problems import Problem
from sekisho.market.linkage import keys, rotation
from sekisho.market.linkage.graph import graph
from sekisho.market.linkage.keys import hashes, lifted, lifted_number, numbers
from sekisho.market.linkage.models import Band, KeyUse, Sighting, Trait
from sekisho.market.linkage.noting import note
from sekisho.market.linkage.seen import Seen, seen
from sekisho.market.linkage.shared import shared_by
from sekisho.market.linkage.texts import text_seen
from sekisho.market.linkage.verbs import forget_key
from sekisho.market.people.models import Account

Wrote = Callable[[Account, str], None]
STEPS = st.one_of(
    st.tuples(st.just("note"), st.sampled_from(("hanako", "taro", "aoba")), st.integers(0, 2)),
    st.tuples(st.just("late"), st.sampled_from(("hanako", "taro", "aoba")), st.integers(0, 2)),
    st.tuples(st.just("rotate"), st.none(), st.none()),
    st.tuples(st.just("lift"), st.none(), st.none()),
)


def long(number: int) -> Seen:
    words = text_seen(TEXT[: 150 + 10 * number] if number < 2 else TEXT)
    assert words is not None
    return words


def test_a_stored_hash_is_lifted_to_what_a_new_one_would_be() -> None:
    with override_settings(SEKISHO_LINKAGE_KEY="old"):
        digest, number, name = hashes("phone", b"1")[-1], numbers("text", b"1")[-1], keys.chain().newest
    with override_settings(SEKISHO_LINKAGE_KEY="newest, new,old"):
        assert lifted(digest, name) == hashes("phone", b"1")[-1] != digest
        assert lifted_number(number, name) == numbers("text", b"1")[-1] != number
        assert hashes("phone", b"1")[0] == digest
    with override_settings(SEKISHO_LINKAGE_KEY="another"), pytest.raises(ValueError, match="not in"):
        lifted(digest, name)


def test_the_names_of_keys_tell_lists_apart() -> None:
    names = set()
    for told in ("a", "b", "a,b", "b,a", "c,b,a"):
        with override_settings(SEKISHO_LINKAGE_KEY=told):
            names |= set(keys.chain().names)
    assert len(names) == 5  # the lists of one key are the beginnings of the longer ones


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(steps=st.lists(STEPS, max_size=14))
def test_rotation_loses_no_link(
    cast: dict[str, Any], monkeypatch: pytest.MonkeyPatch, steps: list[tuple[str, Any, Any]]
) -> None:
    monkeypatch.setattr(rotation, "BATCH", 1)
    listed = ["first"]
    shown: dict[int, set[Any]] = {}
    with transaction.atomic():
        for act, who, thing in steps:
            with override_settings(
                SEKISHO_LINKAGE_KEY=",".join(listed[1:] if act == "late" and listed[1:] else listed)
            ):
                if act == "rotate" and len(listed) < 3:
                    listed.insert(0, f"key{len(listed)}")
                elif act in ("note", "late"):  # late: by a process that does not know the newest key yet
                    note(cast[who].id, [seen("phone", str(thing))])
                    shown.setdefault(thing, set()).add(cast[who].id)
                elif act == "lift":
                    for use in KeyUse.objects.all():
                        rotation.lift(use)
        with override_settings(SEKISHO_LINKAGE_KEY=",".join(listed)):
            for _ in range(6):
                for use in (KeyUse.objects.get_or_create(name=keys.chain().newest)[0],):
                    rotation.lift(use)
            for account in {a for group in shown.values() for a in group}:
                expected = {b for group in shown.values() if account in group for b in group} - {account}
                assert {row.account for row in shared_by(account)} == expected
            assert {row.key for row in Trait.objects.all()} <= {keys.chain().newest}
            assert Trait.objects.count() == len(shown)
        transaction.set_rollback(True)


def test_links_hold_before_anything_is_lifted(cast: dict[str, Any], wrote: Wrote) -> None:
    with override_settings(SEKISHO_LINKAGE_KEY="old"):
        wrote(cast["hanako"], TEXT + "090-1234-5678")
    with override_settings(SEKISHO_LINKAGE_KEY="new,old"):
        wrote(cast["taro"], TEXT.replace("美容室", "保育園") + "090-1234-5678")
        assert graph(cast["hanako"].id).edges[0].kinds == ("phone", "text")


def test_the_sweep_lifts_everything_after_the_first_note_with_a_new_key(
    cast: dict[str, Any], wrote: Wrote
) -> None:
    with override_settings(SEKISHO_LINKAGE_KEY="old"):
        wrote(cast["hanako"], TEXT + "090-1234-5678")
        before = {band.value for band in Band.objects.all()}
    with override_settings(SEKISHO_LINKAGE_KEY="new,old"):
        wrote(cast["aoba"], "03-1234-9999")
        sweep.sweep()
        (use,) = rotation.standing()
        assert (use.newest, use.listed, use.traits) == (True, True, 3)
        assert not before & {band.value for band in Band.objects.all()}
        wrote(cast["taro"], TEXT.replace("美容室", "保育園") + "090-1234-5678")
        assert graph(cast["hanako"].id).edges[0].kinds == ("phone", "text")


def test_sightings_of_one_thing_written_under_two_keys_are_put_together(cast: dict[str, Any]) -> None:
    with override_settings(SEKISHO_LINKAGE_KEY="new,old"):
        note(cast["hanako"].id, [seen("phone", "1")])
    with override_settings(SEKISHO_LINKAGE_KEY="old"):
        for name in ("hanako", "taro"):
            note(cast[name].id, [seen("phone", "1")])
    with override_settings(SEKISHO_LINKAGE_KEY="new,old"):
        sweep.sweep()
        assert Trait.objects.count() == 1
        assert dict(Sighting.objects.values_list("account_id", "times")) == {
            cast["hanako"].id: 2,
            cast["taro"].id: 1,
        }


def test_a_key_out_of_the_list_is_shown_and_can_be_forgotten(cast: dict[str, Any], wrote: Wrote) -> None:
    with override_settings(SEKISHO_LINKAGE_KEY="old"):
        for name in ("hanako", "taro"):
            wrote(cast[name], "090-1234-5678")
        old = keys.chain().newest
        with pytest.raises(Problem, match="key_in_use"):
            forget_key(cast["kancho"].actor, None, name=old, because="漏えいのため")
    with override_settings(SEKISHO_LINKAGE_KEY="new"):
        wrote(cast["aoba"], "090-1234-5678")
        assert shared_by(cast["aoba"].id) == ()  # begun anew
        assert shared_by(cast["hanako"].id)
        assert {use.name: use.listed for use in rotation.standing()} == {
            old: False,
            keys.chain().newest: True,
        }
        forget_key(cast["kancho"].actor, None, name=old, because="漏えいのため")
        assert [row.account_id for row in Sighting.objects.all()] == [cast["aoba"].id]
        with pytest.raises(Problem, match="not_yours"):
            forget_key(cast["minarai"].actor, None, name=old, because="漏えいのため")


def test_a_thing_forgotten_at_the_very_moment_is_written_anew(
    cast: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from sekisho.market.linkage import noting

    real, times = noting._trait, []

    def gone_once(one: Seen) -> tuple[Trait, float]:
        found = real(one)
        if not times:
            times.append(1)
            rotation.erase([found[0].pk])
        return found

    monkeypatch.setattr(noting, "_trait", gone_once)
    note(cast["hanako"].id, [seen("phone", "1")])
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM linkage_sighting s JOIN linkage_trait t ON t.id = s.trait_id")
        assert cursor.fetchone() == (1,)
