"""Signs drawn alike are told apart by their neighbours, and only where the reader saw the other one as possible."""

from __future__ import annotations

import pytest

from sekisho.core.pictures.twins import TWINS, settled


def read(text: str, **likely: float) -> str:
    """`text` as settled when the reader found each other sign as probable as told."""
    return settled(text, lambda _, other: likely.get(other, 0.0))


@pytest.mark.parametrize(
    ("seen", "other", "probability", "meant"),
    [
        ("発注書べースで", "ベ", 0.05, "発注書ベースで"),
        ("絡はすべてDi", "ベ", 0.02, "絡はすべてDi"),
        ("、来週力フェで", "カ", 0.4, "、来週力フェで"),
        ("明日、力フェで", "カ", 0.4, "明日、カフェで"),
        ("ータ入力にご", "カ", 0.2, "ータ入力にご"),
        ("Excelへ入カ。", "力", 0.49, "Excelへ入力。"),
        ("ライタ一養成", "ー", 0.3, "ライター養成"),
        ("契約は一切", "ー", 0.05, "契約は一切"),
        ("い。万ーご連絡", "一", 0.3, "い。万一ご連絡"),
        ("ければタ方に", "夕", 0.48, "ければ夕方に"),
        ("へッダー画像", "ヘ", 0.05, "ヘッダー画像"),
        ("スーパーへ行く", "ヘ", 0.3, "スーパーへ行く"),
        ("負担はゼ口です", "ロ", 0.2, "負担はゼロです"),
        ("デザイン力アップ", "カ", 0.05, "デザイン力アップ"),
    ],
)
def test_neighbours_tell_which_sign_was_meant(seen: str, other: str, probability: float, meant: str) -> None:
    assert read(seen, **{other: probability}) == meant


@pytest.mark.parametrize("sign", sorted(TWINS))
def test_no_sign_is_taken_that_the_reader_did_not_see(sign: str) -> None:
    for text in (f"ア{sign}ア", f"漢{sign}漢", f"あ{sign}ー", sign):
        assert read(text) == text


def test_identifiers_are_left_as_they_were_read() -> None:
    text = "s-a-t-0-y_l1O0@example.jp"
    assert settled(text, lambda *_: 0.49) == text
