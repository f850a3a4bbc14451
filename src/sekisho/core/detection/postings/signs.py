"""Signs of the client's track record, by the pack's thresholds. Facts only; how many make a caution is judged elsewhere."""

from __future__ import annotations

import re

from sekisho.core.detection.postings.policy import ClientSign, PostingPolicy
from sekisho.core.detection.postings.reading import Client
from sekisho.core.text import fold

_SENTENCES = re.compile(r"[。．.!?;\n]+|(?<=す)(?=[^。]{0,2}$)")
_TRIMMED = " \t、,・*-_~♪☆★♡♥✨()「」『』:;'\"…"


def client_signs(client: Client, policy: PostingPolicy) -> tuple[ClientSign, ...]:
    """The signs, in the order of `ClientSign`. What is unknown gives none.

    A new account whose company information is full, or whose past record can be verified, is excused for having neither reviews
    nor orders.
    """
    limits = policy.thresholds
    new = (
        client.registered_days is not None
        and client.registered_days <= limits.new_days
        and client.reviews == 0
        and client.orders == 0
    )
    excused = new and (client.company or client.verified_record)
    few_orders = client.orders is not None and client.orders < limits.orders
    found = {
        ClientSign.NO_REVIEWS: client.reviews == 0 and not excused,
        ClientSign.FEW_REVIEWS: client.reviews is not None and 0 < client.reviews < limits.reviews,
        ClientSign.LOW_RATING: client.rating is not None and client.rating < limits.rating and _rated(client),
        ClientSign.FEW_ORDERS: few_orders and not excused,
        ClientSign.EMPTY_PROFILE: client.profile is not None and not has_content(client.profile, policy),
        ClientSign.NEW_ACCOUNT: new and not excused,
    }
    return tuple(sign for sign, shown in found.items() if shown)


def _rated(client: Client) -> bool:
    """Whether the rating is one: platforms show 0 where nobody has rated yet."""
    return not (client.rating == 0 and client.reviews in (0, None))


def has_content(profile: str, policy: PostingPolicy) -> bool:
    """Whether a profile says anything beyond greetings and calls to apply."""
    for sentence in _SENTENCES.split(fold(profile).text):
        said = sentence.strip(_TRIMMED)
        if any(character.isalnum() for character in said) and not policy.filler.fullmatch(said):
            return True
    return False
