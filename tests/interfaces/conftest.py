"""A pack of two rules, real but small: these tests guard the interfaces, not the standard pack."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sekisho.core.rules.model import Label

CAUTION = {Label.AGE_SEX_RESTRICTION, Label.TOO_GOOD_PAY, Label.VAGUE_POSTING}

PACK = """
id = "tiny"
version = "1"
languages = ["ja", "en"]
unsure_action = "allow"
default_unless = []
[title]
ja = "試験用"
en = "For tests"
"""

WORDS = """
[tool]
about = "LINE"
tool = "line"
words = ["LINE"]
[move]
about = "Moving over"
words = ["移動", "move"]
[women]
about = "Women only"
words = ["女性限定", "women only"]
"""

FRAMES = """
[move-to-tool]
about = "A tool and moving there"
slots = ["tool", "move"]
[women-only]
about = "Only women"
slots = ["women"]
"""

RULE = """
label = "{label}"
severity = "high"
confidence = "medium"
status = "stable"
since = "0.1.0"
frames = ["{frame}"]
risks = ["unpaid"]
techniques = []
[title]
ja = "{name}（題）"
en = "{name} (title)"
[what]
ja = "{name}（内容）"
en = "{name} (what)"
[why]
ja = "記録が残りません。"
en = "No record is kept."
[instead]
ja = "サイト内でやり取りしてください。"
en = "Keep talking on the site."
[misses]
ja = "なし"
en = "None"
[[source]]
title = "tests"
"""


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Compiled packs of these tests go to a folder of their own, also in the processes they start."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("SEKISHO_CACHE_DIR", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def tiny_pack(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The folder of the small pack: "LINE" with "移動" is a violation, "女性限定" a caution."""
    return str(write_pack(tmp_path_factory.mktemp("packs") / "tiny"))


def _rule(label: str, frame: str, name: str, hit: str) -> str:
    hits = "".join(
        f'[[example]]\ntext = "{hit}{end}"\nexpect = "hit"\nspan = "{hit}"\n'
        for end in ("", "です", "ください")
    )
    clears = "".join(
        f'[[example]]\ntext = "{text}"\nexpect = "clear"\nwhy = "Nothing in it."\n'
        for text in ("よろしくお願いします。", "報酬は五千円です。", "Thank you.")
    )
    return RULE.format(label=label, frame=frame, name=name) + hits + clears


def write_pack(folder: Path) -> Path:
    """Write the small pack into `folder`."""
    rows = []
    for label in Label:
        outcome = "caution" if label in CAUTION else "violation"
        approved = "clear" if label is Label.CHANNEL_SOLICITATION else outcome
        rows.append(
            f'[table.{label}]\npre_contract = "{outcome}"\ncontracted = "{outcome}"\ncontact_approved = "{outcome}"\n'
            f'approved_tool = "{approved}"\nfirst = "nudge"\nrepeated = "hold"\n'
        )
    for name in ("words", "frames", "scopes", "rules"):
        (folder / name).mkdir(parents=True)
    texts = {
        "pack.toml": PACK + "\n".join(rows),
        "words/all.toml": WORDS,
        "frames/all.toml": FRAMES,
        "rules/steers.toml": _rule("channel_solicitation", "move-to-tool", "steers", "LINEに移動"),
        "rules/women-only.toml": _rule("age_sex_restriction", "women-only", "women", "女性限定"),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder
