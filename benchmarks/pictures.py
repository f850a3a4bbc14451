"""How well pictures are read: evidence found, verdicts equal to the text's, QR codes, and time beside the bare letter reader."""

from __future__ import annotations

import json
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

COSTED = 5
"""Pictures that are timed."""
LINKS = (
    "https://line.me/ti/p/{:06x}",
    "https://example.com/invite/{:06d}",
    "https://lin.ee/{:06x}",
    "https://chat.example.jp/groups/join?code={:020d}",
)
"""What codes say: from 21 to 56 signs."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How one drawn text came back."""

    found: int
    marked: int
    same: bool


def reading(corpus: Path, count: int, codes: int) -> Section:
    """Drawn texts of the corpus, `count` of them, clean and degraded, in every font, theme and size in turn; and `codes` QR codes."""
    title = "Pictures"
    try:
        import rapidocr  # noqa: F401
        import zxingcpp  # noqa: F401

        from benchmarks import screens

        screens.fonts()
    except ImportError as error:
        return Section("pictures", title, skipped=f"{error.name} is not installed")
    drawable = list(_drawable(corpus))
    texts = drawable[:: max(1, len(drawable) // count)][:count]
    results = []
    for name, manners, least, same in (("clean", ("",), 0.98, 0.97), ("degraded", screens.MANNERS, 0.90, 0.90)):
        shown = [_seen(text, number, manners[number % len(manners)]) for number, text in enumerate(texts)]
        strings = measure.share(sum(one.found for one in shown), sum(one.marked for one in shown))
        verdicts = measure.share(sum(one.same for one in shown), len(shown))
        results.append(Result(f"pictures.{name}.strings", f"{name}: evidence strings found", strings, "", least))
        results.append(Result(f"pictures.{name}.verdicts", f"{name}: verdict as of the text", verdicts, "", same))
    results.append(Result("pictures.codes", "QR codes read", measure.share(sum(map(_is_read, range(codes))), codes), "", 0.99))
    results += _cost(texts[:: max(1, len(texts) // COSTED)][:COSTED])
    note = (
        f"{len(texts)} texts of at most {LONGEST} code points drawn in {len(screens.fonts())} fonts, {len(screens.THEMES)} themes and "
        f"{len(screens.SIZES)} sizes; degraded: {', '.join(screens.MANNERS)}. Shares with their 95 % interval (Wilson). {codes} codes of "
        f"{min(screens.CODE_SIZES)} to {max(screens.CODE_SIZES)} pixels, straight and turned, dark on light and light on dark, clean and "
        "degraded. The letter reader alone is rapidocr without its classifier, as it is used here, on the same pixels."
    )
    return Section("pictures", title, tuple(results), (note,))


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


def _is_read(number: int) -> bool:
    """Whether one drawn code comes back as what it says."""
    from benchmarks import screens
    from sekisho.core.pictures.formats import pages_of
    from sekisho.core.pictures.ocr import read_codes

    dice = Random(number)
    link = dice.choice(LINKS).format(number)
    turned = {"angle": dice.choice(screens.ANGLES), "colours": dice.choice(screens.CODE_COLOURS)}
    drawn = screens.code(link, dice.choice(screens.CODE_SIZES), **turned)
    said = [screens.Said("left", "こちらから登録してください。"), screens.Said("right", "承知しました。")]
    page = screens.with_code(screens.chat(said, screens.fonts()[0], dice.choice(screens.THEMES), 32), drawn)
    shown = screens.degraded(page, dice.choice(("", *screens.MANNERS)), dice)
    return any(code.text == link for code in read_codes(pages_of(screens.png(shown))[0], 0))


def _cost(texts: Sequence[dict[str, Any]]) -> list[Result]:
    """Time of `check_picture` over that of the letter reader alone on the same pixels."""
    import numpy
    from rapidocr import RapidOCR

    from sekisho.core.pictures import check_picture
    from sekisho.core.pictures.formats import pages_of

    bare = RapidOCR(params={"Global.log_level": "error"})
    pictures = [_draw(text, number, "") for number, text in enumerate(texts)]
    pixels = [numpy.asarray(pages_of(picture)[0])[:, :, ::-1] for picture in pictures]

    def alone(_: int) -> float:
        return measure.processor_seconds(lambda: [bare(page, use_cls=False) for page in pixels])

    def checked(_: int) -> float:
        return measure.processor_seconds(lambda: [check_picture(picture) for picture in pictures])

    alone(0)
    checked(0)
    found = measure.in_turn({"check": checked, "alone": alone}, 3)
    each = {name: [seconds / len(pictures) * 1e3 for seconds in all_seconds] for name, all_seconds in found.items()}
    return [
        Result("pictures.cost", "`check_picture` ÷ the letter reader alone", measure.ratios(found["check"], found["alone"]), "×", 1.15, at_most=True),
        Result("pictures.check", "`check_picture`, a picture", measure.interval(each["check"]), " ms"),
        Result("pictures.rapidocr", "rapidocr alone, a picture", measure.interval(each["alone"]), " ms"),
    ]
