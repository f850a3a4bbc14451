"""How an author's mistakes are shown."""

import pickle

from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.rules.errors import (
    LINE_WIDTH,
    PackError,
    Problem,
    did_you_mean,
    in_order,
    quoted,
    render,
    terminal_width,
)

ANY_TEXT = st.text(st.characters(), max_size=300)


def test_a_problem_is_shown_with_place_line_caret_and_hint():
    problem = Problem("a.toml", 2, 9, "`slots` is empty", "name a class", 'slots = ""')
    assert render(problem) == (
        'a.toml:2:9: `slots` is empty\n    slots = ""\n            ^\n    hint: name a class'
    )


def test_a_caret_stands_under_its_column_behind_wide_characters():
    problem = Problem("a.toml", 1, 13, "here", "", 'w = ["ライン", 7]')
    assert render(problem).split("\n")[1:] == ['    w = ["ライン", 7]', "                   ^"]


def test_half_width_kana_take_one_column_and_combining_marks_none():
    assert terminal_width("ﾗｲﾝ") == 3
    assert terminal_width("か\u3099") == 2
    assert terminal_width("ＬＩＮＥ") == 8


def test_a_problem_without_a_line_names_the_file_alone():
    assert render(Problem("mypack", 0, 0, "there is no such folder")) == "mypack: there is no such folder"


def test_a_tab_before_the_caret_is_counted_as_it_is_shown():
    assert render(Problem("a", 1, 3, "m", "", "\tab")).split("\n")[1:] == ["      ab", "       ^"]


def test_a_long_line_is_cut_around_the_caret():
    source = "x = [" + '"あいうえお", ' * 400 + "7]"
    lines = render(Problem("a", 1, source.index("7") + 1, "m", "", source)).split("\n")
    assert len(lines) == 3
    assert terminal_width(lines[1]) <= 4 + LINE_WIDTH + 2
    caret = lines[2].index("^")
    before = ""
    while terminal_width(before) < caret:
        before = lines[1][: len(before) + 1]
    assert lines[1][len(before)] == "7"
    assert lines[1].startswith("    …")


def test_characters_that_could_steer_a_terminal_are_not_printed():
    shown = render(Problem("a\x1b[2J", 1, 1, "b\x07", "c\r", "d\x1b]0;\u202ee"))
    assert not set(shown) & set("\x1b\x07\r\u202e")


def test_a_newline_in_a_hint_stays_on_its_line():
    assert render(Problem("a", 0, 0, "m", "b\nc")) == "a: m\n    hint: b↵c"


def test_all_problems_are_told_at_once_in_order_of_place():
    first, second, third = Problem("a", 2, 1, "x"), Problem("a", 10, 1, "x"), Problem("b", 1, 1, "x")
    error = PackError([third, second, first, second])
    assert error.problems == (first, second, third)
    assert str(error) == "a:2:1: x\na:10:1: x\nb:1:1: x"


def test_a_pack_error_is_a_value_error_that_survives_pickling():
    error = PackError((Problem("a", 1, 1, "x"),))
    assert isinstance(error, ValueError)
    assert pickle.loads(pickle.dumps(error)).problems == error.problems


def test_the_nearest_name_is_proposed_whatever_its_case():
    assert did_you_mean("Chanel", ["channel", "chain", "refusal"]) == "did you mean `channel`?"
    assert did_you_mean("zzz", ["channel"]) == ""


def test_a_long_name_is_cut_in_a_message():
    assert quoted("a" * 1000) == "`" + "a" * 60 + "…`"


@given(ANY_TEXT, st.integers(-5, 400))
def test_any_line_and_column_are_shown_within_the_width(source, column):
    lines = render(Problem("f", 1, column, "m", "", source)).split("\n")
    assert lines[0] == "f:1:" + str(column) + ": m"
    for line in lines[1:]:
        assert terminal_width(line) <= 4 + 1 + LINE_WIDTH + 1


@given(st.text(st.characters(exclude_characters="♦"), max_size=60), st.text(max_size=60))
def test_the_caret_stands_under_the_character_at_its_column(before, after):
    source = before + "♦" + after
    lines = render(Problem("f", 1, len(before) + 1, "m", "", source)).split("\n")
    assert terminal_width(lines[1][: lines[1].index("♦")]) == lines[2].index("^")


@given(
    st.lists(
        st.builds(Problem, st.sampled_from("ab"), st.integers(0, 3), st.integers(0, 3), st.sampled_from("xy"))
    )
)
def test_order_does_not_depend_on_the_order_of_finding(problems):
    assert in_order(problems) == in_order(reversed(problems))
