"""What the site's processes write to standard error: warnings, and where in the code a fault happened. No words of people."""

from __future__ import annotations

import logging
import traceback
from types import TracebackType
from typing import Any


class Frames(logging.Formatter):
    """A fault as the names of its errors and the lines of code they passed; never a message: it may quote a person or a row."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's own name
        """Every error of the chain, the first one first."""
        chain: list[BaseException] = []
        error: BaseException | None = ei[1]
        while error is not None and error not in chain:
            chain.append(error)
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n".join(_told(error, error.__traceback__) for error in reversed(chain))


def _told(error: BaseException, trace: TracebackType | None) -> str:
    lines = [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    state = getattr(error, "sqlstate", None)
    return "\n".join([f"{type(error).__module__}.{type(error).__qualname__}{f' ({state})' if state else ''}", *lines])


def settings() -> dict[str, Any]:
    """For Django's `LOGGING`. Faults of requests come through `django.request`, with the path and without the query."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"frames": {"()": "sekisho.config.logs.Frames",
                                  "format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "frames"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "sekisho": {"level": "INFO"},
            # Its own handlers write letters to admins, with the whole request in them.
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            # Refused requests are no faults; their paths are nobody's business.
            "django.request": {"handlers": [], "level": "ERROR", "propagate": True},
            "django.security": {"handlers": [], "level": "ERROR", "propagate": True},
        },
    }  # fmt: skip
