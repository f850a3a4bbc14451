"""What operators do with packs: make one known, try it beside the live one or on some accounts, let it judge, put it away."""

from __future__ import annotations

from typing import Any

from sekisho.core.detection import load
from sekisho.core.detection.judge import Judge
from sekisho.core.rules.errors import PackError
from sekisho.market.judging.judges import judges, pack
from sekisho.market.judging.models import BackTest, PackVersion
from sekisho.market.judging.policy import policy
from sekisho.market.judging.states import PACK, BackTestState, PackState
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.locks import alone
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb

__all__ = ["canary", "go_live", "pack", "register", "retire", "shadow", "stop", "widen"]

describe({
    "bad_pack": Row(Kind.INVALID, "このルール集は読み込めません：{why}", "This pack cannot be loaded: {why}"),
    "shadow_taken": Row(Kind.CONFLICT, "すでに別のルール集を試行中です。先に終了してください。",
                        "Another pack is in shadow already. Retire it first."),
    "canary_taken": Row(Kind.CONFLICT, "すでに別のルール集を一部の利用者で試しています。先に止めてください。",
                        "Another pack is being tried on some accounts. Stop it first."),
    "pack_changed": Row(Kind.CONFLICT,
                        "登録したあとに、ルール集か判定エンジンが変わっています。もう一度登録し、試してから公開してください。",
                        "The pack or the engine has changed since it was registered. Register it again and try that."),
    "pack_is_live": Row(Kind.CONFLICT, "いま公開中のルール集と同じものです。", "This is the very pack that is live."),
    "other_policy": Row(Kind.CONFLICT,
                        "サービス外連絡の方針が公開中のルール集と違うため、一部の利用者だけでは試せません。",
                        "Its policy on outside contact differs from the live pack's, so that it cannot be tried on some "
                        "accounts: the two sides of a contract would live under two policies."),
    "bad_percent": Row(Kind.INVALID, "割合は1から{most}までの整数で入力してください。",
                       "Give the share as a whole number from 1 to {most}."),
    "not_wider": Row(Kind.INVALID, "割合は、いまの{percent}%より大きくしてください。減らすときは、いったん止めてください。",
                     "Give a share above the present {percent} %. To make it smaller, stop the trial first."),
    "not_backtested": Row(Kind.CONFLICT,
                          "公開中のルール集との再判定が済んでいません。再判定をするか、しない理由を入力してください。",
                          "No back-test against the live pack is done. Run one, or say why not."),
})  # fmt: skip
MOST_PERCENT = 50
"""A pack that is to judge more than this goes live."""


def loaded(version: PackVersion) -> Judge:
    """Its judge, if it is still what was registered. Raises `Problem` bad_pack, pack_changed."""
    judge = judge_of(version.pack)
    if judge.digest != version.digest:
        raise Problem("pack_changed")
    return judge


def judge_of(name: str) -> Judge:
    try:
        return load(name)
    except PackError as error:
        raise Problem("bad_pack", why=str(error).split("\n", 1)[0][:300]) from None


def unchanged(version: PackVersion) -> bool:
    """Whether it is still what was registered."""
    try:
        loaded(version)
    except Problem:
        return False
    return True


@verb("pack.register")
def register(actor: Actor, thing: None, *, pack: str) -> PackVersion:
    """Make a pack known: an id of a built-in one or the folder of one's own. It is compiled and proved now."""
    judge = judge_of(name := fields.line(pack, "pack", 200))
    return PackVersion.objects.create(pack=name, version=judge.pack.version, digest=judge.digest)


@verb("pack.shadow")
def shadow(actor: Actor, version: PackVersion) -> PackVersion:
    """Let it judge everything beside the live one from now on, without effect."""
    alone("judging.shadow")
    if PackVersion.objects.filter(state=PackState.SHADOW).exists():
        raise Problem("shadow_taken")
    loaded(version)
    PACK.move(version, "shadow", current().held, policy().canary.waits)
    return version


@verb("pack.canary")
def canary(actor: Actor, version: PackVersion, *, percent: int) -> PackVersion:
    """Let it judge `percent` (1 to 50) of the accounts from now on, with effect. It stops by itself as the policy says."""
    alone("judging.canary")
    if PackVersion.objects.filter(state=PackState.CANARY).exclude(pk=version.pk).exists():
        raise Problem("canary_taken")
    judge, live = loaded(version), judges().live
    if version.pack == live or judge.digest == judge_of(live).digest:
        raise Problem("pack_is_live")
    if judge.pack.contact_request != judge_of(live).pack.contact_request:
        raise Problem("other_policy")
    PACK.move(
        version, "canary", current().held, policy().canary.waits,
        percent=_percent(percent), canary_at=clock.now(), stopped_because="", stopped_by_policy={},
    )  # fmt: skip
    return version


@verb("pack.widen")
def widen(actor: Actor, version: PackVersion, *, percent: int) -> PackVersion:
    """Try it on more accounts: those it judges already stay, others join them."""
    PACK.find(version.state, "widen", current().held)
    if _percent(percent) <= version.percent:
        raise Problem("not_wider", percent=version.percent)
    PACK.move(version, "widen", current().held, policy().canary.waits, percent=percent)
    return version


def _percent(value: int) -> int:
    if not 1 <= value <= MOST_PERCENT:
        raise Problem("bad_percent", most=MOST_PERCENT)
    return value


@verb("pack.stop")
def stop(actor: Actor, version: PackVersion, *, because: str) -> PackVersion:
    """End its trial: everybody is judged by the live one again. What it has judged stays as it was decided."""
    words = current().because = fields.text(because, "because", 1000)
    PACK.move(version, "stop", current().held, policy().canary.waits, stopped_because=words)
    return version


@verb("pack.stop_by_policy")
def stop_by_policy(actor: Actor, version: PackVersion, *, facts: dict[str, Any]) -> PackVersion:
    """The clock ends its trial, as the policy says (`facts`: see `watching.Trial`); operators are told."""
    current().because = "{count:,} of its last {texts:,} texts were {what}: more than {above:.1%}".format(**facts)
    PACK.move(version, "stop_by_policy", current().held, policy().canary.waits, stopped_by_policy=facts)
    tell("pack.stopped", version=version.id, **facts)
    return version


@verb("pack.go_live")
def go_live(actor: Actor, version: PackVersion, *, because: str, untested: str = "") -> PackVersion:
    """From now on it judges, also in deals that are open; the one before is retired.

    It needs a back-test against the pack that is live, or `untested`: why there is none. Raises `Problem` not_backtested,
    pack_changed, canary_taken (another is being tried on some accounts, beside a live one that would no longer be).
    """
    why = fields.text(because, "because", 1000)
    reason = fields.text(untested, "untested", 1000, blank=True)
    PACK.find(version.state, "go_live", current().held)
    loaded(version)
    if PackVersion.objects.filter(state=PackState.CANARY).exclude(pk=version.pk).exists():
        raise Problem("canary_taken")
    if not backtested(version) and not reason:
        raise Problem("not_backtested")
    current().because = f"{why}\n{reason}".strip() if not backtested(version) else why
    for former in PackVersion.objects.select_for_update().filter(state=PackState.LIVE):
        PACK.move(former, "replace", current().held, policy().canary.waits, ended_at=clock.now())
    PACK.move(version, "go_live", current().held, policy().canary.waits, live_at=clock.now(), percent=0)
    tell("pack.went_live", version=version.id)
    return version


def backtested(version: PackVersion) -> bool:
    """Whether a back-test of it against the pack that is live now is done and looked at something, or the two are the same."""
    live = judge_of(judges().live).digest
    if live == version.digest:
        return True
    done = BackTest.objects.filter(version=version, state=BackTestState.DONE, against_digest=live)
    return done.filter(result__texts__gt=0).exists()


@verb("pack.retire")
def retire(actor: Actor, version: PackVersion) -> PackVersion:
    """Put a draft or a shadow away."""
    PACK.move(version, "retire", current().held, policy().canary.waits, ended_at=clock.now())
    return version
