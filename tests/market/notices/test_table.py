"""The table of notices: complete, and silent where it must be."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import sekisho.market
from sekisho.market.kernel import outbox
from sekisho.market.notices.models import Letter, Notice
from sekisho.market.notices.table import SILENT, STEPS, TABLE
from site_stories import deal_of, funded

TOLD = re.compile(r'tell\(f?"([\w.{}]+)"')


def topics() -> set[str]:
    """Every topic that some room tells."""
    found: set[str] = set()
    for file in Path(sekisho.market.__path__[0]).rglob("*.py"):
        found |= set(TOLD.findall(file.read_text("utf-8")))
    return found


def test_every_topic_has_its_row_or_a_reason_for_silence() -> None:
    listed = {row.topic for row in TABLE} | SILENT.keys() | STEPS
    loose = {topic for topic in topics() if "{" not in topic and not topic.startswith("notices.")}
    assert loose - listed == set()


def test_a_funded_contract_tells_the_worker_that_she_may_start(cast: dict[str, Any]) -> None:
    funded(cast, deal_of(cast))
    outbox.deliver()
    assert Notice.objects.filter(account=cast["hanako"], topic="contract.funded").exists()
    assert Letter.objects.filter(to="hanako@example.com", subject__contains="仮払いが済みました").exists()
