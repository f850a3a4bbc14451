"""Characters that are read as other characters: data only, no code that reads text.

`SUBSTITUTES` is a `str.translate` table. Look-alikes stand under the Latin letter a reader sees. They are decided on
the character as written, before case is lost: Greek capital Nu is seen as `n`, small nu as `v`.
Every value is final: folding it again changes nothing (guarded by a test).
"""

from __future__ import annotations

# seen as -> written with. Cyrillic, Greek, Coptic, Armenian, Cherokee, Lisu, small capitals, phonetic and barred letters.
_LATIN = {
    "a": "АаΑαΛᴀɑɐᎪꓮⲀⲁ",
    "b": "ВвЬьΒβʙᏴᏏꓐƀɃɓƁƄƅ",
    "c": "СсϹϲᴄᏟꓚⲤⲥƈƇɔƆ",
    "d": "ԀԁᴅᎠᏧꓓđĐɖƉɗƊðÐ",
    "e": "ЕеЄєΕεΣΞᴇᎬꓰ℮ɛƐəƏҽҼⲈⲉǝƎ",
    "f": "ꜰꓝƒƑϝϜɟ",
    "g": "ɢɡᏀꓖǥǤɠƓցՑƃ",
    "h": "НнΗҺһʜᎻᏂꓧⲎⲏħĦհՀɥ",
    "i": "ІіӀΙιɪıᎥꓲɩƖⲒⲓ",
    "j": "ЈјᴊᎫꓙϳͿȷɾ",
    "k": "КкΚκᴋᏦꓗⲔⲕĸƙƘʞ",
    "l": "ʟᏞꓡӏłŁɭǀԼլ",
    "m": "МмΜᴍᎷꓟⲘⲙϺϻ",
    "n": "ΝηɴꓠⲚⲛПпИиոՈƞȠ",
    "o": "ОоΟοσςΘθΩᴏՕօꓳⲞⲟøØӨөѲѳ",
    "p": "РрΡρϱᴘᏢꓑⲢⲣ",
    "q": "ԚԛǫǪզԶ",
    "r": "ГгЯяΓʀᎡᏒꓣᴦɹ",
    "s": "ЅѕꜱᏚꓢՏʂ",
    "t": "ТтΤτᴛᎢꓔⲦⲧŧŦʇ",
    "u": "υμᴜսՍꓴʊƱЦц",
    "v": "νᴠᏙꓦѵѴʌ",
    "w": "ωᴡᎳꓪԝԜШшѡѠɯƜʍ",
    "x": "ХхΧχꓫⲬⲭ",
    "y": "УуΥγʏᎽꓬүҮⲨⲩɣƔʎ",
    "z": "ΖζᴢᏃꓜⲌⲍƶƵʐ",
    "ae": "æÆ",
    "oe": "œŒ",
}

_SIGNS = {
    "-": "\u058a\u05be\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u2212\u23af\u2500\u2501\u2796\u2e3a\u2e3b"
    "\u2e40\u30a0\u02d7",
    "~": "\u301c\u223c\u223d\u223e\u2053\u02dc\u3030",
    "/": "\u2044\u2215\u29f8\u2571",
    "|": "\u2223\u2502\u2503\u2758",
    ":": "\u2236\ua789\u02d0",
    "*": "\u2217\u204e",
    "+": "\u2795",
    "'": "\u2018\u2019\u201b\u2032\u02bc",
    "・": "\u00b7\u0387\u2022\u2027\u2219\u22c5",
    # Spaces with a decomposition to a space follow by NFKC; these have none. Braille blank is a space to the eye.
    " ": "\t\u1680\u2800",
    "\n": "\r\u000b\u000c\u0085\u2028\u2029",
    # Spacing voiced marks are typed after kana as if they combined.
    "\u3099": "\u309b",
    "\u309a": "\u309c",
}

_EMOJI_WORDS = {
    "🆎": "ab",
    "🆑": "cl",
    "🆒": "cool",
    "🆓": "free",
    "🆔": "id",
    "🆕": "new",
    "🆖": "ng",
    "🆗": "ok",
    "🆘": "sos",
    "🆙": "up",
    "🆚": "vs",
    "🔟": "10",
    "💯": "100",
    "\U0001f10b": "0",
    "\U0001f10c": "0",
    "⓿": "0",
}

# first code point of a run of 26 letters / of a run of numbers with the first number and the length
_ALPHABETS = (0x249C, 0x1F110, 0x1F150, 0x1F170, 0x1F1E6)
_NUMBERS = ((0x2776, 1, 10), (0x2780, 1, 10), (0x278A, 1, 10), (0x24EB, 11, 10), (0x24F5, 1, 10))

# Default_Ignorable_Code_Point, interlinear annotation and the controls that are no white space.
_INVISIBLE = (
    (0x0000, 0x0008), (0x000E, 0x001F), (0x007F, 0x0084), (0x0086, 0x009F), (0x00AD, 0x00AD), (0x034F, 0x034F),
    (0x061C, 0x061C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB),
    (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
)  # fmt: skip

# Combining marks of no script of their own: accents, strokes through, keycaps and enclosures, kana voicing.
_LOOSE_MARKS = (
    (0x0300, 0x036F),
    (0x1AB0, 0x1AFF),
    (0x1DC0, 0x1DFF),
    (0x20D0, 0x20FF),
    (0x3099, 0x309A),
    (0xFE20, 0xFE2F),
)


def _spread(ranges: tuple[tuple[int, int], ...]) -> frozenset[str]:
    return frozenset(chr(point) for first, last in ranges for point in range(first, last + 1))


INVISIBLE = _spread(_INVISIBLE)
LOOSE_MARKS = _spread(_LOOSE_MARKS)


def _substitutes() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(char): None for char in INVISIBLE}
    for seen, written in (*_LATIN.items(), *_SIGNS.items()):
        table.update((ord(char), seen) for char in written)
    table.update((ord(char), word) for char, word in _EMOJI_WORDS.items())
    for first in _ALPHABETS:
        table.update((first + i, chr(ord("a") + i)) for i in range(26))
    for first, number, count in _NUMBERS:
        table.update((first + i, str(number + i)) for i in range(count))
    table.update((point, "\ufffd") for point in range(0xD800, 0xE000))
    return table


SUBSTITUTES = _substitutes()
