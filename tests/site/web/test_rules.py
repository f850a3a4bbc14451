"""Packs are tried and made live from pages; examples are masked there; precision stands beside the rule."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from uuid import uuid4

from django.test import Client
from tests.market.judging.packs_stage import LINE, PLAIN, judged, mild, strict
from tests.market.stage import LURE, POSTING, Stage

from sekisho.market.judging.models import BackTest, BackTestExample, PackVersion, Rescan
from sekisho.market.judging.precision import record_outcome
from sekisho.market.kernel import outbox

LONG = (
    "山田花子と申します。先日はお打ち合わせをありがとうございました。" + LINE + "お体にお気をつけください。"
)


def page(browser: Client, address: str) -> str:
    """A page's words."""
    answer = browser.get(address)
    assert answer.status_code == 200
    return str(answer.content.decode())


def registered(browser: Client, pack: str) -> PackVersion:
    """A pack made known from the page."""
    assert browser.post("/house/rules", {"pack": pack}).status_code == 302
    return PackVersion.objects.order_by("-made_at")[0]


def ran(browser: Client, pack: PackVersion) -> BackTest:
    """A back-test of it, asked for from its page and run."""
    browser.post(f"/packs/{pack.pk}/backtest-ask", {"days": "7"})
    outbox.deliver(500)
    return BackTest.objects.order_by("-at")[0]


def test_a_pack_goes_from_registration_to_live_through_pages(
    cast: dict[str, Any], browsers: dict[str, Client], tmp_path: Path
) -> None:
    judged(cast, LONG, PLAIN)
    operator = browsers["kancho"]
    pack = registered(operator, strict(tmp_path))
    test = ran(operator, pack)
    told = page(operator, f"/house/rules/backtests/{test.pk}")
    assert "1 / 2" in told
    assert "規約違反の可能性が高い・注意を促す" in told
    assert "規約違反の可能性が高い・保留する" in told
    operator.post(f"/packs/{pack.pk}/shadow")
    operator.post(f"/packs/{pack.pk}/go_live", {"because": "再判定の結果に問題がないため", "untested": ""})
    assert "公開中" in page(operator, f"/house/rules/packs/{pack.pk}")


def test_going_live_untested_is_refused_on_the_page_with_the_reason(
    cast: dict[str, Any], browsers: dict[str, Client], tmp_path: Path
) -> None:
    pack = registered(browsers["kancho"], strict(tmp_path))
    browsers["kancho"].post(f"/packs/{pack.pk}/shadow")
    answer = browsers["kancho"].post(f"/packs/{pack.pk}/go_live", {"because": "急ぎ"})
    assert answer.status_code == 409
    assert "再判定が済んでいません" in answer.content.decode()


def test_an_example_is_masked_until_a_purpose_is_given(
    cast: dict[str, Any], browsers: dict[str, Client], tmp_path: Path
) -> None:
    judged(cast, LONG)
    address = f"/house/rules/backtests/{ran(browsers['kancho'], registered(browsers['kancho'], strict(tmp_path))).pk}"
    masked = page(browsers["minarai"], address)
    assert "<mark>" in masked
    assert "山田花子" not in masked
    browsers["minarai"].post(
        f"/examples/{BackTestExample.objects.get().pk}/unmask", {"purpose": "誤判定の確認"}
    )
    assert "山田花子" in page(browsers["minarai"], address)
    assert "山田花子" not in page(browsers["kancho"], address)


def test_progress_is_shown_while_it_runs(
    cast: dict[str, Any], browsers: dict[str, Client], tmp_path: Path
) -> None:
    judged(cast, PLAIN, LINE)
    pack = registered(browsers["kancho"], strict(tmp_path))
    browsers["kancho"].post(f"/packs/{pack.pk}/backtest-ask", {"days": "30"})
    outbox.deliver(1)
    told = page(browsers["kancho"], f"/house/rules/backtests/{BackTest.objects.get().pk}")
    assert '<progress value="0" max="2">' in told
    assert "2件のうち0件が済みました" in told


def test_a_trial_is_begun_widened_and_stopped_with_its_limits_in_sight(
    cast: dict[str, Any], browsers: dict[str, Client], tmp_path: Path
) -> None:
    operator = browsers["kancho"]
    pack = registered(operator, strict(tmp_path))
    operator.post(f"/packs/{pack.pk}/canary", {"percent": "5"})
    assert "一部の利用者で試行中 5%" in page(operator, f"/house/rules/packs/{pack.pk}")
    operator.post(f"/packs/{pack.pk}/widen", {"percent": "10"})
    assert "10%を上回ると" not in page(browsers["minarai"], f"/house/rules/packs/{pack.pk}")
    operator.post(f"/packs/{pack.pk}/stop", {"because": "説明が足りないため"})
    assert "説明が足りないため" in page(operator, f"/house/rules/packs/{pack.pk}")


def test_a_trial_that_stopped_by_itself_says_why(browsers: dict[str, Client], tmp_path: Path) -> None:
    pack = registered(browsers["kancho"], strict(tmp_path))
    PackVersion.objects.filter(pk=pack.pk).update(
        stopped_by_policy={"what": "held", "count": 6, "texts": 50, "above": 0.1}
    )
    assert "直近50件のうち6件を止め、上限の10%を超えました。" in page(browsers["minarai"], f"/house/rules/packs/{pack.pk}")


def test_a_rescan_is_listed_and_confirmed_and_takes_nothing_down(
    stage: Stage, browsers: dict[str, Client], tmp_path: Path
) -> None:
    operator, because = browsers["kancho"], {"because": "公開します", "untested": "判定した文がまだないため"}
    for make, acts in ((mild, ()), (strict, ("rescan-ask",))):
        pack = registered(operator, make(tmp_path))
        operator.post(f"/packs/{pack.pk}/shadow")
        operator.post(f"/packs/{pack.pk}/go_live", because)
        if make is mild:
            job = stage.job(title="確認の要る案件", body=f"{POSTING['body']}{LURE}")
        for act in acts:
            operator.post(f"/packs/{pack.pk}/{act}")
    outbox.deliver(500)
    rescan = Rescan.objects.get()
    assert "確認の要る案件" in page(operator, f"/house/rules/rescans/{rescan.pk}")
    operator.post(f"/rescans/{rescan.pk}/confirm")
    outbox.deliver(500)
    assert "確認に回しました" in page(operator, f"/house/rules/rescans/{rescan.pk}")
    job.refresh_from_db()
    assert job.state == "open"


def test_precision_stands_beside_the_rule(cast: dict[str, Any], browsers: dict[str, Client]) -> None:
    for confirmed in (True, True, True, False):
        record_outcome(
            judged(cast, LINE)[0], ["steers-to-outside-tool"], confirmed=confirmed, decision=uuid4()
        )
    told = page(browsers["minarai"], "/house/rules")
    assert "steers-to-outside-tool" in told
    assert "75%" in told


def test_a_moderator_reads_and_an_operator_decides(
    cast: dict[str, Any], browsers: dict[str, Client], tmp_path: Path
) -> None:
    pack = registered(browsers["kancho"], strict(tmp_path))
    assert "/shadow" not in page(browsers["minarai"], f"/house/rules/packs/{pack.pk}")
    assert browsers["hanako"].get(f"/house/rules/packs/{pack.pk}").status_code == 404
    assert browsers["minarai"].post(f"/packs/{pack.pk}/shadow").status_code == 403
