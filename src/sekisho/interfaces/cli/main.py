"""The command `sekisho`: which commands there are, and that their failures end with the promised exit codes.

Every command is a module of its own, imported when it is called for.
"""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from typing import Any

import click

from sekisho.interfaces.cli.failures import BROKEN_PIPE, CRASHED, INTERRUPTED, report

COMMANDS = {
    "check": ("check", "Judge a text."),
    "scan": ("scan", "Judge a file of many texts."),
    "evaluate": ("evaluate", "Measure a pack on a labelled corpus."),
    "rules": ("rules", "List, show and test the rules of a pack."),
    "gate": ("gate", "Judge over HTTP."),
    "guide": ("guide", "What to do: refuse, report, after giving data away, contact requests."),
    "serve": ("site", "Run the marketplace: database, pages, background process."),
    "background": ("site", "Run what happens in the background, beside a site."),
    "demo": ("site", "Fill the site with made-up people, jobs and contracts."),
    "migrate": ("site", "Make or change the site's tables."),
    "token": ("site", "Make a token for the site's API."),
    "verify": ("site", "Recompute everything stored, and say what does not hold."),
}


class Commands(click.Group):
    """Imports commands lazily and owns the exit codes."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"sekisho.interfaces.cli.{COMMANDS[cmd_name][0]}")
        command = getattr(module, cmd_name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # The reader has gone (`| head`); what is still buffered must not fail again when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            ctx.exit(BROKEN_PIPE)
        return result

    def main(self, *args: Any, **kwargs: Any) -> Any:
        given = list(args[0] if args else kwargs.pop("args", None) or sys.argv[1:])
        kwargs["standalone_mode"] = False
        try:
            result = super().main(given, *args[1:], **kwargs)
        except click.ClickException as error:
            report(error, as_json="--json" in given)
            sys.exit(2)
        except click.Abort:
            sys.exit(INTERRUPTED)
        except Exception:  # noqa: BLE001 - Python would exit with 1, which means that something was found
            traceback.print_exc()
            sys.exit(CRASHED)
        sys.exit(result if isinstance(result, int) else 0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sekisho", prog_name="sekisho")
def main() -> None:
    """Finds off-platform solicitation (外部誘導) in postings and messages, and says why."""


if __name__ == "__main__":
    main()
