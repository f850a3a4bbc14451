"""All identifiers of a folded text, in order and without overlap.

Not a judgement: whether giving a contact here is allowed depends on who gives it to whom and when,
which is decided above.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterator

from sekisho.core.detection.identifiers.accounts import find_bank_accounts, find_cards, find_my_numbers
from sekisho.core.detection.identifiers.chats import find_chats
from sekisho.core.detection.identifiers.links import find_links
from sekisho.core.detection.identifiers.mail import find_emails
from sekisho.core.detection.identifiers.model import Identifier, Kind, Steps
from sekisho.core.detection.identifiers.phones import find_phones
from sekisho.core.detection.identifiers.wallets import find_wallets

BUDGET = 20_000
PHONES = 256

# Of two readings of the same length the one that says more wins.
_VAGUE = {Kind.HANDLE: 3, Kind.URL: 2, Kind.PHONE: 1}


def find_identifiers(
    text: str,
    *,
    default_region: str = "JP",
    budget: int = BUDGET,
    original: Callable[[int, int], str] | None = None,
) -> tuple[list[Identifier], bool]:
    """Every contact identifier of ``text`` (folded), in order, spans in code points.

    The second value is true when the budget (candidates looked at; one step each, at most 256 numbers
    handed to the phone library) was spent before the end: what was found stands, but more may be there.
    ``default_region`` is the country (ISO 3166) of numbers without one. ``original(start, end)`` gives
    the characters as written for a span of the folded text; with it the checksums that live in letter
    case are verified, without it such addresses are taken by shape.
    """
    steps = Steps(budget, PHONES)
    found = list(_all(text, steps, default_region, original))
    return _without_overlap(found), steps.exhausted


def _all(
    text: str, steps: Steps, region: str, original: Callable[[int, int], str] | None
) -> Iterator[Identifier]:
    yield from find_emails(text, steps)
    yield from find_links(text, steps)
    yield from find_chats(text, steps)
    yield from find_phones(text, steps, region)
    yield from find_bank_accounts(text, steps)
    yield from find_cards(text, steps)
    yield from find_my_numbers(text, steps)
    yield from find_wallets(text, steps, original)


def _rank(found: Identifier) -> tuple[int, bool, int, int]:
    return (found.start - found.end, not found.checked, _VAGUE.get(found.kind, 0), found.start)


def _without_overlap(found: list[Identifier]) -> list[Identifier]:
    """The longest first; whatever touches a chosen span is dropped."""
    starts: list[int] = []
    chosen: list[Identifier] = []
    for candidate in sorted(found, key=_rank):
        place = bisect_left(starts, candidate.start)
        clear_before = place == 0 or chosen[place - 1].end <= candidate.start
        clear_after = place == len(starts) or candidate.end <= starts[place]
        if clear_before and clear_after:
            starts.insert(place, candidate.start)
            chosen.insert(place, candidate)
    return chosen
