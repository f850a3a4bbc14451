"""The demonstration tells a whole story, once."""

from __future__ import annotations

from sekisho.config.demo import load
from sekisho.market.contracts.models import Contract
from sekisho.market.contracts.states import ContractState
from sekisho.market.jobs.models import Job
from sekisho.market.kernel.verification import verify_all
from sekisho.market.messaging.models import Message
from sekisho.market.people.models import Account


def test_the_demonstration_shows_contracts_in_every_state_and_verifies_and_a_second_loading_changes_nothing() -> None:
    printed = list(load())
    assert len(printed) == 14
    assert set(Contract.objects.values_list("state", flat=True)) == {state.value for state in ContractState}
    assert {"nudged", "held", "delivered"} <= set(Message.objects.values_list("state", flat=True))
    assert Job.objects.filter(state="screening").exists()
    assert verify_all().faults == ()
    before = (Account.objects.count(), Contract.objects.count(), Message.objects.count())
    assert list(load()) == printed
    assert (Account.objects.count(), Contract.objects.count(), Message.objects.count()) == before
