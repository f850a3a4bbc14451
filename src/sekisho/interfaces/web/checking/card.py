"""The picture to share: verdict, what was found by name, the site's address. Drawn from words of closed lists only."""

from __future__ import annotations

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from sekisho.interfaces.web import words
from sekisho.interfaces.web.checking.next_steps import site_address
from sekisho.market.kernel.problems import Problem

COLOURS = {"clear": ("#e6f4ee", "#1f6f54"), "caution": ("#fdf3dc", "#7a5000"), "violation": ("#fbe9ec", "#a3263a"),
           "unsure": ("#eef1f6", "#4a5363")}  # fmt: skip
MOST_NAMED = 4
"""Labels that have room on the card."""


def card(verdict: str, labels: str, lang: str) -> str:
    """An SVG of 1200 by 630. Raises `Problem("not_found")` for any word that is not of the lists."""
    named = [label for label in labels.split(",") if label]
    if (
        verdict not in COLOURS
        or lang not in ("ja", "en")
        or any(label not in words.LABELS for label in named)
    ):
        raise Problem("not_found")
    ground, ink = COLOURS[verdict]
    with translation.override(lang):
        rows = [
            {"name": words.LABELS[label], "y": 330 + 58 * n} for n, label in enumerate(named[:MOST_NAMED])
        ]
        return render_to_string("web/check/card.svg", {
            "verdict": verdict, "words": words.VERDICTS[verdict], "rows": rows, "ground": ground, "ink": ink,
            "address": site_address(), "lang": lang, "slogan": _("その誘い、応じる前に"),
        })  # fmt: skip
