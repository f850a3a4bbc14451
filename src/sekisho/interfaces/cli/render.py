"""What a person sees in the terminal: verdict, the text with its evidence marked, reasons. Not the words (see `words`)."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import IO

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from sekisho.core.detection import Finding, Verdict
from sekisho.core.rules.model import Outcome, Rule
from sekisho.interfaces.cli.visible import marked_lines, visible
from sekisho.interfaces.cli.words import ACTIONS, LABELS, LEVELS, PHRASES, VERDICTS

COLOURS = {Outcome.CLEAR: "green", Outcome.CAUTION: "yellow", Outcome.VIOLATION: "red", Outcome.UNSURE: "magenta"}
_INDENT = "  "


def console_for(file: IO[str] | None = None) -> Console:
    """A console on `file` (stdout); one that cannot or must not show colour (NO_COLOR, dumb, not a terminal) gets no escapes."""
    console = Console(file=file or sys.stdout, highlight=False, markup=False, emoji=False)
    if console.no_color or console.is_dumb_terminal or not console.is_terminal:
        width = console.width if console.is_terminal else 10_000
        return Console(
            file=file or sys.stdout, highlight=False, markup=False, emoji=False, color_system=None, width=width
        )
    return console


class Screen:
    """Prints verdicts in one language: with colour and underline, or plainly with the evidence marked by ^ below it."""

    def __init__(self, lang: str, console: Console | None = None) -> None:
        self.lang = lang
        self.console = console or console_for()
        self.plain = self.console.color_system is None
        self._say = PHRASES[lang]

    def verdict(self, text: str, verdict: Verdict, rules: Mapping[str, Rule], file: str | None = None) -> None:
        """The whole answer for one text; `file` becomes its heading."""
        if file is not None:
            self._line(f"== {visible(file)} ==", "bold")
        self._head(verdict)
        if verdict.findings:
            self._line("")
            self._marked(text, [f for f in verdict.findings if f.verdict is not Outcome.CLEAR])
        for number, finding in enumerate(verdict.findings, 1):
            self._line("")
            self._finding(number, finding, rules.get(finding.rule))
        if file is not None:
            self._line("")

    def _head(self, verdict: Verdict) -> None:
        head = Text(VERDICTS[self.lang][verdict.verdict], style=f"bold {COLOURS[verdict.verdict]}")
        head.append(f"  ({self._say['action']}: {ACTIONS[self.lang][verdict.action]})", style="not bold default")
        self.console.print(head, soft_wrap=True)
        if verdict.unsure:
            self._line(f"{self._say['unfinished']}: {', '.join(verdict.unsure)}")

    def _marked(self, text: str, findings: list[Finding]) -> None:
        for runs in marked_lines(text, [(f.start, f.end) for f in findings]):
            if self.plain:
                self._plain_line(runs)
            else:
                line = Text(_INDENT)
                for shown, index in runs:
                    line.append(shown, f"underline {COLOURS[findings[index].verdict]}" if index >= 0 else None)
                self.console.print(line, overflow="fold")

    def _plain_line(self, runs: list[tuple[str, int]]) -> None:
        """The line, cut to the width of the terminal, each piece with carets below its evidence."""
        room = max(20, self.console.width - len(_INDENT))
        above, below = "", ""
        for shown, index in runs:
            for character in shown:
                width = cell_len(character)
                if cell_len(above) + width > room:
                    self._carets(above, below)
                    above, below = "", ""
                above += character
                below += ("^" if index >= 0 else " ") * width
        self._carets(above, below)

    def _carets(self, above: str, below: str) -> None:
        self._line(_INDENT + above)
        if below.strip():
            self._line(_INDENT + below.rstrip())

    def _finding(self, number: int, finding: Finding, rule: Rule | None) -> None:
        say, levels = self._say, LEVELS[self.lang]
        head = Text(f"{number}. {LABELS[self.lang][finding.label]}", style="bold")
        head.append(f" — {VERDICTS[self.lang][finding.verdict]}", style=f"not bold {COLOURS[finding.verdict]}")
        self.console.print(head, soft_wrap=True)
        self._line(f"   「{visible(finding.quote)}」" if self.lang == "ja" else f'   "{visible(finding.quote)}"')
        self._paragraph(say["why"], _in(dict(finding.reasons), self.lang))
        self._paragraph(say["instead"], _in(rule.instead, self.lang) if rule else "")
        levels_line = f"{say['severity']} {levels[finding.severity]}, {say['confidence']} {levels[finding.confidence]}"
        self._line(f"   {say['rule']}: {finding.rule} ({levels_line})", "dim")

    def _paragraph(self, name: str, body: str) -> None:
        if body:
            self._line(f"   {name}: {' '.join(body.split())}")

    def _line(self, line: str, style: str | None = None) -> None:
        self.console.print(Text(line, style=style or ""), soft_wrap=self.plain, overflow="fold")


def _in(words: Mapping[str, str], lang: str) -> str:
    """The words in `lang`, or in whatever language there is."""
    return words.get(lang) or next(iter(words.values()), "")
