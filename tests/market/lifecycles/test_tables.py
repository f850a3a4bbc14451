"""Every lifecycle of the market's rooms, as one list of who does what from where to where.

The list is written out so that a change of a table shows as a change here; the whole product is looked up: what the list
does not hold is refused with the right reason.
"""

from __future__ import annotations

from itertools import product

import pytest

from sekisho.market.contact_requests import states as requests
from sekisho.market.contracts import states as contracts
from sekisho.market.exposure import states as exposure
from sekisho.market.jobs import states as jobs
from sekisho.market.judging import states as judging
from sekisho.market.kernel.permits import TABLE
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.states import StateTable
from sekisho.market.kernel.verbs import VERBS, unlisted
from sekisho.market.safety import states as safety

TABLES = {
    table.name: table
    for table in (
        *judging.TABLES, *jobs.TABLES, *contracts.TABLES, *requests.TABLES, *exposure.TABLES, *safety.TABLES,
    )
}
WORDS = sorted(
    {word for table in TABLES.values() for row in table.rows for word in row.by} | {"anyone", "member"}
)
#: from verb by to; `-` is what does not exist yet.
ROWS = """
job - draft a_client draft
job draft submit owner screening
job screening publish clock|moderator open
job screening take_back owner draft
job screening send_back moderator draft
job screening remove moderator removed
job screening overdue clock screening
job open remove moderator removed
job open pause authority paused
job paused resume authority open
job paused close owner closed
job paused remove moderator removed
job paused close_by_date clock closed
job removed restore authority open
job open close owner closed
job open close_by_date clock closed
revision - show owner shown
revision - hold owner held
revision held publish moderator shown
revision held send_back moderator sent_back
revision held drop owner|clock dropped
revision held overdue clock held
application - apply a_worker submitted
application - return a_worker returned
application - hold a_worker held
application held release moderator submitted
application held withhold moderator withheld
application withheld release authority submitted
application held withdraw worker withdrawn
application held overdue clock held
application submitted withdraw worker withdrawn
application submitted decline client declined
application submitted choose client chosen
invitation - invite owner sent
invitation - mute owner muted
invitation sent take_up worker taken_up
invitation sent decline worker declined
invitation sent withdraw client withdrawn
invitation muted withdraw client withdrawn
contract - offer client offered
contract - return_offer client returned
contract offered agree worker agreed
contract offered decline worker declined
contract offered withdraw client withdrawn
contract agreed fund client funded
contract agreed cancel client|worker cancelled
contract agreed lapse clock lapsed
contract funded deliver worker delivered
contract funded cancel authority cancelled
contract funded dispute client|worker disputed
contract delivered send_back client funded
contract delivered accept client completed
contract delivered accept_by_silence clock completed
contract delivered dispute client|worker disputed
contract disputed settle authority completed
termination - ask client|worker asked
termination asked agree counterparty agreed
termination asked refuse counterparty refused
termination asked withdraw asker withdrawn
termination asked lapse clock lapsed
change - propose client|worker proposed
change proposed agree counterparty agreed
change proposed refuse counterparty refused
change proposed withdraw asker withdrawn
change proposed lapse clock lapsed
dispute - open client|worker evidence
dispute evidence close_evidence clock waiting
dispute evidence pay_by_silence clock paid_by_silence
dispute waiting propose moderator|operator proposed
dispute waiting go_on clock decision
dispute proposed accept first_to_accept proposed
dispute proposed accept last_to_accept agreed
dispute proposed reject client|worker decision
dispute proposed go_on clock decision
dispute decision overdue clock decision
dispute decision decide authority decided
dispute decided reopen authority decision
dispute evidence concede client|worker conceded
dispute waiting concede client|worker conceded
dispute proposed concede client|worker conceded
dispute decision concede client|worker conceded
settlement - propose moderator|operator proposed
settlement proposed confirm second_person waiting
settlement proposed reject second_person rejected
settlement proposed withdraw proposer withdrawn
settlement proposed confirm_alone clock waiting
settlement proposed lapse clock withdrawn
settlement waiting carry_out clock done
settlement waiting prolong authority waiting
settlement waiting reverse authority reversed
statement - show client|worker shown
statement - hold client|worker held
statement held release moderator shown
statement held withhold moderator withheld
statement withheld release authority shown
statement held overdue clock held
review - show client|worker shown
review - hide client|worker hidden
review hidden release moderator shown
review hidden withhold moderator withheld
review shown remove authority withheld
review withheld release authority shown
review hidden overdue clock hidden
contact_request - ask client|worker asked
contact_request - return client|worker returned
contact_request - hold client|worker held
contact_request held release moderator asked
contact_request held withhold moderator withheld
contact_request held withdraw asker withdrawn
contact_request held expire clock expired
contact_request held overdue clock held
contact_request asked approve last_approver approved
contact_request asked approve first_approver half_approved
contact_request half_approved approve last_approver approved
contact_request asked decline counterparty|answering_house declined
contact_request half_approved decline counterparty|answering_house declined
contact_request asked withdraw asker withdrawn
contact_request half_approved withdraw asker withdrawn
contact_request asked expire clock expired
contact_request half_approved expire clock expired
contact_request approved end client|worker|moderator|clock ended
contact_request approved run_out clock ended
contact_request approved pause authority paused
contact_request paused resume authority approved
contact_request paused end client|worker|moderator|clock ended
report - file member received
report received withdraw reporter withdrawn
report received merge authority merged
report received uphold authority upheld
report received dismiss authority dismissed
report upheld reverse authority dismissed
report dismissed reopen authority received
case - open clock|authority|moderator open
case open decide holder decided
case open propose holder second
case second confirm authority decided
case second return authority open
case open clear clock cleared
case open merge holder merged
case decided reverse authority reversed
case decided reopen authority open
case open overdue clock open
decision - decide holder done
decision - propose holder proposed
decision proposed confirm second done
decision proposed reject second rejected
decision proposed withdraw proposer withdrawn
decision proposed confirm_alone clock done
decision done reverse authority reversed
sanction - impose authority holds
sanction holds expire clock expired
sanction holds lift authority lifted
appeal - file subject|reporter filed
appeal filed withdraw appellant withdrawn
appeal filed uphold other_moderator upheld
appeal filed reject other_moderator rejected
appeal filed overdue clock filed
bulk - prepare moderator|operator prepared
bulk prepared start owner running
bulk prepared drop owner dropped
bulk running go_on clock running
bulk running finish clock done
bulk running stop owner|operator done
bulk done undo owner|operator undoing
bulk undoing go_back clock undoing
bulk undoing finish clock undone
exposure - write member kept
exposure kept amend self kept
exposure kept attach self kept
exposure kept tick self kept
exposure kept share self kept
exposure kept unshare self kept
exposure leaving unshare self leaving
exposure kept erase self|clock erased
exposure kept leave self|clock leaving
exposure leaving keep self kept
exposure leaving wait clock leaving
exposure leaving finish clock erased
pack - register operator draft
pack draft shadow operator shadow
pack draft canary operator canary
pack shadow canary operator canary
pack canary widen operator canary
pack canary stop operator draft
pack canary stop_by_policy clock draft
pack shadow go_live operator live
pack canary go_live operator live
pack draft retire operator retired
pack shadow retire operator retired
pack live replace operator retired
backtest - ask operator asked
backtest asked begin clock running
backtest asked cancel operator cancelled
backtest running cancel operator cancelled
backtest running finish clock done
backtest asked fail clock failed
backtest running fail clock failed
rescan - ask operator running
rescan running show clock previewed
rescan running drop operator dropped
rescan running fail clock failed
rescan previewed confirm operator telling
rescan previewed drop operator dropped
rescan telling finish clock told
rescan telling fail clock failed
"""


def listed(table: StateTable) -> dict[tuple[str | None, str, str], str]:
    """What the list says of one lifecycle: by state, verb and word, the state it leads to."""
    found = {}
    for line in ROWS.split("\n"):
        if line.startswith(f"{table.name} "):
            _, state, verb, words, to = line.split()
            for word in words.split("|"):
                found[None if state == "-" else state, verb, word] = to
    return found


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_the_whole_product_is_as_listed(table: StateTable) -> None:
    right, tried = listed(table), 0
    for state, verb, word in product([None, *table.states], table.verbs, WORDS):
        tried += 1
        expected = right.get((state, verb, word))
        if expected is not None:
            assert table.find(state, verb, {word}).to == expected
            continue
        with pytest.raises(Problem) as refusal:
            table.find(state, verb, {word})
        somebody = any(key[:2] == (state, verb) for key in right)
        there = any(key[1] == verb and to == state for key, to in right.items())
        assert refusal.value.code == ("not_yours" if somebody else "already" if there else "not_from_here")
    assert tried == (len(table.states) + 1) * len(table.verbs) * len(WORDS)


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_row_that_people_or_the_clock_choose_has_its_verb(table: StateTable) -> None:
    chosen = {f"{table.name}.{verb}" for verb in table.verbs} & set(TABLE)
    assert chosen - set(VERBS) == set()


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_in_every_state_somebody_can_go_on_or_it_is_over(table: StateTable) -> None:
    stuck = [
        state for state in set(table.states) - table.final
        if not any(row.state == state and row.to != state for row in table.rows)
    ]  # fmt: skip
    assert stuck == []


def test_every_verb_is_in_the_permission_table() -> None:
    assert unlisted() == []
