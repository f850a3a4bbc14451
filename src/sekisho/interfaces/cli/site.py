"""`sekisho serve | background | demo | migrate | verify`: the marketplace from the command line; the work is in `config`."""

from __future__ import annotations

import importlib.util
import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import click

from sekisho.interfaces.cli.failures import Failure

_NEEDED = ("django", "ninja", "allauth", "psycopg", "granian")
_OWN = ("127.0.0.1", "localhost", "::1")
EXPORT_BYTES = 512 << 20
"""No export of a deal is larger."""


@contextmanager
def _site(*, owner: bool = False, patient: Callable[[], bool] | None = None) -> Iterator[Any]:
    missing = [name for name in _NEEDED if importlib.util.find_spec(name) is None]
    if missing:
        raise Failure(
            "not_installed", f"{', '.join(missing)} is not installed", "pip install 'sekisho[site]'"
        )
    from sekisho.config import site
    from sekisho.config.database import Unavailable

    try:
        with site.opened(owner=owner, patient=patient) as database:
            yield database
    except (Unavailable, site.NoSecret) as error:
        raise Failure("site", str(error), "") from None


@click.command(short_help="Run the marketplace.")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option(
    "--workers", type=click.IntRange(1, 64), default=1, show_default=True, help="Serving processes."
)
@click.option("--demo", is_flag=True, help="Fill an empty site with the demonstration first.")
def serve(host: str, port: int, workers: int, demo: bool) -> None:
    """Run everything: the database (one of its own without DATABASE_URL), tables, pages, API and background process."""
    if host not in _OWN and urlsplit(os.environ.get("SEKISHO_BASE_URL", "http://127.0.0.1")).hostname in _OWN:
        raise Failure(
            "site", f"at {host} others can reach the site, and its settings are for this machine alone",
            "set SEKISHO_BASE_URL to the address it is reached at, and SEKISHO_SECRET_KEY",
        )  # fmt: skip
    with _site(owner=True) as database:
        from sekisho.config import site

        site.migrate(database)
        if demo:
            _fill()
        click.echo(f"http://{host}:{port}/")
        site.serve(database, host, port, workers)


@click.command(short_help="Run what happens in the background.")
@click.option("--once", is_flag=True, help="Do what is due now, then end.")
@click.option("--parent", type=int, hidden=True, help="End when this process is gone.")
def background(once: bool, parent: int | None) -> None:
    """Deliver notices and webhooks, fire timers, seal the audit chain. `serve` runs one by itself.

    A database that does not answer is waited for, except with --once.
    """
    with _site(patient=None if once else lambda: parent is None or os.getppid() == parent):
        from sekisho.config import site

        site.until_signal(lambda stop: site.background(stop, once=once, parent=parent))


@click.command(short_help="Fill the site with made-up people and jobs.")
def demo() -> None:
    """Load the demonstration: made-up people, jobs and contracts in every state. A second run changes nothing."""
    with _site() as database:
        from sekisho.config import site

        site.migrate(database)
        _fill()


def _fill() -> None:
    from sekisho.config.demo import NotHere, load

    try:
        for line in load():
            click.echo(line)
    except NotHere as error:
        raise Failure("site", str(error), "") from None


@click.command(short_help="Make or change the tables.")
@click.option("--reseal", is_flag=True, help="Take data sealed with an earlier key over to the first SEKISHO_DATA_KEY.")
def migrate(reseal: bool) -> None:
    """Bring the tables up to date, as the role that owns them, and grant the application's role what it needs."""
    with _site() as database:
        from sekisho.config import site

        site.migrate(database)
        click.echo("The tables are up to date.")
        if reseal:
            from sekisho.market.kernel.sealing import reseal as take_over

            click.echo(f"{take_over():,} rows were sealed anew.")


@click.command(short_help="Recompute and compare everything.")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
def verify(file: Path | None) -> int:
    """Recompute everything stored (ledger, records, audit chain, files, and what else must hold) and say what was looked at.

    With FILE check the export of a deal instead, without a site. Exits with 1 if anything does not hold.
    """
    if file is not None:
        return _verify_export(file)
    with _site():
        from sekisho.market.kernel.verification import verify_all

        report = verify_all()
        for line in report.lines():
            click.echo(line)
        return 0 if report.ok else 1


def _verify_export(file: Path) -> int:
    from sekisho.market.deals.verifying import erased, verify_export

    if file.stat().st_size > EXPORT_BYTES:
        raise Failure("too_large", f"{file} has more than {EXPORT_BYTES:,} bytes", "")
    try:
        data = json.loads(file.read_bytes())
    except (ValueError, RecursionError) as error:
        raise Failure("not_json", f"{file} is not JSON: {str(error)[:200]}", "") from None
    faults = verify_export(data)
    for fault in faults:
        click.echo(fault)
    if faults:
        return 1
    click.echo(f"{data['length']:,} events, ok; head {data['head']}")
    for position, because in erased(data).items():
        click.echo(f"the body of event {position} was erased: {because}")
    return 0


@click.command(short_help="Make a token for the site's API.")
@click.option("--person", metavar="EMAIL", help="With the rights of this person.")
@click.option(
    "--scope", "scopes", multiple=True, help="For a marketplace's back end; can be given more than once."
)
@click.option("--name", default="command line", show_default=True, help="What the token is called.")
def token(person: str | None, scopes: tuple[str, ...], name: str) -> None:
    """Print a new token: of a person, or of a back end with scopes. It is shown this once; only its hash is kept."""
    if bool(person) == bool(scopes):
        raise click.UsageError("Give either --person or --scope.")
    with _site():
        from sekisho.config import tokens

        try:
            made = tokens.for_person(person, name) if person else tokens.for_back_end(name, scopes)
        except tokens.NoToken as error:
            raise Failure("site", str(error), "") from None
        click.echo(made)
