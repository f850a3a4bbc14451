"""What one more message of a thread costs, after 10 messages and after 10,000, and how large the state is. Not how well it judges.

python -m benchmarks.threads
"""

from __future__ import annotations

import json
import statistics
import time
from itertools import cycle, islice

from sekisho import Thread

TALK = (
    ("client", "構成案を確認しました。見出しの順番を入れ替えていただけますか。"),
    ("worker", "承知しました。明日の午前中に修正版をお送りします。"),
    ("client", "ありがとうございます。画像は3枚でお願いします。"),
    ("worker", "恐れ入りますが、LINEの交換はお断りしています。こちらでお願いします。"),
    ("client", "The second draft reads well. Could you shorten the introduction a little?"),
    ("worker", "Sure, I will have it ready by Thursday."),
)
SAMPLE = 300


def measured(before: int) -> tuple[float, int]:
    """The median microseconds of a message after `before` others, and the bytes of the state then."""
    thread = Thread()
    events = [{"type": "message", "sender": sender, "text": text} for sender, text in TALK]
    for event in islice(cycle(events), before):
        thread.add(event)
    taken = []
    for event in islice(cycle(events), SAMPLE):
        start = time.perf_counter()
        thread.add(event)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken) * 1e6, len(json.dumps(thread.state()).encode())


def main() -> None:
    """Print the two lengths side by side."""
    Thread().add({"type": "message", "sender": "client", "text": TALK[0][1]})
    print(f"{'messages before':>16} {'µs a message':>14} {'bytes of state':>15}")
    for before in (10, 10_000):
        cost, size = measured(before)
        print(f"{before:>16,} {cost:>14.0f} {size:>15,}")


if __name__ == "__main__":
    main()
