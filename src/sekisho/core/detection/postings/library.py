"""Loads what a pack says about postings once, laid over that of the pack it extends."""

from __future__ import annotations

import os
import re
from functools import lru_cache

from sekisho.core.detection.library import pack_folder
from sekisho.core.detection.postings import entries
from sekisho.core.detection.postings.policy import Category, Part, PostingPolicy
from sekisho.core.rules.errors import PackError, Problem
from sekisho.core.rules.layers import Layers, read_layers
from sekisho.core.rules.loader import pack_folders
from sekisho.core.rules.reading import Table

FILES = ("client", "stated", "work", "findings")
SOURCES = "sources"


def load_policy(pack: str | os.PathLike[str] = "standard") -> PostingPolicy:
    """What a pack (a built-in id or a folder) says about postings, kept for the life of the process.

    Raises `PackError` with every mistake in it, or when neither the pack nor one it extends says anything.
    """
    return _load(os.fspath(pack))


@lru_cache(maxsize=32)
def _load(pack: str) -> PostingPolicy:
    folders = pack_folders(pack_folder(pack).resolve())
    problems: list[Problem] = []
    policy = _policy(read_layers(folders, "postings", problems), read_layers(folders, "rates", problems))
    if problems:
        raise PackError(problems)
    return policy


def _policy(postings: Layers, rates: Layers) -> PostingPolicy:
    client, stated, work, findings = (postings.table(name, FILES) for name in FILES)
    filler = client.child("filler", "write `[filler]` with `sentences`")
    sources = entries.read_sources(rates.table(SOURCES, (SOURCES, "ja", "en")))
    tables = [rates.table(name, ()) for name in sorted(rates.files) if name != SOURCES]
    read = [entries.read_rates(table, sources) for table in tables]
    simple = work.child("simple", "write `[simple]` with `words` and `categories`")
    policy = PostingPolicy(
        thresholds=entries.read_thresholds(client.child("thresholds", "write `[thresholds]`")),
        filler=entries.cues(filler, whole=True),
        signs=entries.read_signs(client.child("sign", "write `[sign.<name>]` for every sign")),
        parts=entries.speeches(stated.child("missing", "write `[missing.<part>]` for every part"), Part),
        deferred=_cues(stated, "deferred"),
        content=entries.read_content(stated.child("content", "write `[content]`")),
        stated=entries.stated_parts({part: stated.child(part) for part in Part if part is not Part.CONTENT}),
        unskilled=_cues(work, "unskilled"),
        simple=entries.cues(simple),
        simple_categories=simple.choices("categories", Category) if simple else (),
        skilled=_cues(work, "skilled"),
        asked=entries.read_asked(work.child("asked")),
        rates={one.currency: one for one in read},
        texts=entries.read_texts(findings),
    )
    for table in (client, stated, work, *(one for one in (filler, simple) if one is not None)):
        table.finish()
    return policy


def _cues(table: Table, name: str) -> re.Pattern[str]:
    child = table.child(name, f"write `[{name}]` with `words` and `patterns`")
    pattern = entries.cues(child)
    if child is not None:
        child.finish()
    return pattern
