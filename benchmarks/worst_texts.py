"""The worst texts we can think of, by family: every frame, word pattern, gate, identifier, disguise, and the folding itself.

Each is a unit repeated to any size, with a head and a tail. Nothing here measures. Contacts reach nobody.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from benchmarks.samples import near_misses, texts_of, words_of
from sekisho.core.detection.identifiers import TRIGGERS
from sekisho.core.rules.compiler import CompiledFrame, CompiledPack
from sekisho.core.text import EVASIVE

ENGINE_SAMPLES = {
    "at_email": "taro@example.com", "at_phone": "090-0123-4567", "at_url": "https://example.com/a", "at_invite": "https://line.me/ti/p/abc",
    "at_form": "https://forms.gle/abc", "at_meeting": "https://zoom.us/j/123456789", "at_handle": "@taro_work", "at_chat_id": "LINE ID: taro_work_1",
    "at_bank": "普通 1234567", "at_my_number": "123456789018", "at_card": "4111 1111 1111 1111", "at_crypto": "0x" + "ab" * 20,
    "at_pay_absurd": "日給30万円", "at_pay_high": "日給2万円", "at_quote_open": "「", "at_quote_close": "」", "at_evasive": "ラ●ン", "at_hidden": "ラ●ン",
    "at_spelled_number": "ゼロキュウゼロゼロイチニサン", "at_spelled_name": "t a r o o",
}  # fmt: skip
"""A text for every class that no pack defines."""

IDENTIFIERS = {
    "mail": ["taro@example.com ", "a@", "a.", "a@b.", "@@", "taro@example", "a-" * 30 + "@", "x@a.a.a.a.a.", "taro[at]example[dot]com ", "あっとまーく", "taro あっと example どっと com "],
    "link": ["https://example.com/a ", "https://", "http://a.", "www.", "example.com/", "a.co.jp ", "a.b.c.d.e.f.", "h t t p s : / / ", "//////", "https://line.me/ti/p/abc ", "line.me/", "xn--a.", "。com.net.jp"],
    "phone": ["090-0123-4567 ", "0", "09", "090", "0-9-0-", "０９０（０１２３）４５６７", "+81 90 0123 4567 ", "+1", "+", "(555) 010-0199 ", "電話 1", "080 ", "ゼロキュウゼロ", "090のー0123のー4567", "0 9 0 0 1 2 3 "],
    "chat": ["LINE ID: taro_work_1 ", "LINE ID ", "LINEの", "id", "idは", "ID:a", "LINE id id id ", "@taro ", "@", "taro#1234 ", "live:taro ", "_a", "LINE「", "インスタは@", "discord.gg/", "検索id検索", "x id ", "a" * 39 + "_"],
    "account": ["普通 1234567 ", "口座", "普通口座店番", "普通 1 2 3", "ゆうちょ 記号 10000 番号 1234567 ", "4111 1111 1111 1111 ", "4", "41", "1 2 3 4 ", "123456789018 ", "マイナンバー1", "個人番号 ", "account 1", "GB00 AAAA 0000 "],
    "wallet": ["0x" + "ab" * 20 + " ", "0x", "bc1", "bc1q" + "a" * 38 + " ", "1", "1a", "3" + "J" * 33 + " ", "a" * 26, "0xg"],
    "pay": ["日給30万円 ", "1", "1,", "1万", "万", "¥", "¥1", "千", "一", "時給", "1k ", "$1 ", "usd ", "100 dollars an hour ", "月収１００万円。", "数十万", "1日1"],
}  # fmt: skip

FOLDING = {
    "fold": ["か\u3099", "ｶﾞ", "e\u0301", "\u0301", "\u200b", "a\u200b", "あ\u200d", "Ａ", "①", "㈱", "𝐀", "ﷺ", "İ", "\r\n", "\u202e", "가", "各".encode().decode() + "\u1100", "🇯🇵", "👨‍👩‍👧", "\ud800", "\x00", "А", "ſ", "ﾞ", "ﾟ" * 5, "a" + "\u0300" * 60],
    "layout": ["。", "「", "」", "「」", "「「」", "『「", "\n", " ", "、", "a", "あ", "ー", "・", "○", "a○", "ア○", "あ○あ", "?", "!", "…", "☆", "l i n e ", "ラ・イ・ン", "ラ ", "a.b.", "l-i-n-e-", "1 2 3 4 ", "一二三", "zero one two ", "エービーシー", "卜", "ンイラ 逆から読んで ", "L1NE", "n○te ", "電 言舌 "],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Worst:
    """A text of any size: `head`, then `unit` again and again, then `tail`."""

    family: str
    name: str
    unit: str
    head: str = ""
    tail: str = ""

    def of_size(self, size: int) -> str:
        """About `size` bytes of UTF-8, at least one unit, and never more than `size` code points."""
        around = _bytes(self.head) + _bytes(self.tail)
        return self.head + self.unit * max(1, (size - around) // max(1, _bytes(self.unit))) + self.tail


def all_texts(compiled: CompiledPack, *, every: int = 1) -> list[Worst]:
    """All families. `every` takes only each so manieth of the frames and the word patterns."""
    found = [Worst(family, unit, unit) for table in (IDENTIFIERS, FOLDING) for family, units in table.items() for unit in units]
    found += _of_sources("trigger", TRIGGERS)
    found += _of_sources("evasive", EVASIVE)
    for frame in compiled.frames[::every]:
        found += _of_frame(frame, compiled)
    sources = [(c.id, source) for c in compiled.pack.classes.values() for source in c.patterns]
    for name, source in sources[::every]:
        found += _of_sources(f"pattern of {name}", [source])
    return list({(worst.head, worst.unit, worst.tail): worst for worst in found if worst.unit}.values())


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))


def _of_sources(family: str, sources: Iterable[str]) -> Iterator[Worst]:
    for source in sources:
        texts = texts_of(source)
        longest = max(texts, key=len, default="")
        for text in dict.fromkeys((*texts, *near_misses(longest))):
            yield Worst(family, source, text)
        if longest:
            yield Worst(family, f"{source}, spaced", longest + " ")


def _of_frame(frame: CompiledFrame, compiled: CompiledPack) -> Iterator[Worst]:
    slots = [_some_of(slot.split("|"), compiled) for slot in frame.frame.slots]
    if not all(slots):
        return
    act = _joined([words[0] for words in slots])
    name, family = frame.frame.id, "frame"
    marks = _joined([word for scope in frame.scopes for word in _some_of(compiled.pack.scopes[scope.id].markers, compiled)[:2]])
    yield Worst(family, f"{name}: in every sentence", act + "。")
    yield Worst(family, f"{name}: without an end of a sentence", act + " ")
    yield Worst(family, f"{name}: all words of every slot", _joined([word for words in slots for word in words]) + " ")
    yield Worst(family, f"{name}: without its last slot", _joined([words[0] for words in slots[:-1]] or [act[:-1]]) + " ")
    yield Worst(family, f"{name}: its first slot, then the rest once", slots[0][0] + " ", tail=_joined([w[0] for w in slots[1:]]))
    yield Worst(family, f"{name}: far apart", "字" * 30 + "、", head=slots[0][0], tail=act)
    yield Worst(family, f"{name}: with every marker", act + marks + "。")
    yield Worst(family, f"{name}: quoted", f"「ここに{act}とあり」" + marks)
    yield Worst(family, f"{name}: quotations never closed", f"「{act}")


def _some_of(names: Iterable[str], compiled: CompiledPack) -> list[str]:
    """A few words of every class named, directly or as a member of a group."""
    classes = compiled.pack.classes
    found: list[str] = []
    for name in names:
        if name in classes:
            found += words_of(classes[name])
        elif name in ENGINE_SAMPLES:
            found.append(ENGINE_SAMPLES[name])
        else:
            for word_class in classes.values():
                if name in word_class.groups:
                    found += words_of(word_class)[:1]
    return list(dict.fromkeys(found)) or [ENGINE_SAMPLES["at_email"]]


def _joined(words: Iterable[str]) -> str:
    """Words side by side, apart where Latin letters would run together."""
    text = ""
    for word in words:
        text += (" " if text[-1:].isascii() and word[:1].isascii() else "") + word
    return text
