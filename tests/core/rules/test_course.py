"""Rules that need facts: read, checked, proved, and kept out of the judging of single texts."""

from pathlib import Path

import pytest

from sekisho.core.detection import proof
from sekisho.core.detection.acts import Context
from sekisho.core.detection.engine import Engine
from sekisho.core.detection.judge import Judge
from sekisho.core.detection.proof import compile_proved
from sekisho.core.rules.compiler import compile_pack
from sekisho.core.rules.course import Fact, Signal
from sekisho.core.rules.errors import PackError
from sekisho.core.rules.loader import load_pack
from sekisho.core.rules.model import Kind, Sender, Stage
from sekisho.core.rules.partition import course_part, single_part
from tests.core.detection.making import head, rule, words, write

CONTEXT = Context(Kind.MESSAGE, Sender.CLIENT, Stage.PRE_CONTRACT)


@pytest.fixture(autouse=True)
def _without_parsers(monkeypatch: pytest.MonkeyPatch) -> None:
    """These packs need no parsers, whose patterns take seconds to compile."""
    monkeypatch.setattr(proof, "compile_trusted", compile_pack)


def examples(facts: str, hits: tuple[str, ...], clears: tuple[str, ...], span: bool = True) -> str:
    text = ""
    for written in hits:
        shown = f'span = "{written}"\n' if span else ""
        text += f'[[example]]\ntext = "{written}"\nexpect = "hit"\n{shown}facts = {facts}\n'
    for written in clears:
        text += f'[[example]]\ntext = "{written}"\nexpect = "clear"\nwhy = "so"\n'
    return text


PROVED = examples('["after_refusal"]', ("もう一度", "再度", "考え直し"), ("一", "二", "もう一度"))
BARE = examples('["request_filed"]', ("甲", "乙", "丙"), ("一", "二", "三"), span=False)


def pack(
    folder: Path, when: str = 'when = ["after_refusal"]\n', proofs: str = PROVED, extra: str = ""
) -> Path:
    frames = '[again]\nabout = "a"\nslots = ["word"]\n\n[no]\nabout = "n"\nslots = ["refusing"]\nsignals = ["refusal"]\n'
    return write(
        folder / "mine",
        {
            "pack.toml": head(extra),
            "words/all.toml": words(word="もう一度 再度 考え直し", refusing="お断り"),
            "frames/all.toml": frames,
            "rules/again.toml": when + rule(["again"], "approval_pressure", proofs),
        },
    )


def judge_of(folder: Path) -> Judge:
    return Judge(Engine(compile_pack(load_pack(folder))), "digest")


def test_a_rule_with_facts_judges_no_single_text(tmp_path: Path) -> None:
    judge = judge_of(pack(tmp_path))
    assert (
        judge.judge("もう一度", kind=Kind.MESSAGE, sender=Sender.CLIENT, stage=Stage.PRE_CONTRACT).findings
        == ()
    )


def test_a_rule_counts_only_where_all_its_facts_hold(tmp_path: Path) -> None:
    judge = judge_of(pack(tmp_path))
    assert judge.observe("もう一度", CONTEXT, frozenset()).verdict.findings == ()
    found = judge.observe(
        "もう一度", CONTEXT, frozenset({Fact.AFTER_REFUSAL, Fact.NO_CONTRACT})
    ).verdict.findings
    assert [finding.rule for finding in found] == ["again"]


def test_a_signal_needs_no_rule_and_is_no_finding(tmp_path: Path) -> None:
    seen = judge_of(pack(tmp_path)).observe("お断りします", CONTEXT, frozenset(Fact))
    assert dict(seen.signals) == {Signal.REFUSAL: (0, 3)}
    assert seen.verdict.findings == ()


def test_the_examples_of_a_rule_with_facts_are_proof(tmp_path: Path) -> None:
    assert compile_proved(pack(tmp_path)).pack.rules["again"].when == (Fact.AFTER_REFUSAL,)
    wrong = examples('["no_contract"]', ("もう一度", "再度", "考え直し"), ("一", "二", "三"))
    with pytest.raises(PackError, match="expected a hit of again, found nothing of it"):
        compile_proved(pack(tmp_path / "b", proofs=wrong))


def test_a_rule_of_facts_alone_needs_no_frames_and_no_spans(tmp_path: Path) -> None:
    folder = pack(tmp_path)
    (folder / "rules/files.toml").write_text(
        'when = ["request_filed"]\n' + rule([], "approval_pressure", BARE), encoding="utf-8"
    )
    assert compile_proved(folder).pack.rules["files"].frames == ()


def test_a_rule_with_neither_frames_nor_facts_is_refused(tmp_path: Path) -> None:
    folder = pack(tmp_path)
    (folder / "rules/files.toml").write_text(rule([], "approval_pressure", BARE), encoding="utf-8")
    with pytest.raises(PackError, match="rule `files` has no frames"):
        compile_proved(folder)


def test_an_unknown_fact_is_refused_at_its_place(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="did you mean `after_refusal`"):
        load_pack(pack(tmp_path, when='when = ["after_refusl"]\n'))


def test_the_parts_of_a_pack_share_nothing_they_need_not(tmp_path: Path) -> None:
    loaded = load_pack(pack(tmp_path))
    course = course_part(loaded)
    assert course is not None
    assert set(course.classes) == {"word", "refusing"}
    assert set(single_part(loaded).classes) == set()
    assert set(single_part(loaded).rules) == set()


def test_a_pack_over_another_may_change_one_field_of_the_policy(tmp_path: Path) -> None:
    base = pack(tmp_path, extra="")
    top = write(
        tmp_path / "top",
        {
            "pack.toml": 'id = "top"\nversion = "1"\nextends = "base"\n[contact_request]\ntoken_contract_yen = 5000\n'
        },
    )
    policy = load_pack(top, resolve=lambda _name: base).contact_request
    assert (policy.token_contract_yen, policy.before_contract, policy.outside_tools) == (5000, False, True)
