"""Draws chats and postings as screens would show them, with the truth beside them: who wrote what, and what stands in the QR code.

Fonts come from packages of the development requirements, so that every machine draws alike. Same seed, same picture.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont, ImageOps

Colour = str


@dataclass(frozen=True, slots=True)
class Said:
    """A message and its side: "left" or "right"."""

    side: str
    text: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours of a chat program: page, left and right bubble, and their letters."""

    name: str
    page: Colour
    left: Colour
    right: Colour
    ink_left: Colour
    ink_right: Colour


THEMES = (
    Theme("green", "#8cabd9", "#ffffff", "#85e249", "#111111", "#111111"),
    Theme("blue", "#ffffff", "#e9e9eb", "#0b84fe", "#000000", "#ffffff"),
    Theme("dark", "#101418", "#262d33", "#1f6f54", "#f2f2f2", "#f2f2f2"),
    Theme("plain", "#f4f6f8", "#ffffff", "#dcebff", "#222222", "#222222"),
)
SIZES = (26, 32, 40)
"""Letter heights in pixels on a screen of 1080."""
_FONTS = (
    ("matplotlib_fontja", "fonts/ipaexg.ttf"),
    ("pylopdf_fonts_jp", "NotoSansJP-Regular.otf"),
    ("pylopdf_fonts_jp", "NotoSerifJP-Regular.otf"),
)
"""Package and path within it: a gothic with old, narrow forms, a gothic as phones have it, and a mincho."""
WIDTH = 1080


def fonts() -> list[str]:
    """Paths of the Japanese fonts. Raises `ImportError` when a package of the development requirements is missing."""
    found = []
    for package, name in _FONTS:
        spec = find_spec(package)
        if spec is None or not spec.origin:
            raise ImportError(f"{package} is not installed", name=package)
        found.append(str(Path(spec.origin).parent / name))
    return found


def wrapped(text: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    """`text` broken where a line of `width` pixels is full, as chat programs do: between any two letters of Japanese."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for char in paragraph:
            if font.getlength(line + char) > width and line:
                cut = _break(line, char)
                lines.append(line[:cut].rstrip())
                line = line[cut:].lstrip()
            line += char
        lines.append(line)
    return [line for line in lines if line.strip()]


def _break(line: str, char: str) -> int:
    """Where to break before `char`: a Latin word is kept whole where it can be."""
    if not (char.isascii() and char.isalnum()):
        return len(line)
    start = len(line)
    while start > 0 and line[start - 1].isascii() and (line[start - 1].isalnum() or line[start - 1] in "_-@."):
        start -= 1
    return start if start > 0 else len(line)


def chat(said: Sequence[Said], font_path: str, theme: Theme, size: int, *, clock: bool = True) -> Image.Image:
    """A chat as a phone shows it."""
    font = ImageFont.truetype(font_path, size)
    small = ImageFont.truetype(font_path, max(16, size * 6 // 10))
    room = int(WIDTH * 0.62)
    blocks = [(one, wrapped(one.text, font, room)) for one in said]
    line_height = int(size * 1.4)
    height = 140 + sum(len(lines) * line_height + 2 * size + 28 for _, lines in blocks) + 60
    screen = Image.new("RGB", (WIDTH, height), theme.page)
    pen = ImageDraw.Draw(screen)
    if clock:
        pen.text((40, 30), "13:05", font=small, fill=theme.ink_left)
    y = 120
    for number, (one, lines) in enumerate(blocks):
        mine = one.side == "right"
        width = int(max(font.getlength(line) for line in lines)) + 2 * size
        left = WIDTH - 40 - width if mine else 130
        tall = len(lines) * line_height + size
        pen.rounded_rectangle((left, y, left + width, y + tall), radius=size // 2, fill=theme.right if mine else theme.left)
        if not mine:
            pen.ellipse((36, y, 108, y + 72), fill="#b7b7b7")
        for at, line in enumerate(lines):
            spot = (left + size, y + size // 2 + at * line_height)
            pen.text(spot, line, font=font, fill=theme.ink_right if mine else theme.ink_left)
        if clock:
            mark = f"13:{10 + number:02d}"
            x = left - 10 - small.getlength(mark) if mine else left + width + 10
            pen.text((x, y + tall - size), mark, font=small, fill=theme.ink_left)
        y += tall + size + 28
    return screen


def posting(title: str, body: str, font_path: str, size: int) -> Image.Image:
    """A job page: title, rule, body."""
    font, big = ImageFont.truetype(font_path, size), ImageFont.truetype(font_path, int(size * 1.35))
    lines = wrapped(body, font, WIDTH - 120)
    heads = wrapped(title, big, WIDTH - 120)
    height = 120 + len(heads) * int(size * 2) + len(lines) * int(size * 1.6) + 80
    screen = Image.new("RGB", (WIDTH, height), "white")
    pen = ImageDraw.Draw(screen)
    y = 50
    for line in heads:
        pen.text((60, y), line, font=big, fill="#111")
        y += int(size * 2)
    pen.line((60, y, WIDTH - 60, y), fill="#ccc", width=2)
    y += 30
    for line in lines:
        pen.text((60, y), line, font=font, fill="#222")
        y += int(size * 1.6)
    return screen


CODE_SIZES = (120, 160, 220, 320)
"""Pixels of a side of a QR code with its quiet zone: from a small one in a bubble to one that fills a third of the screen."""
ANGLES = (0, 0, 90, 4, -7, 15, 180, 30)
"""Degrees by which a code is turned: most stand straight."""
CODE_COLOURS = (("#000000", "#ffffff"), ("#06c755", "#ffffff"), ("#1c2b4a", "#f4f6f8"), ("#f2f2f2", "#101418"))
"""Modules and their ground; the last is light on dark, as dark themes show codes."""


def code(text: str, size: int, *, angle: int = 0, colours: tuple[Colour, Colour] = CODE_COLOURS[0]) -> Image.Image:
    """A QR code with its quiet zone, turned; the corners that turning opens have the colour of its ground."""
    import zxingcpp

    made = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawn = Image.fromarray(zxingcpp.write_barcode_to_image(made, scale=8)).resize((size, size), Image.Resampling.LANCZOS)
    ink, ground = colours
    coloured = ImageOps.colorize(drawn.convert("L"), ink, ground)
    return coloured.rotate(angle, expand=True, fillcolor=ground, resample=Image.Resampling.BICUBIC) if angle else coloured


def with_code(screen: Image.Image, drawn: Image.Image) -> Image.Image:
    """`screen` with a picture of a code below it."""
    tall = Image.new("RGB", (screen.size[0], screen.size[1] + drawn.size[1] + 80), screen.getpixel((4, screen.size[1] - 4)))
    tall.paste(screen, (0, 0))
    tall.paste(drawn, (140, screen.size[1] + 40))
    return tall


def degraded(screen: Image.Image, manner: str, dice: Random) -> Image.Image:
    """The same screen blurred, tilted, badly compressed, or photographed from a monitor."""
    if manner == "blurred":
        return screen.filter(ImageFilter.GaussianBlur(1.3))
    if manner == "tilted":
        return screen.rotate(dice.uniform(-3.0, 3.0), expand=True, fillcolor="#777777", resample=Image.Resampling.BICUBIC)
    if manner == "compressed":
        small = screen.resize((int(screen.size[0] * 0.6), int(screen.size[1] * 0.6)))
        out = io.BytesIO()
        small.save(out, "JPEG", quality=28)
        return Image.open(io.BytesIO(out.getvalue())).convert("RGB")
    if manner == "photographed":
        wide, tall = screen.size
        lean = dice.uniform(0.01, 0.03)
        corners = (wide * lean, tall * lean / 2, 0, tall, wide, tall * (1 - lean / 2), wide * (1 - lean), 0)
        bent = screen.transform((wide, tall), Image.Transform.QUAD, corners, resample=Image.Resampling.BICUBIC)
        bent = ImageEnhance.Brightness(bent).enhance(dice.uniform(0.7, 0.9))
        noise = Image.effect_noise((wide, tall), 28).convert("RGB")
        return Image.blend(bent, noise, 0.08).filter(ImageFilter.GaussianBlur(0.8))
    return screen


MANNERS = ("blurred", "tilted", "compressed", "photographed")


def png(screen: Image.Image) -> bytes:
    """The bytes of a PNG file."""
    out = io.BytesIO()
    screen.save(out, "PNG")
    return out.getvalue()
