"""Notes what an account showed. Contacts and bank accounts in the verb's own transaction; texts and pictures in the background.

Only one's own words count: what the other side of a deal showed first is quoted by the one who writes it later.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection

from sekisho.market.files.models import Upload
from sekisho.market.kernel import clock
from sekisho.market.kernel.locks import alone
from sekisho.market.kernel.outbox import handles, tell
from sekisho.market.linkage import candidates, rotation
from sekisho.market.linkage.models import Band, Sighting, Trait
from sekisho.market.linkage.pictures import apart, picture_seen
from sekisho.market.linkage.policy import policy
from sekisho.market.linkage.seen import (
    PICTURE,
    TEXT,
    Identified,
    Seen,
    bank_account_seen,
    contacts_seen,
    from_plain,
)
from sekisho.market.linkage.texts import likeness, text_seen
from sekisho.market.people.models import Account

_SIGHT = """
WITH t AS (SELECT id FROM linkage_trait WHERE id = %(trait)s FOR KEY SHARE)
INSERT INTO linkage_sighting AS s (trait_id, account_id, at, last_at, times, likeness)
SELECT id, %(account)s, %(now)s, %(now)s, 1, %(likeness)s FROM t
ON CONFLICT (trait_id, account_id) DO UPDATE
SET times = s.times + 1, last_at = %(now)s, likeness = GREATEST(s.likeness, %(likeness)s)
"""
_NEAR = """
SELECT w.band, b.trait_id FROM unnest(%s::int[], %s::bigint[]) AS w (band, value)
CROSS JOIN LATERAL (SELECT trait_id FROM linkage_band WHERE value = w.value LIMIT %s) b
"""
Others = Callable[[], Collection[UUID]]


def note_words(
    account: UUID, kind: str, text: str, contacts: Iterable[Identified], *, others: Others | None = None
) -> None:
    """`account` wrote a text of `kind` with these contacts. `others`: who else is in the deal; None where there is none.

    A text in a deal whose other side is not known does not count, nor do kinds that the policy does not name.
    """
    rules = policy()
    if kind not in (rules.alone if others is None else rules.between):
        return
    found, words = contacts_seen(contacts)[: rules.most_contacts], text_seen(text)
    if not found and words is None:
        return
    quoted = tuple(others() if others is not None else ())
    if words is not None:
        tell("linkage.near", account=account, seen=words.plain, others=[str(one) for one in quoted])
    note(account, found, quoted)


def note_bank_account(account: UUID, bank: str, branch: str, type_: str, number: str) -> None:
    """The payouts of `account` go there. Give the digits in their full length."""
    note(account, [bank_account_seen(bank, branch, type_, number)])


@handles("linkage.near")
def near_noted(payload: dict[str, Any]) -> None:
    """A text or picture that `account` showed; those of one kind one after the other, so that two at once still meet."""
    seen = from_plain(payload["seen"])
    alone(f"linkage {seen.kind}")
    note(UUID(payload["account"]), [seen], [UUID(one) for one in payload["others"]])


@handles("file.uploaded")
def picture_noted(payload: dict[str, Any]) -> None:
    """A picture that is to be sent or delivered. Who was sent it by somebody and passes it on shows nothing of his own."""
    upload = Upload.objects.filter(pk=payload["upload"], purpose__in=policy().pictures).first()
    seen = picture_seen(upload) if upload is not None else None
    if upload is None or seen is None or not Account.objects.filter(pk=upload.owner).exists():
        return
    alone(f"linkage {PICTURE}")
    givers = Upload.objects.filter(shares__reader=upload.owner).values_list("owner", flat=True).distinct()
    note(upload.owner, [seen], list(givers[:1000]))


def note(account: UUID, found: Sequence[Seen], others: Collection[UUID] = ()) -> None:
    """`account` showed these, unless one of `others` showed the same before. A strong one may make a candidate."""
    if not found:
        return
    rotation.in_use()
    noted = [
        trait.pk
        for one in sorted(found, key=lambda s: s.digests[-1])
        if (trait := _noted(account, one, others))
    ]
    candidates.propose(account, noted)


def _noted(account: UUID, seen: Seen, others: Collection[UUID]) -> Trait | None:
    """The trait; None when it is only quoted."""
    while True:
        trait, like = _trait(seen)
        if others:
            shown = Sighting.objects.filter(trait=trait, account__in=[account, *others])
            had = set(shown.values_list("account_id", flat=True))
            if had and account not in had:
                return None
        with connection.cursor() as cursor:
            values: dict[str, Any] = {
                "trait": trait.pk,
                "account": account,
                "now": clock.now(),
                "likeness": like,
            }
            cursor.execute(_SIGHT, values)
            if cursor.rowcount:
                return trait
        # It was forgotten at this very moment: write it anew.


def _trait(seen: Seen) -> tuple[Trait, float]:
    """The thing itself, else the likest one, else a new one; and how like."""
    if (same := Trait.objects.filter(digest__in=seen.digests).first()) is not None:
        return same, 1.0
    if seen.bands and (near := nearest(seen)) is not None:
        return near
    made = Trait(kind=seen.kind, digest=seen.digests[-1], key=seen.key, look=seen.look)
    Trait.objects.bulk_create([made], ignore_conflicts=True)  # somebody may be writing it at this moment
    trait = Trait.objects.filter(digest=made.digest).first() or made
    if trait.pk == made.pk:
        values = {values[-1] for values in seen.bands}
        Band.objects.bulk_create(Band(value=value, trait=trait) for value in sorted(values))
    return trait, 1.0


def nearest(seen: Seen) -> tuple[Trait, float] | None:
    """Of what has a band in common. A band that very many have is boilerplate, and is left out on both sides."""
    rules = policy()
    most = rules.text.rare if seen.kind == TEXT else rules.picture.most
    wanted = [(band, value) for band, values in enumerate(seen.bands) for value in values]
    with connection.cursor() as cursor:
        cursor.execute(_NEAR, [[band for band, _ in wanted], [value for _, value in wanted], most + 1])
        met: dict[int, set[UUID]] = {}
        for band, trait in cursor.fetchall():
            met.setdefault(band, set()).add(trait)
    rare = [traits for traits in met.values() if len(traits) <= most]
    shared = Counter(trait for traits in rare for trait in traits)
    if seen.kind == TEXT:
        return _likest(shared, len(seen.bands) - len(met) + len(rare))
    return _closest(shared, seen.look)


def _likest(shared: Counter[UUID], bands: int) -> tuple[Trait, float] | None:
    rules = policy().text
    if not shared or bands < rules.bands:
        return None
    best, count = min(shared.items(), key=lambda item: (-item[1], item[0]))
    like = likeness(count, bands)
    trait = Trait.objects.filter(pk=best).first() if like >= rules.alike else None
    return (trait, like) if trait is not None else None


def _closest(shared: Counter[UUID], look: bytes) -> tuple[Trait, float] | None:
    rows = Trait.objects.filter(pk__in=list(shared), kind=PICTURE)
    best = min(((apart(bytes(row.look), look), row.pk, row) for row in rows), default=None)
    if best is None or best[0] > policy().picture.apart:
        return None
    return best[2], 1.0 - best[0] / (8 * len(look))
