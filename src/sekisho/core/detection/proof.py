"""Runs a pack's examples. A pack whose examples do not hold is refused with every failure at its file and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from sekisho.core.detection.acts import Context
from sekisho.core.detection.engine import Engine
from sekisho.core.detection.identifiers import BESIDE_SERVICE, TRIGGERS
from sekisho.core.detection.judge import Judge
from sekisho.core.detection.pay import PAY_TRIGGER
from sekisho.core.detection.verdict import Verdict
from sekisho.core.rules.checker import check_pack
from sekisho.core.rules.compiler import MASKED, CompiledPack, compile_pack, databases_of
from sekisho.core.rules.errors import PackError, Problem
from sekisho.core.rules.loader import load_pack
from sekisho.core.rules.model import Example, Expect, Outcome, Pack, Rule, Stage, Status
from sekisho.core.text import EVASIVE


def compile_proved(folder: Path, known: CompiledPack | None = None) -> CompiledPack:
    """Load, check, compile and prove the pack in `folder`. Raises `PackError` with all problems of the first bad step.

    `known` is the compiled pack that it extends: what has not changed is taken from there.
    """
    pack = load_pack(folder, loaded=known.pack if known else None)
    problems = check_pack(pack)
    if problems:
        raise PackError(tuple(problems))
    compiled = compile_trusted(pack, databases_of(known)) if known else compile_trusted(pack)
    problems = prove(compiled)
    if problems:
        raise PackError(tuple(problems))
    return compiled


def compile_trusted(pack: Pack, known: Mapping[str, bytes] | None = None) -> CompiledPack:
    """Compile without running the examples; databases in `known` are taken as they are."""
    triggers = [("at_contact", source) for source in TRIGGERS]
    triggers += [("at_id_like", source) for source in BESIDE_SERVICE]
    triggers += [("at_evasive", source) for source in (*EVASIVE, MASKED)]
    triggers += [(name, PAY_TRIGGER) for name in ("at_pay_high", "at_pay_absurd")]
    return compile_pack(pack, triggers, known)


def prove(compiled: CompiledPack) -> list[Problem]:
    """Every example that does not come out as it says."""
    pack = compiled.pack
    judge = Judge(Engine(compiled), "proof")
    problems = []
    for rule in pack.rules.values():
        if rule.status in (Status.TESTING, Status.STABLE):
            if rule.id in pack.proved_under:
                # What a pack above makes of a finding is policy; that there is one is what the example proves.
                table, rows = pack.proved_under[rule.id]
                judge = judge.under(replace(pack, table=table, rule_rows=rows), "proof", None)
            for example in rule.examples:
                message = _failure(judge, rule, example)
                if message:
                    problems.append(
                        Problem(example.place.file, example.place.line, example.place.column, message, example.text)
                    )
    return problems


def _failure(judge: Judge, rule: Rule, example: Example) -> str:
    if not rule.frames:
        holds = set(example.facts).issuperset(rule.when)
        return "" if holds == (example.expect is Expect.HIT) else f"the facts make it {'a hit' if holds else 'clear'}"
    verdict = _verdict(judge, example)
    if example.expect is Expect.CLEAR:
        if verdict.verdict is not Outcome.CLEAR:
            found = ", ".join(f"{f.rule} ({'+'.join(f.frames)})" for f in verdict.findings)
            return f"expected clear, but the pack says {verdict.verdict}: {found}"
        return ""
    mine = [f for f in verdict.findings if f.rule == rule.id and f.verdict is not Outcome.CLEAR]
    if example.expect is Expect.KNOWN_MISS:
        return f"known-miss is found now: make it a hit (span {mine[0].quote!r})" if mine else ""
    if not mine:
        return f"expected a hit of {rule.id}, found nothing of it"
    start = example.text.index(example.span)
    if not any(f.start < start + len(example.span) and start < f.end for f in mine):
        return f"expected the hit at {example.span!r}, found {[f.quote for f in mine]}"
    return ""


def _verdict(judge: Judge, example: Example) -> Verdict:
    """The example judged as a single text, or where it names facts as one of a thread."""
    approved = example.approved_tools
    if example.facts:
        covered = frozenset(approved if example.stage is Stage.CONTACT_APPROVED else ())
        context = Context(example.kind, example.sender, example.stage, covered)
        return judge.observe(example.text, context, frozenset(example.facts)).verdict
    return judge.judge(
        example.text, kind=example.kind, sender=example.sender, stage=example.stage, approved_tools=approved
    )
