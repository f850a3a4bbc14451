"""A pack on trial judges a share of the accounts, always the same ones, and stops by itself when it stops too much."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.market.judging.packs_stage import LINE, PLAIN, judged, mild, strict, version
from tests.market.stage import refused
from tests.market.stories import new_deal

from sekisho.market.judging import judges, packs
from sekisho.market.judging.judge import judge_posting, judge_text
from sekisho.market.judging.models import Judgement, PackVersion, ShadowJudgement
from sekisho.market.judging.policy import policy
from sekisho.market.judging.watching import trial
from sekisho.market.kernel import clock, outbox
from sekisho.market.kernel.models import AuditEntry
from sekisho.market.kernel.sweep import sweep
from sekisho.market.messaging.verbs import send
from sekisho.market.notices.models import Letter, Notice

PEOPLE = [uuid5(UUID(int=1), str(number)) for number in range(5_000)]


def trying(cast: dict[str, Any], pack: str, percent: int = 50) -> PackVersion:
    """A pack on trial."""
    return packs.canary(cast["kancho"].actor, version(cast["kancho"].actor, pack), percent=percent)


def on_everybody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every account is one of the share."""
    monkeypatch.setattr(judges, "chosen", lambda _version, _account: True)


@given(percent=st.integers(1, 50), pack=st.uuids())
def test_the_share_is_what_was_asked_within_noise(percent: int, pack: UUID) -> None:
    tried = PackVersion(id=pack, percent=percent)
    found = sum(judges.chosen(tried, account) for account in PEOPLE)
    expected = len(PEOPLE) * percent / 100
    assert abs(found - expected) < 6 * (expected * (1 - percent / 100)) ** 0.5


@given(few=st.integers(1, 49), account=st.uuids(), pack=st.uuids())
def test_who_is_in_a_smaller_share_is_in_a_larger_one(few: int, account: UUID, pack: UUID) -> None:
    small, large = (PackVersion(id=pack, percent=percent) for percent in (few, 50))
    assert judges.chosen(large, account) or not judges.chosen(small, account)
    assert judges.chosen(small, account) == judges.chosen(PackVersion(id=pack, percent=few), account)


def test_another_pack_is_tried_on_others() -> None:
    one, two = (PackVersion(id=UUID(int=n), percent=10) for n in (1, 2))
    both = sum(judges.chosen(one, a) and judges.chosen(two, a) for a in PEOPLE)
    assert 0 < both < len(PEOPLE) * 0.02


def test_it_judges_its_accounts_with_effect_and_nobody_else(cast: dict[str, Any], tmp_path: Path) -> None:
    tried = trying(cast, strict(tmp_path))
    inside = next(account for account in PEOPLE if judges.chosen(tried, account))
    outside = next(account for account in PEOPLE if not judges.chosen(tried, account))
    found = {a: judge_text(LINE, kind="message", sender="client", writer=a) for a in (inside, outside)}
    assert [(found[a].action, found[a].canary_id) for a in (inside, outside)] == [
        ("hold", tried.pk),
        ("nudge", None),
    ]
    posting = judge_posting({"title": "募集", "body": LINE}, writer=inside)
    assert (posting.pack, posting.canary_id) == (tried.pack, tried.pk)


def test_a_message_of_such_an_account_is_held(
    cast: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trying(cast, strict(tmp_path))
    on_everybody(monkeypatch)
    assert send(cast["aoba"].actor, new_deal(cast), text=LINE).state == "held"
    assert Judgement.objects.get(kind="message").canary is not None


def test_a_shadow_is_not_compared_with_a_pack_on_trial(
    cast: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator = cast["kancho"].actor
    packs.shadow(operator, version(operator, mild(tmp_path)))
    trying(cast, strict(tmp_path))
    on_everybody(monkeypatch)
    judged(cast, LINE)
    outbox.deliver()
    assert not ShadowJudgement.objects.exists()


def later(**wait: float) -> None:
    """The clock looks, and operators are told."""
    with clock.ahead(timedelta(**wait)):
        sweep()
        outbox.deliver(200)


def test_it_stops_by_itself_when_it_holds_too_much_and_operators_are_told(
    cast: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = trying(cast, strict(tmp_path))
    on_everybody(monkeypatch)
    rules = policy().canary
    judged(cast, *[PLAIN] * (rules.least - 6), *[LINE] * 6)
    later(seconds=rules.watch_seconds + 1)
    tried.refresh_from_db()
    assert (tried.state, packs.pack(cast["aoba"].id)) == ("draft", "standard")
    assert tried.stopped_by_policy == {"what": "held", "count": 6, "texts": rules.least, "above": rules.stopped_above}
    assert judged(cast, LINE)[0].action == "nudge"
    assert Notice.objects.filter(account=cast["kancho"], topic="pack.stopped").exists()
    assert Letter.objects.filter(to="kancho@example.com").exists()
    assert not Notice.objects.filter(account=cast["minarai"], topic="pack.stopped").exists()
    assert AuditEntry.objects.filter(action="pack.stop_by_policy", actor=None).count() == 1


def test_it_goes_on_below_the_least_number_and_below_the_ratio(
    cast: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = trying(cast, strict(tmp_path))
    on_everybody(monkeypatch)
    rules = policy().canary
    judged(cast, *[LINE] * 5)
    later(seconds=rules.watch_seconds + 1)
    judged(cast, *[PLAIN] * (rules.least - 5))
    later(seconds=2 * rules.watch_seconds + 2)
    tried.refresh_from_db()
    assert (tried.state, trial(tried).stopped, trial(tried).texts) == ("canary", 5, rules.least)
    assert tried.due_at is not None


def test_it_stops_when_it_is_unsure_too_often(
    cast: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried = trying(cast, strict(tmp_path))
    on_everybody(monkeypatch)
    sample = judged(cast, *[PLAIN] * policy().canary.least)[0]
    for _ in range(2):
        row = {f.attname: getattr(sample, f.attname) for f in Judgement._meta.fields if f.name != "id"}
        Judgement(**row | {"verdict": "unsure"}).save(force_insert=True)
    later(seconds=policy().canary.watch_seconds + 1)
    tried.refresh_from_db()
    assert tried.state == "draft"
    assert tried.stopped_by_policy["what"] == "unsure"


def test_an_operator_stops_it_and_what_it_judged_before_does_not_count_next_time(
    cast: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    operator = cast["kancho"].actor
    tried = trying(cast, strict(tmp_path))
    on_everybody(monkeypatch)
    judged(cast, LINE)
    packs.stop(operator, tried, because="説明が足りないため")
    tried = packs.canary(operator, tried, percent=5)
    assert (trial(tried).texts, tried.stopped_because) == (0, "")


def test_it_is_widened_never_narrowed(cast: dict[str, Any], tmp_path: Path) -> None:
    operator = cast["kancho"].actor
    tried = trying(cast, strict(tmp_path), 10)
    with refused("not_wider"):
        packs.widen(operator, tried, percent=10)
    with refused("bad_percent"):
        packs.widen(operator, tried, percent=51)
    assert packs.widen(operator, tried, percent=20).percent == 20


def test_one_with_another_policy_on_outside_contact_is_not_tried_on_one_side(
    cast: dict[str, Any], tmp_path: Path
) -> None:
    other = mild(tmp_path, "\n[contact_request]\nbefore_contract = true\n")
    with refused("other_policy"):
        trying(cast, other)


def test_the_live_pack_is_not_tried_and_two_are_not_tried_at_once(
    cast: dict[str, Any], tmp_path: Path
) -> None:
    with refused("pack_is_live"):
        trying(cast, "standard")
    trying(cast, strict(tmp_path))
    with refused("canary_taken"):
        trying(cast, mild(tmp_path))


def test_from_trial_it_goes_live_for_everybody(cast: dict[str, Any], tmp_path: Path) -> None:
    tried = trying(cast, strict(tmp_path), 1)
    packs.go_live(cast["kancho"].actor, tried, because="試行の結果", untested="判定した文がまだないため")
    assert {packs.pack(account) for account in PEOPLE[:300]} == {tried.pack}
    assert judged(cast, LINE)[0].canary is None
