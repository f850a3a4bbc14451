"""Examples are proof: a pack whose examples do not hold is refused, every failure told at its place."""

from pathlib import Path

import pytest

from sekisho.core.detection import proof
from sekisho.core.detection.proof import compile_proved
from sekisho.core.rules.compiler import compile_pack
from sekisho.core.rules.errors import PackError
from tests.core.detection.making import head, rule, words, write

GOOD = [
    ("ツールで連絡して", "hit", "ツールで連絡"),
    ("アプリに登録を", "hit", "アプリに登録"),
    ("連絡はアプリ", "hit", "連絡はアプリ"),
    ("ツールの話", "clear", ""),
    ("連絡を待つ", "clear", ""),
    ("アプリで連絡は禁止", "clear", ""),
]


@pytest.fixture(autouse=True)
def _without_parsers(monkeypatch: pytest.MonkeyPatch) -> None:
    """These packs need no parsers, whose patterns take seconds to compile."""
    monkeypatch.setattr(proof, "compile_trusted", compile_pack)


def examples(*listed: tuple[str, str, str]) -> str:
    text = ""
    for written, expect, span in listed:
        more = f'span = "{span}"\n' if span else 'why = "so"\n'
        text += f'[[example]]\ntext = "{written}"\nexpect = "{expect}"\n{more}\n'
    return text


def pack(
    folder: Path,
    *more: tuple[str, str, str],
    good: list[tuple[str, str, str]] = GOOD,
    status: str = "testing",
) -> Path:
    return write(
        folder / "mine",
        {
            "pack.toml": head('default_unless = ["s"]'),
            "words/all.toml": words(tool="ツール アプリ", act="連絡 登録", no="禁止"),
            "scopes/all.toml": '[s]\nabout = "s"\nmarkers = ["no"]\n',
            "frames/all.toml": '[f]\nabout = "f"\nslots = ["tool", "act"]\n',
            "rules/mine.toml": rule(["f"], examples=examples(*good, *more), status=status),
        },
    )


def messages(folder: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        compile_proved(folder)
    for problem in caught.value.problems:
        assert problem.file.endswith("rules/mine.toml")
        line = (folder / "rules/mine.toml").read_text(encoding="utf-8").splitlines()[problem.line - 1]
        assert line == "[[example]]" or line.startswith("text")
    return [problem.message for problem in caught.value.problems]


def test_a_pack_whose_examples_hold_compiles(tmp_path: Path) -> None:
    assert compile_proved(pack(tmp_path)).pack.id == "small"


def test_a_hit_that_is_not_found_refuses_the_pack(tmp_path: Path) -> None:
    assert messages(pack(tmp_path, ("何もない", "hit", "何も"))) == [
        "expected a hit of mine, found nothing of it"
    ]


def test_a_hit_that_a_scope_cancels_refuses_the_pack(tmp_path: Path) -> None:
    told = messages(pack(tmp_path, ("アプリで連絡は禁止です", "hit", "アプリで連絡")))
    assert told == ["expected a hit of mine, found nothing of it"]


def test_a_hit_found_elsewhere_refuses_the_pack(tmp_path: Path) -> None:
    told = messages(pack(tmp_path, ("どうかツールで連絡を", "hit", "どうか")))
    assert told == ["expected the hit at 'どうか', found ['ツールで連絡']"]


def test_a_clear_text_that_is_found_refuses_the_pack(tmp_path: Path) -> None:
    told = messages(pack(tmp_path, ("ツールで登録です", "clear", "")))
    assert told == ["expected clear, but the pack says violation: mine (f)"]


def test_a_known_miss_that_is_found_is_told(tmp_path: Path) -> None:
    told = messages(pack(tmp_path, ("ツールへ登録です", "known-miss", "")))
    assert told == ["known-miss is found now: make it a hit (span 'ツールへ登録')"]


def test_a_known_miss_that_is_missed_is_no_problem(tmp_path: Path) -> None:
    assert compile_proved(pack(tmp_path, ("いつものやつで", "known-miss", "")))


def test_all_failures_are_told_at_once(tmp_path: Path) -> None:
    told = messages(
        pack(
            tmp_path,
            ("何もない", "hit", "何も"),
            ("ツールで登録です", "clear", ""),
            ("他にもない", "hit", "他"),
        )
    )
    assert len(told) == 3


def test_problems_of_form_are_told_before_the_examples_run(tmp_path: Path) -> None:
    told = messages_of_form(pack(tmp_path, good=[("何もない", "hit", "何も")]))
    assert any("needs 3" in message for message in told)
    assert not any(message.startswith("expected") for message in told)


def messages_of_form(folder: Path) -> list[str]:
    with pytest.raises(PackError) as caught:
        compile_proved(folder)
    return [problem.message for problem in caught.value.problems]


def test_the_examples_of_a_draft_are_not_run(tmp_path: Path) -> None:
    folder = pack(tmp_path)
    failing = rule(["f"], examples=examples(*GOOD, ("何もない", "hit", "何も")), status="draft")
    assert compile_proved(write(folder, {"rules/other.toml": failing}))


def test_an_example_runs_in_its_own_context(tmp_path: Path) -> None:
    folder = pack(tmp_path)
    path = folder / "rules/mine.toml"
    listed = '[[example]]\ntext = "アプリで連絡可"\nexpect = "{}"\n{}\nstage = "contact_approved"\napproved_tools = ["zoom"]\n'
    whole = path.read_text(encoding="utf-8")
    path.write_text(whole + listed.format("clear", 'why = "approved"'), encoding="utf-8")
    assert compile_proved(folder)
    path.write_text(whole + listed.format("hit", 'span = "アプリ"'), encoding="utf-8")
    assert messages(folder) == ["expected a hit of mine, found nothing of it"]
