"""What must hold of judgements: the same input and the same pack give the same record again."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterator

from sekisho.core.detection import load
from sekisho.core.rules.errors import PackError
from sekisho.market.judging.models import Judgement, PackVersion
from sekisho.market.judging.reproduce import again
from sekisho.market.kernel.verification import Seen, checks, rows

SAMPLE = 500
"""So many judgements are made again, others at each run: all of them would take hours on a large site."""
_CHOSEN = """
SELECT id FROM judging_judgement ORDER BY md5(id::text || %s) LIMIT %s
"""


@checks("judging.reproduced", "judgements made again")
def reproduced(seen: Seen) -> Iterator[str]:
    """A sample of judgements, made again from what was kept, by the very pack and engine where they are still here."""
    packs, left_out = _present(), Counter[str]()
    ids = [str(pk) for (pk,) in rows(_CHOSEN, (secrets.token_hex(8), str(SAMPLE)))]
    for row in Judgement.objects.filter(pk__in=ids).iterator(chunk_size=50):
        pack = packs.get(row.digest)
        if row.erased_at is not None:
            left_out["their words were erased"] += 1
        elif pack is None:
            left_out["their pack or engine is no longer here"] += 1
        else:
            seen.count += 1
            told = again(row, pack)
            if told != row.record:
                changed = sorted(name for name, value in row.record.items() if told[name] != value)
                yield f"judgement {row.pk} comes out differently: {', '.join(changed)}"
    seen.notes += [f"{count:,} could not be made again: {why}" for why, count in sorted(left_out.items())]


def _present() -> dict[str, str]:
    """The packs that can be loaded, by the digest of pack and engine."""
    names = set(Judgement.objects.values_list("pack", flat=True).distinct())
    names |= set(PackVersion.objects.values_list("pack", flat=True).distinct())
    found = {}
    for name in sorted(names):
        try:
            found[load(name).digest] = name
        except PackError:
            continue
    return found
