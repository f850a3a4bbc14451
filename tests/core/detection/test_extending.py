"""A pack over another costs what it changes: policy alone is weighed by the engine below, databases are made once."""

import time
from pathlib import Path

import pytest

from sekisho.core.detection import library, proof
from sekisho.core.detection.library import load, prove_pack
from sekisho.core.rules import databases
from sekisho.core.rules.errors import PackError
from tests.core.detection.making import judged, rule
from tests.core.detection.test_proof import examples, pack

TEXT = "ツールで連絡して"
BELOW = "base"

pytestmark = pytest.mark.usefixtures("own_cache")


@pytest.fixture(autouse=True)
def base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small pack that others can extend by the name of `base`, in a cache of the test's own."""
    folder = pack(tmp_path / BELOW)
    monkeypatch.setattr(proof, "TRIGGERS", ())
    monkeypatch.setattr(proof, "BESIDE_SERVICE", ())
    for function in (library.pack_folders, proof.load_pack):
        monkeypatch.setitem(function.__kwdefaults__, "resolve", {BELOW: folder}.__getitem__)
    library._load.cache_clear()
    library._judge_of.cache_clear()
    return folder


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the databases that hyperscan was asked for."""
    sizes: list[int] = []

    def compiled(expressions: list[tuple[int, str, int]]) -> bytes:
        sizes.append(len(expressions))
        return original(expressions)

    original = databases._compiled
    monkeypatch.setattr(databases, "_compiled", compiled)
    return sizes


def child(tmp_path: Path, more: str = "", **files: str) -> Path:
    folder = tmp_path / "child"
    for name, text in {"pack.toml": f'id = "child"\nversion = "1"\nextends = "{BELOW}"\n{more}', **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


ROW = '[table.channel_solicitation]\npre_contract = "caution"\n'
CLEAR = '[table.channel_solicitation]\npre_contract = "clear"\n'


def test_a_pack_of_policy_alone_judges_by_its_own_table(base: Path, tmp_path: Path) -> None:
    mine = load(str(child(tmp_path, ROW)))
    assert [judged(load(str(base)), TEXT).verdict, judged(mine, TEXT).verdict] == ["violation", "caution"]


def test_a_pack_of_policy_alone_shares_the_engine_below(base: Path, tmp_path: Path, made: list[int]) -> None:
    below = load(str(base))
    made.clear()
    mine = load(str(child(tmp_path, ROW)))
    assert mine.engine is below.engine
    assert (mine.pack.id, below.pack.id, made) == ("child", "small", [])


def test_a_pack_of_policy_alone_writes_nothing_into_the_cache(base: Path, tmp_path: Path, own_cache: Path) -> None:
    load(str(base))
    before = list(own_cache.iterdir())
    load(str(child(tmp_path, ROW)))
    assert list(own_cache.iterdir()) == before


def test_a_table_that_clears_what_an_example_below_finds_is_policy_and_no_failure(tmp_path: Path) -> None:
    folder = child(tmp_path, CLEAR)
    assert judged(load(str(folder)), TEXT).verdict == "clear"
    assert prove_pack(folder).id == "child"


def test_a_mistake_in_policy_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="`default_unless` is not a scope"):
        load(str(child(tmp_path, 'default_unless = ["t"]\n')))


def test_other_scopes_for_all_frames_are_more_than_policy(tmp_path: Path, base: Path) -> None:
    mine = load(str(child(tmp_path, 'always_unless = ["s"]\n')))
    assert mine.engine is not load(str(base)).engine


def test_a_pack_with_a_rule_of_its_own_takes_the_databases_below(base: Path, tmp_path: Path, made: list[int]) -> None:
    load(str(base))
    made.clear()
    good = [("ツールで連絡", "hit", "ツール")] * 3 + [("ツールの話", "clear", "")] * 3
    mine = load(str(child(tmp_path, **{"rules/own.toml": rule(["f"], examples=examples(*good))})))
    assert {finding.rule for finding in judged(mine, TEXT).findings} == {"mine", "own"}
    assert made == []


def test_a_rule_of_ones_own_is_proved_under_ones_own_table(tmp_path: Path) -> None:
    good = [("ツールで連絡", "hit", "ツール")] * 3 + [("ツールの話", "clear", "")] * 3
    folder = child(tmp_path, CLEAR, **{"rules/own.toml": rule(["f"], examples=examples(*good))})
    with pytest.raises(PackError, match="expected a hit of own"):
        prove_pack(folder)


def test_a_pack_with_words_of_its_own_makes_its_own_databases(base: Path, tmp_path: Path, made: list[int]) -> None:
    load(str(base))
    made.clear()
    word = '[more]\nabout = "more"\nwords = ["ハバチャ"]\n[act]\nabout = "act"\nwords = ["連絡", "登録", "相談"]\n'
    frame = '[g]\nabout = "g"\nslots = ["more", "act"]\n'
    good = [("ハバチャで相談", "hit", "ハバチャ")] * 3 + [("ハバチャの話", "clear", "")] * 3
    files = {"words/a.toml": word, "frames/a.toml": frame, "rules/own.toml": rule(["g"], examples=examples(*good))}
    assert judged(load(str(child(tmp_path, **files))), "ハバチャで相談").verdict == "violation"
    assert made


def test_a_database_is_named_after_all_that_decides_it() -> None:
    def name(*words: str, mask: int = 1) -> str:
        expressions = databases.Expressions({})
        for word in words:
            expressions.add_word(word, mask)
        return expressions.build().names[0]

    assert name("連絡", "登録") == name("連絡", "登録") == name("連絡", "登録", mask=2)
    assert len({name("連絡", "登録"), name("登録", "連絡"), name("連絡"), name("連絡", "登録", "話")}) == 4


def test_a_database_that_is_known_is_taken_as_it_is() -> None:
    expressions = databases.Expressions({})
    expressions.add_word("連絡", 1)
    (name,) = expressions.build().names
    again = databases.Expressions({name: b"as it is"})
    again.add_word("連絡", 1)
    assert again.build().databases == (b"as it is",)


def test_a_marketplace_is_ready_in_a_moment_once_the_standard_pack_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    load("standard")
    library._load.cache_clear()
    began = time.perf_counter()
    load("lancers")
    assert time.perf_counter() - began < 1.0


def test_a_pack_over_a_pack_of_policy_alone_follows_both(base: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    between = child(tmp_path, ROW)
    for function in (library.pack_folders, proof.load_pack):
        monkeypatch.setitem(function.__kwdefaults__, "resolve", {BELOW: base, "child": between}.__getitem__)
    top = tmp_path / "top"
    top.mkdir()
    head = 'id = "top"\nversion = "1"\nextends = "child"\n[table.channel_solicitation]\n'
    (top / "pack.toml").write_text(f'{head}first = "refuse"\n', encoding="utf-8")
    verdict = judged(load(str(top)), TEXT)
    assert (verdict.verdict, verdict.action, verdict.pack) == ("caution", "refuse", "top")
    assert load(str(top)).engine is load(str(base)).engine
