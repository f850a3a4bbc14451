"""`check`: what it takes, what it refuses, and odd texts. On a pack of one rule."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sekisho.core.detection as detection
from sekisho.core.detection import UnknownValue, check, library, proof
from sekisho.core.rules.compiler import compile_pack
from sekisho.core.rules.errors import PackError
from sekisho.core.rules.model import Kind, Outcome, Sender, Stage
from sekisho.core.text import MAX_CODE_POINTS, TextTooLong
from tests.core.detection.test_proof import pack


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    base = tmp_path_factory.mktemp("packs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SEKISHO_CACHE_DIR", str(base / "cache"))
        patch.setattr(proof, "compile_trusted", compile_pack)
        library._load.cache_clear()
        yield pack(base)
        library._load.cache_clear()


@pytest.mark.parametrize(
    ("name", "value", "known"),
    [
        ("kind", "massage", "posting, message, contact_request"),
        ("sender", "admin", "client, worker"),
        ("stage", "after", "pre_contract, contracted, contact_approved"),
        ("kind", "", "posting"),
        ("stage", "PRE_CONTRACT", "pre_contract"),
    ],
)
def test_an_unknown_value_is_refused_with_those_that_exist(
    folder: Path, name: str, value: str, known: str
) -> None:
    with pytest.raises(UnknownValue) as caught:
        check("x", pack=folder, **{name: value})  # type: ignore[arg-type]
    message = str(caught.value)
    assert message.startswith(f"{name} {value!r} does not exist")
    assert known in message


def test_tools_given_as_one_string_are_refused(folder: Path) -> None:
    with pytest.raises(UnknownValue, match=r"give a list such as \['line'\]"):
        check("x", pack=folder, stage="contact_approved", approved_tools="line")


def test_every_kind_sender_and_stage_can_be_given_as_text_or_as_member(folder: Path) -> None:
    for kind in Kind:
        for sender in Sender:
            for stage in Stage:
                text = check(
                    "ツールで連絡", pack=folder, kind=kind.value, sender=sender.value, stage=stage.value
                )
                assert text == check("ツールで連絡", pack=folder, kind=kind, sender=sender, stage=stage)


def test_a_pack_may_be_given_as_path_or_as_text(folder: Path) -> None:
    assert check("ツールで連絡", pack=folder) == check("ツールで連絡", pack=str(folder))


def test_an_unknown_pack_is_refused() -> None:
    with pytest.raises(PackError, match="no such pack or folder"):
        check("x", pack="standart")


@pytest.mark.parametrize("error", [UnknownValue, PackError, TextTooLong])
def test_what_check_refuses_is_a_value_error(error: type[Exception]) -> None:
    assert issubclass(error, ValueError)


@pytest.mark.parametrize("text", [None, b"LINE", 5, ["LINE"]])
def test_what_is_not_text_is_a_type_error(folder: Path, text: object) -> None:
    with pytest.raises(TypeError):
        check(text, pack=folder)  # type: ignore[arg-type]


def test_a_text_of_the_greatest_length_is_judged(folder: Path) -> None:
    assert check("あ" * MAX_CODE_POINTS, pack=folder).verdict is Outcome.CLEAR


@pytest.mark.parametrize("filling", ["あ", "a", "連絡"])
def test_a_longer_text_is_refused_and_never_read_in_part(folder: Path, filling: str) -> None:
    with pytest.raises(TextTooLong, match="1,000,000"):
        check(filling * (MAX_CODE_POINTS // len(filling) + 1), pack=folder)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\n\n", "\0", "\ud800", "\udfff\ud800", "\u200b", "\u202e", "\ufeff", "👍🏽", "\U0010ffff", "́"],
)
def test_odd_texts_are_clear(folder: Path, text: str) -> None:
    verdict = check(text, pack=folder)
    assert (verdict.verdict, verdict.findings, verdict.contacts) == (Outcome.CLEAR, (), ())


@pytest.mark.parametrize("odd", ["\0", "\udc00\ud800", "\u200b", "\u202e", "\ufeff", "\U0010ffff", "\r\n"])
def test_odd_characters_before_an_act_do_not_hide_it(folder: Path, odd: str) -> None:
    text = odd * 3 + "ツールで連絡" + odd
    (finding,) = check(text, pack=folder).findings
    assert text[finding.start : finding.end] == finding.quote
    assert finding.quote.startswith("ツール")


@given(st.text(max_size=40))
def test_any_text_gets_an_answer_whose_spans_lie_in_it(folder: Path, text: str) -> None:
    verdict = check(text + "ツールで連絡", pack=folder)
    assert verdict.findings
    for finding in verdict.findings:
        assert 0 <= finding.start < finding.end <= len(text) + len("ツールで連絡")


def test_the_names_that_detection_offers_exist() -> None:
    assert all(hasattr(detection, name) for name in detection.__all__)
