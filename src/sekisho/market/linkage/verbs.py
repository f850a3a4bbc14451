"""What moderators do with links: look, mark innocent causes, take marks back. Nothing of it reaches the people concerned."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.linkage import rotation
from sekisho.market.linkage.graph import Graph, graph
from sekisho.market.linkage.keys import chain
from sekisho.market.linkage.links import pair
from sekisho.market.linkage.models import Explanation, KeyUse, Trait
from sekisho.market.people.models import Account

CAUSES = ("agency", "shared_phone", "family", "same_person", "template", "other")
"""An agency writes for its clients; a company has one telephone; a family one bank account; somebody openly has two
accounts; everybody copies one text; something else, which `because` tells."""

describe({
    "one_pair_or_trait": Row(Kind.INVALID, "アカウント2件、または共通点1件のどちらかを指定してください。",
                             "Name either two different accounts or one thing in common."),
    "explained_already": Row(Kind.CONFLICT, "すでに説明が付いています。先に取り消してください。",
                             "It is explained already. Take that back first."),
    "key_in_use": Row(Kind.CONFLICT, "この鍵は SEKISHO_LINKAGE_KEY に含まれているため、削除できません。",
                      "This key is in SEKISHO_LINKAGE_KEY and cannot be forgotten."),
})  # fmt: skip


@verb("linkage.look")
def look(actor: Actor, account: Account, *, depth: int = 1, limit: int = 50) -> Graph:
    """The graph around an account; who looked stands in the audit log."""
    return graph(account.pk, depth, limit)


@verb("linkage.mark_innocent")
def mark_innocent(
    actor: Actor,
    thing: None,
    *,
    cause: str,
    because: str,
    accounts: Sequence[UUID] = (),
    trait: UUID | None = None,
) -> Explanation:
    """Two accounts, or all that share a thing, have an innocent cause for it: shown as such, and never told of again.

    `cause` is one of `CAUSES`. Raises `Problem` one_pair_or_trait, explained_already, not_found.
    """
    current().because = words = fields.text(because, "because", 1000)
    kind, two = fields.one_of(cause, "cause", CAUSES), sorted(set(accounts))
    if (len(two), trait is None) not in ((2, True), (0, False)):
        raise Problem("one_pair_or_trait")
    if trait is not None:
        known = Trait.objects.select_for_update().filter(pk=trait)
    else:
        known = Account.objects.select_for_update(no_key=True).filter(pk__in=two).order_by("pk")  # type: ignore[assignment]
    if len(known) != (len(two) or 1):
        raise Problem("not_found")
    one, other = pair(*two) if two else (None, None)
    if Explanation.objects.filter(trait=trait, one=one, other=other, ended_at=None).exists():
        raise Problem("explained_already")
    return Explanation.objects.create(
        trait_id=trait, one_id=one, other_id=other, cause=kind, because=words, by=actor.me
    )


@verb("linkage.unmark")
def unmark(actor: Actor, explanation: Explanation, *, because: str) -> Explanation:
    """The cause does not hold (any more): the link counts again."""
    current().because = fields.text(because, "because", 1000)
    if explanation.ended_at is not None:
        raise Problem("already", state="unmarked")
    explanation.ended_at = clock.now()
    explanation.save(update_fields=["ended_at"])
    return explanation


@verb("linkage.forget_key")
def forget_key(actor: Actor, thing: None, *, name: str, because: str) -> None:
    """Delete everything that was hashed under a key which is no longer in the list (`rotation.standing`)."""
    current().because = fields.text(because, "because", 1000)
    if name in chain().names:
        raise Problem("key_in_use")
    rotation.erase([row.pk for row in Trait.objects.select_for_update().filter(key=name)])
    KeyUse.objects.filter(pk=name).delete()
