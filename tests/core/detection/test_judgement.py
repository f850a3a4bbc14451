"""From findings to a verdict and an action: the pack's table, approved tools, the gravest wins, the action by repetition."""

import itertools
import random
import threading

import pytest

from sekisho.core.detection.judge import FORCE, Judge
from sekisho.core.rules.model import Action, Kind, Label, Outcome, Sender, Stage
from tests.core.detection.making import SIGNS, TOOL_LABELS, Bench, judged, row_of, rule

LABELS = list(Label)
STAGES = list(Stage)
SEVERAL = [set(pair) for pair in itertools.combinations(LABELS, 2)]


def word_of(label: Label) -> str:
    """A word that stands for the label, of kanji that occur nowhere else."""
    return "甲乙丙丁戊己庚辛壬癸子丑寅"[LABELS.index(label)] + "印"


def kebab(label: Label) -> str:
    return label.replace("_", "-")


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    """A judge of a pack with one rule per label; each label has a word without a tool, and one with the tool `line`."""
    words = '[line]\nabout = "l"\nwords = ["LINE"]\ntool = "line"\n[zoom]\nabout = "z"\nwords = ["Zoom"]\ntool = "zoom"\n'
    frames = ""
    for label in LABELS:
        words += f'[w_{label}]\nabout = "w"\nwords = ["{word_of(label)}"]\n'
        frames += f'[{kebab(label)}]\nabout = "f"\nslots = ["w_{label}"]\n'
        frames += f'[{kebab(label)}-by-tool]\nabout = "f"\nslots = ["w_{label}", "line|zoom"]\nnear = 2\n'
    rules = {kebab(label): rule([kebab(label), f"{kebab(label)}-by-tool"], label) for label in LABELS}
    bench = Bench(tmp_path_factory.mktemp("pack"))
    return bench.judge(words=words, frames=frames, rules=rules, extra='unsure_action = "hold"')


def expected(label: Label, stage: Stage, covered: bool) -> str:
    """What DESIGN §4 says of a finding; `covered` by an approval that counts."""
    if covered and stage is Stage.CONTACT_APPROVED:
        return row_of(label)["approved_tool"]
    return row_of(label)[stage]


@pytest.mark.parametrize("stage", STAGES)
@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize(
    ("written", "approved", "covered"),
    [
        ("", (), False),
        ("", ("line",), True),
        ("LINE", (), False),
        ("LINE", ("line",), True),
        ("LINE", ("zoom", "line"), True),
        ("LINE", ("zoom",), False),
    ],
)
def test_a_finding_means_what_the_table_says_at_this_stage(
    judge: Judge, label: Label, stage: Stage, written: str, approved: tuple[str, ...], covered: bool
) -> None:
    verdict = judged(judge, word_of(label) + written, stage=stage, approved_tools=approved)
    mine = [finding for finding in verdict.findings if finding.tool == (written.lower() or "")]
    assert [(f.label, f.verdict.value) for f in mine] == [(label, expected(label, stage, covered))]


@pytest.mark.parametrize("repeated", [False, True])
@pytest.mark.parametrize("label", LABELS)
def test_the_action_is_the_first_or_the_repeated_one(judge: Judge, label: Label, repeated: bool) -> None:
    verdict = judged(judge, word_of(label), repeated=repeated)
    assert verdict.action == row_of(label)["repeated" if repeated else "first"]


@pytest.mark.parametrize("label", LABELS)
def test_telling_again_changes_the_action_and_nothing_else(judge: Judge, label: Label) -> None:
    first, again = judged(judge, word_of(label)), judged(judge, word_of(label), repeated=True)
    assert (first.verdict, first.findings) == (again.verdict, again.findings)


@pytest.mark.parametrize("labels", SEVERAL)
def test_of_two_findings_the_graver_verdict_and_the_stronger_action_win(
    judge: Judge, labels: set[Label]
) -> None:
    verdict = judged(judge, "と".join(word_of(label) for label in sorted(labels)))
    assert {finding.label for finding in verdict.findings} == labels
    assert verdict.verdict is (Outcome.CAUTION if labels <= SIGNS else Outcome.VIOLATION)
    assert verdict.action == max((Action(row_of(label)["first"]) for label in labels), key=FORCE.__getitem__)


@pytest.mark.parametrize("label", sorted(TOOL_LABELS))
def test_a_finding_that_an_approval_covers_is_told_but_clear(judge: Judge, label: Label) -> None:
    verdict = judged(
        judge, word_of(label) + "LINE", stage=Stage.CONTACT_APPROVED, approved_tools=["line"], repeated=True
    )
    assert (verdict.verdict, verdict.action) == (Outcome.CLEAR, Action.ALLOW)
    assert {finding.verdict for finding in verdict.findings} == {Outcome.CLEAR}


def test_an_approved_tool_beside_another_one_does_not_cover_the_other(judge: Judge) -> None:
    word = word_of(Label.CHANNEL_SOLICITATION)
    verdict = judged(judge, f"{word}LINE。{word}Zoom", stage=Stage.CONTACT_APPROVED, approved_tools=["line"])
    assert verdict.verdict is Outcome.VIOLATION


@pytest.mark.parametrize("text", ["LINEかZoomで{}", "{}はLINEまたはZoom", "{}LINE/Zoom"])
def test_two_tools_offered_in_one_sentence_need_an_approval_each(bench: Bench, text: str) -> None:
    words = '[line]\nabout = "l"\nwords = ["LINE"]\ntool = "line"\n[zoom]\nabout = "z"\nwords = ["Zoom"]\ntool = "zoom"\n'
    words += '[act]\nabout = "a"\nwords = ["連絡"]\n'
    judge = bench.judge(words=words, frames='[f]\nabout = "f"\nslots = ["line|zoom", "act"]\n')
    for approved in (["line"], ["zoom"]):
        verdict = judged(judge, text.format("連絡"), stage=Stage.CONTACT_APPROVED, approved_tools=approved)
        assert verdict.verdict is Outcome.VIOLATION, approved


@pytest.mark.parametrize("sender", list(Sender))
@pytest.mark.parametrize("kind", list(Kind))
def test_who_wrote_it_is_told_and_neither_writer_nor_kind_change_the_table(
    judge: Judge, kind: Kind, sender: Sender
) -> None:
    (finding,) = judged(judge, word_of(Label.FEE_AVOIDANCE), kind=kind, sender=sender).findings
    assert (finding.by, finding.verdict) == (sender, Outcome.VIOLATION)


def test_a_finding_carries_what_the_rule_says(judge: Judge) -> None:
    (finding,) = judged(judge, word_of(Label.UPFRONT_FEE)).findings
    assert (finding.severity, finding.confidence, finding.risks) == ("high", "high", ("unpaid",))
    assert (finding.why(), finding.why("ja"), finding.why("en")) == ("理由", "理由", "reason")
    with pytest.raises(KeyError):
        finding.why("fr")


def test_a_clear_text_is_allowed_and_names_pack_and_digest(judge: Judge) -> None:
    verdict = judged(judge, "よろしくお願いします")
    assert (verdict.verdict, verdict.action, verdict.findings) == (Outcome.CLEAR, Action.ALLOW, ())
    assert (verdict.pack, verdict.digest) == ("small", "a-digest")


def mixtures(count: int) -> list[str]:
    chooser = random.Random(7)
    pieces = [*map(word_of, LABELS), "LINE", "Zoom", "。", "、", "と", "ＬＩＮＥ", "L I N E", "\n"]
    return ["".join(chooser.choices(pieces, k=chooser.randint(1, 20))) for _ in range(count)]


def test_the_same_text_gets_the_same_answer_whatever_was_judged_before(judge: Judge) -> None:
    texts = mixtures(60)
    first = [judged(judge, text) for text in texts]
    assert [judged(judge, text) for text in reversed(texts)] == first[::-1]


def test_threads_that_share_a_judge_get_the_same_answers(judge: Judge) -> None:
    texts = mixtures(80)
    single = [judged(judge, text) for text in texts]
    answers: dict[int, list[object]] = {}

    def work(number: int) -> None:
        answers[number] = [judged(judge, text) for text in texts]

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answers[number] for number in range(4)] == [single] * 4
