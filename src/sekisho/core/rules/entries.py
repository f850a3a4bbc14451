"""From tables of pack files to classes, scopes, frames, rules and table rows. Names are not looked up."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar

from sekisho.core.rules.course import Fact, Signal
from sekisho.core.rules.errors import Problem, did_you_mean, one_of, quoted
from sekisho.core.rules.model import (
    Action,
    Example,
    Expect,
    Frame,
    Kind,
    Label,
    Level,
    Outcome,
    Place,
    Reach,
    Risk,
    Rule,
    RuleRows,
    Scope,
    Sender,
    Side,
    Source,
    Stage,
    Status,
    TableRow,
    WordClass,
)
from sekisho.core.rules.policy import ContactPolicy, Decider
from sekisho.core.rules.reading import Table
from sekisho.core.rules.sources import SourceFile

ID_SHAPE = re.compile(r"_?[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*")
ID_HINT = "an id has lower-case letters, digits, `-` and `_`, and begins with a letter"


class _Placed(Protocol):
    @property
    def place(self) -> Place: ...


Entry = TypeVar("Entry", bound=_Placed)


def read_entries(
    sources: Iterable[SourceFile],
    read: Callable[[str, Table, Place], Entry],
    problems: list[Problem],
) -> dict[str, Entry]:
    """Read every top-level table of `sources`; an id used twice is refused where it stands again."""
    found: dict[str, Entry] = {}
    for source in sources:
        for name, table in Table(source, (), source.data, problems).entries():
            check_id(name, table)
            first = found.get(name)
            entry = read(name, table, source.place((name,)))
            table.finish()
            if first:
                hint = f"it stands already at {first.place.file}:{first.place.line}"
                table.note((), f"{quoted(name)} is defined twice", hint)
            else:
                found[name] = entry
    return found


def check_id(name: str, table: Table, *path: str) -> None:
    """Note a problem at `path` of `table` when `name` has not the shape of an id."""
    if name and not ID_SHAPE.fullmatch(name):
        table.note(path, f"{quoted(name)} is not an id", ID_HINT, at_value=True)


def read_class(name: str, table: Table, place: Place) -> WordClass:
    """`[name]` of a file in words/."""
    return WordClass(
        id=name,
        about=table.text("about"),
        words=table.texts("words"),
        patterns=table.texts("patterns"),
        not_in=table.texts("not_in"),
        groups=table.texts("groups"),
        tool=table.text("tool", ""),
        evade=table.flag("evade"),
        common=table.flag("common"),
        place=place,
    )


def read_scope(name: str, table: Table, place: Place) -> Scope:
    """`[name]` of a file in scopes/."""
    plain = Scope(name, "", ())
    return Scope(
        id=name,
        about=table.text("about"),
        markers=table.texts("markers"),
        side=table.choice("side", Side, plain.side),
        reach=table.choice("reach", Reach, plain.reach),
        gap=table.whole("gap", plain.gap),
        barriers=table.texts("barriers"),
        of=table.texts("of"),
        place=place,
    )


def read_frame(name: str, table: Table, place: Place) -> Frame:
    """`[name]` of a file in frames/."""
    plain = Frame(name, "", ())
    return Frame(
        id=name,
        about=table.text("about"),
        slots=table.texts("slots"),
        reach=table.choice("reach", Reach, plain.reach),
        near=table.whole("near", plain.near),
        ordered=table.flag("ordered"),
        weight=table.number("weight", plain.weight),
        unless=table.texts_or_none("unless"),
        despite=table.texts("despite", ()),
        kinds=table.choices("kinds", Kind),
        senders=table.choices("senders", Sender),
        stages=table.choices("stages", Stage),
        signals=table.choices("signals", Signal),
        place=place,
    )


def read_rules(sources: Iterable[SourceFile], problems: list[Problem]) -> dict[str, Rule]:
    """One rule per file; the stem of the file is the id."""
    found = {}
    for source in sources:
        table = Table(source, (), source.data, problems)
        check_id(source.stem, table)
        if table.text("id", source.stem) != source.stem:
            message = f"`id` differs from the name of the file, {quoted(source.stem)}"
            table.note(("id",), message, "leave `id` out", at_value=True)
        found[source.stem] = _read_rule(source, table)
        table.finish()
    return found


def _read_rule(source: SourceFile, table: Table) -> Rule:
    return Rule(
        id=source.stem,
        label=table.choice("label", Label),
        severity=table.choice("severity", Level),
        confidence=table.choice("confidence", Level),
        status=table.choice("status", Status),
        since=table.text("since"),
        frames=table.texts("frames"),
        risks=table.choices("risks", Risk),
        title=table.speech("title"),
        what=table.speech("what"),
        why=table.speech("why"),
        instead=table.speech("instead"),
        misses=table.speech("misses"),
        techniques=table.texts("techniques"),
        sources=tuple(_read_source(child) for child in table.children("source")),
        examples=tuple(_read_example(child) for child in table.children("example")),
        when=table.choices("when", Fact),
        place=Place(source.file),
    )


def _read_source(table: Table) -> Source:
    source = Source(title=table.text("title"), seen=table.text("seen", ""))
    table.finish()
    return source


def _read_example(table: Table) -> Example:
    plain = Example("", Expect.HIT)
    example = Example(
        text=table.text("text", ""),
        expect=table.choice("expect", Expect),
        span=table.text("span", ""),
        why=table.text("why", ""),
        kind=table.choice("kind", Kind, plain.kind),
        sender=table.choice("sender", Sender, plain.sender),
        stage=table.choice("stage", Stage, plain.stage),
        approved_tools=table.texts("approved_tools"),
        facts=table.choices("facts", Fact),
        place=table.source.place(table.path),
    )
    table.finish()
    return example


def read_rows(table: Table | None, base: Mapping[Label, TableRow]) -> dict[Label, TableRow]:
    """The rows of `[table.<label>]` over those of `base`; a row there before may say only what differs."""
    rows = dict(base)
    for name, row in table.entries() if table else ():
        if name in Label.__members__.values():
            rows[Label(name)] = _read_row(Label(name), row, base.get(Label(name)))
        else:
            row.note((), f"{quoted(name)} is not a label", did_you_mean(name, Label) or one_of(Label))
    return rows


def _read_row(label: Label, row: Table, base: TableRow | None) -> TableRow:
    if base is None:
        read = TableRow(
            label,
            at={stage: row.choice(stage, Outcome) for stage in Stage},
            approved_tool=row.choice("approved_tool", Outcome),
            first=row.choice("first", Action),
            repeated=row.choice("repeated", Action),
        )
    else:
        read = TableRow(
            label,
            at={stage: row.choice(stage, Outcome, base.at[stage]) for stage in Stage},
            approved_tool=row.choice("approved_tool", Outcome, base.approved_tool),
            first=row.choice("first", Action, base.first),
            repeated=row.choice("repeated", Action, base.repeated),
        )
    row.finish()
    return read


def read_rule_rows(table: Table | None, rules: Mapping[str, Rule], base: RuleRows) -> dict[str, Mapping[str, Outcome]]:
    """The outcomes of `[rule.<id>]` over those of `base`; what a rule leaves out is as in the row of its label."""
    rows = dict(base)
    for name, own in table.entries() if table else ():
        if name not in rules:
            own.note((), f"{quoted(name)} is not a rule", did_you_mean(name, rules))
            continue
        fields = [field for field in (*Stage, "approved_tool") if own.has(field)]
        rows[name] = {**rows.get(name, {}), **{field: own.choice(field, Outcome) for field in fields}}
        own.finish((*Stage, "approved_tool"))
    return rows


def read_contact_policy(table: Table | None, base: ContactPolicy) -> ContactPolicy:
    """`[contact_request]` of pack.toml; what it leaves out is as in `base`."""
    if table is None:
        return base
    policy = ContactPolicy(
        token_contract_yen=table.whole("token_contract_yen", base.token_contract_yen),
        before_contract=table.flag("before_contract", base.before_contract),
        outside_tools=table.flag("outside_tools", base.outside_tools),
        decided_by=table.choice("decided_by", Decider, base.decided_by),
    )
    table.finish()
    return policy
