"""What a pack says about postings: inherited, overridden entry by entry, refused with file and line, told in both languages."""

from __future__ import annotations

from pathlib import Path

import pytest

import sekisho
from sekisho.core.detection.library import pack_digest
from sekisho.core.detection.postings.library import load_policy
from sekisho.core.detection.postings.policy import Category, Part, Reason, Unit

HEAD = 'id = "mine"\nversion = "1"\nextends = "standard"\n[title]\nja = "自社"\nen = "Mine"\n'


def pack(folder: Path, **files: str) -> Path:
    """A pack over the standard one; `postings__client` is its file postings/client.toml."""
    own = folder / "mine"
    own.mkdir()
    (own / "pack.toml").write_text(HEAD)
    for name, text in files.items():
        path = own.joinpath(*name.split("__")).with_suffix(".toml")
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return own


def test_a_pack_without_words_on_postings_has_those_of_the_pack_it_extends(tmp_path: Path) -> None:
    assert load_policy(pack(tmp_path)).thresholds == load_policy().thresholds


def test_a_pack_may_change_one_threshold(tmp_path: Path) -> None:
    own = load_policy(pack(tmp_path, postings__client="[thresholds]\nreviews = 9\n")).thresholds
    assert (own.reviews, own.orders) == (9, load_policy().thresholds.orders)


def test_a_pack_may_change_one_rate(tmp_path: Path) -> None:
    rates = (
        load_policy(pack(tmp_path, rates__ja="[writing]\ncharacter = [1, 2, 3, 4, 5]\n")).rates["JPY"].rows
    )
    assert rates["writing", Unit.CHARACTER].absurd == 5
    assert rates["writing", Unit.ITEM] == load_policy().rates["JPY"].rows["writing", Unit.ITEM]


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("postings__client", "[thresholds]\nreview = 3\n", "unknown key"),
        ("postings__client", '[sign.no_reviews]\nja = "{stars}個"\nen = "none"\n', "unknown placeholder"),
        ("postings__client", "[filler]\nsentences = ['''.*''']\n", "without bound"),
        ("postings__stated", "[content]\nenough_ja = true\n", "whole number"),
        ("postings__stated", "[missing]\npay = 3\n", "must be a table"),
        ("postings__work", '[simple]\ncategories = ["painting"]\n', "cannot be"),
        ("postings__work", "[asked.site]\nfloor = { JPY = -1 }\n", "above 0"),
        ("postings__findings", "[pay-to-high]\n", "unknown name"),
        ("rates__ja", "[writing]\ncharacter = [1, 2, 3]\n", "must be 5 numbers"),
        ("rates__ja", "[writing]\ncharacter = [5, 4, 3, 2, 1]\n", "must rise"),
        ("rates__ja", "[writting]\nhour = [1, 2, 3, 4, 5]\n", "unknown key"),
        ("rates__ja", '[writing]\nsource = "grandma"\n', "there is no source"),
        ("rates__ja", 'currency = "XYZ"\n', "cannot be"),
        ("rates__sources", '[ours]\nseen = "last week"\n', "no month"),
    ],
)
def test_a_mistake_is_told_with_its_file(tmp_path: Path, name: str, text: str, told: str) -> None:
    with pytest.raises(sekisho.PackError) as caught:
        load_policy(pack(tmp_path, **{name: text}))
    assert told in str(caught.value)
    assert f"{name.replace('__', '/')}.toml" in str(caught.value)


def test_a_rate_changes_the_digest(tmp_path: Path) -> None:
    own = pack(tmp_path, rates__ja="[writing]\ncharacter = [1, 2, 3, 4, 5]\n")
    before = pack_digest(own)
    (own / "rates" / "ja.toml").write_text("[writing]\ncharacter = [1, 2, 3, 4, 6]\n")
    assert pack_digest(own) != before


def test_every_sentence_is_there_in_both_languages() -> None:
    policy = load_policy()
    speeches = [*policy.signs.values(), *policy.parts.values()]
    for reason in Reason:
        text = policy.texts[reason]
        speeches += [text.title, text.why, text.instead]
    for going in (row for rates in policy.rates.values() for row in rates.rows.values()):
        speeches.append(going.source)
    for speech in speeches:
        assert speech["ja"]
        assert speech["en"]
        assert not any(word in speech["ja"] for word in ("犯罪", "違法", "詐欺師"))
        assert not any(word in speech["en"].lower() for word in ("criminal", "illegal"))


@pytest.mark.parametrize("currency", ["JPY", "USD"])
def test_every_category_has_an_hour_an_item_and_a_whole(currency: str) -> None:
    rows = load_policy().rates[currency].rows
    for category in (*Category, "any", "unskilled"):
        for unit in (Unit.HOUR, Unit.ITEM, Unit.PROJECT):
            assert (category, unit) in rows


def test_every_unit_has_a_rate_in_every_currency() -> None:
    for rates in load_policy().rates.values():
        assert all(("any", unit) in rates.rows for unit in Unit)


def test_all_parts_but_the_content_are_told_by_words() -> None:
    assert set(load_policy().stated) == set(Part) - {Part.CONTENT}
