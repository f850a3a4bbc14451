"""Packs of one's own and judgements to replay, for the tests of trying packs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sekisho.market.judging import packs
from sekisho.market.judging.judge import judge_text
from sekisho.market.judging.models import Judgement, PackVersion

LINE = "詳細はLINEでお伝えします。IDを教えてください。"
PLAIN = "構成案を確認しました。見出しの順番を入れ替えていただけますか。"
_HEAD = """extends = "standard"
id = "{name}"
version = "1"
languages = ["ja", "en"]
title = {{ ja = "{name}", en = "{name}" }}

[table.channel_solicitation]
first = "{action}"
repeated = "{action}"
pre_contract = "{verdict}"
"""


def mild(folder: Path, more: str = "") -> str:
    """The folder of a pack that lets pass, with a caution, what the standard one nudges."""
    return _pack(folder, "mild", "caution", "allow", more)


def strict(folder: Path) -> str:
    """The folder of a pack that holds what the standard one nudges."""
    return _pack(folder, "strict", "violation", "hold")


def _pack(folder: Path, name: str, verdict: str, action: str, more: str = "") -> str:
    place = folder / name
    place.mkdir(exist_ok=True)
    text = _HEAD.format(name=name, verdict=verdict, action=action) + more
    (place / "pack.toml").write_text(text, encoding="utf-8")
    return str(place)


def version(operator: Any, pack: str) -> PackVersion:
    """A pack made known."""
    return packs.register(operator, None, pack=pack)


def judged(cast: dict[str, Any], *texts: str) -> list[Judgement]:
    """Messages of the client, judged by what is live."""
    return [judge_text(text, kind="message", sender="client", writer=cast["aoba"].id) for text in texts]
