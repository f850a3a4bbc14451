"""What can be asked: the bodies of requests as msgspec types. OpenAPI is generated from them; limits of size are elsewhere."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from sekisho.core.rules.model import Kind, Sender, Stage

_Count = Annotated[int, Meta(ge=0, le=10**12)]


class CheckRequest(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """One text in its context, as `sekisho.check` takes it."""

    text: Annotated[str, Meta(description="What is judged, in full.")]
    kind: Kind = Kind.MESSAGE
    sender: Sender = Sender.CLIENT
    stage: Stage = Stage.PRE_CONTRACT
    approved_tools: Annotated[
        tuple[Annotated[str, Meta(max_length=200)], ...],
        Meta(
            max_length=50,
            description="Tools an approved contact request covers; counts at stage contact_approved.",
        ),
    ] = ()
    repeated: Annotated[
        bool, Meta(description="The writer was told before; chooses the action, never the verdict.")
    ] = False


class Pay(msgspec.Struct, frozen=True):
    """The pay as it stands in the posting."""

    text: str | UnsetType = UNSET


class Client(msgspec.Struct, frozen=True):
    """The client's track record; what is not known is left out."""

    rating: Annotated[float, Meta(ge=0, le=5)] | UnsetType | None = UNSET
    reviews: _Count | UnsetType | None = UNSET
    orders: _Count | UnsetType | None = UNSET
    registered_days: _Count | UnsetType | None = UNSET
    profile: str | UnsetType | None = UNSET
    identity_verified: bool | UnsetType | None = UNSET


class PostingRequest(msgspec.Struct, frozen=True):
    """A posting with its structured signs, as `sekisho.check_posting` takes it. Further fields are let pass."""

    title: str | UnsetType = UNSET
    body: str | UnsetType = UNSET
    category: str | UnsetType | None = UNSET
    pay: Pay | UnsetType | None = UNSET
    client: Client | UnsetType | None = UNSET


class Event(msgspec.Struct, frozen=True):
    """One event of a thread; which fields it needs depends on its type. Further fields are let pass."""

    type: str
    sender: Literal["client", "worker"] | UnsetType = UNSET
    by: Literal["client", "worker"] | UnsetType = UNSET
    text: str | UnsetType = UNSET
    purpose: str | UnsetType = UNSET
    tools: tuple[str, ...] | UnsetType = UNSET
    amount_yen: _Count | UnsetType = UNSET
    at: str | UnsetType = UNSET
    id: str | int | UnsetType = UNSET


class ThreadRequest(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The events between two people about one job, in order, as `sekisho.check_thread` takes them."""

    events: Annotated[tuple[Event, ...], Meta(max_length=5_000)]


class BatchRequest(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """Many items at once; each is judged or refused by itself."""

    items: tuple[msgspec.Raw, ...]


def _names(*types: type[msgspec.Struct]) -> frozenset[str]:
    return frozenset(name for kind in types for name in kind.__struct_fields__)


KNOWN = _names(CheckRequest, Pay, Client, PostingRequest, Event, ThreadRequest, BatchRequest)
"""Every field name of ours: the only names a problem may repeat."""
