"""Packs loaded once: the cache of compiled packs, when it is used, when it is not trusted, and what makes it stale."""

import os
import pickle
from pathlib import Path

import pytest

from sekisho.core.detection import library, proof
from sekisho.core.detection.library import engine_digest, load, pack_digest, pack_folder
from sekisho.core.rules.compiler import CompiledPack, compile_pack
from sekisho.core.rules.errors import PackError
from tests.core.detection.making import judged
from tests.core.detection.test_proof import pack

TEXT = "ツールで連絡して"


class Counter:
    """Stands for the compiler, and counts how often it is asked."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self, folder: object) -> CompiledPack:
        self.times += 1
        return compile_pack(folder)  # type: ignore[arg-type]


@pytest.fixture(autouse=True)
def compiler(monkeypatch: pytest.MonkeyPatch, own_cache: Path) -> Counter:
    assert not own_cache.exists()
    counter = Counter()
    monkeypatch.setattr(proof, "compile_trusted", counter)
    return counter


def load_anew(folder: Path) -> str:
    """Load as a new process would; answers what the pack says of `TEXT`."""
    library._load.cache_clear()
    library._judge_of.cache_clear()
    return str(judged(load(str(folder)), TEXT).verdict)


def entries(cache: Path) -> list[Path]:
    return sorted(cache.iterdir())


def test_a_compiled_pack_is_used_again(compiler: Counter, own_cache: Path, tmp_path: Path) -> None:
    folder = pack(tmp_path)
    assert [load_anew(folder), load_anew(folder)] == ["violation", "violation"]
    assert (compiler.times, len(entries(own_cache))) == (1, 1)


def test_a_pack_is_loaded_once_in_a_process(tmp_path: Path) -> None:
    folder = pack(tmp_path)
    assert load(str(folder)) is load(str(folder))


def test_the_cache_folder_is_made_for_its_owner_alone(own_cache: Path, tmp_path: Path) -> None:
    load_anew(pack(tmp_path))
    assert own_cache.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o022 == 0 for path in entries(own_cache))


@pytest.mark.parametrize(
    "damage", [b"", b"nonsense", pickle.dumps({"not": "a pack"}), b"\x80\x05cos\nnothing\n."]
)
def test_a_damaged_entry_is_made_anew(
    compiler: Counter, own_cache: Path, tmp_path: Path, damage: bytes
) -> None:
    folder = pack(tmp_path)
    load_anew(folder)
    (entry,) = entries(own_cache)
    whole = entry.read_bytes()
    entry.write_bytes(damage)
    assert load_anew(folder) == "violation"
    assert (compiler.times, entry.read_bytes() == whole) == (2, True)


def test_an_entry_cut_short_is_made_anew(compiler: Counter, own_cache: Path, tmp_path: Path) -> None:
    folder = pack(tmp_path)
    load_anew(folder)
    (entry,) = entries(own_cache)
    entry.write_bytes(entry.read_bytes()[:-100])
    assert load_anew(folder) == "violation"
    assert compiler.times == 2


def test_an_entry_whose_database_is_damaged_is_made_anew(
    compiler: Counter, own_cache: Path, tmp_path: Path
) -> None:
    folder = pack(tmp_path)
    load_anew(folder)
    (entry,) = entries(own_cache)
    compiled = pickle.loads(entry.read_bytes())
    database = compiled.surface.databases[-1]
    middle = len(database) // 2
    broken = (
        database[:middle]
        + bytes(255 - byte for byte in database[middle : middle + 8])
        + database[middle + 8 :]
    )
    entry.write_bytes(entry.read_bytes().replace(database, broken))
    assert load_anew(folder) == "violation"
    assert compiler.times == 2


@pytest.mark.parametrize("mode", [0o770, 0o707, 0o777, 0o1777])
def test_a_cache_folder_that_others_can_write_to_is_not_trusted(
    compiler: Counter, own_cache: Path, tmp_path: Path, mode: int
) -> None:
    folder = pack(tmp_path)
    load_anew(folder)
    (entry,) = entries(own_cache)
    before = entry.read_bytes()
    own_cache.chmod(mode)
    entry.write_bytes(b"planted")
    assert load_anew(folder) == "violation"
    assert (compiler.times, entry.read_bytes()) == (2, b"planted")
    assert before != b"planted"


def test_a_cache_folder_that_others_can_only_read_is_used(
    compiler: Counter, own_cache: Path, tmp_path: Path
) -> None:
    own_cache.mkdir()
    own_cache.chmod(0o755)
    folder = pack(tmp_path)
    load_anew(folder)
    load_anew(folder)
    assert compiler.times == 1


def test_a_cache_folder_of_somebody_else_is_not_trusted(
    compiler: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = pack(tmp_path)
    load_anew(folder)
    uid = os.getuid() + 1
    monkeypatch.setattr(os, "getuid", lambda: uid)
    load_anew(folder)
    assert compiler.times == 2


def test_a_cache_that_cannot_be_made_is_done_without(
    compiler: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("a file where the folder should be")
    monkeypatch.setenv("SEKISHO_CACHE_DIR", str(tmp_path / "file" / "cache"))
    folder = pack(tmp_path)
    assert [load_anew(folder), load_anew(folder)] == ["violation", "violation"]
    assert compiler.times == 2


def test_an_entry_that_cannot_be_written_leaves_nothing_behind(
    own_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "replace", full)
    assert load_anew(pack(tmp_path)) == "violation"
    assert entries(own_cache) == []


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("words/all.toml", "'ツール'", "'道具'"),
        ("pack.toml", 'version = "1"', 'version = "2"'),
        ("rules/mine.toml", 'severity = "high"', 'severity = "low"'),
        ("scopes/all.toml", 'about = "s"', 'about = "t"'),
    ],
)
def test_a_changed_file_is_compiled_anew(
    compiler: Counter, tmp_path: Path, file: str, old: str, new: str
) -> None:
    good = [("アプリで連絡を", "hit", "アプリ")] * 3 + [("アプリの話", "clear", "")] * 3
    folder = pack(tmp_path, good=good)
    before = pack_digest(folder)
    load_anew(folder)
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    assert pack_digest(folder) != before
    load_anew(folder)
    assert compiler.times == 2


def test_a_file_added_or_renamed_changes_the_digest(tmp_path: Path) -> None:
    folder = pack(tmp_path)
    digests = {pack_digest(folder)}
    (folder / "words/more.toml").write_text("", encoding="utf-8")
    digests.add(pack_digest(folder))
    (folder / "words/more.toml").rename(folder / "words/other.toml")
    digests.add(pack_digest(folder))
    assert len(digests) == 3


def test_the_same_files_elsewhere_have_the_same_digest(tmp_path: Path) -> None:
    assert pack_digest(pack(tmp_path / "here")) == pack_digest(pack(tmp_path / "there"))


def test_a_changed_base_is_compiled_anew(
    compiler: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base = pack(tmp_path / "base")
    mine = tmp_path / "upon"
    mine.mkdir()
    (mine / "pack.toml").write_text('id = "upon"\nversion = "1"\nextends = "base"\n', encoding="utf-8")
    for function in (library.pack_folders, proof.load_pack):
        monkeypatch.setitem(function.__kwdefaults__, "resolve", {"base": base}.__getitem__)
    assert load_anew(mine) == "violation"
    before = pack_digest(mine)
    path = base / "pack.toml"
    text = path.read_text(encoding="utf-8").replace('pre_contract = "violation"', 'pre_contract = "caution"')
    path.write_text(text, encoding="utf-8")
    assert pack_digest(mine) != before
    (base / "rules/mine.toml").touch()
    assert load_anew(mine) == "caution"
    assert compiler.times == 2


def test_an_answer_names_pack_and_engine(tmp_path: Path) -> None:
    folder = pack(tmp_path)
    assert judged(load(str(folder)), TEXT).digest == f"{pack_digest(folder)}-{engine_digest()}"


def test_another_engine_does_not_use_the_entry(
    compiler: Counter, own_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = pack(tmp_path)
    load_anew(folder)
    monkeypatch.setattr(library, "engine_digest", lambda: "another")
    load_anew(folder)
    assert (compiler.times, len(entries(own_cache))) == (2, 2)


def test_a_refused_pack_leaves_no_entry(own_cache: Path, tmp_path: Path) -> None:
    folder = pack(tmp_path, ("何もない", "hit", "何も"))
    for _ in range(2):
        with pytest.raises(PackError, match="expected a hit"):
            load_anew(folder)
    assert entries(own_cache) == []


@pytest.mark.parametrize("name", ["nothing", "no/such/folder", "../standard", "stand\0ard"])
def test_a_pack_that_does_not_exist_is_told_with_those_that_do(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PackError) as caught:
        pack_folder(name)
    assert "standard" in caught.value.problems[0].hint


def test_a_relative_folder_is_looked_up_from_where_one_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    strict, other = pack(tmp_path / "a"), pack(tmp_path / "b")
    path = other / "pack.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace('version = "1"', 'version = "2"'), encoding="utf-8"
    )
    monkeypatch.chdir(strict.parent)
    first = load("mine").digest
    monkeypatch.chdir(other.parent)
    assert load("mine").digest != first
