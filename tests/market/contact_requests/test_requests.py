"""The lawful way to an outside tool: policy, purpose, facts, end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from tests.market.stage import Stage, later, refused

from sekisho.market.contact_requests import policy as rules
from sekisho.market.contact_requests import timers, verbs
from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contact_requests.policy import ContactPolicy, approved_by, policy
from sekisho.market.contact_requests.reviewing import review
from sekisho.market.contracts import verbs as contracts
from sekisho.market.deals import log
from sekisho.market.deals.models import Deal
from sekisho.market.kernel import clock
from sekisho.market.kernel.ids import new_id
from sekisho.market.ledger.book import balance
from sekisho.market.ledger.models import Kind
from sekisho.market.messaging import verbs as messages
from sekisho.market.profiles.verbs import count

Under = Callable[..., None]


@pytest.fixture
def under(monkeypatch: pytest.MonkeyPatch) -> Under:
    """Another policy in force."""

    def put(**changes: Any) -> None:
        other: ContactPolicy = replace(policy(), **changes)
        for module in (rules, verbs, timers):
            monkeypatch.setattr(module, "policy", lambda: other)

    return put


def live(stage: Stage) -> Deal:
    deal = stage.deal()
    stage.funded(deal)
    return deal


def ruled(stage: Stage, pack: str, *, funded: bool = True) -> Deal:
    """A deal judged by another pack."""
    deal = log.open_deal(stage.client.me, stage.worker.me, new_id(), "紹介文", pack=pack)
    if funded:
        stage.funded(deal)
    return deal


def fresh(deal: Deal) -> Deal:
    return Deal.objects.get(pk=deal.pk)


def test_only_the_client_asks_and_only_the_worker_may_suggest_it(stage: Stage) -> None:
    deal = live(stage)
    with refused("not_the_suggester"):
        verbs.suggest(stage.client, deal)
    with refused("not_the_asker"):
        verbs.ask(stage.worker, deal, tools=("zoom",), purpose="画面を共有して操作を確認するためです。")
    verbs.suggest(stage.worker, deal)
    assert fresh(deal).events.last().type == "contact_suggested"  # type: ignore[union-attr]
    with refused("suggested_lately"):
        verbs.suggest(stage.worker, deal)


def test_a_policy_may_let_the_client_suggest_too(stage: Stage, under: Under) -> None:
    under(suggest=("client", "worker"))
    assert verbs.suggest(stage.client, live(stage))


def test_where_either_side_may_ask_the_other_side_approves(stage: Stage, under: Under) -> None:
    under(ask=("client", "worker"))
    deal = live(stage)
    request = verbs.ask(stage.worker, deal, tools=("zoom",), purpose="画面を共有して操作を確認するためです。")
    with refused("not_yours"):
        verbs.approve(stage.worker, request)
    verbs.approve(stage.client, request)
    assert fresh(deal).approved_tools == ["zoom"]


def test_where_the_house_approves_the_other_side_may_still_decline(stage: Stage, under: Under) -> None:
    first, second = ruled(stage, "crowdworks"), ruled(stage, "crowdworks")
    request = stage.asked(first)
    with refused("not_yours"):
        verbs.approve(stage.worker, request)
    verbs.approve(stage.operator, request)
    assert fresh(first).approved_tools == ["chatwork"]
    assert verbs.decline(stage.worker, stage.asked(second)).state == "declined"


@pytest.mark.parametrize("order", [("worker", "operator"), ("operator", "worker")])
def test_where_both_approve_it_takes_both(stage: Stage, under: Under, order: tuple[str, str]) -> None:
    under(house_too=True)
    deal = live(stage)
    request = verbs.approve(getattr(stage, order[0]), stage.asked(deal))
    assert (request.state, fresh(deal).approved_tools) == ("half_approved", [])
    with refused("not_yours"):
        verbs.approve(getattr(stage, order[0]), request)
    verbs.approve(getattr(stage, order[1]), request)
    assert fresh(deal).approved_tools == ["chatwork"]


def test_before_a_contract_it_cannot_be_asked(stage: Stage) -> None:
    deal = stage.deal()
    stage.agreed(deal)
    with refused("no_contract_yet"):
        stage.asked(deal)


def test_a_pack_may_allow_asking_before_a_contract(stage: Stage) -> None:
    assert stage.asked(ruled(stage, "crowdworks", funded=False)).contract is None


def test_where_the_pack_allows_no_outside_tools_nobody_can_ask(stage: Stage) -> None:
    with refused("no_outside_tools"):
        stage.asked(ruled(stage, "coconala"))


def test_what_the_pack_decides_stands_in_no_policy_of_the_room(stage: Stage) -> None:
    fields = set(ContactPolicy.__dataclass_fields__)
    assert not fields & {"approve", "before_contract", "decided_by", "outside_tools", "token_contract_yen"}
    assert approved_by(stage.deal()) == "counterparty"
    assert approved_by(ruled(stage, "crowdworks", funded=False)) == "operator"


def test_a_token_contract_gives_no_right_to_ask(stage: Stage) -> None:
    deal = stage.deal()
    stage.funded(deal, price=10)
    with refused("no_contract_yet"):
        stage.asked(deal)


def test_it_is_asked_three_times_a_contract_and_not_again_within_a_week_of_a_refusal(stage: Stage) -> None:
    deal = live(stage)
    verbs.decline(stage.worker, stage.asked(deal))
    with refused("at_rest"):
        stage.asked(deal)
    for days in (8, 16):
        with clock.ahead(timedelta(days=days)):
            verbs.decline(stage.worker, stage.asked(deal))
    with clock.ahead(timedelta(days=24)), refused("asked_enough"):
        stage.asked(deal)


def test_an_unanswered_request_expires_and_gives_nothing(stage: Stage) -> None:
    deal = live(stage)
    request = stage.asked(deal)
    later(days=7, minutes=1)
    request.refresh_from_db()
    assert (request.state, fresh(deal).approved_tools) == ("expired", [])


def test_an_approval_runs_out_where_the_policy_says_so(stage: Stage, under: Under) -> None:
    under(approval_days=30)
    deal = live(stage)
    request = stage.approved(deal)
    later(days=31)
    request.refresh_from_db()
    assert (request.state, fresh(deal).approved_tools) == ("ended", [])


@pytest.mark.parametrize("purpose", [
    "手数料を節約するため、報酬を直接振り込みたいです。",
    "次回からはサイトを通さず直接契約したいためです。",
])  # fmt: skip
def test_a_purpose_that_is_payment_or_contract_outside_does_not_reach_the_worker(
    stage: Stage, purpose: str
) -> None:
    deal = live(stage)
    request = stage.asked(deal, "chatwork", purpose=purpose)
    assert request.state in ("held", "returned")
    assert not ContactRequest.objects.visible_to(stage.worker).exists()
    with refused("not_found"):
        verbs.approve(stage.worker, request)


def test_a_held_purpose_is_let_through_or_kept_back_by_a_moderator(stage: Stage) -> None:
    bad = "手数料を節約するため、報酬を直接振り込みたいです。"
    first = stage.asked(live(stage), "zoom", purpose=bad)
    assert first.state == "held"
    assert verbs.release(stage.moderator, first).state == "asked"
    second = stage.asked(live(stage), "zoom", purpose=bad)
    assert verbs.withhold(stage.moderator, second, because="外部での支払いです。").state == "withheld"


def test_wanting_to_talk_by_a_tool_is_no_fault_of_a_request_for_it(stage: Stage) -> None:
    request = stage.asked(
        live(stage), "line", purpose="急ぎの確認をLINEで行いたいためです。原稿の差し替えの連絡に使います。"
    )
    assert request.state == "asked"


def test_a_request_soon_after_the_funding_is_shown_as_early(stage: Stage) -> None:
    early, late = live(stage), live(stage)
    assert stage.asked(early).early
    with clock.ahead(timedelta(hours=25)):
        assert not stage.asked(late).early


def test_a_request_announced_as_agreed_is_shown_as_such(stage: Stage) -> None:
    plain, announced = live(stage), live(stage)
    messages.send(
        stage.client,
        announced,
        text="サービス外連絡申請を出しましたので、このあとはチャットワークでご連絡します。",
    )
    assert not stage.asked(plain).announced
    assert stage.asked(announced).announced


def test_the_four_criteria_stand_on_the_facts_of_the_market(stage: Stage) -> None:
    deal = live(stage)
    request = stage.asked(deal)
    met = [row.met.value for row in review(request, stage.worker).rows]
    assert met == ["unmet", "unmet", "met", "met"]
    count(stage.cast["aoba"].id, reviews=10, stars=47, orders=20)
    assert review(request, stage.worker).approve
    with refused("not_found"):
        review(request, stage.stranger)


@pytest.mark.parametrize("how", ["completed", "settled"])
def test_an_approval_ends_with_the_contract_and_the_stage_drops_at_once(stage: Stage, how: str) -> None:
    deal = stage.deal()
    contract = stage.delivered(deal)
    request = stage.approved(deal)
    assert fresh(deal).stage == "contact_approved"
    if how == "completed":
        contracts.accept(stage.client, contract)
    else:
        from sekisho.market.contracts import disputes
        from sekisho.market.contracts.models import Dispute

        contracts.dispute(stage.client, contract, because="意見が合いません。")
        disputes.concede(stage.worker, Dispute.objects.get())
    assert (fresh(deal).stage, fresh(deal).approved_tools) == ("pre_contract", [])
    later(minutes=1)
    request.refresh_from_db()
    assert request.state == "ended"


def test_an_approval_on_the_next_contract_is_not_ended_by_late_word_of_the_last(stage: Stage) -> None:
    deal = stage.deal()
    contracts.accept(stage.client, stage.delivered(deal))
    stage.funded(deal)
    request = stage.approved(deal)
    later(minutes=1)
    request.refresh_from_db()
    assert (request.state, fresh(deal).approved_tools) == ("approved", ["chatwork"])


def test_the_lapse_of_another_offer_leaves_contract_and_approval_alone(stage: Stage) -> None:
    deal = stage.deal()
    stage.funded(deal)
    request = stage.approved(deal)
    stage.agreed(deal)
    later(days=7, minutes=1)
    request.refresh_from_db()
    assert (request.state, fresh(deal).stage) == ("approved", "contact_approved")


def test_withdrawing_a_second_request_leaves_the_first_approval_alone(stage: Stage) -> None:
    deal = live(stage)
    stage.approved(deal)
    verbs.withdraw(stage.client, stage.asked(deal, "zoom"))
    assert fresh(deal).approved_tools == ["chatwork"]


def test_taking_one_approval_back_keeps_everything_inside_from_then_on(stage: Stage) -> None:
    deal = live(stage)
    first, second = stage.approved(deal), stage.approved(deal, "zoom")
    verbs.end(stage.worker, first)
    second.refresh_from_db()
    assert (second.state, fresh(deal).approved_tools, fresh(deal).stage) == ("ended", [], "contracted")


def test_an_approval_moves_no_money(stage: Stage) -> None:
    deal = stage.deal()
    contract = stage.funded(deal)
    stage.approved(deal)
    assert balance(Kind.ESCROW, contract.id) == 11_000
