"""The table of operations, room by room. A new verb of a room is a new row in the module that is named like it."""

from __future__ import annotations

from sekisho.interfaces.api.operation import Op
from sekisho.interfaces.api.operations import (
    contact,
    contracts,
    deals,
    desk,
    jobs,
    judge,
    money,
    notices,
    people,
)

OPERATIONS: tuple[Op, ...] = (
    *people.OPERATIONS, *jobs.OPERATIONS, *deals.OPERATIONS, *contracts.OPERATIONS, *contact.OPERATIONS, *money.OPERATIONS,
    *notices.OPERATIONS, *desk.OPERATIONS, *judge.OPERATIONS,
)  # fmt: skip
