"""The rows of the forms about what was given away: as they were typed, and as the room wants them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sekisho.interfaces.web.doors import day_or_none, whole
from sekisho.market.exposure.entries import MOST
from sekisho.market.kernel.problems import Problem

COLUMNS = ("kind", "on", "tool", "to", "to_words", "amount_yen")


def raw_rows(post: Mapping[str, str]) -> list[dict[str, Any]]:
    """The rows of a form as they were typed. A row without a recipient or tool of its own has that of the whole form."""
    rows = []
    for n in range(MOST):
        row: dict[str, Any] = {name: post.get(f"{name}-{n}", "").strip() for name in COLUMNS}
        if row["kind"] and f"drop-{n}" not in post:
            shared = {name: post.get(name, "").strip() for name in ("to", "to_words", "tool")}
            own_person = row["to"] or row["to_words"]
            row |= {k: v for k, v in shared.items() if not row[k] and (k == "tool" or not own_person)}
            rows.append(row | {"n": n})
    return rows


def told_rows(post: Mapping[str, str]) -> list[dict[str, Any]]:
    """The same as the room wants them. Raises `Problem`."""
    return [
        row | {"on": day_or_none(row["on"], "on"), "to": id_or_none(row["to"]),
               "amount_yen": whole(row["amount_yen"], "amount_yen") if row["kind"] == "money" else None}
        for row in raw_rows(post)
    ]  # fmt: skip


def id_or_none(value: str) -> UUID | None:
    """An id, or None for an empty field. Raises `Problem("not_found")`."""
    try:
        return UUID(value) if value else None
    except ValueError:
        raise Problem("not_found") from None
