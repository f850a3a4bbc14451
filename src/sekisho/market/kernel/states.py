"""Lifecycles are tables. From the rows come the choices, the constraint, the UPDATE, the buttons, the page and the tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

from django.db import models

from sekisho.market.kernel import clock
from sekisho.market.kernel.permits import Permit
from sekisho.market.kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Row:
    """From `state` (None: it does not exist yet) by `verb` of one of `by` to `to`, if every need holds.

    `after`: how long the thing stays in `state` before the clock does it by itself; None for verbs of people.
    `standing`: what the standing of a person must permit.
    """

    state: StrEnum | None
    verb: str
    by: tuple[str, ...]
    to: StrEnum
    needs: tuple[str, ...] = ()
    after: str | None = None
    standing: str | None = None


class StateTable:
    """The lifecycle of one thing. Checked when it is made; raises `ValueError` naming every fault.

    `rests`: states in which it is over although a decision or an upheld appeal can take it up again.
    """

    def __init__(
        self,
        name: str,
        states: type[StrEnum],
        rows: Iterable[Row],
        needs: dict[str, Callable[[Any], bool]] | None = None,
        rests: Iterable[StrEnum] = (),
    ) -> None:
        self.name, self.states, self.rows = name, states, tuple(rows)
        self.needs = needs or {}
        ended = (s for s in states if not any(row.state == s for row in self.rows))
        self.final = frozenset(ended) | frozenset(rests)
        self.initial = frozenset(row.to for row in self.rows if row.state is None)
        faults = list(self._faults())
        if faults:
            raise ValueError(f"{name}: " + "; ".join(faults))

    def _faults(self) -> Iterable[str]:
        asked: set[tuple[object, str, str]] = set()
        for row in self.rows:
            for by in row.by:
                if (row.state, row.verb, by) in asked:
                    yield f"two rows for {row.verb} by {by} from {row.state}"
                asked.add((row.state, row.verb, by))
            yield from (
                f"{row.verb} needs {need}, which is not defined"
                for need in row.needs
                if need not in self.needs
            )
            if row.after is not None and row.by != ("clock",):
                yield f"{row.verb}: a timer is the clock's"
        reached, size = set(self.initial), -1
        while size != len(reached):
            size = len(reached)
            reached |= {row.to for row in self.rows if row.state in reached}
        yield from (f"{state} is never reached" for state in self.states if state not in reached)
        ends = set(self.final)
        size = -1
        while size != len(ends):
            size = len(ends)
            ends |= {row.state for row in self.rows if row.to in ends and row.state is not None}
        yield from (f"{state} has no way out" for state in self.states if state not in ends)

    @property
    def verbs(self) -> tuple[str, ...]:
        """Every verb once, in the order of the table."""
        return tuple(dict.fromkeys(row.verb for row in self.rows))

    def choices(self) -> list[tuple[str, str]]:
        """For a model's field."""
        return [(state.value, state.value) for state in self.states]

    def constraint(self, model: str) -> models.CheckConstraint:
        """The database knows no other states."""
        return models.CheckConstraint(
            condition=models.Q(state__in=[s.value for s in self.states]), name=f"{model}_state"
        )

    def permits(self) -> list[Permit]:
        """The rows of the permission table that follow from this one: `<name>.<verb>`."""
        rows = []
        for verb in self.verbs:
            mine = [row for row in self.rows if row.verb == verb]
            by = tuple(dict.fromkeys(word for row in mine for word in row.by))
            standing = {row.standing for row in mine}
            if len(standing) > 1:
                raise ValueError(f"{self.name}.{verb}: its rows ask for different standings")
            rows.append(Permit(f"{self.name}.{verb}", by, standing.pop()))
        return rows

    def find(self, state: str | None, verb: str, held: Iterable[str]) -> Row:
        """The row for one in the relations `held`. Raises `Problem` already, not_from_here or not_yours."""
        words = set(held)
        here = [row for row in self.rows if row.state == state and row.verb == verb]
        for row in here:
            if words & set(row.by):
                return row
        if here:
            raise Problem("not_yours")
        if state is not None and any(row.verb == verb and row.to == state for row in self.rows):
            raise Problem("already", state=state)
        raise Problem("not_from_here", state=state or "-")

    def open(self, state: str | None, held: Iterable[str]) -> list[Row]:
        """What one in the relations `held` can do next: for buttons."""
        words = set(held)
        return [row for row in self.rows if row.state == state and words & set(row.by)]

    def move(
        self,
        thing: models.Model,
        verb: str,
        held: Iterable[str],
        waits: dict[str, timedelta] | None = None,
        **changes: Any,
    ) -> Row:
        """Take `thing` along: check, then an UPDATE that must hit exactly one row. Sets `state`, `due_at` and `changes`.

        `waits` gives the length of each timer's `after`. Raises `Problem`; a thing that moved meanwhile is refused.
        """
        state: str = thing.state  # type: ignore[attr-defined]
        row = self.find(state, verb, held)
        for need in row.needs:
            if not self.needs[need](thing):
                raise Problem("needs", need=need)
        values = {"state": row.to.value, **changes}
        if any(r.after for r in self.rows):
            values.setdefault("due_at", self._due(row.to, waits or {}))
        hit = type(thing)._default_manager.filter(pk=thing.pk, state=state).update(**values)
        if hit != 1:
            raise Problem("not_from_here", state=state)
        for name, value in values.items():
            setattr(thing, name, value)
        return row

    def _due(self, state: StrEnum, waits: dict[str, timedelta]) -> Any:
        timers = [waits[row.after] for row in self.rows if row.state == state and row.after]
        return clock.now() + min(timers) if timers else None
