"""Threads: what happened between two people about one job, judged in its course."""

from sekisho.core.detection.threads.events import BadEvent, EventType
from sekisho.core.detection.threads.state import BadState
from sekisho.core.detection.threads.thread import Thread, check_thread
from sekisho.core.detection.threads.verdict import EventVerdict, Part, ThreadFinding, ThreadVerdict

__all__ = [
    "BadEvent",
    "BadState",
    "EventType",
    "EventVerdict",
    "Part",
    "Thread",
    "ThreadFinding",
    "ThreadVerdict",
    "check_thread",
]
