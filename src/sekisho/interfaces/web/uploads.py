"""How much one form may carry: asked before anything of it is stored, so that nobody fills the disk by sending to any page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

from sekisho.market.files.policy import policy

NOBODY = 1_000_000
"""Bytes of a form of somebody who is not logged in."""
WORDS = 1_000_000
"""Bytes that a form may have beside its files."""


class Bounded(FileUploadHandler):
    """Refuses a form that is larger than the largest file there may be; what is within goes on to the next handler."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: Any,  # noqa: N803 - Django's name
        content_length: int,
        *given: Any,
        **more: Any,
    ) -> None:
        """Raises `RequestDataTooBig`."""
        user = getattr(self.request, "user", None)
        known = user is not None and user.is_authenticated
        if content_length > (max(policy().largest_bytes.values()) + WORDS if known else NOBODY):
            raise RequestDataTooBig("the form is larger than any file may be")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass on."""
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Nothing of it is kept here."""
