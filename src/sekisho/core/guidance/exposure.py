"""What to do after something was given away. Asks for kinds of data, never for the data."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass

from sekisho.core.detection import UnknownValue
from sekisho.core.guidance.library import load_guide
from sekisho.core.guidance.model import Exposed, ExposureKind, Point, Speech, Step
from sekisho.core.rules.errors import one_of

WHEN: dict[int, Speech] = {
    3: {"ja": "いますぐ", "en": "Now"},
    2: {"ja": "数日のうちに", "en": "Within days"},
    1: {"ja": "落ち着いたら", "en": "When there is time"},
}
"""What an urgency is called."""

_HEADINGS: dict[str, Speech] = {
    "may": {"ja": "起こりうること", "en": "What may happen"},
    "do": {"ja": "やること", "en": "What to do"},
    "ask": {"ja": "相談先", "en": "Where to ask"},
    "checked": {"ja": "確認:{checked}", "en": "checked {checked}"},
    "unread": {"ja": "(公式ページは未確認)", "en": " (official page not read)"},
}


@dataclass(frozen=True, slots=True)
class ExposurePlan:
    """One plan for all that was given away: steps most urgent first, each once; points in order of the kinds that need them."""

    kinds: tuple[ExposureKind, ...]
    steps: tuple[Step, ...]
    points: tuple[Point, ...]

    def text(self, lang: str = "ja") -> str:
        """The plan to read or print."""
        lines = [f"■ {_HEADINGS['may'][lang]}"]
        lines += [f"・{kind.title[lang]}: {kind.may[lang]}" for kind in self.kinds]
        lines += ["", f"■ {_HEADINGS['do'][lang]}"]
        number = 0
        for urgency in sorted(WHEN, reverse=True):
            steps = [step for step in self.steps if step.urgency == urgency]
            if steps:
                lines.append(f"[{WHEN[urgency][lang]}]")
            for step in steps:
                number += 1
                lines.append(f"{number}. {step.do[lang]}")
        lines += ["", f"■ {_HEADINGS['ask'][lang]}"]
        lines += [point_line(point, lang) for point in self.points]
        return "\n".join(lines)


def point_line(point: Point, lang: str) -> str:
    """A consultation point in one line: name, number or address, what for, hours, when it was checked."""
    reach = " ".join(part for part in (point.phone, point.url) if part)
    hours = point.hours.get(lang, "")
    checked = _HEADINGS["checked"][lang].format(checked=point.checked)
    unread = "" if point.confirmed == "official" else _HEADINGS["unread"][lang]
    head = f"・{point.name[lang]}" + (f" {reach}" if reach else "")
    return " / ".join(part for part in (head, point.for_[lang], hours, checked + unread) if part)


def exposure_plan(kinds: Iterable[str], *, pack: str | os.PathLike[str] = "standard") -> ExposurePlan:
    """What to do when data of these kinds (see `Exposed`) were given away.

    Raises `UnknownValue` for an unknown kind or none at all, `PackError` for guidance that is not in order.
    """
    wanted = list(dict.fromkeys(kinds))
    for kind in wanted:
        if kind not in Exposed.__members__.values():
            raise UnknownValue(f"there is no kind of data {kind!r}; {one_of(Exposed)}")
    if not wanted:
        raise UnknownValue(f"name at least one kind of data; {one_of(Exposed)}")
    guide = load_guide(pack)
    found = tuple(guide.exposures[kind] for kind in Exposed if kind in wanted)
    names = dict.fromkeys([*guide.always, *(name for kind in found for name in kind.steps)])
    steps = sorted((guide.steps[name] for name in names), key=lambda step: -step.urgency)
    points = dict.fromkeys(name for kind in found for name in kind.points)
    return ExposurePlan(found, tuple(steps), tuple(guide.points[name] for name in points))
