"""What came of replaying judgements, as numbers that can be added up: of a step, a part, a whole back-test. No database here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sekisho.market.judging.asking import Glance

HOLDS = frozenset({"hold", "refuse"})
"""Actions that keep a text from its recipient."""
Sample = tuple[str, str]


@dataclass(slots=True)
class Tally:
    """Counts and samples.

    `changes`: by `verdict/action>verdict/action` where the two differ. `rules`: [kept, gained, lost] by rule. `kinds`: [texts,
    texts that differ] by kind. `days`: [texts, holds before, holds after] by day (UTC). `not_replayed`: by reason. `samples`: by
    kind of change or rule, the few judgements whose hash is smallest: the same ones however the work was divided.
    """

    texts: int = 0
    differs: int = 0
    changes: dict[str, int] = field(default_factory=dict)
    rules: dict[str, list[int]] = field(default_factory=dict)
    kinds: dict[str, list[int]] = field(default_factory=dict)
    days: dict[str, list[int]] = field(default_factory=dict)
    not_replayed: dict[str, int] = field(default_factory=dict)
    samples: dict[str, list[Sample]] = field(default_factory=dict)

    @classmethod
    def of(cls, plain: Mapping[str, Any]) -> Tally:
        """Back from `plain`."""
        told = dict(plain)
        told["samples"] = {k: [(a, b) for a, b in v] for k, v in told.get("samples", {}).items()}
        return cls(**told)

    def plain(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return {name: getattr(self, name) for name in self.__slots__}

    def count(self, *, id_: UUID, kind: str, day: str, before: Glance, after: Glance, most: int) -> None:
        """Add one judgement replayed; keep at most `most` samples of each kind."""
        self.texts += 1
        for rule in before.rules | after.rules:
            _add(self.rules, rule, [int(rule in before.rules & after.rules), int(rule not in before.rules),
                                    int(rule not in after.rules)])  # fmt: skip
        _add(self.days, day, [1, int(before.action in HOLDS), int(after.action in HOLDS)])
        _add(self.kinds, kind, [1, int(before != after)])
        if before == after:
            return
        self.differs += 1
        buckets = [f"+{rule}" for rule in after.rules - before.rules] + [
            f"-{rule}" for rule in before.rules - after.rules
        ]
        if (before.verdict, before.action) != (after.verdict, after.action):
            change = f"{before.verdict}/{before.action}>{after.verdict}/{after.action}"
            self.changes[change] = self.changes.get(change, 0) + 1
            buckets.append(change)
        mark = hashlib.sha256(id_.bytes).hexdigest()[:16], str(id_)
        for bucket in buckets:
            self.samples[bucket] = sorted({*self.samples.get(bucket, ()), mark})[:most]

    def skip(self, reason: str) -> None:
        """Add one judgement that could not be replayed."""
        self.not_replayed[reason] = self.not_replayed.get(reason, 0) + 1

    def add(self, other: Tally, most: int) -> None:
        """Add up."""
        self.texts, self.differs = self.texts + other.texts, self.differs + other.differs
        for name in ("rules", "kinds", "days"):
            for key, counts in getattr(other, name).items():
                _add(getattr(self, name), key, counts)
        for name in ("changes", "not_replayed"):
            mine = getattr(self, name)
            for key, count in getattr(other, name).items():
                mine[key] = mine.get(key, 0) + count
        for bucket, marks in other.samples.items():
            self.samples[bucket] = sorted({*self.samples.get(bucket, ()), *marks})[:most]

    def chosen(self, most: int) -> list[tuple[str, str]]:
        """(judgement, what it stands for): each once, kinds taken in turn so that none crowds out another; at most `most`."""
        found: dict[str, str] = {}
        # Verdicts that change come before rules that do.
        buckets = sorted(self.samples, key=lambda bucket: (bucket[0] in "+-", bucket))
        for place in range(max(map(len, self.samples.values()), default=0)):
            for bucket in buckets:
                marks = self.samples[bucket]
                if place < len(marks) and len(found) < most:
                    found.setdefault(marks[place][1], bucket)
        return list(found.items())


def _add(table: dict[str, list[int]], key: str, counts: Iterable[int]) -> None:
    mine = table.get(key)
    table[key] = list(counts) if mine is None else [a + b for a, b in zip(mine, counts, strict=True)]
