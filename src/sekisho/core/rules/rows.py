"""The verdict table looked up: the row of a rule, and every setting of a pack by its path. Judges nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, replace

from sekisho.core.rules.model import Pack, Rule, TableRow
from sekisho.core.rules.policy import Setting

APPROVED_TOOL = "approved_tool"


def row_of(pack: Pack, rule: Rule) -> TableRow:
    """What findings of `rule` mean: the row of its label, with the outcomes the pack has for this rule alone."""
    row, own = pack.table[rule.label], pack.rule_rows.get(rule.id)
    if not own:
        return row
    at = {stage: own.get(stage, outcome) for stage, outcome in row.at.items()}
    return replace(row, at=at, approved_tool=own.get(APPROVED_TOOL, row.approved_tool))


def settings_of(pack: Pack) -> dict[str, Setting]:
    """Every setting of the policy of `pack` by its path in `pack.toml`: `table.contact_disclosure.first`."""
    return dict(_settings(pack))


def _settings(pack: Pack) -> Iterator[tuple[str, Setting]]:
    yield "unsure_action", pack.unsure_action.value
    for policy in fields(pack.contact_request):
        yield f"contact_request.{policy.name}", getattr(pack.contact_request, policy.name)
    for label, row in pack.table.items():
        yield from _outcomes(f"table.{label}", row)
        yield f"table.{label}.first", row.first.value
        yield f"table.{label}.repeated", row.repeated.value
    for rule in pack.rules.values():
        if rule.label in pack.table:
            yield from _outcomes(f"rule.{rule.id}", row_of(pack, rule))


def _outcomes(path: str, row: TableRow) -> Iterator[tuple[str, Setting]]:
    for stage, outcome in row.at.items():
        yield f"{path}.{stage}", outcome.value
    yield f"{path}.{APPROVED_TOOL}", row.approved_tool.value
