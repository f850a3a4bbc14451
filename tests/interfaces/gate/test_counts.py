"""What is counted is what happened, over all processes."""

from __future__ import annotations

from prometheus_client.parser import text_string_to_metric_families

from sekisho.interfaces.gate.counts import BOUNDS, Counts
from sekisho.interfaces.gate.server import LAYOUT


def read(body: bytes) -> dict[tuple[str, ...], float]:
    """Samples by name and label values."""
    families = text_string_to_metric_families(body.decode())
    return {(s.name, *s.labels.values()): s.value for family in families for s in family.samples}


def test_requests_verdicts_and_problems_are_counted(ask):
    for body in ({"text": ""}, {"text": "LINEに移動"}, {"text": "LINEに移動"}, {"text": 1}):
        ask("/v1/check", body)
    ask("/v1/check/batch", {"items": [{"text": ""}, {"text": 1}]})
    ask("/nowhere")
    found = read(ask("/metrics").body)
    assert found["sekisho_gate_requests_total", "check", "200"] == 3
    assert found["sekisho_gate_requests_total", "check", "422"] == 1
    assert found["sekisho_gate_requests_total", "other", "404"] == 1
    assert found["sekisho_gate_verdicts_total", "check", "violation"] == 2
    assert found["sekisho_gate_verdicts_total", "check/batch", "clear"] == 1
    assert found["sekisho_gate_problems_total", "wrong_value"] == 2
    assert found["sekisho_gate_seconds_count", "check"] == 4
    assert found["sekisho_gate_seconds_bucket", "check", "10.0"] == 4
    assert found["sekisho_gate_pack", ask.gate.current.judge.digest, "tiny"] == 1
    assert found["sekisho_gate_pack_refused",] == 0


def test_the_rows_of_all_processes_are_added_up(tmp_path):
    path = tmp_path / "counts"
    path.write_bytes(bytes(LAYOUT.size(2)))
    one, two = (Counts(LAYOUT, path, rows=2, row=row) for row in (0, 1))
    one.add("reloads", "swapped")
    two.add("reloads", "swapped", count=2)
    assert one.total("reloads", "swapped") == two.total("reloads", "swapped") == 3


def test_a_duration_falls_into_its_bucket():
    counts = Counts(LAYOUT)
    for seconds in (0.0, BOUNDS[3], 100.0):
        counts.answered("check", 200, seconds)
    found = read(counts.told("p", "d", refused=True))
    assert found["sekisho_gate_seconds_bucket", "check", str(BOUNDS[0])] == 1
    assert found["sekisho_gate_seconds_bucket", "check", str(BOUNDS[3])] == 2
    assert found["sekisho_gate_seconds_bucket", "check", "+Inf"] == 3
    assert found["sekisho_gate_pack_refused",] == 1
