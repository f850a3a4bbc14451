"""`sekisho check --posting`: one posting from a JSON file, judged and shown. Not how it is judged."""

from __future__ import annotations

from collections.abc import Mapping

import click

from sekisho.core.detection.postings import check_posting
from sekisho.core.detection.postings.library import load_policy
from sekisho.core.rules.model import Outcome
from sekisho.interfaces.cli import json_output
from sekisho.interfaces.cli.failures import Failure, failure_of
from sekisho.interfaces.cli.guide import read_json
from sekisho.interfaces.cli.posting_output import posting_record


def judge_posting(name: str, pack: str, lang: str | None) -> Outcome:
    """Judge the posting in a file (- for standard input) and show the answer in `lang`, or as JSON when that is None.

    Raises `Failure`.
    """
    posting = read_json(name)
    if not isinstance(posting, dict):
        raise Failure("malformed", f"{name}: not a JSON object", 'write {"title": "…", "body": "…"}')
    try:
        verdict = check_posting(posting, pack=pack)
        texts = _texts(posting)
        if lang is None:
            click.echo(json_output.line(posting_record(texts, verdict, name)), nl=False)
        else:
            from sekisho.interfaces.cli.posting_screen import PostingScreen

            PostingScreen(lang).posting(texts, verdict, load_policy(pack))
    except ValueError as error:
        raise failure_of(error) from None
    return verdict.verdict


def _texts(posting: Mapping[str, object]) -> dict[str, str]:
    pay = posting.get("pay")
    if isinstance(pay, Mapping):
        pay = pay.get("text")
    given = {"title": posting.get("title"), "body": posting.get("body"), "pay": pay}
    return {field: str(text or "") for field, text in given.items()}
