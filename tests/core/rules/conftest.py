"""A small pack that keeps every law, and a way to write it with some of its files changed."""

from collections.abc import Callable
from pathlib import Path

import pytest

LABELS = (
    "channel_solicitation contact_disclosure interview_offplatform personal_info_request age_sex_restriction "
    "too_good_pay upfront_fee direct_contract direct_payment fee_avoidance approval_pressure vague_posting "
    "upsell_or_recruit"
).split()

HEAD = """\
id = "small"
version = "1"
languages = ["ja", "en"]
unsure_action = "allow"
default_unless = ["refused"]

[title]
ja = "小さなルール集"
en = "A small pack"
"""

ROW = """
[table.{label}]
pre_contract = "violation"
contracted = "violation"
contact_approved = "violation"
approved_tool = "clear"
first = "nudge"
repeated = "hold"
"""

WORDS = """\
[line]
about = "the messenger LINE"
words = ["LINE", "ライン"]
patterns = ['''緑(色)?の.{0,4}アプリ''']
not_in = ["オンライン"]
groups = ["channel"]
tool = "line"
evade = true

[contact_verb]
about = "to get in touch"
words = ["連絡", "話"]

[refusal]
about = "to refuse"
words = ["禁止", "お断り"]
"""

SCOPES = """\
[refused]
about = "the act is refused"
markers = ["refusal"]
side = "after"
reach = "clause"
gap = 30
"""

FRAMES = """\
[invite-to-channel]
about = "get in touch by a channel outside"
slots = ["channel|at_contact", "contact_verb"]
near = 12
"""

RULE = """\
label = "channel_solicitation"
severity = "high"
confidence = "high"
status = "stable"
since = "0.1"
frames = ["invite-to-channel"]
risks = ["unpaid", "fraud"]
techniques = ["T01"]

[title]
ja = "LINEへの誘導"
en = "Invites the reader to LINE"

[what]
ja = "LINEで連絡するよう誘う文。"
en = "Texts that ask the reader to get in touch on LINE."

[why]
ja = "外での約束は守られない。"
en = "What is agreed outside is not protected."

[instead]
ja = "このサイトのメッセージを使う。"
en = "Use the messages of the platform."

[misses]
ja = "色だけで示したもの。"
en = "LINE named by its colour only."

[[source]]
title = "The article"
seen = "2025-01-31"

[[example]]
text = "詳細はLINEで連絡ください"
expect = "hit"
span = "LINEで連絡"

[[example]]
text = "ＬＩＮＥで話しましょう"
expect = "hit"
span = "ＬＩＮＥで話"
kind = "posting"

[[example]]
text = '''
ラインで
連絡を'''
expect = "hit"
span = "ラインで"
stage = "contact_approved"
approved_tools = ["zoom"]

[[example]]
text = "LINEでの連絡はお断り"
expect = "clear"
why = "refused"

[[example]]
text = "オンラインで連絡"
expect = "clear"
why = "online is not LINE"

[[example]]
text = "LINEスタンプの制作"
expect = "clear"
why = "LINE is the work"

[[example]]
text = "緑のやつで話そう"
expect = "known-miss"
why = "no tool is named"
"""

SMALL = {
    "pack.toml": HEAD + "".join(ROW.format(label=label) for label in LABELS),
    "words/all.toml": WORDS,
    "scopes/all.toml": SCOPES,
    "frames/all.toml": FRAMES,
    "rules/invites-to-line.toml": RULE,
}

Writer = Callable[..., Path]


@pytest.fixture(scope="session")
def small_files() -> dict[str, str]:
    """The files of the small pack: name to text."""
    return dict(SMALL)


@pytest.fixture
def write_pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Writer:
    """Writes the small pack into the folder `mypack` and answers that relative path.

    `changed` maps file names to a whole new text, to (old, new) pairs that are replaced in the usual one, or to None
    to leave the file out.
    """
    monkeypatch.chdir(tmp_path)

    def write(
        changed: dict[str, object] | None = None, name: str = "mypack", files: dict[str, str] = SMALL
    ) -> Path:
        texts: dict[str, object] = {**files, **(changed or {})}
        for file, text in texts.items():
            if text is None:
                continue
            if isinstance(text, tuple):
                old, new = text
                assert old in files[file]
                text = files[file].replace(old, new, 1)
            path = tmp_path / name / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text if isinstance(text, bytes) else str(text).encode())
        return Path(name)

    return write
