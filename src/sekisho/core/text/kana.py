"""One spelling for kana: hiragana as katakana, full vowels, one sign for a long vowel; and kanji that look like katakana.

`fold_kana` is what a deep reading does to all its kana, and what its reader must do to the words it looks for.
"""

from __future__ import annotations

import re

from sekisho.core.text.draft import Draft, Rewrite, whole

_KATAKANA = {point: point + 0x60 for point in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_HIRAGANA = {katakana: hiragana for hiragana, katakana in _KATAKANA.items()}
_FULL_KATAKANA = {
    **_KATAKANA,
    **str.maketrans("ァィゥェォ", "アイウエオ"),
    **str.maketrans("ぁぃぅぇぉ", "アイウエオ"),
    # `ラィソ`, `マソ`: a katakana so may be meant as n. The hiragana has no such double and stays, so as not to be taken along.
    **str.maketrans("ソそ", "ンそ"),
}
_TWO_FOR_ONE = re.compile("ノレ")  # `シグナノレ`
# `しょうにん`, `しょーにん`, `けいやく`, `けーやく`. Not the i of a verb: `助けいただき`, `見せいたします`.
_LONG_VOWEL = re.compile(
    "(?<=[オコゴソゾトドノホボポモヨョロウクグスズツヅヌフブプムユュル])ウ"
    "|(?<=[エケゲセゼメレ])イ(?!タ[^イ]|マ|ル|ッ|ナ|ウ|テ)"
)
_LONG = re.compile("ー{2,}")
# `らいーん`, `らーいん`: the stretched sound is the i.
_STRETCHED = re.compile("(?<=[アカガサザタダナハバパマヤラワ])(?:ーイ|イー)(?=[ンヌネ])")
# A dash, a wave or an arrow typed for the long vowel: `きょ〜ざい`, `ォ→プン`.
_DASHED = re.compile("(?<=[ぁ-ゖァ-ヺ])[-~→](?![0-9a-z~→-])")

_LOOK_ALIKE = str.maketrans("卜夕口工力二一八三千才匕木", "トタロエカニーハミチオヒホ")
# Between katakana a kanji of the list is a katakana; at the ends of a word only those that hardly ever stand there in earnest.
_KANJI_IN_WORD = re.compile("(?<=[ァ-ヴー])[卜夕口工力二一八三千才匕木](?=[ァ-ヴー])")
_KANJI_AT_END = re.compile("(?<=[ァ-ヴー])[卜夕匕](?![一-鿿])")
_KANJI_AT_START = re.compile("(?<![ァ-ヺーぁ-ゖ一-鿿0-9])(?:[卜夕匕力二工]|口(?!コミ))(?=[ァ-ヴー])")


def fold_kana(text: str) -> str:
    """`text` in the one spelling: `らぃん`, `ラィン`, `らいーん`, `ライソ` -> `ライン`; `けいやく` -> `ケーヤク`.

    Folding twice equals folding once. Sources of patterns may be folded too: no character that `re` or hyperscan reads
    as syntax is touched.
    """
    text = _TWO_FOR_ONE.sub("ル", text.translate(_FULL_KATAKANA))
    return _STRETCHED.sub("イ", _LONG.sub("ー", _LONG_VOWEL.sub("ー", text)))


def to_hiragana(text: str) -> str:
    """Katakana -> hiragana, one code point each."""
    return text.translate(_HIRAGANA)


def spell_kana_one_way(draft: Draft) -> None:
    """`fold_kana` with the way back."""
    draft.text = draft.text.translate(_FULL_KATAKANA)  # one code point each
    for pattern, read in ((_TWO_FOR_ONE, "ル"), (_LONG_VOWEL, "ー"), (_LONG, "ー"), (_STRETCHED, "イ")):
        draft.rewrite(pattern, _always(read))


def _always(read: str) -> Rewrite:
    return lambda match: whole(match, read)


def read_long_dashes(draft: Draft) -> None:
    """Dashes, waves and arrows between kana as the sign of a long vowel."""
    draft.rewrite(_DASHED, lambda match: whole(match, "ー"))


def read_look_alikes(draft: Draft) -> None:
    """Kanji that look like katakana, among katakana: `チャ卜ワー夕` -> `チャトワータ`."""
    for pattern in (_KANJI_IN_WORD, _KANJI_AT_END, _KANJI_AT_START):
        draft.rewrite(pattern, lambda match: whole(match, match[0].translate(_LOOK_ALIKE)))
