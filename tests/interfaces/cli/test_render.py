from __future__ import annotations

import io
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

import sekisho
from sekisho.interfaces.cli.render import Screen, console_for
from sekisho.interfaces.cli.visible import marked_lines, visible

TEXT = "女性限定です。\nその後LINEに移動してください"


def shown(text: str, pack: str, *, colour: bool, width: int = 200) -> str:
    out = io.StringIO()
    system = "standard" if colour else None
    console = Console(
        file=out, force_terminal=colour, color_system=system, width=width, highlight=False, markup=False
    )
    Screen("ja", console).verdict(text, sekisho.check(text, pack=pack), {})
    return out.getvalue()


def test_carets_stand_under_the_evidence(tiny_pack: str) -> None:
    lines = shown(TEXT, tiny_pack, colour=False).split("\n")
    at = lines.index("  その後LINEに移動してください")
    assert lines[at + 1] == "  " + " " * 6 + "^" * 10


def test_carets_follow_their_piece_of_a_long_line(tiny_pack: str) -> None:
    lines = shown("あ" * 30 + "LINEに移動してください", tiny_pack, colour=False, width=40).split("\n")
    at = next(i for i, line in enumerate(lines) if "^" in line)
    assert lines[at].index("^") == cell_len(lines[at - 1][: lines[at - 1].index("LINE")])
    assert all(cell_len(line) <= 40 for line in lines[: at + 1])


def test_colour_underlines_the_evidence_only(tiny_pack: str) -> None:
    assert "その後\x1b[4;31mLINEに移動\x1b[0mしてください" in shown(TEXT, tiny_pack, colour=True)


def test_of_a_long_text_only_the_surroundings_of_the_evidence_are_shown(tiny_pack: str) -> None:
    out = shown("あ" * 500_000 + "LINEに移動" + "い" * 400_000, tiny_pack, colour=False, width=2000)
    assert f"…{'あ' * 200}LINEに移動{'い' * 200}…" in out
    assert len(out) < 5000


def test_evidence_far_apart_is_shown_in_parts(tiny_pack: str) -> None:
    text = ("LINEに移動。" + "あ" * 5000) * 3
    lines = shown(text, tiny_pack, colour=False, width=2000).split("\n")
    assert sum("^" * 10 in line and line.strip().strip("^") == "" for line in lines) == 3


def test_without_colour_there_is_no_escape_sequence(tiny_pack: str) -> None:
    assert "\x1b" not in shown(TEXT + "\x1b[31m", tiny_pack, colour=False)


def test_escapes_of_the_text_are_written_out(tiny_pack: str) -> None:
    out = shown("\x1b]0;pwned\x07\u202e\u200b\r上書き、LINEに移動", tiny_pack, colour=True)
    assert "\\x1b]0;pwned\\x07\\u202e\\u200b\\x0d上書き" in out


def test_no_color_is_honoured(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    assert console_for(Terminal()).color_system is not None
    monkeypatch.setenv("NO_COLOR", "1")
    assert console_for(Terminal()).color_system is None


def test_a_clear_finding_is_told_but_not_marked(tiny_pack: str) -> None:
    out = io.StringIO()
    text = "LINEに移動"
    verdict = sekisho.check(text, pack=tiny_pack, stage="contact_approved", approved_tools=["line"])
    Screen("ja", Console(file=out, color_system=None, width=200)).verdict(text, verdict, {})
    assert "^" not in out.getvalue()
    assert "外部の連絡手段への誘導 — 問題なし" in out.getvalue()


@given(st.text(st.characters(), max_size=50))
def test_shown_text_has_no_control_or_hidden_character(text: str) -> None:
    assert not {unicodedata.category(c) for c in visible(text)} & {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@given(
    st.text(st.characters(), max_size=50),
    st.lists(st.tuples(st.integers(0, 50), st.integers(0, 50)), max_size=4),
)
def test_marks_cover_exactly_the_spans(text: str, pairs: list[tuple[int, int]]) -> None:
    spans = [(min(a, b, len(text)), min(max(a, b), len(text))) for a, b in pairs]
    marked = "".join(part for runs in marked_lines(text, spans) for part, index in runs if index >= 0)
    covered = sorted({i for start, end in spans for i in range(start, end) if text[i] != "\n"})
    assert marked == "".join(visible(text[i]) if text[i] != "\t" else "    " for i in covered)
