"""Every sentence a user can be shown: in both languages, calm, and calling nobody anything."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

import pytest

from sekisho.core.detection import load
from sekisho.core.guidance.exposure import _HEADINGS, WHEN
from sekisho.core.guidance.library import load_guide
from sekisho.core.guidance.requests import _FACTS

ACCUSING = re.compile(
    r"違法|犯罪|犯人|詐欺師|加害者|容疑|悪人|悪徳|illegal|unlawful|criminal|scammer|fraudster|crook|thief|felon|guilty",
    re.IGNORECASE,
)
JAPANESE = re.compile(r"[ぁ-ゖァ-ヺ一-龥]")


def spoken(value: object, path: str = "") -> Iterator[tuple[str, Mapping[str, str]]]:
    """All sentences in a value of guidance, with where they stand."""
    if isinstance(value, Mapping):
        if value and set(value) <= {"ja", "en"}:
            yield path, value
        else:
            for key, item in value.items():
                yield from spoken(item, f"{path}.{key}")
    elif is_dataclass(value):
        for one in fields(value):
            yield from spoken(getattr(value, one.name), f"{path}.{one.name}")


def all_sentences() -> list[tuple[str, Mapping[str, str]]]:
    found = [*spoken(load_guide("standard"), "guide"), *spoken(_FACTS, "facts"), *spoken(_HEADINGS, "headings")]
    found += spoken({str(key): value for key, value in WHEN.items()}, "when")
    for rule in load("standard").pack.rules.values():
        for name in ("title", "what", "why", "instead", "misses"):
            found.append((f"rules.{rule.id}.{name}", getattr(rule, name)))
    return found


SENTENCES = all_sentences()


def test_there_are_sentences_to_look_at():
    assert len(SENTENCES) > 150


@pytest.mark.parametrize(("path", "speech"), SENTENCES, ids=[path for path, _ in SENTENCES])
def test_a_sentence_exists_in_both_languages_and_accuses_nobody(path, speech):
    assert set(speech) == {"ja", "en"}
    assert not ACCUSING.search(speech["ja"] + speech["en"])
    if path not in ("guide.sites.upwork", "guide.sites.fiverr"):
        assert JAPANESE.search(speech["ja"])
    assert not JAPANESE.search(speech["en"])


@pytest.mark.parametrize("rule", load("standard").pack.rules.values(), ids=lambda rule: rule.id)
def test_a_rule_names_itself_and_the_next_step(rule):
    for lang in ("ja", "en"):
        assert rule.title[lang].strip()
        assert rule.instead[lang].strip()
