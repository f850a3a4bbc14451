"""Folders of a pack that rooms above read for themselves: their files, laid over those of the packs extended. No meanings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sekisho.core.rules.errors import Problem
from sekisho.core.rules.positions import scan
from sekisho.core.rules.reading import Table
from sekisho.core.rules.sources import SourceFile, read_part

if TYPE_CHECKING:
    from sekisho.core.rules.sources import Folder


@dataclass(frozen=True, slots=True)
class Layers:
    """The files of one folder of a pack by their stems; `folder` is what messages call it."""

    folder: str
    files: dict[str, SourceFile]
    problems: list[Problem]

    def table(self, name: str, known: Iterable[str]) -> Table:
        """The whole file `name`; a problem, and an empty table, when there is none. `known` are the files there should be."""
        source = self.files.get(name)
        if source is None:
            file = f"{self.folder}/{name}.toml"
            self.problems.append(Problem(file, 0, 0, "is missing", f"it is made of {', '.join(known)}"))
            source = SourceFile(file, name, "", {}, scan(""))
        return Table(source, (), source.data, self.problems)


def read_layers(folders: Iterable[Folder], part: str, problems: list[Problem]) -> Layers:
    """The files in the folder `part` of the first of `folders`, entry by entry over those of the packs it extends."""
    files: dict[str, SourceFile] = {}
    chain = list(folders)
    for folder in reversed(chain):
        own = folder.joinpath(part)
        if own.is_dir():
            for source in read_part(own, f"{folder}/{part}", problems):
                files[source.stem] = _over(source, files.get(source.stem))
    return Layers(f"{chain[0]}/{part}", files, problems)


def _over(source: SourceFile, base: SourceFile | None) -> SourceFile:
    """`source` with the entries of `base` that it does not have itself; their mistakes were told with `base`."""
    if base is None:
        return source
    merged = _laid_over(base.data, source.data)
    return SourceFile(source.file, source.stem, source.text, merged, source.positions)


def _laid_over(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in own.items():
        old = merged.get(key)
        merged[key] = _laid_over(old, value) if isinstance(old, dict) and isinstance(value, dict) else value
    return merged
