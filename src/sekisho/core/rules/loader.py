"""Reads a pack folder into a `Pack`, over the pack it extends. Whether it hangs together is the checker's.

All mistakes of all files are told at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sekisho.core.rules.differences import read_differences
from sekisho.core.rules.entries import (
    check_id,
    read_class,
    read_contact_policy,
    read_entries,
    read_frame,
    read_rows,
    read_rule_rows,
    read_rules,
    read_scope,
)
from sekisho.core.rules.errors import PackError, Problem, did_you_mean, quoted
from sekisho.core.rules.model import Action, Frame, Label, Pack, Rule, RuleRows, Scope, TableRow, WordClass
from sekisho.core.rules.policy import ContactPolicy
from sekisho.core.rules.reading import Table
from sekisho.core.rules.sources import PACK_FILE, PackFiles, read_file, read_folder

if TYPE_CHECKING:
    from sekisho.core.rules.sources import Folder

BUILT_IN = "sekisho.core.packs"


def built_in_packs() -> tuple[str, ...]:
    """The ids of the packs that come with the package, sorted."""
    from importlib.resources import files  # slow to import, and not needed for a pack of one's own

    entries = files(BUILT_IN).iterdir()
    return tuple(sorted(entry.name for entry in entries if entry.joinpath(PACK_FILE).is_file()))


def built_in_pack(name: str) -> Folder:
    """The folder of the built-in pack `name`. Raises `KeyError` when there is none."""
    from importlib.resources import files

    if name not in built_in_packs():
        raise KeyError(name)
    return files(BUILT_IN).joinpath(name)


def load_pack(
    folder: Folder, *, resolve: Callable[[str], Folder] = built_in_pack, loaded: Pack | None = None
) -> Pack:
    """Read the pack in `folder`.

    A pack whose `pack.toml` says `extends = "…"` is laid over that pack, entry by entry: a class, scope,
    frame or rule of the same id replaces the other whole, a `[table.…]` or `[rule.…]` row field by field, anything else in
    `pack.toml` key by key. `resolve` turns the name into a folder and raises `LookupError` if unknown.
    `loaded` is the pack it extends, where that was read before.

    Raises `PackError` with every mistake found.
    """
    problems: list[Problem] = []
    pack = _load(_Way(resolve, problems, loaded), folder, ())
    if problems or pack is None:
        raise PackError(problems)
    return pack


def pack_folders(folder: Folder, *, resolve: Callable[[str], Folder] = built_in_pack) -> tuple[Folder, ...]:
    """`folder` and the folders of the packs it extends: everything a loaded pack depends on (for digests).

    Ends without a word where a pack cannot be read or found; `load_pack` tells why.
    """
    folders: list[Folder] = []
    while str(folder) not in map(str, folders):
        folders.append(folder)
        head = read_file(folder.joinpath(PACK_FILE), PACK_FILE, [])
        name = head.data.get("extends") if head else None
        try:
            folder = resolve(name) if isinstance(name, str) else folder
        except LookupError:
            break
    return tuple(folders)


@dataclass(frozen=True, slots=True)
class _Way:
    """How packs are found while one is read; `loaded` is the one that the first extends, if it is at hand."""

    resolve: Callable[[str], Folder]
    problems: list[Problem]
    loaded: Pack | None


def _load(way: _Way, folder: Folder, above: tuple[str, ...]) -> Pack | None:
    """The pack in `folder`, or None when it or one it extends cannot be read; `above` are its extenders."""
    problems = way.problems
    files = read_folder(folder, problems)
    if files is None:
        return None
    if files.head is None:
        _read_parts(files, None, problems)
        return None
    head = Table(files.head, (), files.head.data, problems)
    if not head.has("extends"):
        return _read_head(head, None, _read_parts(files, None, problems))
    base = _load_base(head, way, (*above, str(folder)))
    parts = _read_parts(files, base, problems)
    return _read_head(head, base, parts) if base else None


def _load_base(head: Table, way: _Way, above: tuple[str, ...]) -> Pack | None:
    name = head.text("extends")
    if not name:
        return None
    try:
        folder = way.resolve(name)
    except LookupError:
        hint = did_you_mean(name, built_in_packs()) if way.resolve is built_in_pack else ""
        head.note(("extends",), f"there is no pack {quoted(name)}", hint, at_value=True)
        return None
    if str(folder) in above:
        head.note(("extends",), f"{quoted(name)} extends this pack in turn", at_value=True)
        return None
    base = way.loaded if way.loaded and len(above) == 1 else _load(way, folder, above)
    if base and base.id == head.data.get("id"):
        message = f"the pack it extends is {quoted(base.id)} too"
        head.note(("id",), message, "give this pack an id of its own", at_value=True)
    return base


@dataclass(frozen=True, slots=True)
class _Parts:
    classes: dict[str, WordClass]
    scopes: dict[str, Scope]
    frames: dict[str, Frame]
    rules: dict[str, Rule]


def _read_parts(files: PackFiles, base: Pack | None, problems: list[Problem]) -> _Parts:
    own = _Parts(
        read_entries(files.parts["words"], read_class, problems),
        read_entries(files.parts["scopes"], read_scope, problems),
        read_entries(files.parts["frames"], read_frame, problems),
        read_rules(files.parts["rules"], problems),
    )
    if base is None:
        return own
    return _Parts(
        {**base.classes, **own.classes},
        {**base.scopes, **own.scopes},
        {**base.frames, **own.frames},
        {**base.rules, **own.rules},
    )


def _read_head(head: Table, base: Pack | None, parts: _Parts) -> Pack:
    """`pack.toml`; what it leaves out is as in `base`."""
    name = head.text("id")
    check_id(name, head, "id")
    policy = head.child("contact_request")
    rows = head.child("table", "" if base else "write one `[table.<label>]` per label")
    pack = Pack(
        id=name,
        version=head.text("version"),
        languages=head.texts("languages", base.languages if base else None),
        title=head.speech("title", base.title if base else None),
        table=read_rows(rows, base.table if base else {}),
        unsure_action=head.choice("unsure_action", Action, base.unsure_action if base else None),
        default_unless=head.texts("default_unless", base.default_unless if base else ()),
        always_unless=head.texts("always_unless", base.always_unless if base else ()),
        classes=parts.classes,
        scopes=parts.scopes,
        frames=parts.frames,
        rules=parts.rules,
        contact_request=read_contact_policy(policy, base.contact_request if base else ContactPolicy()),
        rule_rows=read_rule_rows(head.child("rule"), parts.rules, base.rule_rows if base else {}),
        place=head.source.place(()),
    )
    differences = read_differences(head, pack, base)
    head.finish(("extends",))
    return replace(pack, differences=differences, proved_under=_proved_under(pack, base))


def _proved_under(pack: Pack, base: Pack | None) -> dict[str, tuple[Mapping[Label, TableRow], RuleRows]]:
    """For each rule the table of the pack it was written in."""
    own = (pack.table, pack.rule_rows)
    if base is None:
        return dict.fromkeys(pack.rules, own)
    written = {name for name, rule in pack.rules.items() if base.rules.get(name) is not rule}
    return {name: own if name in written else base.proved_under[name] for name in pack.rules}
