"""A changed pack is taken into use when it is good; a bad one changes nothing but what is told."""

from __future__ import annotations

import json

import pytest

from sekisho.core.detection.library import load
from sekisho.core.rules.errors import PackError
from sekisho.interfaces.gate import follower, keeper
from tests.interfaces.conftest import write_pack

ADDED = '[forbidden]\nabout = "More"\nwords = ["CHATTO"]\n'


class Kept:
    """A keeper over a pack of the test's own, with what it told and counted."""

    def __init__(self, folder):
        self.pack, self.home = write_pack(folder / "tiny"), folder / "home"
        self.home.mkdir()
        self.told, self.counted = [], []
        tell = lambda event, **fields: self.told.append({"event": event, **fields})  # noqa: E731
        self.keeper = keeper.Keeper(str(self.pack), self.home, tell, self.counted.append)

    def change(self, text):
        with (self.pack / "words" / "all.toml").open("a", encoding="utf-8") as file:
            file.write(text)

    def settle(self):
        for _ in range(3):
            self.keeper.poll()

    @property
    def current(self):
        return json.loads((self.home / keeper.CURRENT).read_text(encoding="utf-8"))


@pytest.fixture
def kept(tmp_path, monkeypatch):
    # The other process, which is slow to start, is in its own test and in those of the server.
    monkeypatch.setattr(keeper, "_problems_of", lambda copy: keeper.problems_here(str(copy)))
    kept = Kept(tmp_path)
    kept.keeper.first()
    return kept


def renamed(kept):
    """Give the word class another word: a good change."""
    path = kept.pack / "words" / "all.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"move"]', '"move", "hop"]'), encoding="utf-8")


def test_a_bad_pack_does_not_start(tmp_path):
    kept = Kept(tmp_path)
    kept.change("?")
    with pytest.raises(PackError) as refused:
        kept.keeper.first()
    assert refused.value.problems[0].file == "tiny/words/all.toml"


def test_a_process_that_dies_over_a_pack_is_a_problem_of_it(tmp_path, monkeypatch):
    monkeypatch.setattr(keeper, "_PROVE", "import sys; sys.exit(3)")
    with pytest.raises(PackError, match="could not be compiled"):
        Kept(tmp_path).keeper.first()


def test_nothing_happens_while_nothing_changes(kept):
    before = kept.current
    kept.settle()
    assert (kept.current, kept.counted) == (before, [])


def test_a_change_is_waited_for_until_it_is_whole(kept):
    before = kept.current
    renamed(kept)
    kept.keeper.poll()
    assert kept.current == before
    kept.keeper.poll()
    assert kept.current["digest"] != before["digest"]
    assert kept.counted == ["swapped"]


def test_a_bad_change_is_told_with_its_place_and_the_good_pack_stays(kept):
    before = kept.current
    kept.change("?")
    kept.settle()
    after = kept.current
    assert (after["folder"], after["digest"]) == (before["folder"], before["digest"])
    assert after["refused"]["problems"][0]["file"] == "tiny/words/all.toml"
    assert kept.counted == ["refused"]
    assert kept.told[-1]["event"] == "pack_refused"
    assert (kept.told[-1]["file"], kept.told[-1]["line"] > 0) == ("tiny/words/all.toml", True)


def test_a_mended_pack_is_no_longer_refused(kept):
    path = kept.pack / "words" / "all.toml"
    good = path.read_text(encoding="utf-8")
    kept.change("?")
    kept.settle()
    path.write_text(good, encoding="utf-8")
    kept.settle()
    assert kept.current["refused"] is None


def test_a_file_only_touched_is_not_compiled_again(kept):
    path = kept.pack / "words" / "all.toml"
    path.write_bytes(path.read_bytes())
    kept.settle()
    kept.keeper.force()
    kept.settle()
    assert kept.counted == []


def test_a_refused_pack_is_tried_again_when_asked(kept):
    kept.change("?")
    kept.settle()
    kept.settle()
    assert kept.counted == ["refused"]
    kept.keeper.force()
    kept.keeper.poll()
    assert kept.counted == ["refused", "refused"]


def test_an_application_follows(kept, make):
    ask = make()
    follower.look(ask.gate, kept.home)
    assert ask("/v1/check", {"text": "LINEにhop"}).json["verdict"] == "clear"
    renamed(kept)
    kept.settle()
    follower.look(ask.gate, kept.home)
    answer = ask("/v1/check", {"text": "LINEにhop"})
    assert answer.json["verdict"] == "violation"
    assert answer.headers["sekisho-digest"] == load(kept.current["folder"]).digest
    kept.change("?")
    kept.settle()
    follower.look(ask.gate, kept.home)
    assert ask("/readyz").json["refused"]["count"] == 1
    assert ask("/v1/check", {"text": "LINEにhop"}).json["verdict"] == "violation"


def test_only_a_few_copies_stay_on_disk(kept, monkeypatch):
    monkeypatch.setattr(keeper, "_problems_of", lambda _: [])
    path = kept.pack / "words" / "all.toml"
    good = path.read_text(encoding="utf-8")
    for number in range(5):
        path.write_text(good.replace('"move"]', f'"move", "hop{number}"]'), encoding="utf-8")
        kept.settle()
    assert len(list((kept.home / "packs").iterdir())) == 3
    assert load(kept.current["folder"]).pack.id == "tiny"
