"""`sekisho verify`: every check of every room, each with what it looked at and what does not hold."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Sum

from sekisho.market.deals import log
from sekisho.market.deals.models import Deal
from sekisho.market.kernel import audit
from sekisho.market.kernel.models import AuditSeal
from sekisho.market.ledger.models import LedgerAccount


def verify_all() -> Iterator[tuple[str, bool]]:
    """Sentences with whether each tells of a fault: first the faults of a check, then what was checked."""
    total = LedgerAccount.objects.aggregate(total=Sum("balance"))["total"] or 0
    if total:
        yield f"ledger: all balances sum to {total} yen, not to 0", True
    yield f"ledger: {LedgerAccount.objects.count()} accounts", False
    count = 0
    for deal in Deal.objects.order_by("id").iterator():
        count += 1
        yield from ((fault, True) for fault in log.verify(deal))
    yield f"records: {count} deals", False
    yield from ((fault, True) for fault in audit.verify())
    yield f"audit: {AuditSeal.objects.count()} sealed acts", False
