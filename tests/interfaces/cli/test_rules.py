from __future__ import annotations

from pathlib import Path

import pytest

from ..conftest import write_pack
from .conftest import Run


def rules(run: Run, *arguments: str, pack: str) -> tuple[int, str, str]:
    result = run("rules", arguments[0], "--pack", pack, *arguments[1:])
    return result.exit_code, result.stdout, result.stderr


def test_list_names_every_rule_with_its_label(run: Run, tiny_pack: str) -> None:
    code, shown, _ = rules(run, "list", "--lang", "en", pack=tiny_pack)
    assert code == 0
    lines = [line.split() for line in shown.splitlines()]
    assert ["steers", "channel_solicitation", "high", "stable", "steers", "(title)"] in lines


def test_show_prints_the_rules_page(run: Run, tiny_pack: str) -> None:
    code, shown, _ = rules(run, "show", "--lang", "ja", "steers", pack=tiny_pack)
    assert code == 0
    assert shown.startswith("# steers（題）\n")


def test_show_of_an_unknown_rule_exits_2_with_the_nearest(run: Run, tiny_pack: str) -> None:
    code, _, told = rules(run, "show", "stears", pack=tiny_pack)
    assert code == 2
    assert "`steers`" in told


def test_test_exits_0_when_all_examples_hold(run: Run, tiny_pack: str) -> None:
    code, shown, _ = rules(run, "test", pack=tiny_pack)
    assert code == 0
    assert "all hold" in shown


@pytest.mark.parametrize(
    ("old", "new"),
    [('text = "報酬は五千円です。"', 'text = "今日LINEに移動"'), ('severity = "high"', 'severity = "huge"')],
)
def test_test_exits_1_with_the_place_of_every_problem(run: Run, tmp_path: Path, old: str, new: str) -> None:
    folder = write_pack(tmp_path / "mine")
    for name in ("steers", "women-only"):
        path = folder / "rules" / f"{name}.toml"
        path.write_text(path.read_text().replace(old, new))
    code, shown, _ = rules(run, "test", pack=str(folder))
    assert code == 1
    assert "steers.toml:" in shown
    assert "women-only.toml:" in shown
