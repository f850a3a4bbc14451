"""Loads the guidance of a pack once, laid over that of the pack it extends file by file and entry by entry."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sekisho.core.detection.library import pack_folder
from sekisho.core.guidance import entries
from sekisho.core.guidance.model import (
    Criterion,
    Exposed,
    Guide,
    ReactionKind,
    ReportWords,
    Situation,
    Speech,
)
from sekisho.core.rules.errors import PackError, Problem
from sekisho.core.rules.layers import Layers, read_layers
from sekisho.core.rules.loader import pack_folders
from sekisho.core.rules.model import Risk, Stage
from sekisho.core.rules.reading import Table

FILES = ("sites", "refusals", "reactions", "risks", "points", "exposure", "review", "report")

HEADINGS = ("category", "when", "stage", "method", "words", "did", "given", "attach", "timeline")
BLANKS = ("when", "did", "given", "method")
ATTACHMENTS = ("screenshot", "posting", "outside")
DID = ("refused", "nothing", "answered")
EVENTS = (
    "message_client", "message_worker", "contract_agreed", "escrow_funded", "contact_request", "contact_request_approved",
    "contact_request_declined", "contact_request_ended", "delivered", "accepted", "cancelled",
)  # fmt: skip
ADVICE = ("approve", "decline")


def load_guide(pack: str | os.PathLike[str] = "standard") -> Guide:
    """The guidance of a pack (a built-in id or a folder), kept for the life of the process.

    Raises `PackError` with every mistake in it, or when neither the pack nor one it extends has any.
    """
    return _load(os.fspath(pack))


@lru_cache(maxsize=32)
def _load(pack: str) -> Guide:
    folder = pack_folder(pack).resolve()
    problems: list[Problem] = []
    sources = _Sources(read_layers(pack_folders(folder), "guidance", problems))
    guide = _guide(sources)
    if problems:
        raise PackError(problems)
    return guide


@dataclass(frozen=True, slots=True)
class _Sources:
    layers: Layers

    def table(self, name: str) -> Table:
        return self.layers.table(name, FILES)


def _guide(sources: _Sources) -> Guide:
    refusals, reactions, risks = sources.table("refusals"), sources.table("reactions"), sources.table("risks")
    said = entries.keyed(refusals, Situation, entries.read_refusal)
    taken = entries.keyed(reactions, ReactionKind, entries.read_reaction)
    feared = entries.keyed(risks, Risk, entries.read_risk)
    points = sources.table("points")
    known = {}
    for name, entry in points.entries():
        known[name] = entries.read_point(name, entry)
        entry.finish()
    entries.require(refusals, "refusal", Situation, said)
    entries.require(reactions, "reaction", ReactionKind, taken)
    entries.require(risks, "risk", Risk, feared)
    steps, always, exposures = _exposure(sources.table("exposure"), tuple(known))
    review = sources.table("review")
    thresholds = entries.read_thresholds(review.child("thresholds", "write `[thresholds]`"))
    criteria = {c: entries.say(t, "title") for c in Criterion if (t := review.child(c, f"write `[{c}.title]`"))}
    advice = entries.speeches(review.child("advice", "write `[advice.approve]` and `[advice.decline]`"))
    entries.require(review, "advice", ADVICE, advice)
    return Guide(
        sites=_sites(sources.table("sites")),
        refusals=said,
        reactions=taken,
        risks={risk.value: value for risk, value in feared.items()},
        points=known,
        steps=steps,
        always=always,
        exposures=exposures,
        criteria=criteria,
        advice=advice,
        thresholds=thresholds,
        report=_report(sources.table("report")),
    )


def _sites(table: Table) -> dict[str, Speech]:
    found = dict(entries.speeches(table))
    entries.require(table, "site", ("here",), found)
    return found


def _exposure(table: Table, points: tuple[str, ...]) -> tuple[Any, Any, Any]:
    steps = {}
    for name, entry in (table.child("step", "write `[step.<name>]`") or table).entries():
        steps[name] = entries.read_step(name, entry)
        entry.finish()
    first = table.child("always", "write `[always]`")
    always = first.texts("steps", None) if first else ()
    kinds = table.child("kind", "write `[kind.<name>]` for every kind of data")
    exposures = entries.keyed(kinds, Exposed, entries.read_exposure) if kinds else {}
    entries.require(table, "kind", Exposed, exposures)
    entries.refer(table, "step", always, steps)
    for exposure in exposures.values():
        entries.refer(table, "step", exposure.steps, steps)
        entries.refer(table, "consultation point", exposure.points, points)
    table.finish(("step", "always", "kind"))
    return steps, always, exposures


def _report(table: Table) -> ReportWords:
    words = entries.read_report(table)
    for what, names, have in (
        ("heading", HEADINGS, words.headings), ("blank", BLANKS, words.blanks), ("attachment", ATTACHMENTS, words.attachments),
        ("answer", DID, words.did), ("event", EVENTS, words.events), ("stage", tuple(Stage), words.stages),
    ):  # fmt: skip
        entries.require(table, what, names, have)
    return words


