"""Mail addresses, domains and ids spelt out: `[at]`, `あっとまーく`, ` dot com`, `エー・ビー・シー`, `h t t p s : / /`.

Only the characters are read; whether the result is an address is for detection to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from re import Match

from sekisho.core.text.draft import Draft, Piece, letter_by_letter, whole
from sekisho.core.text.kana import to_hiragana

# read as -> spoken as
_SIGNS = {
    "@": "アットマーク アトマーク アット",
    ".": "ドット ピリオド テン",
    "_": "アンダーバー アンダースコア アンダーライン",
    "-": "ハイフン マイナス",
    "/": "スラッシュ",
    ":": "コロン",
    "+": "プラス",
}
_LETTER_NAMES = {
    "a": "エー エイ", "b": "ビー", "c": "シー", "d": "ディー デー", "e": "イー", "f": "エフ", "g": "ジー", "h": "エイチ エッチ",
    "i": "アイ", "j": "ジェー ジェイ", "k": "ケー ケイ", "l": "エル", "m": "エム", "n": "エヌ", "o": "オー", "p": "ピー",
    "q": "キュー", "r": "アール", "s": "エス", "t": "ティー テー", "u": "ユー", "v": "ブイ ヴィー", "w": "ダブリュー ダブル",
    "x": "エックス", "y": "ワイ", "z": "ゼット", "0": "ゼロ", "1": "ワン", "2": "ツー", "3": "スリー", "4": "フォー",
    "5": "ファイブ", "6": "シックス", "7": "セブン", "8": "エイト", "9": "ナイン",
}  # fmt: skip
_DOMAIN_WORDS = {
    ".com": "ドットコム", "com": "コム", "net": "ネット", "gmail": "ジーメール", "yahoo": "ヤフー", "icloud": "アイクラウド",
    "hotmail": "ホットメール", "outlook": "アウトルック", "example": "イグザンプル エグザンプル",
}  # fmt: skip
_ENGLISH_SIGNS = {
    "at": "@",
    "4t": "@",
    "atmark": "@",
    "atsign": "@",
    "dot": ".",
    "d0t": ".",
    "period": ".",
    "underscore": "_",
    "hyphen": "-",
    "dash": "-",
}


def _spoken(table: dict[str, str]) -> dict[str, str]:
    """Katakana and hiragana word -> what it is read as."""
    katakana = {word: read for read, words in table.items() for word in words.split()}
    return katakana | {to_hiragana(word): read for word, read in katakana.items()}


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_SIGN_WORDS = _spoken(_SIGNS)
_SPOKEN = _spoken({**_LETTER_NAMES, **_DOMAIN_WORDS}) | _SIGN_WORDS
# A spoken word, or what may stand between spoken words as it is.
_TOKEN = f"(?>{_any(_SPOKEN)}|[0-9]{{1,8}}|[a-z](?![a-z]))"
_LETTERS = re.compile(f"(?<![ァ-ヺーa-z0-9]){_TOKEN}(?:[ ・、,\\-]{{0,3}}{_TOKEN}){{2,80}}(?![ァ-ヺー])")
_LETTER_TOKENS = re.compile(_TOKEN)

_OPEN, _CLOSE = r"[\[({<【〔「『]{1,2} ?", r" ?[\])}>】〕」』]{1,2}"
_SPACED_ENGLISH = "[a4] ?t(?: ?(?:mark|sign))?|d ?[o0] ?t|period|underscore|hyphen|dash"
_BRACKETED = re.compile(
    f" {{0,2}}{_OPEN}(?P<word>{_SPACED_ENGLISH}|@|\\.|{_any(_SIGN_WORDS)}){_CLOSE} {{0,2}}"
)
_BARE = re.compile(f"(?<=[a-z0-9_.\\-@])[ ・、,]{{0,2}}(?P<word>{_any(_SIGN_WORDS)})[ ・、,]{{0,2}}(?=[a-z0-9_])")

_TLD = (
    "(?:com|net|org|jp|co|io|me|gg|ee|info|biz|app|dev|link|page|site|online|shop|xyz|club|tv|cc|ly|to|us|uk|de|in|ph|ng"
    "|example|test|invalid)(?![a-z0-9])"
)
_LABEL = r"[a-z0-9_\-]{1,32}"
_DOT = r"(?: {1,2}d[o0]t {1,2}|\.)"
_MAIL = re.compile(
    f"(?<![a-z0-9_.\\-])(?P<local>{_LABEL}(?:{_DOT}{_LABEL}){{0,4}})(?P<at> {{1,2}}at {{1,2}}|@)"
    f"(?P<domain>{_LABEL}(?:{_DOT}{_LABEL}){{1,4}})(?![a-z0-9_\\-])"
)
_PROVIDERS = re.compile("(?:gmail|googlemail|yahoo|outlook|hotmail|icloud|proton|protonmail|live|gmx)[. ]")
_MAIL_WORDS = re.compile(r" {1,2}(d[o0]t|at) {1,2}")
_DOT_WORD = re.compile(" d[o0]t ")
_DOMAIN = re.compile(f"(?<=[a-z0-9])(?: {{1,2}}d[o0]t {{1,2}}| {{1,2}}\\. {{0,2}})(?={_TLD})")

# `jonas underscore petri, then the at thing, example, full stop, org`: only where the at is so named.
_AT_NAMED = re.compile("(?<![a-z])at (?:sign|symbol|thing)(?![a-z])")
_SAID = {"underscore": "_", "full stop": ".", "dot": ".", "period": ".", "hyphen": "-", "dash": "-"}
_SAID_SIGN = re.compile(
    "(?<=[a-z0-9])(?:, {0,2}| {1,2})(?:then )?(?:the |an? )?(?P<sign>at (?:sign|symbol|thing)|underscore|full stop|dot|period"
    "|hyphen|dash)(?:, {0,2}| {1,2})(?:then )?(?=[a-z0-9])"
)

_LINK = re.compile(
    r"(?<![a-z])h ?t ?t ?p ?(?:s ?)?: ?/ ?/ ?[a-z0-9_\-]{1,64}(?: ?[./] ?[a-z0-9_\-?=&#%~]{1,64}){1,20}"
)


def read_spelled(draft: Draft) -> None:
    """Signs in brackets, letter names, signs in words, mail phrases, split links: in this order, each bounded."""
    draft.rewrite(_BRACKETED, _read_bracketed)
    draft.rewrite(_LETTERS, _read_letters)
    draft.rewrite(_BARE, lambda match: whole(match, _SPOKEN[match["word"]]))
    if _AT_NAMED.search(draft.text):
        draft.rewrite(_SAID_SIGN, lambda match: whole(match, _SAID.get(match["sign"], "@")))
    draft.rewrite(_MAIL, _read_mail)
    draft.rewrite(_DOMAIN, lambda match: whole(match, "."))
    draft.rewrite(_LINK, _read_link)


def _read_bracketed(match: Match[str]) -> list[Piece]:
    word = match["word"].replace(" ", "")
    return whole(match, _SPOKEN.get(word) or _ENGLISH_SIGNS.get(word) or word)


def _read_letters(match: Match[str]) -> list[Piece] | None:
    tokens = list(_LETTER_TOKENS.finditer(match[0]))
    spoken = sum(token[0] in _SPOKEN for token in tokens)
    letters = sum(len(_SPOKEN.get(token[0], token[0])) == 1 for token in tokens)
    if letters < 3 or spoken < 2:
        return None
    start = match.start()
    return [Piece(_SPOKEN.get(t[0], t[0]), start + t.start(), start + t.end()) for t in tokens]


def _read_mail(match: Match[str]) -> list[Piece] | None:
    # `see us at example.com` is ordinary English: a bare "at" counts only before a spelt-out dot or a mail provider.
    spelt_at = match["at"] != "@"
    spelt_dot = bool(_DOT_WORD.search(match["domain"] if spelt_at else match[0]))
    if not spelt_dot and not (spelt_at and _PROVIDERS.match(match["domain"])):
        return None
    pieces: list[Piece] = []
    at, start = 0, match.start()
    for word in _MAIL_WORDS.finditer(match[0]):
        pieces += letter_by_letter(match[0][at : word.start()], start + at)
        pieces.append(Piece(_ENGLISH_SIGNS[word[1]], start + word.start(), start + word.end()))
        at = word.end()
    return pieces + letter_by_letter(match[0][at:], start + at)


def _read_link(match: Match[str]) -> list[Piece] | None:
    if " " not in match[0]:
        return None
    return [piece for piece in letter_by_letter(match[0], match.start()) if piece.text != " "]
