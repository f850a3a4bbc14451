"""What the clock does in this room."""

from __future__ import annotations

from sekisho.market.kernel.actors import SYSTEM
from sekisho.market.kernel.sweep import timer
from sekisho.market.safety import appeals, bulk, claims, decisions, sanctions
from sekisho.market.safety.models import Appeal, Bulk, Case, Decision, Sanction

timer(Case, lambda case: claims.overdue(SYSTEM, case))
timer(Decision, lambda decision: decisions.confirm_alone(SYSTEM, decision))
timer(Sanction, lambda sanction: sanctions.expire(SYSTEM, sanction))
timer(Appeal, lambda appeal: appeals.overdue(SYSTEM, appeal))
timer(Bulk, lambda row: bulk.fire(SYSTEM, row))
