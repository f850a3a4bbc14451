"""The rest of the small world: what is asked for, proposed, held, decided and kept around its deals."""

from __future__ import annotations

import io
from typing import Any

from django.utils import timezone

from sekisho.market.contracts import changes, reviews, settlements, terminations
from sekisho.market.contracts import verbs as contracts
from sekisho.market.contracts.models import Dispute, Review, Statement
from sekisho.market.contracts.states import DisputeState
from sekisho.market.deals.models import Deal
from sekisho.market.exposure import verbs as exposures
from sekisho.market.files import verbs as files
from sekisho.market.jobs import applications, invitations
from sekisho.market.jobs import verbs as jobs
from sekisho.market.jobs.models import Application, Revision
from sekisho.market.judging import packs
from sekisho.market.judging.judge import judge_text
from sekisho.market.judging.models import BackTest, BackTestExample, PackVersion, Rescan, RescanFinding
from sekisho.market.ledger import imports, payouts
from sekisho.market.ledger.models import Unmatched
from sekisho.market.people.models import Token
from sekisho.market.people.verbs import make_token
from sekisho.market.personal_data import recruiter
from sekisho.market.personal_data import verbs as personal_data
from site_stories import funded

LURE = "今後の連絡はLINEでお願いします。IDは aoba_line です。"
STATEMENT = "日付,摘要,入金\n2026-09-30,ﾌﾒｲ,700".encode()


def around_contracts(things: dict[str, Any], cast: dict[str, Any]) -> None:
    """A request to end, a change, disputes where they can be answered, words that are held."""
    client, worker, operator = (cast[name].actor for name in ("aoba", "hanako", "kancho"))
    deal = things["deal"]
    things["termination"] = terminations.ask(
        client, funded(cast, deal), reason_code="plans_changed", text="予定が変わりました。"
    )
    things["change"] = changes.propose(client, funded(cast, deal), terms="12本、各400字")
    things["dispute"] = Dispute.objects.get(contract=things["disputed"])
    for name in ("waiting", "proposed", "decision"):
        contract = contracts.dispute(worker, funded(cast, deal), because="作業の途中です。")
        Dispute.objects.filter(contract=contract).update(
            state=name, to_worker=0, because="案", due_at=timezone.now()
        )
        things[f"dispute_{name}"] = Dispute.objects.get(contract=contract)
    undecided = contracts.dispute(worker, funded(cast, deal), because="作業の途中です。")
    Dispute.objects.filter(contract=undecided).update(state=DisputeState.DECISION)
    things["settlement"] = settlements.propose(
        operator, Dispute.objects.get(contract=undecided), to_worker=0, because="まだ何も納品されていません。"
    )
    things["review"] = _hidden_review(cast, deal)
    contracts.deliver(worker, funded(cast, deal), note=LURE)
    things["statement"] = Statement.objects.filter(state="held").get()


def _hidden_review(cast: dict[str, Any], deal: Deal) -> Review:
    """A review that waits for a moderator."""
    client, worker = cast["aoba"].actor, cast["hanako"].actor
    contract = funded(cast, deal)
    contracts.deliver(worker, contract, note="納品いたします。")
    contracts.accept(client, contract)
    return reviews.review(worker, contract, stars=1, text=LURE)


def around_jobs(things: dict[str, Any], cast: dict[str, Any]) -> None:
    """An edit and an application that wait for a moderator, and an invitation."""
    client, stranger = cast["aoba"].actor, cast["taro"].actor
    job = things["job_new"]
    edit = {
        "title": job.title,
        "body": f"{job.body}応募の前に{LURE}",
        "category": "writing",
        "pay_text": job.pay_text,
    }
    jobs.edit(client, job, **edit)
    things["revision"] = Revision.objects.get()
    things["invitation"] = invitations.invite(client, things["job_open"], worker=cast["taro"])
    for _ in range(4):
        applications.apply(stranger, job, text=LURE)
        held = Application.objects.filter(state="held").first()
        if held is not None:
            things["application_held"] = held
            return
    raise AssertionError("no application was held")


def around_money(things: dict[str, Any], cast: dict[str, Any], bank: dict[str, str]) -> None:
    """A payout that was sent in a list, one that waits; a statement with a deposit that is nobody's."""
    worker, operator = cast["hanako"].actor, cast["kancho"].actor
    payouts.set_bank_account(worker, None, **bank)
    payouts.ask_payout(worker, None, amount=1_000)
    things["batch"] = payouts.list_payouts(operator, None)
    things["payout_sent"] = things["batch"].payouts.get()
    things["payout_paid"] = payouts.confirm_payout(operator, payouts.ask_payout(worker, None, amount=1_000))
    things["payout"] = payouts.ask_payout(worker, None, amount=1_000)
    things["bank_statement"] = imports.import_statement(operator, None, content=STATEMENT)
    things["unmatched"] = Unmatched.objects.get()


def around_people(things: dict[str, Any], cast: dict[str, Any]) -> None:
    """Files, personal data that is asked for and that was given, a token, a pack."""
    things["pack"] = packs.register(cast["kancho"].actor, None, pack="crowdworks")
    client, worker = cast["aoba"].actor, cast["hanako"].actor
    things["upload"] = files.upload(
        client, None, name="資料.txt", stream=io.BytesIO("資料".encode()), for_="message"
    )
    things["data_request"] = personal_data.ask(
        client, things["deal"], kinds=("address",), purpose="見本をお送りするため"
    )
    given = personal_data.ask(client, things["free_deal"], kinds=("address",), purpose="見本をお送りするため")
    things["data_given"] = personal_data.approve(worker, given, values={"address": "東京都千代田区1-1"})
    things["exposure"] = exposures.write(worker, None, given=({"kind": "phone", "tool": "line"},))
    recruiter.write(client, None, name="株式会社あおば")
    make_token(client, None, "of the world")
    things["token"] = Token.objects.get(account=cast["aoba"], name="of the world")


def around_rules(things: dict[str, Any], cast: dict[str, Any]) -> None:
    """A pack in every state, a back-test in each that matters with an example, a rescan under way and one to confirm."""
    operator, now = cast["kancho"].actor, timezone.now()
    things["pack"] = packs.register(operator, None, pack="upwork")
    made = {f.attname: getattr(things["pack"], f.attname) for f in PackVersion._meta.fields if f.name != "id"}
    for state in ("shadow", "canary"):
        # On trial with no account at all: the rest of the world is judged as ever.
        things[f"pack_{state}"] = PackVersion.objects.create(**made | {"state": state, "percent": 0, "canary_at": now})
    things["pack_live"] = PackVersion.objects.create(**made | {"pack": "standard", "state": "live"})
    period = {"version": things["pack"], "against": "standard", "since": now, "until": now, "asked_by": operator.id}
    things["backtest"] = BackTest.objects.create(**period, state="cancelled")
    things["backtest_running"] = BackTest.objects.create(**period, state="running")
    words = judge_text(LURE, kind="message", sender="client")
    outcome = {"verdict": "clear", "action": "allow", "rules": []}
    things["example"] = BackTestExample.objects.create(
        backtest=things["backtest"], judgement=words, change="-x", before=outcome, after=outcome, evidence=[[7, 11, "x"]]
    )
    asked = {"asked_by": operator.id, "source": "job"}
    things["rescan"] = Rescan.objects.create(version=things["pack_live"], state="previewed", **asked)
    RescanFinding.objects.create(
        rescan=things["rescan"], source="job", subject=things["job_open"].id, verdict="violation", rules=["x"]
    )
    things["rescan_running"] = Rescan.objects.create(version=things["pack_live"], **asked)
