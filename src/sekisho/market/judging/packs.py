"""Which pack is live and which in shadow."""

from __future__ import annotations

from django.conf import settings

from sekisho.core.detection import load
from sekisho.core.rules.errors import PackError
from sekisho.market.judging.models import PackVersion
from sekisho.market.judging.states import PACK, PackState
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb

describe({
    "bad_pack": Row(Kind.INVALID, "このルール集は読み込めません：{why}", "This pack cannot be loaded: {why}"),
    "shadow_taken": Row(Kind.CONFLICT, "すでに別のルール集を試行中です。先に終了してください。",
                        "Another pack is in shadow already. Retire it first."),
})  # fmt: skip


def packs() -> tuple[str, PackVersion | None]:
    """The live pack (`SEKISHO_PACK` until one was made live here) and the one in shadow, in one query."""
    rows = PackVersion.objects.filter(state__in=(PackState.LIVE, PackState.SHADOW))
    found = {row.state: row for row in rows}
    live = found.get(PackState.LIVE)
    return (live.pack if live else settings.SEKISHO_PACK), found.get(PackState.SHADOW)


def pack() -> str:
    """The pack that is live."""
    return packs()[0]


@verb("pack.register")
def register(actor: Actor, thing: None, *, pack: str) -> PackVersion:
    """Make a pack known: an id of a built-in one or the folder of one's own. It is compiled and proved now."""
    name = fields.line(pack, "pack", 200)
    try:
        judge = load(name)
    except PackError as error:
        raise Problem("bad_pack", why=str(error).split("\n", 1)[0][:300]) from None
    return PackVersion.objects.create(pack=name, version=judge.pack.version, digest=judge.digest)


@verb("pack.shadow")
def shadow(actor: Actor, version: PackVersion) -> PackVersion:
    """Let it judge everything beside the live one from now on, without effect."""
    if PackVersion.objects.filter(state=PackState.SHADOW).exists():
        raise Problem("shadow_taken")
    PACK.move(version, "shadow", current().held)
    return version


@verb("pack.go_live")
def go_live(actor: Actor, version: PackVersion, *, because: str) -> PackVersion:
    """From now on it judges, also in deals that are open; the one before is retired."""
    current().because = fields.text(because, "because", 1000)
    for former in PackVersion.objects.select_for_update().filter(state=PackState.LIVE):
        PACK.move(former, "replace", current().held, ended_at=clock.now())
    PACK.move(version, "go_live", current().held, live_at=clock.now())
    return version


@verb("pack.retire")
def retire(actor: Actor, version: PackVersion) -> PackVersion:
    """Put a draft or a shadow away."""
    PACK.move(version, "retire", current().held, ended_at=clock.now())
    return version
