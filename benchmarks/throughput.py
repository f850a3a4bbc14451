"""How fast single texts are judged: against Presidio, against bare hyperscan over the same patterns, and in bytes of postings."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import hyperscan

from benchmarks import measure, traffic
from benchmarks.measure import REPETITIONS, Interval, Result, Section
from benchmarks.rival import NoRival, Presidio
from sekisho import check
from sekisho.core.detection import load
from sekisho.core.text import fold

WARM_UP = 4000
"""Messages of another seed judged beforehand: what a serving process has long seen."""


def warm(count: int = WARM_UP) -> None:
    """Bring the process to the state in which it serves."""
    judge(traffic.messages(count, seed=99))


def judge(texts: Sequence[traffic.Text]) -> None:
    """Judge every text in its context, through the public door."""
    for text in texts:
        check(text.text, kind=text.kind, sender=text.sender, stage=text.stage)


def slices(texts: list[traffic.Text], repetitions: int = REPETITIONS) -> list[list[traffic.Text]]:
    """One slice for each repetition, so that no text is judged twice for one figure."""
    return [texts[start::repetitions] for start in range(repetitions)]


def sample(texts: list[traffic.Text], count: int) -> list[traffic.Text]:
    """`count` of the texts, of all lengths alike."""
    by_length = sorted(texts, key=lambda text: len(text.text))
    return by_length[:: max(1, len(by_length) // count)][:count]


def against_presidio(messages: list[traffic.Text], count: int) -> Section:
    """Messages per second and core: all messages with us, `count` of each slice of them with Presidio."""
    parts = slices(messages)
    samples = [[text.text for text in sample(part, count)] for part in parts]
    judge(messages[:1])
    try:
        with Presidio() as presidio:
            presidio.keep(samples[0][:20])
            presidio.seconds()

            def theirs(repetition: int) -> float:
                presidio.keep(samples[repetition])
                return len(samples[repetition]) / presidio.seconds()

            found = measure.in_turn({"ours": lambda at: _rate(parts[at]), "theirs": theirs})
            versions = presidio.versions
    except NoRival as error:
        return Section("messages", "Messages against Presidio", skipped=str(error))
    return Section("messages", "Messages against Presidio", _against(found, 100, "message"), (
        f"Each repetition judges {len(parts[0]):,} messages that were not seen before; Presidio gets {len(samples[0])} of them, "
        f"evenly by length. {_named(versions)}",
    ))  # fmt: skip


def on_hard_texts(corpus: Path, times: int = 5) -> Section:
    """The Japanese texts of the development corpus that are not plain."""
    title = "Hard texts against Presidio"
    rows = [json.loads(line) for line in corpus.read_text(encoding="utf-8").splitlines()]
    hard = [
        traffic.Text(row["text"], row["kind"], row["sender"], row["stage"], row["violation"])
        for row in rows
        if row["difficulty"] != "plain" and row["lang"] == "ja"
    ]
    try:
        with Presidio() as presidio:
            presidio.keep([text.text for text in hard])
            presidio.seconds()
            judge(hard)
            found = measure.in_turn(
                {"ours": lambda _: _rate(hard * times), "theirs": lambda _: len(hard) / presidio.seconds()}
            )
            versions = presidio.versions
    except NoRival as error:
        return Section("hard", title, skipped=str(error))
    return Section("hard", title, _against(found, 25, "text"), (
        f"{len(hard)} texts, {sum(len(text.text) for text in hard) / len(hard):.0f} characters in the mean, judged again in every "
        f"repetition on both sides. {_named(versions)}",
    ))  # fmt: skip


def against_hyperscan(messages: list[traffic.Text]) -> Section:
    """The same patterns over the same folded texts, and nothing else: what the matching alone costs."""
    surface = load().engine.compiled.surface
    databases = [hyperscan.loadb(data, mode=hyperscan.HS_MODE_BLOCK) for data in surface.databases]
    scratches = [hyperscan.Scratch(database) for database in databases]
    pairs = list(zip(databases, scratches, strict=True))
    parts = slices(messages)
    encoded = [[fold(text.text).text.encode() for text in part] for part in parts]

    def bare(repetition: int) -> float:
        data = encoded[repetition]
        return len(data) / measure.processor_seconds(lambda: _scan(pairs, data))

    _scan(pairs, encoded[0][:500])
    found = measure.in_turn({"ours": lambda at: _rate(parts[at]), "bare": bare})
    results = (
        Result("bare.ratio", "`check` ÷ bare hyperscan", measure.ratios(found["ours"], found["bare"]), "×", 0.45),
        Result("bare.hyperscan", "bare hyperscan", measure.interval(found["bare"]), " messages/s"),
        Result("bare.check", "`check`", measure.interval(found["ours"]), " messages/s"),
    )
    size = sum(map(len, surface.databases)) / 1e6
    note = (
        f"{len(surface.masks):,} patterns in {len(pairs)} databases of together {size:.1f} MB; texts folded and encoded beforehand; the "
        "callback appends to a list."
    )
    return Section("bare", "Against bare hyperscan", results, (note, *_looked_at(messages)))


def of_postings(postings: list[traffic.Text]) -> Section:
    """Megabytes of UTF-8 a second and core."""
    parts = slices(postings)
    sizes = [sum(len(text.text.encode()) for text in part) / 1e6 for part in parts]
    judge(traffic.postings(200, seed=99))
    rates = [sizes[at] / measure.processor_seconds(lambda part=parts[at]: judge(part)) for at in range(REPETITIONS)]  # type: ignore[misc]
    result = Result("postings", "postings", measure.interval(rates), " MB/s", 20)
    note = f"{len(postings):,} postings, {sum(sizes) * 1e6 / len(postings):,.0f} bytes in the mean."
    return Section("postings", "Postings", (result,), (note,))


def _rate(texts: list[traffic.Text]) -> float:
    return len(texts) / measure.processor_seconds(lambda: judge(texts))


def _against(found: dict[str, list[float]], target: float, noun: str) -> tuple[Result, ...]:
    ratio: Interval = measure.ratios(found["ours"], found["theirs"])
    name = "messages" if noun == "message" else "hard"
    return (
        Result(f"{name}.ratio", "`check` ÷ presidio-analyzer", ratio, "×", target),
        Result(f"{name}.check", "`check`", measure.interval(found["ours"]), f" {noun}s/s"),
        Result(f"{name}.presidio", "presidio-analyzer", measure.interval(found["theirs"]), f" {noun}s/s"),
    )


def _named(versions: dict[str, str]) -> str:
    return "Presidio: pattern recognisers e-mail, URL, phone (JP, US, GB), IP, card, IBAN; blank Japanese model; " + ", ".join(
        f"{package} {version}" for package, version in versions.items()
    ) + "."  # fmt: skip


def _scan(pairs: list[tuple[hyperscan.Database, hyperscan.Scratch]], data: list[bytes]) -> None:
    for text in data:
        hits: list[tuple[int, int, int]] = []
        for database, scratch in pairs:
            database.scan(text, _append, 0, hits, scratch)


def _append(pattern: int, start: int, end: int, _flags: int, hits: Any) -> None:
    hits.append((pattern, start, end))


def _looked_at(messages: list[traffic.Text]) -> tuple[str, ...]:
    """How many messages go how deep: what the figure stands on."""
    engine = load().engine
    some = messages[:2000]
    seen = clear = closer = 0
    for text in some:
        folded = fold(text.text)
        seen += bool(engine.surface.hits(folded.text.encode()))
        closer += engine.look(folded.text, folded) is not None
        clear += check(text.text, kind=text.kind, sender=text.sender, stage=text.stage).verdict == "clear"
    steering = sum(text.steers for text in some)
    share = [f"{100 * count / len(some):.1f} %" for count in (seen, closer, clear, steering)]
    return (f"Some pattern matches in {share[0]} of the messages, {share[1]} are examined to the end, {share[2]} come out `clear`; "
            f"{share[3]} hold a solicitation.",)  # fmt: skip
