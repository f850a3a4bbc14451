from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from benchmarks import screens
from sekisho.interfaces.cli.main import main

SAID = [screens.Said("left", "詳細はLINEでお伝えします。IDを教えてください。"), screens.Said("right", "サイト上でお願いします。")]


def drawn(folder: Path) -> str:
    path = folder / "screen.dat"  # the content decides, not the name
    path.write_bytes(screens.png(screens.chat(SAID, screens.fonts()[0], screens.THEMES[1], 32)))
    return str(path)


def test_a_screenshot_is_judged_like_a_text(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["check", "--file", drawn(tmp_path), "--json"])
    record = json.loads(result.stdout)
    assert result.exit_code == 1
    assert record["verdict"] == "violation"
    assert record["findings"][0]["boxes"]
    assert [message["side"] for message in record["messages"]] == ["left", "right"]


def test_a_screenshot_is_shown_with_its_sides(tmp_path: Path) -> None:
    shown = CliRunner().invoke(main, ["check", "--file", drawn(tmp_path), "--lang", "ja"]).stdout
    assert "[左] 詳細はLINEで" in shown


def test_a_damaged_picture_exits_2_and_the_others_go_on(tmp_path: Path) -> None:
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"\x89PNG\r\n\x1a\n" + b"\0" * 50)
    text = tmp_path / "plain.txt"
    text.write_text("よろしくお願いします。")
    result = CliRunner().invoke(main, ["check", "--file", str(broken), "--file", str(text), "--lang", "en"])
    assert result.exit_code == 2
    assert "cannot be unpacked" in result.stderr
    assert "plain.txt" in result.stdout
