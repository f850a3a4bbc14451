"""The page on lifecycles: every table of the market's rooms with its diagram, in both languages. Written by `make docs`."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.resources import files
from typing import Any

from sekisho.market.kernel.states import Row, StateTable

ROOMS = ("judging", "jobs", "contracts", "contact_requests", "exposure", "safety")
"""Rooms whose `states.TABLES` are shown; each has a `names.toml`."""
WHO = {
    "a_client": ("依頼者登録のある人", "anybody registered as a client"),
    "a_worker": ("ワーカー登録のある人", "anybody registered as a worker"),
    "answering_house": ("運営(承認を担う場合)", "the house, where it approves"),
    "asker": ("申し込んだ側", "the side that asked"),
    "authority": ("決定・裁定の効力による", "on the authority of a decision"),
    "client": ("クライアント", "client"),
    "clock": ("時計", "the clock"),
    "counterparty": ("相手側", "the other side"),
    "appellant": ("申し立てた人", "who appealed"),
    "first_approver": ("2つの承認の1人目", "the first of two to approve"),
    "first_to_accept": ("先に受け入れる側", "the first to accept"),
    "holder": ("担当している運営の人", "whoever of the house holds the case"),
    "last_approver": ("承認する人", "whoever approves"),
    "last_to_accept": ("後から受け入れる側", "the last to accept"),
    "member": ("登録している人", "anybody registered"),
    "moderator": ("モデレーター", "moderator"),
    "operator": ("運営責任者", "operator"),
    "other_moderator": ("判断に関わっていない運営の人", "one of the house with no part in the decision"),
    "owner": ("案件の依頼者", "the job's client"),
    "proposer": ("起案した人", "the proposer"),
    "reporter": ("報告した人", "who reported"),
    "second": ("2人目の運営の人", "a second person of the house"),
    "second_person": ("運営の2人目", "a second person of the house"),
    "subject": ("判断の対象となった人", "whom the decision is about"),
    "self": ("本人", "whose it is"),
    "worker": ("ワーカー", "worker"),
}
HEAD = """# Lifecycles — 状態遷移

Every thing that has a state, as the tables in the code have it: who may do what, from where to where. From the same rows
come the buttons, the database's constraints and the exhaustive tests. Written by `make docs`; do not edit.

状態を持つものすべての遷移表です。画面のボタン、データベースの制約、網羅テストも同じ表から作られます。
"""


def tables() -> Iterator[tuple[StateTable, Mapping[str, Any]]]:
    """Every lifecycle shown, with its names."""
    for room in ROOMS:
        package = f"sekisho.market.{room}"
        names = tomllib.loads(files(package).joinpath("names.toml").read_text("utf-8"))
        for table in import_module(f"{package}.states").TABLES:
            yield table, names[table.name]


def faults() -> Iterator[str]:
    """States, verbs and words of the tables that have no name, and names that nothing has."""
    for table, names in tables():
        for kind, there in (("states", {str(s) for s in table.states}), ("verbs", set(table.verbs))):
            yield from (
                f"{table.name}.{kind}: {name} has no name" for name in sorted(there - names[kind].keys())
            )
            yield from (
                f"{table.name}.{kind}: {name} is nothing" for name in sorted(names[kind].keys() - there)
            )
        words = {word for row in table.rows for word in row.by}
        yield from (f"{table.name}: nobody is called {word}" for word in sorted(words - WHO.keys()))


def page() -> str:
    """The whole page."""
    return HEAD + "".join(_section(table, names) for table, names in tables())


def _section(table: StateTable, names: Mapping[str, Any]) -> str:
    ja, en = names["title"]
    lines = [
        "",
        f"## {en} — {ja}",
        "",
        f"`{table.name}`",
        "",
        "| from | verb | by | to |",
        "|---|---|---|---|",
    ]
    lines += [_line(row, names) for row in table.rows]
    lines += ["", "```mermaid", "stateDiagram-v2", *_diagram(table, names), "```", ""]
    return "\n".join(lines)


def _line(row: Row, names: Mapping[str, Any]) -> str:
    by = "<br>".join(_both(WHO[word]) for word in row.by)
    wait = f"<br>after `{row.after}`" if row.after else ""
    needs = "".join(f"<br>needs `{need}`" for need in row.needs)
    start = _named(row.state, names["states"]) if row.state else "–"
    return f"| {start} | {_named(row.verb, names['verbs'])}{wait}{needs} | {by} | {_named(row.to, names['states'])} |"


def _named(name: str, names: Mapping[str, Any]) -> str:
    return f"`{name}` {_both(names[name])}"


def _both(pair: tuple[str, str] | list[str]) -> str:
    ja, en = pair
    return f"{ja} / {en}"


def _diagram(table: StateTable, names: Mapping[str, Any]) -> Iterator[str]:
    for state in table.states:
        yield f'    state "{names["states"][state][0]}" as {state}'
    for row in table.rows:
        yield f"    {row.state or '[*]'} --> {row.to}: {names['verbs'][row.verb][0]}"
    yield from (f"    {state} --> [*]" for state in table.states if state in table.final)
