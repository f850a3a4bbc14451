"""What a back-test costs beside a bulk scan of the same texts in the same run, one process each. On a PostgreSQL of its own.

python -m benchmarks --only backtest
"""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import traffic
from benchmarks.measure import REPETITIONS, Result, Section, in_turn, interval, ratios
from benchmarks.messaging import market
from benchmarks.scanning import _scanned, write_rows

NEW = "crowdworks"


def against_scan(rows: int = 20_000, repetitions: int = REPETITIONS) -> Section:
    """Texts a second: a scan by the new pack, a back-test where the live pack judged the texts, one where an older engine did."""
    with market(), TemporaryDirectory() as folder:
        source = write_rows(Path(folder) / "rows.jsonl", rows)
        operator = _operator()
        _fill(rows, "text")
        version = _known(operator)
        few = write_rows(Path(folder) / "few.jsonl", 1_000)
        _scanned(few, processes=1, pack=NEW)

        def scan(_: int) -> float:
            return rows / _scanned(source, processes=1, pack=NEW).seconds

        sides = {name: partial(_rate, operator, version, rows, name) for name in ("", "older")}
        found = in_turn({"scan": scan, **sides}, repetitions)
        _fill(rows, "event")
        found |= in_turn({"mixed": partial(_rate, operator, version, 2 * rows, "")}, repetitions)
        _fill(rows, "event")
    return Section(
        "backtest",
        "Back-test beside a bulk scan",
        (
            Result("backtest.ratio", "back-test ÷ scan, texts a second", ratios(found[""], found["scan"]), "×", 0.5),
            Result("backtest.both.ratio", "the same where both packs must judge", ratios(found["older"], found["scan"]), "×"),
            Result("backtest.scan", "scan, one process", interval(found["scan"]), " texts/s"),
            Result("backtest.rate", "back-test, one background process", interval(found[""]), " texts/s"),
            Result("backtest.both", "back-test where both packs must judge", interval(found["older"]), " texts/s"),
            Result("backtest.mixed", "back-test, every text once by itself and once as a message of a deal", interval(found["mixed"]), " texts/s"),
        ),
        (f"{rows:,} messages, `standard` against `{NEW}`; a back-test from asking to the result with its examples, through the outbox, "
         "committed step by step, durable. What the live pack and this engine judged is taken from the stored judgement; what another "
         "engine judged is judged anew by both packs.",),
    )  # fmt: skip


def _operator() -> Any:
    from sekisho.market.people.models import Account

    return Account.objects.create_user("operator@example.com", None, display_name="operator", is_operator=True).actor


def _known(operator: Any) -> Any:
    from sekisho.market.judging import packs

    return packs.register(operator, None, pack=NEW)


def _rate(operator: Any, version: Any, rows: int, digest: str, _repetition: int) -> float:
    return rows / _run(operator, version, digest)


def _fill(rows: int, form: str) -> None:
    """The texts as judgements of the live pack: each by itself, or as the first message of a deal."""
    from sekisho.core.detection.threads import Thread
    from sekisho.market.judging.asking import ask
    from sekisho.market.judging.models import Judgement

    made, state = [], Thread("standard").state()
    for text in traffic.messages(rows, seed=5):
        context = {
            "text": {"form": "text", "sender": text.sender, "stage": text.stage, "approved_tools": []},
            "event": {"form": "event", "state": state, "event": {"type": "message", "sender": text.sender, "text": text.text}},
        }[form]
        record = ask(text.kind, text.text, context, "standard").record
        kept = {name: record[name] for name in ("digest", "verdict", "action", "findings", "unsure")}
        made.append(Judgement(kind=text.kind, text=text.text, context=context, pack="standard", **kept))
    Judgement.objects.bulk_create(made, batch_size=2_000)
    time.sleep(0.01)  # the newest id must lie before the moment at which a back-test is asked for


def _run(operator: Any, version: Any, digest: str) -> float:
    """Seconds of one back-test. `digest`: compare with a live pack that no stored judgement names, so that both must judge."""
    from sekisho.market.judging import backtests, replaying
    from sekisho.market.kernel import outbox

    real = replaying.Pair
    if digest:
        replaying.Pair = lambda new, old, _old: real(new, old, digest)  # type: ignore[assignment,misc]
    try:
        began = time.perf_counter()
        test = backtests.ask(operator, version)
        while outbox.deliver():
            pass
        seconds = time.perf_counter() - began
    finally:
        replaying.Pair = real  # type: ignore[misc]
    test.refresh_from_db()
    if test.state != "done":
        raise RuntimeError(f"the back-test is {test.state}: {test.error}")
    return seconds
