"""What a person sees in the terminal: verdict, the text with its evidence marked, reasons. Not the words (see `words`)."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from typing import IO, TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from sekisho.core.detection import Finding, Verdict
from sekisho.core.rules.model import Outcome, Rule
from sekisho.core.rules.names import name_of
from sekisho.interfaces.cli.visible import marked_lines, visible, windows
from sekisho.interfaces.cli.words import PHRASES

if TYPE_CHECKING:
    from sekisho.core.detection.postings import PostingVerdict

COLOURS = {
    Outcome.CLEAR: "green",
    Outcome.CAUTION: "yellow",
    Outcome.VIOLATION: "red",
    Outcome.UNSURE: "magenta",
}
_INDENT = "  "
_DEEPER = "   "
_CUT = "…"
_UNBOUNDED = 1_000_000


class PipedConsole(Console):
    """A console that leaves a closed pipe to the command's exit codes (rich would exit with 1: something was found)."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def console_for(file: IO[str] | None = None) -> Console:
    """A console on `file` (stdout); one that cannot or must not show colour (NO_COLOR, dumb, not a terminal) gets no escapes."""
    target = file or sys.stdout
    console = PipedConsole(file=target, highlight=False, markup=False, emoji=False)
    if console.is_terminal and not console.is_dumb_terminal and not console.no_color:
        return console
    # A file has no width of its own: its lines are not broken unless COLUMNS says how long they may be.
    wide = not console.is_terminal and not os.environ.get("COLUMNS", "").isdigit()
    width = _UNBOUNDED if wide else console.width
    return PipedConsole(
        file=target, highlight=False, markup=False, emoji=False, color_system=None, width=width
    )


class Screen:
    """Prints verdicts in one language: with colour and underline, or plainly with the evidence marked by ^ below it."""

    def __init__(self, lang: str, console: Console | None = None) -> None:
        self.lang = lang
        self.console = console or console_for()
        self.plain = self.console.color_system is None
        self._say = PHRASES[lang]

    def verdict(
        self, text: str, verdict: Verdict, rules: Mapping[str, Rule], file: str | None = None
    ) -> None:
        """The whole answer for one text; `file` becomes its heading."""
        if file is not None:
            self.line(f"== {visible(file)} ==", "bold")
        self.head(verdict)
        if any(f.verdict is not Outcome.CLEAR for f in verdict.findings):
            self.line("")
            self.marked(text, [(f.start, f.end, f.verdict) for f in verdict.findings if f.verdict is not Outcome.CLEAR])
        for number, finding in enumerate(verdict.findings, 1):
            self.line("")
            self.finding(number, finding, [finding.quote], rules.get(finding.rule))
        if file is not None:
            self.line("")

    def head(self, verdict: Verdict | PostingVerdict) -> None:
        """Verdict and action, and what could not be looked at."""
        head = Text(name_of(verdict.verdict, self.lang), style=f"bold {COLOURS[verdict.verdict]}")
        action = f"{self._say['action']}{self._say['colon']}{name_of(verdict.action, self.lang)}"
        head.append(self._say["aside"].format(action), style="not bold default")
        self.console.print(head)
        if verdict.unsure:
            self._paragraph("unfinished", self._say["comma"].join(verdict.unsure))

    def marked(self, text: str, evidence: Sequence[tuple[int, int, Outcome]]) -> None:
        """The text, or of a long one what surrounds the evidence: (start, end, what it shows)."""
        text = text.rstrip("\n")
        spans = [(start, end) for start, end, _ in evidence]
        colours = [f"underline {COLOURS[outcome]}" for _, _, outcome in evidence]
        for low, high in windows(len(text), spans):
            lines = marked_lines(text[low:high], [(start - low, end - low) for start, end in spans])
            if low:
                lines[0].insert(0, (_CUT, -1))
            if high < len(text):
                lines[-1].append((_CUT, -1))
            for runs in lines:
                self._marked_line(runs, colours)

    def _marked_line(self, runs: list[tuple[str, int]], colours: list[str]) -> None:
        if self.plain:
            self._plain_line(runs)
            return
        line = Text()
        for shown, index in runs:
            line.append(shown, colours[index] if index >= 0 else None)
        self._indented(line, _INDENT)

    def _plain_line(self, runs: list[tuple[str, int]]) -> None:
        """The line, cut to the width of the terminal, each piece with carets below its evidence."""
        room = max(20, self.console.width - len(_INDENT))
        above: list[str] = []
        below: list[str] = []
        used = 0
        for shown, index in runs:
            for character in shown:
                width = cell_len(character)
                if used + width > room:
                    self._carets(above, below)
                    above, below, used = [], [], 0
                above.append(character)
                below.append(("^" if index >= 0 else " ") * width)
                used += width
        self._carets(above, below)

    def _carets(self, above: list[str], below: list[str]) -> None:
        self.line(_INDENT + "".join(above))
        if carets := "".join(below).rstrip():
            self.line(_INDENT + carets)

    def finding(
        self, number: int, finding: Finding, quotes: Sequence[str], rule: Rule | None
    ) -> None:
        """One finding with what shows it, its reason and what to do instead."""
        say, lang = self._say, self.lang
        head = Text(f"{number}. {name_of(finding.label, lang)}", style="bold")
        head.append(f" — {name_of(finding.verdict, lang)}", style=f"not bold {COLOURS[finding.verdict]}")
        self.console.print(head)
        for quote in quotes:
            self._indented(Text(say["quote"].format(visible(quote))), _DEEPER)
        self._paragraph("why", _in(dict(finding.reasons), lang))
        self._paragraph("instead", _in(rule.instead, lang) if rule else "")
        severity = f"{say['severity']}{say['colon']}{name_of(finding.severity, lang)}"
        confidence = f"{say['confidence']}{say['colon']}{name_of(finding.confidence, lang)}"
        levels = say["aside"].format(f"{severity}{say['comma']}{confidence}")
        self._paragraph("rule", f"{finding.rule}{levels}", "dim")

    def _paragraph(self, phrase: str, body: str, style: str = "") -> None:
        if body:
            body = visible(" ".join(body.split()))
            self._indented(Text(f"{self._say[phrase]}{self._say['colon']}{body}", style=style), _DEEPER)

    def _indented(self, text: Text, indent: str) -> None:
        room = max(20, self.console.width - len(indent))
        for line in text.wrap(self.console, room, overflow="fold") if cell_len(text.plain) > room else [text]:
            line.rstrip()
            self.console.print(Text(indent).append_text(line), soft_wrap=True)

    def line(self, line: str, style: str = "") -> None:
        """A line as it is, never broken."""
        self.console.print(Text(line, style=style), soft_wrap=True)


def _in(words: Mapping[str, str], lang: str) -> str:
    """The words in `lang`, or in whatever language there is."""
    return words.get(lang) or next(iter(words.values()), "")
