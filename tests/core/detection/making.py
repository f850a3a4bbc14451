"""Small packs written as TOML text, and judges made of them. What the words mean is each test's own business."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from sekisho.core.detection.engine import Engine
from sekisho.core.detection.judge import Judge
from sekisho.core.detection.proof import compile_trusted
from sekisho.core.detection.reader import Reader
from sekisho.core.detection.verdict import Verdict
from sekisho.core.rules.compiler import compile_pack
from sekisho.core.rules.loader import load_pack
from sekisho.core.rules.model import Kind, Label, Sender, Stage

SIGNS = {Label.AGE_SEX_RESTRICTION, Label.TOO_GOOD_PAY, Label.VAGUE_POSTING}
TOOL_LABELS = {Label.CHANNEL_SOLICITATION, Label.CONTACT_DISCLOSURE, Label.INTERVIEW_OFFPLATFORM}


def row_of(label: Label) -> dict[str, str]:
    """The row of the verdict table of DESIGN §4 for `label`, field by field."""
    always = "caution" if label in SIGNS else "violation"
    row = dict.fromkeys(("pre_contract", "contracted", "contact_approved", "approved_tool"), always)
    row |= (
        {"first": "nudge", "repeated": "nudge"} if label in SIGNS else {"first": "hold", "repeated": "hold"}
    )
    if label in TOOL_LABELS:
        row |= {"approved_tool": "clear", "first": "nudge", "repeated": "hold"}
    return row


def head(extra: str = "") -> str:
    """A whole `pack.toml` with that table; `extra` are lines of the top level."""
    text = f'id = "small"\nversion = "1"\nlanguages = ["ja", "en"]\n{extra}\n'
    if "unsure_action" not in extra:
        text = 'unsure_action = "allow"\n' + text
    text += '[title]\nja = "小さなルール集"\nen = "A small pack"\n'
    for label in Label:
        text += f"\n[table.{label}]\n" + "".join(
            f'{key} = "{value}"\n' for key, value in row_of(label).items()
        )
    return text


def rule(
    frames: list[str], label: str = "channel_solicitation", examples: str = "", status: str = "testing"
) -> str:
    """A rule file of `label` that judges by `frames`."""
    speech = "".join(
        f'\n[{key}]\nja = "理由"\nen = "reason"\n' for key in ("title", "what", "why", "instead", "misses")
    )
    return (
        f'label = "{label}"\nseverity = "high"\nconfidence = "high"\nstatus = "{status}"\nsince = "0.1"\n'
        f'frames = {frames}\nrisks = ["unpaid"]\ntechniques = ["T01"]\n{speech}\n'
        f'[[source]]\ntitle = "The article"\nseen = "2025-01-31"\n\n{examples}'
    )


def words(**classes: str) -> str:
    """A words file: each class with its words set apart by spaces."""
    return "\n".join(
        f'[{name}]\nabout = "{name}"\nwords = {listed.split()}\n' for name, listed in classes.items()
    )


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write the files of a pack into `folder`."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


class Bench:
    """Makes judges out of pieces of a pack; the rule `r` holds every frame unless told otherwise."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def judge(
        self,
        *,
        words: str,
        frames: str,
        scopes: str = "",
        extra: str = "",
        rules: Mapping[str, str] | None = None,
        parsers: bool = False,
        reader: Reader | None = None,
    ) -> Judge:
        """A judge. Without `parsers` nothing looks for identifiers, pay or disguises, which compiles much faster."""
        names = [line[1:-1] for line in frames.splitlines() if line.startswith("[")]
        written = {f"rules/{name}.toml": text for name, text in (rules or {"r": rule(names)}).items()}
        files = {"pack.toml": head(extra), "words/all.toml": words, "frames/all.toml": frames, **written}
        pack = load_pack(write(self.folder, {**files, "scopes/all.toml": scopes}))
        compiled = compile_trusted(pack) if parsers else compile_pack(pack)
        return Judge(Engine(compiled), "a-digest", reader)


def judged(judge: Judge, text: str, **context: object) -> Verdict:
    """`text` judged as a client's message before the contract, but for what `context` says."""
    usual = {"kind": Kind.MESSAGE, "sender": Sender.CLIENT, "stage": Stage.PRE_CONTRACT}
    return judge.judge(text, **{**usual, **context})  # type: ignore[arg-type]


def quotes(judge: Judge, text: str, **context: object) -> list[str]:
    """What the findings of `text` quote, in order."""
    verdict = judged(judge, text, **context)
    assert all(text[f.start : f.end] == f.quote for f in verdict.findings)
    return [finding.quote for finding in verdict.findings]
