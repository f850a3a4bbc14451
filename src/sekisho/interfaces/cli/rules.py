"""`sekisho rules`: the rules of a pack listed, shown and proved, for their authors."""

from __future__ import annotations

import click

from sekisho.core.rules.errors import PackError, render
from sekisho.core.rules.model import Label, Pack
from sekisho.core.rules.names import LANGUAGES
from sekisho.interfaces.cli.failures import CLEAR, FOUND, Failure, failure_of
from sekisho.interfaces.cli.words import terminal_language

_pack = click.option("--pack", default="standard", show_default=True, help="A built-in pack or a folder.")
_lang = click.option(
    "--lang", type=click.Choice(LANGUAGES), help="Language of the rules.  [default: the locale's]"
)


@click.group(short_help="List, show and test the rules of a pack.")
def rules() -> None:
    """List, show and test the rules of a pack."""


@rules.command("list")
@_pack
@_lang
def list_rules(*, pack: str, lang: str | None) -> int:
    """List the rules: id, label, severity, status, title."""
    from rich.table import Table

    from sekisho.interfaces.cli.render import console_for
    from sekisho.interfaces.cli.visible import visible

    read = _read(pack)
    order = {label: number for number, label in enumerate(Label)}
    table = Table("rule", "label", "severity", "status", "title", box=None, pad_edge=False)
    for rule in sorted(read.rules.values(), key=lambda rule: (order[rule.label], rule.id)):
        title = rule.title.get(lang or terminal_language()) or next(iter(rule.title.values()), "")
        table.add_row(*map(visible, (rule.id, rule.label, rule.severity, rule.status, title)))
    console_for().print(table)
    return CLEAR


@rules.command("show")
@click.argument("rule_id", metavar="ID")
@_pack
@_lang
def show_rule(*, rule_id: str, pack: str, lang: str | None) -> int:
    """Show a rule's page: what, why, what to write instead, what it misses, its examples."""
    from rich.markdown import Markdown

    from sekisho.core.rules.errors import did_you_mean
    from sekisho.core.rules.pages import rule_page
    from sekisho.interfaces.cli.render import console_for

    read = _read(pack)
    rule = read.rules.get(rule_id)
    if rule is None:
        hint = did_you_mean(rule_id, read.rules) or "see `sekisho rules list`"
        raise Failure("unknown_rule", f"no rule {rule_id!r} in pack {read.id}", hint)
    page = rule_page(rule, read, lang or terminal_language())
    console = console_for()
    if console.color_system is None:
        click.echo(_without_comment(page), nl=False)
    else:
        console.print(Markdown(_without_comment(page)))
    return CLEAR


@rules.command("test")
@_pack
def test_rules(*, pack: str) -> int:
    """Check the pack and run every example of its rules. Exits 0 when all hold, 1 when not."""
    from sekisho.core.detection.library import pack_folder, prove_pack

    try:
        proved = prove_pack(pack_folder(pack))
    except PackError as error:
        for problem in error.problems:
            click.echo(render(problem))
        click.echo(f"{len(error.problems)} problem{'s' if len(error.problems) > 1 else ''}", err=True)
        return FOUND
    examples = sum(len(rule.examples) for rule in proved.rules.values())
    click.echo(f"pack {proved.id} {proved.version}: {len(proved.rules)} rules, {examples} examples, all hold")
    return CLEAR


def _read(pack: str) -> Pack:
    """The pack as its files say, proved or not: an author must be able to look at a rule that does not hold yet."""
    from sekisho.core.detection.library import pack_folder
    from sekisho.core.rules.loader import load_pack

    try:
        return load_pack(pack_folder(pack))
    except PackError as error:
        raise failure_of(error) from None


def _without_comment(page: str) -> str:
    lines = page.split("\n")
    return "\n".join(lines[2:] if lines[0].startswith("<!--") else lines)
