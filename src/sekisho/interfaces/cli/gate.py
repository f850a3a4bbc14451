"""`sekisho gate`: its options and how it refuses to start. The server is in `sekisho.interfaces.gate`."""

from __future__ import annotations

import importlib.util
import os
import re
from typing import Any

import click

from sekisho.core.rules.errors import PackError
from sekisho.interfaces.cli.failures import CLEAR, Failure, failure_of

_NEEDED = ("granian", "msgspec", "prometheus_client")
_LIMITS = {
    "max_body": "body_bytes",
    "max_text": "text_length",
    "max_items": "batch_items",
    "max_seconds": "request_seconds",
}
"""Options and the limits they set."""


@click.command(short_help="Judge over HTTP.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen at.")
@click.option("--port", type=click.IntRange(1, 65535), default=8080, show_default=True)
@click.option(
    "--workers", type=click.IntRange(1, 256), default=1, show_default=True, help="Judging processes."
)
@click.option("--pack", default="standard", show_default=True, help="The rules: a built-in pack or a folder.")
@click.option(
    "--max-body", type=click.IntRange(1_000, 1_000_000_000), metavar="BYTES", help="[default: 1 MiB]"
)
@click.option(
    "--max-text", type=click.IntRange(1, 1_000_000), metavar="CHARACTERS", help="[default: 100,000]"
)
@click.option(
    "--max-items", type=click.IntRange(1, 1_000_000), metavar="N", help="Of a batch.  [default: 1,000]"
)
@click.option(
    "--max-seconds", type=click.FloatRange(0.01, 600), metavar="S", help="Of a request.  [default: 5]"
)
@click.option("--open", "is_open", is_flag=True, help="Answer other machines without a key.")
@click.option(
    "--log-requests", is_flag=True, help="A line for every request: endpoint, status, time; never text."
)
@click.option("--new-key", metavar="NAME", help="Make an API key, print it and its entry, and end.")
def gate(*, is_open: bool, new_key: str | None, **options: Any) -> int:
    """Serve POST /v1/check, /v1/check_posting, /v1/check_thread and their /batch; GET /healthz, /readyz, /metrics, /openapi.json.

    SEKISHO_GATE_KEYS holds the API keys as name:hash. A changed pack is taken into use when it proves good; SIGHUP looks at once.
    SIGTERM stops when the requests under way are answered.
    """
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise Failure(
            "not_installed", f"{', '.join(missing)} is not installed", "pip install 'sekisho[gate]'"
        )
    from sekisho.interfaces.gate.settings import BadSettings

    if new_key is not None:
        return _new_key(new_key)
    from sekisho.interfaces.gate.server import serve
    from sekisho.interfaces.gate.settings import KEYS_VARIABLE, Limits, Settings, check_exposure, read_keys

    try:
        limits = Limits(
            **{field: options[name] for name, field in _LIMITS.items() if options[name] is not None}
        )
        others = {name: value for name, value in options.items() if name not in _LIMITS}
        settings = Settings(keys=read_keys(os.environ.get(KEYS_VARIABLE, "")), limits=limits, **others)
        check_exposure(settings.host, settings.keys, is_open=is_open)
        serve(settings)
    except (BadSettings, PackError) as error:
        raise failure_of(error) from None
    return CLEAR


def _new_key(name: str) -> int:
    from sekisho.interfaces.gate.settings import hash_of, new_key

    if not re.fullmatch(r"[A-Za-z0-9_.-]{1,60}", name):
        raise Failure("bad_settings", "a key's name has letters, digits and . _ - only", "")
    key = new_key()
    click.echo(f"key    {key}\nentry  {name}:{hash_of(key)}")
    return CLEAR
