"""`sekisho check --posting`: one posting from a JSON file, judged and shown. Not how it is judged."""

from __future__ import annotations

import click

from sekisho.core.detection.postings import check_posting
from sekisho.core.detection.postings.library import load_policy
from sekisho.core.detection.postings.record import posting_record, texts_of
from sekisho.core.rules.model import Outcome
from sekisho.interfaces.cli import json_output
from sekisho.interfaces.cli.failures import Failure, failure_of
from sekisho.interfaces.cli.guide import read_json
from sekisho.interfaces.cli.words import terminal_language


def judge_posting(name: str, *, pack: str, lang: str | None, as_json: bool) -> Outcome:
    """Judge the posting in the file `name` (- for standard input), show it, and answer its verdict. Raises `Failure`."""
    posting = read_json(name)
    if not isinstance(posting, dict):
        raise Failure("malformed", f"{name}: not a JSON object", 'write {"title": "…", "body": "…"}')
    try:
        verdict = check_posting(posting, pack=pack)
        if as_json:
            click.echo(json_output.line(posting_record(posting, verdict, name)), nl=False)
        else:
            from sekisho.interfaces.cli.posting_screen import PostingScreen

            PostingScreen(lang or terminal_language()).posting(texts_of(posting), verdict, load_policy(pack))
    except ValueError as error:
        raise failure_of(error) from None
    return verdict.verdict
