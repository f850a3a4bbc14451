"""The table of operations, room by room. A new verb of a room is a new row in the module that is named like it."""

from __future__ import annotations

from sekisho.interfaces.api.operation import Op
from sekisho.interfaces.api.operations import (
    agreements,
    bulk,
    cases,
    contact,
    contracts,
    deals,
    desk,
    events,
    exposures,
    files,
    hiring,
    house,
    jobs,
    judge,
    links,
    money,
    notices,
    numbers,
    people,
    personal_data,
    reports,
    rules,
    till,
)

OPERATIONS: tuple[Op, ...] = (
    *people.OPERATIONS, *jobs.OPERATIONS, *hiring.OPERATIONS, *deals.OPERATIONS,
    *contracts.OPERATIONS, *agreements.OPERATIONS, *contact.OPERATIONS,
    *money.OPERATIONS,
    *notices.OPERATIONS, *desk.OPERATIONS, *judge.OPERATIONS, *events.OPERATIONS,
    *personal_data.OPERATIONS,
    *exposures.OPERATIONS,
    *rules.OPERATIONS,
    *files.OPERATIONS, *till.OPERATIONS, *house.OPERATIONS,
    *reports.OPERATIONS, *cases.OPERATIONS, *bulk.OPERATIONS, *links.OPERATIONS, *numbers.OPERATIONS,
)  # fmt: skip
