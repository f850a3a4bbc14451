"""Reports, cases, decisions and appeals of the small world, each in the state in which somebody can do something with it."""

from __future__ import annotations

import io
from types import SimpleNamespace
from typing import Any

from sekisho.market.deals import log
from sekisho.market.files import verbs as files
from sekisho.market.kernel.ids import new_id
from sekisho.market.linkage import verbs as linkage
from sekisho.market.safety import appeals, bulk, claims, decisions, reports
from sekisho.market.safety.models import Case, Decision, Report

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)
"""A picture of one pixel."""


def around_safety(things: dict[str, Any], cast: dict[str, Any]) -> None:
    """花子 has reported 株式会社あおば often: waiting, held, proposed, decided, appealed, dismissed, asked again."""
    aoba, minarai = cast["aoba"].actor, cast["minarai"].actor
    for name in ("open", "held", "second", "decided", "appealed", "dismissed", "again"):
        things[f"report_{name}"] = report = _report(cast, name)
        things[f"case_{name}"] = Case.objects.get(pk=report.case_id)
    things["evidence"] = files.upload(
        cast["hanako"].actor, None, name="画面.png", stream=io.BytesIO(PNG), for_="evidence"
    )
    claims.claim(minarai, things["case_held"])
    things["decision_waiting"] = _decided(minarai, things["case_second"], "ban")
    things["decision_done"] = _decided(minarai, things["case_decided"], "warning")
    things["decision_appealed"] = _decided(minarai, things["case_appealed"], "warning")
    for name in ("dismissed", "again"):
        _decided(minarai, things[f"case_{name}"], "")
    things["appeal"] = appeals.file(aoba, things["decision_appealed"], text="誤解です。")
    again = Report.objects.get(pk=things["report_again"].pk)
    things["appeal_again"] = appeals.file(cast["hanako"].actor, again, text="もう一度見てください。")
    _many(things, cast)
    things["appeal_word"] = SimpleNamespace(pk=appeals.link(things["decision_done"]))
    things["no_word"] = SimpleNamespace(pk="nonsense")
    cast["aoba"].refresh_from_db()


def _many(things: dict[str, Any], cast: dict[str, Any]) -> None:
    """A bulk decision in each state, and a link that is explained."""
    minarai, told = cast["minarai"].actor, {"because": "同じ内容のため", "breach": False, "rule": "other",
                                            "public_reason": "違反は見当たりませんでした。"}  # fmt: skip
    for name in ("", "_running", "_done"):
        things[f"bulk{name}"] = row = bulk.prepare(minarai, None, cases=[things["case_open"]], **told)
        if name:
            things[f"bulk{name}"] = row = bulk.start(minarai, row)
        if name == "_done":
            bulk.stop(minarai, row)
    things["explanation"] = linkage.mark_innocent(
        minarai, None, cause="family", because="ご家族です。", accounts=[cast["hanako"].id, cast["taro"].id]
    )  # fmt: skip


def _report(cast: dict[str, Any], name: str) -> Report:
    deal = log.open_deal(cast["aoba"].id, cast["hanako"].id, new_id(), f"案件 {name}")
    return reports.file(
        cast["hanako"].actor, None, about="deal", about_id=deal.id, category="channel_solicitation", text=f"報告の文 {name}"
    )  # fmt: skip


def _decided(moderator: Any, case: Case, sanction: str) -> Decision:
    claims.claim(moderator, case)
    return decisions.make(
        moderator, case, breach=bool(sanction), rule="channel_solicitation", public_reason="記録を確認しました。",
        private_note="控え。", orders=[{"kind": sanction}] if sanction else [],
    )  # fmt: skip
