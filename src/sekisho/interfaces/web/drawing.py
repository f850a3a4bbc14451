"""Where the points and bars of a drawing stand: plain numbers for SVG templates. No colours, no words, no queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Any

from sekisho.market.linkage.graph import Edge, Graph, Node

WIDE, HIGH = 640, 400
"""The size of the drawing of a graph, in its own units."""
_RINGS = {0: (0, 0), 1: (165, 95), 2: (255, 160), 3: (285, 180)}
"""Half axes of the ellipse on which accounts of a depth stand."""


@dataclass(frozen=True, slots=True)
class Point:
    """An account in the drawing. `number` names it in the table beside."""

    node: Node
    number: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """An edge in the drawing. `weight` 1 to 3: the stronger the wider; 0 when an innocent cause is known for all of it."""

    edge: Edge
    one: Point
    other: Point
    weight: int


def graph(found: Graph) -> tuple[list[Point], list[Line]]:
    """The account asked about in the middle, the others around it by their distance."""
    by_depth: dict[int, list[Node]] = {}
    for node in found.nodes:
        by_depth.setdefault(node.depth, []).append(node)
    points: list[Any] = []
    for depth, nodes in sorted(by_depth.items()):
        across, down = _RINGS.get(depth, _RINGS[3])
        for place, node in enumerate(nodes):
            angle = 2 * pi * (place + depth / 2 - 0.5) / len(nodes)
            x, y = WIDE / 2 + across * cos(angle), HIGH / 2 + down * sin(angle)
            points.append(Point(node, len(points) + 1, round(x), round(y)))
    at = {point.node.account: point for point in points}
    return points, [Line(edge, at[edge.one], at[edge.other], _weight(edge)) for edge in found.edges]


def _weight(edge: Edge) -> int:
    return 0 if edge.strength == 0 else 1 + (edge.strength >= 0.5) + (edge.strength >= 0.8)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its left upper corner and its size. `label` and `count` are for who hears it."""

    x: float
    y: float
    width: float
    height: float
    label: str
    count: int
    series: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars side by side over a scale of a few lines. `ticks`: [(y, count)]; `labels`: [(x, text)], not more than fit."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, int], ...]
    labels: tuple[tuple[float, str], ...]


LEFT, TOP, WIDTH, HEIGHT = 34, 8, 600, 170
"""The field of a chart in its own units; the scale stands left of it, the labels below."""
LABELS = 8


def chart(rows: Sequence[tuple[str, int, int]]) -> Chart:
    """Two series, [(label, first, second)], one pair of bars a row."""
    most = _round_up(max((max(a, b) for _, a, b in rows), default=0))
    step = WIDTH / max(1, len(rows))
    width = round(min(14, step * 0.42), 2)
    bars, labels = [], []
    every = -(-len(rows) // LABELS) or 1
    for place, (label, *counts) in enumerate(rows):
        middle = LEFT + step * (place + 0.5)
        for series, count in enumerate(counts):
            high = round(HEIGHT * count / most, 2)
            x = round(middle - width + series * width, 2)
            bars.append(Bar(x, round(TOP + HEIGHT - high, 2), width, high, label, count, series))
        if place % every == 0:
            labels.append((round(middle, 2), label))
    ticks = tuple((round(TOP + HEIGHT - HEIGHT * n / 4, 2), most * n // 4) for n in range(5))
    return Chart(tuple(bars), ticks, tuple(labels))


def _round_up(most: int) -> int:
    """The least of 4, 8, 20, 40, 80, 200, … that is not below."""
    size = 4
    for factor in (2, 2.5, 2) * 12:
        if most <= size:
            break
        size = int(size * factor)
    return size
