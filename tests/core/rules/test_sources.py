"""Which folders are packs, which files of them are read, and what is said of the others."""

import os
import zipfile
from pathlib import Path

import pytest

from sekisho.core.rules.errors import PackError
from sekisho.core.rules.loader import built_in_pack, built_in_packs, load_pack
from sekisho.core.rules.sources import FILE_LIMIT


def refused(folder):
    """What the loader says of a folder, as one text."""
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    return str(caught.value)


def test_a_missing_folder_is_told_as_such():
    assert refused(Path("nowhere")) == "nowhere: there is no such folder"


def test_a_file_is_not_taken_for_a_pack(write_pack):
    file = write_pack() / "pack.toml"
    assert (
        refused(file)
        == "mypack/pack.toml: is a file, not a pack\n    hint: a pack is a folder with a `pack.toml` in it"
    )


def test_a_folder_without_a_pack_file_is_refused(write_pack):
    assert refused(write_pack({"pack.toml": None})) == (
        "mypack: `pack.toml` is missing\n    hint: a pack is a folder with a `pack.toml` in it"
    )


@pytest.mark.parametrize(
    ("file", "told"),
    [
        ("rule/x.toml", "mypack/rule: is not read\n    hint: did you mean `rules`?"),
        ("Pack.toml", "mypack/Pack.toml: is not read\n    hint: did you mean `pack.toml`?"),
        (
            "rules/contact/x.toml",
            "mypack/rules/contact: a folder inside a folder is not read\n"
            "    hint: move its files up into `mypack/rules`",
        ),
    ],
)
def test_a_file_that_would_be_passed_over_in_silence_is_told(write_pack, file, told):
    assert refused(write_pack({file: "x = 1"})) == told


def test_other_files_may_lie_beside_the_parts_of_a_pack(write_pack):
    assert load_pack(write_pack({"README.md": "hello", "rules/notes.md": "x", ".git/config": "x"}))


def test_a_dangling_link_is_told(write_pack):
    folder = write_pack()
    (folder / "rules/gone.toml").symlink_to("nowhere.toml")
    assert refused(folder) == "mypack/rules/gone.toml: is not a file that can be read"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_forbidden_file_is_told(write_pack):
    folder = write_pack()
    (folder / "pack.toml").chmod(0)
    assert refused(folder) == "mypack/pack.toml: cannot be read: Permission denied"


def test_a_pack_can_be_read_out_of_an_archive(write_pack, small_files):
    folder = write_pack()
    with zipfile.ZipFile("packs.zip", "w") as archive:
        for file in small_files:
            archive.write(folder / file, f"small/{file}")
    pack = load_pack(zipfile.Path("packs.zip", "small/"))
    assert pack.rules.keys() == load_pack(folder).rules.keys()


def test_built_in_packs_are_found_by_their_ids_only():
    for name in built_in_packs():
        assert built_in_pack(name).joinpath("pack.toml").is_file()
    for name in ("../packs", "", "nosuch"):
        with pytest.raises(KeyError):
            built_in_pack(name)


def test_a_file_too_large_to_be_a_pack_file_is_refused_unread(write_pack):
    folder = write_pack({"words/huge.toml": b"#" * (FILE_LIMIT + 1)})
    assert refused(folder) == (
        "mypack/words/huge.toml: larger than 4,000,000 bytes\n    hint: split it into several files"
    )


def test_a_file_where_a_folder_belongs_is_told(write_pack):
    folder = write_pack({"scopes/all.toml": None, "scopes": "x"})
    assert refused(folder) == "mypack/scopes: is a file, where a folder of `.toml` files belongs"


def test_values_nested_too_deeply_are_refused(write_pack):
    folder = write_pack({"words/deep.toml": "a = " + "[" * 50_000})
    assert refused(folder) == "mypack/words/deep.toml: not TOML: nested too deeply"


def test_a_number_of_too_many_digits_is_refused(write_pack):
    folder = write_pack({"words/deep.toml": "a = " + "9" * 5_000})
    assert refused(folder).startswith("mypack/words/deep.toml: not TOML: exceeds the limit")
