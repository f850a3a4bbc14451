"""A back-test judges again what was judged, says what would change, survives a kill, and shows examples masked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tests.market.judging.packs_stage import LINE, PLAIN, judged, mild, strict, version
from tests.market.judging.test_judging import MAKERS
from tests.market.stage import refused
from tests.market.stories import new_deal, say

from sekisho.core.detection import library
from sekisho.market.deals import log
from sekisho.market.judging import backtests, examples, packs, replaying
from sekisho.market.judging.background import forget
from sekisho.market.judging.judge import judge_posting, keep_event
from sekisho.market.judging.masking import HIDDEN
from sekisho.market.judging.models import BackTest, BackTestExample, BackTestPart, Judgement, PackVersion
from sekisho.market.judging.policy import policy
from sekisho.market.kernel import clock, outbox
from sekisho.market.kernel.ids import new_id
from sekisho.market.kernel.models import AuditEntry, OutboxRow
from sekisho.market.kernel.sweep import sweep
from sekisho.market.notices.models import Notice


def done(operator: Any, pack: str, **options: Any) -> BackTest:
    """A back-test of a pack, run to its end."""
    test = backtests.ask(operator, version(operator, pack), **options)
    outbox.deliver(500)
    test.refresh_from_db()
    return test


def small_steps(monkeypatch: pytest.MonkeyPatch, texts: int = 2) -> None:
    """Steps of a few texts."""
    whole = replace(policy(), backtest=replace(policy().backtest, step_texts=texts))
    for module in (backtests, replaying):
        monkeypatch.setattr(module, "policy", lambda: whole)


def test_a_pack_against_itself_has_no_difference(cast: dict[str, Any]) -> None:
    for make in MAKERS.values():
        make(cast)
    test = done(cast["kancho"].actor, "standard")
    assert (test.state, test.result["texts"], test.result["differs"]) == ("done", test.total, 0)
    assert test.total >= len(MAKERS)
    assert all(gained == lost == 0 for _, gained, lost in test.result["rules"].values())
    assert not test.examples.exists()


def test_what_another_engine_judged_is_judged_again_by_both(
    cast: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = judged(cast, LINE)[0]
    Judgement(**{f.attname: getattr(row, f.attname) for f in Judgement._meta.fields} | {
        "id": new_id(), "digest": "of an older engine", "verdict": "clear", "action": "allow", "findings": [],
    }).save(force_insert=True)  # fmt: skip
    assert done(cast["kancho"].actor, strict(tmp_path)).result["changes"] == {
        "violation/nudge>violation/hold": 2
    }


def test_what_changes_is_counted_by_verdict_action_and_rule(cast: dict[str, Any], tmp_path: Path) -> None:
    judged(cast, LINE, PLAIN, LINE + "よろしくお願いします。")
    test = done(cast["kancho"].actor, strict(tmp_path))
    assert test.result["changes"] == {"violation/nudge>violation/hold": 2}
    assert test.result["rules"] == {"steers-to-outside-tool": [2, 0, 0]}
    assert (test.result["texts"], test.result["differs"]) == (3, 2)
    assert replaying.holds_a_day(test) == (0.0, 2.0)


def test_a_rule_that_is_switched_off_is_listed_as_lost(cast: dict[str, Any], tmp_path: Path) -> None:
    judged(cast, LINE)
    pack = strict(tmp_path)
    Path(pack, "pack.toml").write_text(
        Path(pack, "pack.toml").read_text("utf-8").replace('"violation"', '"clear"'), "utf-8"
    )
    test = done(cast["kancho"].actor, pack)
    assert test.result["rules"] == {"steers-to-outside-tool": [0, 0, 1]}


def test_a_kill_in_the_middle_of_a_step_changes_nothing_of_the_result(
    cast: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(cast, *(f"{LINE}{n}" for n in range(7)), PLAIN)
    small_steps(monkeypatch)
    expected = done(cast["kancho"].actor, strict(tmp_path)).result
    test = backtests.ask(cast["kancho"].actor, PackVersion.objects.get())
    calls, real = [0], replaying.glance

    def killed(*given: Any) -> Any:
        calls[0] += 1
        if calls[0] in (2, 5):
            raise KeyboardInterrupt
        return real(*given)

    monkeypatch.setattr(replaying, "glance", killed)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            outbox.deliver(500)
    outbox.deliver(500)
    test.refresh_from_db()
    assert (test.state, test.result) == ("done", expected)


def test_progress_is_told_step_by_step(
    cast: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(cast, *(f"{PLAIN}{n}" for n in range(6)))
    small_steps(monkeypatch)
    test = backtests.ask(cast["kancho"].actor, version(cast["kancho"].actor, strict(tmp_path)))
    seen = []
    while outbox.deliver(1):
        test.refresh_from_db()
        seen.append((test.state, test.looked_at))
    assert ("running", 2) in seen
    assert seen == sorted(seen, key=lambda row: row[1])
    assert test.total == test.looked_at == 6


def test_a_cancelled_one_goes_no_further(
    cast: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged(cast, *(f"{PLAIN}{n}" for n in range(6)))
    small_steps(monkeypatch)
    operator = cast["kancho"].actor
    test = backtests.ask(operator, version(operator, strict(tmp_path)))
    outbox.deliver(2)
    backtests.cancel(operator, test)
    before = test.looked_at
    outbox.deliver(500)
    test.refresh_from_db()
    assert (test.state, test.looked_at, test.result) == ("cancelled", before, {})
    assert not OutboxRow.objects.filter(done_at=None).exists()


def test_a_pack_that_changes_meanwhile_fails_it_with_the_reason(cast: dict[str, Any], tmp_path: Path) -> None:
    judged(cast, LINE)
    operator = cast["kancho"].actor
    test = backtests.ask(operator, version(operator, strict(tmp_path)))
    mild(tmp_path)
    Path(tmp_path, "strict", "pack.toml").write_text(
        Path(tmp_path, "mild", "pack.toml").read_text("utf-8"), "utf-8"
    )
    library.forget()
    outbox.deliver(500)
    test.refresh_from_db()
    assert test.state == "failed"
    assert test.error == "changed"
    assert Notice.objects.filter(account=cast["kancho"], topic="backtest.failed").exists()


def test_one_whose_steps_were_given_up_fails_by_the_clock(cast: dict[str, Any], tmp_path: Path) -> None:
    judged(cast, LINE)
    operator = cast["kancho"].actor
    test = backtests.ask(operator, version(operator, strict(tmp_path)))
    with clock.ahead(timedelta(minutes=policy().backtest.stall_minutes + 1)):
        sweep()
    test.refresh_from_db()
    assert test.state == "failed"


def test_erased_words_are_not_replayed_and_are_counted(cast: dict[str, Any], tmp_path: Path) -> None:
    forget(judged(cast, LINE, PLAIN)[0])
    assert done(cast["kancho"].actor, strict(tmp_path)).result["not_replayed"] == {"erased": 1}


def test_one_at_a_time_and_no_more_days_than_the_policy_has(cast: dict[str, Any], tmp_path: Path) -> None:
    operator = cast["kancho"].actor
    pack = version(operator, strict(tmp_path))
    with refused("bad_days"):
        backtests.ask(operator, pack, days=policy().backtest.most_days + 1)
    backtests.ask(operator, pack)
    with refused("backtest_running"):
        backtests.ask(operator, pack)
    with refused("not_yours"):
        backtests.ask(cast["minarai"].actor, pack)


def example(cast: dict[str, Any], tmp_path: Path, text: str) -> BackTestExample:
    """The example of a text that comes out differently."""
    judged(cast, text)
    return done(cast["kancho"].actor, strict(tmp_path)).examples.get()


LONG = (
    f"山田花子と申します。先日はお打ち合わせをありがとうございました。{LINE}"
    "原稿料は月末にお支払いします。お体にお気をつけください。"
)


def shown(row: BackTestExample) -> str:
    """As the pages show it to whoever has given no purpose."""
    return examples.shown(row, None).text


def test_an_example_shows_its_evidence_and_hides_the_rest(cast: dict[str, Any], tmp_path: Path) -> None:
    row = example(cast, tmp_path, LONG)
    text = shown(row)
    assert len(text) == len(LONG)
    assert "LINE" in text
    assert "山田" not in text
    assert "お体" not in text
    assert text.count(HIDDEN) > 20


def test_a_contact_beside_the_evidence_is_hidden(cast: dict[str, Any], tmp_path: Path) -> None:
    text = shown(example(cast, tmp_path, "LINEでお願いします。IDは hanako_77 です。電話は090-1234-5678。"))
    assert "LINE" in text
    assert not any(secret in text for secret in ("hanako_77", "hanako", "1234"))


def test_a_contact_in_a_message_of_a_deal_is_hidden_also_when_it_comes_in_pieces(
    cast: dict[str, Any], tmp_path: Path
) -> None:
    deal = new_deal(cast)
    texts = (f"{LINE}私のIDは hanako_77 です。", f"{LINE}電話は090-", f"1234-5678です。{LINE}")
    for text in texts:
        seen = log.foresee(deal, "message", by="client", content={"text": text})
        keep_event(text, seen, kind="message", subject=deal.id, writer=cast["aoba"].id)
        say(deal, "client", text)
    test = done(cast["kancho"].actor, mild(tmp_path))
    for judgement in Judgement.objects.exclude(pk__in=test.examples.values("judgement")):
        replaying._example(test, str(judgement.pk), "whatever it came to")
    hidden = [shown(row) for row in test.examples.all()]
    assert len(hidden) == len(texts)
    assert not any(secret in text for text in hidden for secret in ("hanako", "_77", "1234", "5678"))


def test_the_evidence_of_a_posting_stands_where_it_is_in_title_and_body(cast: dict[str, Any], tmp_path: Path) -> None:
    judge_posting({"title": "在宅でできる商品紹介文のお仕事です", "body": f"商品紹介文を10本お願いします。{LINE}"})
    row = done(cast["kancho"].actor, strict(tmp_path)).examples.get()
    assert all(row.judgement.text[start:end] in LINE for start, end, _ in row.evidence)
    assert "在宅" not in shown(row)


def test_an_example_keeps_no_words_of_its_own(cast: dict[str, Any], tmp_path: Path) -> None:
    row = example(cast, tmp_path, LONG)
    told = repr([getattr(row, f.attname) for f in BackTestExample._meta.fields])
    parts = repr(list(BackTestPart.objects.values_list("tally", flat=True)))
    assert "LINE" not in told + parts


def test_unmasking_asks_a_purpose_is_on_record_and_ends(cast: dict[str, Any], tmp_path: Path) -> None:
    row, moderator = example(cast, tmp_path, LONG), cast["minarai"]
    with refused("blank"):
        backtests.unmask(moderator.actor, row, purpose=" ")
    with refused("not_found"):
        backtests.unmask(cast["hanako"].actor, row, purpose="見たい")
    assert not row.readable_to(moderator.id)
    backtests.unmask(moderator.actor, row, purpose="誤判定かどうかを確かめるため")
    assert examples.shown(row, moderator.id).text == LONG
    assert not row.readable_to(cast["kancho"].id)
    assert AuditEntry.objects.get(action="example.unmask").because == "誤判定かどうかを確かめるため"
    with clock.ahead(timedelta(minutes=policy().mask.unmask_minutes, seconds=1)):
        assert not row.readable_to(moderator.id)


def test_going_live_needs_a_back_test_against_the_live_pack_or_a_reason(
    cast: dict[str, Any], tmp_path: Path
) -> None:
    operator = cast["kancho"].actor
    judged(cast, LINE)
    pack = packs.shadow(operator, version(operator, strict(tmp_path)))
    with refused("not_backtested"):
        packs.go_live(operator, pack, because="試行の結果")
    backtests.ask(operator, pack)
    outbox.deliver(500)
    packs.go_live(operator, pack, because="再判定の結果に問題がないため")
    other = packs.shadow(operator, version(operator, mild(tmp_path)))
    packs.go_live(operator, other, because="急ぎ", untested="誤判定が続いているため、先に止めます")
    entry = AuditEntry.objects.filter(action="pack.go_live").order_by("at").last()
    assert entry is not None
    assert "先に止めます" in entry.because


def test_a_changed_pack_is_not_tried_nor_made_live(cast: dict[str, Any], tmp_path: Path) -> None:
    operator = cast["kancho"].actor
    pack = version(operator, strict(tmp_path))
    strict_file = Path(tmp_path, "strict", "pack.toml")
    strict_file.write_text(strict_file.read_text("utf-8").replace('version = "1"', 'version = "2"'), "utf-8")
    library.forget()
    for verb, more in ((packs.shadow, {}), (packs.canary, {"percent": 5}), (backtests.ask, {})):
        with refused("pack_changed"):
            verb(operator, pack, **more)
    assert not packs.unchanged(pack)
