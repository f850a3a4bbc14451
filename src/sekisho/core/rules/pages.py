"""Pages of the documentation, as Markdown, from rules: one per rule, and the list of all. Writes no files.

The same checked pack gives the same pages, byte for byte. The sentences of a rule are Markdown by its author
and stand as they are; example texts and spans are shown as code, whatever is in them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from sekisho.core.rules.model import Example, Expect, Label, Pack, Rule, Source, Stage, TableRow
from sekisho.core.rules.names import LANGUAGES, name_of
from sekisho.core.rules.rows import row_of

_WORDS: dict[str, tuple[str, str]] = {
    "index": ("ルール一覧", "Rules"),
    "what": ("何を見つけるか", "What it finds"),
    "why": ("なぜ害になるか", "Why it harms"),
    "instead": ("代わりにどう書くか", "What to write instead"),
    "misses": ("見逃すと分かっているもの", "What it knowingly misses"),
    "verdicts": ("段階ごとの判定", "Verdict by stage"),
    "examples": ("例", "Examples"),
    "sources": ("出典", "Sources"),
    "life": ("収録と状態", "Since and status"),
    "rule": ("ルール", "Rule"),
    "label": ("兆候", "Sign"),
    "severity": ("重大さ", "Severity"),
    "confidence": ("確からしさ", "Confidence"),
    "status": ("状態", "Status"),
    "since": ("収録", "Since"),
    "techniques": ("手口", "Techniques"),
    "pack": ("ルール集", "Pack"),
    "risks": ("つながる被害", "Leads to"),
    "stage": ("段階", "Stage"),
    "verdict": ("判定", "Verdict"),
    "approved": ("承認されたツール", "the approved tool"),
    "other": ("それ以外", "anything else"),
    "first": ("措置（初回）", "Action, first time"),
    "repeated": ("措置（繰り返し）", "Action, repeated"),
    "span": ("示す部分", "Shown by"),
    "reason": ("理由", "Why"),
    "context": ("条件", "Context"),
    "when": ("成り立つとき", "Counts when"),
    "tools": ("承認されたツール", "approved tools"),
    "seen": ("確認日", "seen"),
    "none": ("なし", "None."),
    "colon": ("：", ": "),
    "comma": ("、", ", "),
    "open": ("（", " ("),
    "close": ("）", ")"),
}


def rule_page(rule: Rule, pack: Pack, lang: str) -> str:
    """The page of `rule` in `lang`, "ja" or "en", else `ValueError`; ends with a newline."""
    say = _Speaker(lang)
    lines = [
        f"<!-- {_GENERATED} rules/{rule.id}.toml -->",
        "",
        f"# {_line(rule.title[lang])}",
        "",
        f"`{rule.id}`",
        "",
        *say.items(
            ("label", name_of(rule.label, lang)),
            ("severity", name_of(rule.severity, lang)),
            ("confidence", name_of(rule.confidence, lang)),
        ),
    ]
    if rule.when:
        lines += say.items(("when", say.listed(name_of(fact, lang) for fact in rule.when)))
    lines += say.section("what", rule.what[lang].strip())
    lines += say.section("why", rule.why[lang].strip())
    if rule.risks:
        lines += ["", *say.items(("risks", say.listed(name_of(risk, lang) for risk in rule.risks)))]
    lines += say.section("instead", rule.instead[lang].strip())
    lines += say.section("misses", rule.misses[lang].strip())
    lines += say.section("verdicts", *_verdicts(row_of(pack, rule), say))
    lines += say.section("examples", *_examples(rule.examples, say))
    lines += say.section("sources", *_sources(rule.sources, say))
    lines += say.section("life", *_life(rule, pack, say))
    return "\n".join(lines) + "\n"


def index_page(pack: Pack, lang: str) -> str:
    """The list of all rules of `pack` with its verdict table, in `lang`, "ja" or "en", else `ValueError`."""
    say = _Speaker(lang)
    title = f"{say('index')}{say('colon')}{_line(pack.title[lang])}"
    lines = [f"<!-- {_GENERATED} {pack.id} -->", "", f"# {title}", ""]
    lines += say.items(("pack", f"`{pack.id}` {pack.version}"))
    order = {label: number for number, label in enumerate(Label)}
    rules = sorted(pack.rules.values(), key=lambda rule: (order[rule.label], rule.id))
    rows = [
        (
            name_of(rule.label, lang),
            f"[{_line(rule.title[lang])}]({rule.id}.md)",
            name_of(rule.severity, lang),
            name_of(rule.confidence, lang),
            name_of(rule.status, lang),
        )
        for rule in rules
    ]
    columns = ("label", "rule", "severity", "confidence", "status")
    lines += say.section("index", *_table([say(column) for column in columns], rows))
    head = [say("label"), *_stages(say), say("first"), say("repeated")]
    table = [
        (name_of(label, lang), *_outcomes(pack.table[label], say), *_actions(pack.table[label], say))
        for label in Label
    ]
    lines += say.section("verdicts", *_table(head, table))
    return "\n".join(lines) + "\n"


_GENERATED = "generated; edit"


class _Speaker:
    """The fixed words of the pages in one language."""

    def __init__(self, lang: str) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"no pages in language {lang!r}; there are {', '.join(LANGUAGES)}")
        self.lang = lang
        self._number = LANGUAGES.index(lang)

    def __call__(self, key: str) -> str:
        return _WORDS[key][self._number]

    def section(self, key: str, *lines: str) -> list[str]:
        """A heading with what stands under it."""
        return ["", f"## {self(key)}", "", *lines]

    def items(self, *pairs: tuple[str, str]) -> list[str]:
        """A list of named values."""
        return [f"- {self(key)}{self('colon')}{value}" for key, value in pairs]

    def listed(self, values: Iterable[str]) -> str:
        return self("comma").join(values)

    def aside(self, text: str) -> str:
        return f"{self('open')}{text}{self('close')}"


def _stages(say: _Speaker) -> list[str]:
    approved = name_of(Stage.CONTACT_APPROVED, say.lang)
    return [
        name_of(Stage.PRE_CONTRACT, say.lang),
        name_of(Stage.CONTRACTED, say.lang),
        approved + say.aside(say("approved")),
        approved + say.aside(say("other")),
    ]


def _outcomes(row: TableRow, say: _Speaker) -> list[str]:
    """One verdict for each of `_stages`."""
    before, contracted = row.at[Stage.PRE_CONTRACT], row.at[Stage.CONTRACTED]
    outcomes = [before, contracted, row.approved_tool, row.at[Stage.CONTACT_APPROVED]]
    return [name_of(outcome, say.lang) for outcome in outcomes]


def _actions(row: TableRow, say: _Speaker) -> list[str]:
    return [name_of(row.first, say.lang), name_of(row.repeated, say.lang)]


def _verdicts(row: TableRow, say: _Speaker) -> Iterator[str]:
    yield from _table([say("stage"), say("verdict")], zip(_stages(say), _outcomes(row, say), strict=True))
    yield ""
    first, repeated = _actions(row, say)
    yield from say.items(("first", first), ("repeated", repeated))


def _examples(examples: Sequence[Example], say: _Speaker) -> Iterator[str]:
    first = True
    for expect in Expect:
        chosen = [example for example in examples if example.expect is expect]
        if chosen:
            yield from ([] if first else [""])
            first = False
            yield f"### {name_of(expect, say.lang)}"
        for example in chosen:
            yield from ("", *_example(example, say))


def _example(example: Example, say: _Speaker) -> Iterator[str]:
    if example.text:
        fence = "`" * max(3, _longest_ticks(example.text) + 1)
        yield from (f"{fence}text", *example.text.strip("\n").split("\n"), fence)
    told = say.items(("context", say.listed(_context(example, say))))
    if example.span:
        told += say.items(("span", _code(example.span)))
    if example.why:
        told += say.items(("reason", _line(example.why)))
    yield from ("", *told)


def _context(example: Example, say: _Speaker) -> list[str]:
    context = [name_of(member, say.lang) for member in (example.kind, example.sender, example.stage)]
    if example.approved_tools:
        context.append(f"{say('tools')}{say('colon')}{say.listed(map(_code, example.approved_tools))}")
    return context + [name_of(fact, say.lang) for fact in example.facts]


def _sources(sources: Sequence[Source], say: _Speaker) -> Iterator[str]:
    for source in sources:
        seen = say.aside(f"{say('seen')}{say('colon')}{source.seen}") if source.seen else ""
        yield f"- {_line(source.title)}{seen}"
    if not sources:
        yield say("none")


def _life(rule: Rule, pack: Pack, say: _Speaker) -> list[str]:
    lines = say.items(("since", rule.since), ("status", name_of(rule.status, say.lang)))
    if rule.techniques:
        lines += say.items(("techniques", say.listed(rule.techniques)))
    return lines + say.items(("pack", f"`{pack.id}` {pack.version}"))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    for cells in (head, ["---"] * len(head), *rows):
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def _line(text: str) -> str:
    """`text` on one line."""
    return " ".join(text.split())


def _longest_ticks(text: str) -> int:
    return max(map(len, re.findall("`+", text)), default=0)


def _code(text: str) -> str:
    """`text` as a code span, whatever backticks and newlines are in it."""
    ticks = "`" * (_longest_ticks(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return ticks + pad + text.replace("\n", "↵") + pad + ticks
