"""Why a picture cannot be read: a stable word, a sentence, and how to mend it."""

from __future__ import annotations


class PictureError(ValueError):
    """`code` is one of empty, too_large, unknown_format, damaged, animated, too_many_pages, encrypted, missing_extra."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint
