"""How well pictures are read: evidence found, verdicts equal to the text's, QR codes, and time beside the bare letter reader."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import measure
from benchmarks.measure import Result, Section

ANSWER = {"ja": "ありがとうございます。確認いたします。", "en": "Thanks, I will have a look."}
"""What the other side writes in every chat, so that there are two sides to tell apart."""
LONGEST = 420
"""Code points of a text that is drawn; longer ones do not fit a screen."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How one drawn text came back."""

    found: int
    marked: int
    same: bool


def quality(corpus: Path, count: int) -> Section:
    """Drawn texts of the corpus: clean in every font, theme and size in turn, and degraded in every manner."""
    try:
        from benchmarks import screens
    except ImportError as error:
        return Section("pictures", "Pictures", skipped=f"{error.name} is not installed")
    texts = list(_drawable(corpus))[:count]
    results = []
    for name, manners, least, same in (("clean", ("",), 0.98, 0.97), ("degraded", screens.MANNERS, 0.90, 0.90)):
        shown = [_seen(text, number, manners[number % len(manners)]) for number, text in enumerate(texts)]
        marked = sum(one.marked for one in shown)
        share = sum(one.found for one in shown) / max(marked, 1)
        equal = sum(one.same for one in shown) / max(len(shown), 1)
        results.append(Result(f"pictures.{name}.strings", f"{name}: evidence strings found", measure.interval([share]), "", least))
        results.append(Result(f"pictures.{name}.verdicts", f"{name}: verdict as of the text", measure.interval([equal]), "", same))
    results.append(Result("pictures.codes", "QR codes found", measure.interval([_codes(count)]), "", 0.99))
    results.append(_cost(texts[:10]))
    note = f"{len(texts)} texts of at most {LONGEST} code points, {len(screens.fonts())} fonts, {len(screens.THEMES)} themes, {len(screens.SIZES)} sizes."
    return Section("pictures", "Pictures", tuple(results), (note,))


def _drawable(corpus: Path) -> Iterator[dict[str, Any]]:
    for line in corpus.read_text(encoding="utf-8").splitlines():
        text = json.loads(line)
        plain = all(char.isascii() or "぀" <= char <= "ヿ" or "一" <= char <= "鿿" or char in "。、「」・!?()〜ー…！？（）：" for char in text["text"])
        if len(text["text"]) <= LONGEST and plain:
            yield text


def _draw(text: dict[str, Any], number: int, manner: str) -> bytes:
    from benchmarks import screens

    dice = Random(number)
    font = screens.fonts()[number % len(screens.fonts())]
    size = screens.SIZES[number // 3 % len(screens.SIZES)]
    if text["kind"] == "posting":
        title, _, body = text["text"].partition("\n")
        screen = screens.posting(title if body else "", body or text["text"], font, size)
    else:
        side, other = ("right", "left") if text["sender"] == "worker" else ("left", "right")
        said = [screens.Said(side, text["text"]), screens.Said(other, ANSWER[text["lang"]])]
        screen = screens.chat(said, font, screens.THEMES[number % len(screens.THEMES)], size)
    return screens.png(screens.degraded(screen, manner, dice))


def _seen(text: dict[str, Any], number: int, manner: str) -> Shown:
    from sekisho import check
    from sekisho.core.pictures import check_picture

    context = {"kind": text["kind"], "stage": text["stage"], "approved_tools": text.get("approved_tools") or ()}
    verdict = check_picture(_draw(text, number, manner), sender=text["sender"], pack="standard", **context)
    read = _bare(verdict.reading.text)
    wanted = [_bare(part) for part in text["evidence"]]
    expected = check(text["text"], sender=text["sender"], **context).verdict
    return Shown(sum(part in read for part in wanted), len(wanted), verdict.verdict == expected)


def _bare(text: str) -> str:
    """Without what a picture does not keep: spaces, width, and which of two signs of one look it was."""
    from sekisho.core.text import fold

    return "".join(fold(text).text.split()).translate(str.maketrans("ー一—–-〜·•", "------・・"))


def _codes(count: int) -> float:
    from benchmarks import screens
    from sekisho.core.pictures import read_picture

    found = 0
    for number in range(count):
        link = f"https://example.com/invite/{number:06d}"
        page = screens.with_code(screens.posting("お知らせ", "下の画像をご覧ください。", screens.fonts()[0], 32), link, 160 + number % 5 * 40)
        shown = screens.degraded(page, ("", *screens.MANNERS)[number % 5], Random(number))
        found += any(code.text == link for code in read_picture(screens.png(shown)).codes)
    return found / max(count, 1)


def _cost(texts: Sequence[dict[str, Any]]) -> Result:
    """Time of `check_picture` over that of the letter reader alone on the same pixels."""
    import numpy

    from sekisho.core.pictures import check_picture
    from sekisho.core.pictures.formats import pages_of
    from sekisho.core.pictures.ocr import _reader

    pictures = [_draw(text, number, "") for number, text in enumerate(texts)]
    ratios = []
    for _ in range(3):
        began = time.process_time()
        for picture in pictures:
            _reader()(numpy.asarray(pages_of(picture)[0])[:, :, ::-1])
        bare = time.process_time() - began
        began = time.process_time()
        for picture in pictures:
            check_picture(picture)
        ratios.append((time.process_time() - began) / bare)
    return Result("pictures.cost", "time of a check over the letter reader alone", measure.interval(ratios), "×", 1.15, at_most=True)
