"""A posting as it is handed in, checked and bounded. What it means is judged elsewhere."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sekisho.core.detection.postings.policy import Category
from sekisho.core.rules.errors import did_you_mean, one_of

LENGTHS = {"title": 1_000, "body": 200_000, "pay.text": 4_000, "client.profile": 50_000}
"""Code points a text of a posting may have."""

COUNT_LIMIT = 10**9


class BadPosting(ValueError):
    """A posting that cannot be judged: `field` is what is wrong with it, `mend` how to put it right ("" if told already)."""

    def __init__(self, field: str, problem: str, mend: str = "") -> None:
        super().__init__(f"{field}: {problem}" + (f"; {mend}" if mend else ""))
        self.field = field
        self.problem = problem
        self.mend = mend


@dataclass(frozen=True, slots=True)
class Client:
    """What is known of a client; None is unknown. `registered_days` are days since registration.

    `company` tells that full company information is shown, `verified_record` that a past record can be verified.
    """

    rating: float | None = None
    reviews: int | None = None
    orders: int | None = None
    registered_days: int | None = None
    profile: str | None = None
    identity_verified: bool | None = None
    company: bool = False
    verified_record: bool = False


@dataclass(frozen=True, slots=True)
class Posting:
    """A posting that was checked; texts that were left out are empty."""

    title: str
    body: str
    pay: str
    category: Category | None
    client: Client


def read_posting(given: Any) -> Posting:
    """Check a posting. Unknown keys are passed over. Raises `BadPosting` at the first mistake."""
    posting = _object(given, "posting")
    title, body = _text(posting, "title"), _text(posting, "body")
    if not title.strip() and not body.strip():
        raise BadPosting("body", "title and body are both missing or blank", "give at least one of them as text")
    pay = posting.get("pay")
    if isinstance(pay, str):
        pay = {"text": pay}
    pay_text = _text(_object(pay, "pay"), "text", "pay.text") if pay is not None else ""
    client = posting.get("client")
    return Posting(
        title=title,
        body=body,
        pay=pay_text,
        category=_category(posting.get("category")),
        client=_client(_object(client, "client")) if client is not None else Client(),
    )


def _client(client: Mapping[str, Any]) -> Client:
    rating = client.get("rating")
    if rating is not None and (not _is_number(rating) or not 0 <= rating <= 5):
        raise BadPosting("client.rating", f"must be a number from 0 to 5, not {_told(rating)}", "leave it out if unknown")
    return Client(
        rating=rating,
        reviews=_count(client, "reviews"),
        orders=_count(client, "orders"),
        registered_days=_count(client, "registered_days"),
        profile=_text(client, "profile", "client.profile") if client.get("profile") is not None else None,
        identity_verified=_flag(client, "identity_verified"),
        company=_shown(client, "company"),
        verified_record=_shown(client, "verified_record"),
    )


def _object(value: Any, field: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise BadPosting(field, f"must be an object, not {_told(value)}")
    return value


def _text(table: Mapping[str, Any], key: str, field: str = "") -> str:
    field = field or key
    value = table.get(key)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadPosting(field, f"must be text, not {_told(value)}")
    if len(value) > LENGTHS[field]:
        raise BadPosting(field, f"has {len(value):,} code points", f"at most {LENGTHS[field]:,} are read")
    return value


def _category(value: Any) -> Category | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise BadPosting("category", f"must be text, not {_told(value)}", one_of(Category))
    if value not in Category.__members__.values():
        raise BadPosting("category", f"{_told(value)} does not exist", did_you_mean(value, Category) or one_of(Category))
    return Category(value)


def _count(client: Mapping[str, Any], key: str) -> int | None:
    value = client.get(key)
    if value is None:
        return None
    if not _is_number(value) or value != int(value) or not 0 <= value <= COUNT_LIMIT:
        hint = "leave it out if unknown"
        raise BadPosting(f"client.{key}", f"must be a whole number of 0 or more, not {_told(value)}", hint)
    return int(value)


def _flag(client: Mapping[str, Any], key: str) -> bool | None:
    value = client.get(key)
    if value is not None and not isinstance(value, bool):
        raise BadPosting(f"client.{key}", f"must be true or false, not {_told(value)}", "leave it out if unknown")
    return value


def _shown(client: Mapping[str, Any], key: str) -> bool:
    """Whether something is shown: true, or the text that shows it."""
    value = client.get(key)
    if value is not None and not isinstance(value, bool | str):
        raise BadPosting(f"client.{key}", f"must be true, false or text, not {_told(value)}", "leave it out if unknown")
    return bool(value.strip()) if isinstance(value, str) else bool(value)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _told(value: Any) -> str:
    """A value as a message repeats it: short, or by its kind."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float | str):
        shown = repr(value)
        return shown if len(shown) <= 40 else f"{shown[:37]}…"
    return {"list": "a list", "dict": "an object"}.get(type(value).__name__, f"a {type(value).__name__}")
