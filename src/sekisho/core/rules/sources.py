"""The files of a pack folder: found, decoded, parsed as TOML, each value with its place. No meanings."""

from __future__ import annotations

import pathlib
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sekisho.core.rules.errors import Problem, did_you_mean
from sekisho.core.rules.model import Place
from sekisho.core.rules.positions import Path, Positions, scan

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    Folder = pathlib.Path | Traversable

PACK_FILE = "pack.toml"
PARTS = ("words", "scopes", "frames", "rules")
"""The folders of a pack that decide verdicts."""

BESIDE = ("guidance",)
"""Folders of a pack that say what to do about a verdict and never change one; read by the room they are for."""

POLICY = ("rates", "postings")
"""Folders of a pack that decide verdicts of whole postings; read by the room they are for."""

FILE_LIMIT = 4_000_000
"""Bytes of one file; a larger one is refused unread."""

_WHAT_A_PACK_IS = f"a pack is a folder with a `{PACK_FILE}` in it"
_TOML_PLACE = re.compile(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$", re.DOTALL)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A TOML file that was read.

    `file` is the folder as the caller gave it, joined with the name in it; `stem` that name without `.toml`.
    """

    file: str
    stem: str
    text: str
    data: dict[str, Any]
    positions: Positions

    def place(self, path: Path) -> Place:
        """Where the key `path` stands."""
        line, column = self.positions.key_at(path)
        return Place(self.file, line, column)

    def problem(self, path: Path, message: str, hint: str = "", *, at_value: bool = False) -> Problem:
        """A problem at the key `path`, or at its value."""
        line, column = self.positions.value_at(path) if at_value else self.positions.key_at(path)
        return Problem(self.file, line, column, message, hint, self._line(line))

    def _line(self, line: int) -> str:
        starts = self.positions.starts
        end = starts[line] - 1 if line < len(starts) else len(self.text)
        return self.text[starts[line - 1] : end]


@dataclass(frozen=True, slots=True)
class PackFiles:
    """The readable files of a pack: `head` is pack.toml (None when unreadable), `parts` the others."""

    head: SourceFile | None
    parts: dict[str, list[SourceFile]]


def read_folder(folder: Folder, problems: list[Problem]) -> PackFiles | None:
    """Read all files of a pack in order of their names, noting what cannot be read; None for no pack."""
    name = str(folder)
    try:
        if not folder.is_dir():
            problems.append(_no_folder(folder))
            return None
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        problems.append(Problem(name, 0, 0, f"cannot be read: {error.strerror or error}"))
        return None
    head = next((entry for entry in entries if entry.name == PACK_FILE), None)
    if head is None:
        problems.append(Problem(name, 0, 0, f"`{PACK_FILE}` is missing", _WHAT_A_PACK_IS))
    problems += _misnamed(name, entries)
    parts: dict[str, list[SourceFile]] = {part: [] for part in PARTS}
    for entry in entries:
        if entry.name in parts:
            parts[entry.name] = list(read_part(entry, f"{name}/{entry.name}", problems))
    if head is None:
        return None
    return PackFiles(read_file(head, f"{name}/{PACK_FILE}", problems), parts)


def has_parts(folder: Folder) -> bool:
    """Whether the pack in `folder` has anything in the folders that make up its words, scopes, frames and rules."""
    return any(folder.joinpath(part).is_dir() or folder.joinpath(part).is_file() for part in PARTS)


def read_file(entry: Folder, file: str, problems: list[Problem]) -> SourceFile | None:
    """Read one TOML file; None, with the problem noted, when it cannot be."""
    try:
        if not entry.is_file():
            problems.append(Problem(file, 0, 0, "is not a file that can be read"))
            return None
        raw = _bytes_of(entry)
    except OSError as error:
        problems.append(Problem(file, 0, 0, f"cannot be read: {error.strerror or error}"))
        return None
    if len(raw) > FILE_LIMIT:
        message = f"larger than {FILE_LIMIT:,} bytes"
        problems.append(Problem(file, 0, 0, message, "split it into several files"))
        return None
    try:
        text = raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        problems.append(_not_utf8(file, raw, error))
        return None
    try:
        data = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        problems.append(_not_toml(file, text, error))
        return None
    return SourceFile(file, file.rpartition("/")[2].removesuffix(".toml"), text, data, scan(text))


def reread(file: str) -> SourceFile | None:
    """Read again a file that loaded before, to show a line of it; None when it is gone or in an archive."""
    path = pathlib.Path(file)
    return read_file(path, file, []) if file and path.is_file() else None


def _bytes_of(entry: Folder) -> bytes:
    with entry.open("rb") as stream:
        return bytes(stream.read(FILE_LIMIT + 1))


def read_part(folder: Folder, name: str, problems: list[Problem]) -> Iterator[SourceFile]:
    """The readable TOML files of one folder of a pack, in order of their names; `name` is the folder as messages call it."""
    if not folder.is_dir():
        problems.append(Problem(name, 0, 0, "is a file, where a folder of `.toml` files belongs"))
        return
    try:
        entries = sorted(folder.iterdir(), key=lambda entry: entry.name)
    except OSError as error:
        problems.append(Problem(name, 0, 0, f"cannot be read: {error.strerror or error}"))
        return
    for entry in entries:
        file = f"{name}/{entry.name}"
        if entry.name.startswith(".") or entry.name == "__pycache__":
            continue
        if entry.is_dir():
            hint = f"move its files up into `{name}`"
            problems.append(Problem(file, 0, 0, "a folder inside a folder is not read", hint))
        elif entry.name.endswith(".toml"):
            source = read_file(entry, file, problems)
            if source:
                yield source


def _no_folder(folder: Folder) -> Problem:
    if folder.is_file():
        return Problem(str(folder), 0, 0, "is a file, not a pack", _WHAT_A_PACK_IS)
    return Problem(str(folder), 0, 0, "there is no such folder")


def _misnamed(name: str, entries: Iterable[Folder]) -> Iterator[Problem]:
    """Names so near to a pack's own that they are surely meant: passed over, they would be a silent hole."""
    known = (PACK_FILE, *PARTS, *BESIDE, *POLICY)
    for entry in entries:
        hint = "" if entry.name in known or entry.name.startswith(".") else did_you_mean(entry.name, known)
        if hint:
            yield Problem(f"{name}/{entry.name}", 0, 0, "is not read", hint)


def _not_utf8(file: str, raw: bytes, error: UnicodeDecodeError) -> Problem:
    before = raw[: error.start].decode("utf-8-sig", "replace")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    try:
        raw.decode("cp932")
        hint = "it reads as Shift_JIS; save it as UTF-8"
    except UnicodeDecodeError:
        hint = "save the file as UTF-8"
    return Problem(file, line, column, f"not UTF-8: byte 0x{raw[error.start]:02x}", hint)


def _not_toml(file: str, text: str, error: Exception) -> Problem:
    """A syntax error as `tomllib` tells it, with its line and column taken out of the message."""
    if isinstance(error, RecursionError):
        return Problem(file, 0, 0, "not TOML: nested too deeply")
    found = _TOML_PLACE.match(str(error))
    if not found:
        return Problem(file, 0, 0, f"not TOML: {_lowered(str(error))}")
    lines = text.split("\n")
    if found[2]:
        line, column = int(found[2]), int(found[3])
    else:
        lines = text.rstrip().split("\n")
        line, column = len(lines), len(lines[-1]) + 1
    source_line = lines[line - 1] if line <= len(lines) else ""
    return Problem(file, line, column, f"not TOML: {_lowered(found[1])}", "", source_line)


def _lowered(message: str) -> str:
    return message[:1].lower() + message[1:]
