"""Every verb that people have can be done from a page; a refused one keeps what was typed; pages are as safe as promised."""

from __future__ import annotations

import ast
import inspect
from datetime import timedelta
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from django.test import Client
from tests.market.stage import LURE, Stage
from tests.site.web.test_pages import BANK, JOB

from sekisho.interfaces.web import views
from sekisho.interfaces.web.acting import CHOICES, FILES, MORE
from sekisho.interfaces.web.acts import ACTS
from sekisho.interfaces.web.places import THINGS
from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contracts.models import Change, Contract, Dispute, Settlement, Termination
from sekisho.market.jobs.models import Application, Job
from sekisho.market.kernel import clock
from sekisho.market.kernel.permits import TABLE
from sekisho.market.kernel.sweep import sweep
from sekisho.market.kernel.verbs import VERBS
from sekisho.market.ledger.models import DepositReference, PayoutBatch, Unmatched

INNER = {
    "payout.send": "part of making a list for the bank",
    "unmatched.enter": "part of reading a statement in",
    "deal.take_event": "a marketplace's back end hands its own events in by the API; its people have its pages",
}
"""Verbs that have no page, and why. What only the clock or an authority may do has none either."""


def called(module: ModuleType) -> set[str]:
    """The verbs that a module's code names."""
    names = {id(function): action for action, function in VERBS.items()}
    found = set()
    for node in ast.walk(ast.parse(inspect.getsource(module))):
        if isinstance(node, ast.Name):
            found.add(names.get(id(getattr(module, node.id, None))))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = getattr(module, node.value.id, None)
            found.add(names.get(id(getattr(owner, node.attr, None))))
    return {name for name in found if name}


def test_every_verb_that_people_have_is_on_a_page() -> None:
    modules = [import_module(f"{views.__name__}.{found.name}") for found in iter_modules(views.__path__)]
    on_pages = ACTS.keys() | {action for module in modules for action in called(module)}
    for_people = {action for action in VERBS if set(TABLE[action].by) - {"clock", "authority"}}
    assert for_people - on_pages == set(INNER)


def test_every_act_with_a_button_is_one_that_some_thing_offers() -> None:
    moves = {f"{name}.{verb}" for name, row in THINGS.items() if row.table for verb in row.table.verbs}
    assert ACTS.keys() - moves - {action for more in MORE.values() for action in more} == set()


def test_every_field_is_of_a_kind_that_the_pages_know() -> None:
    kinds = {field.kind for act in ACTS.values() for field in act.fields}
    assert kinds - CHOICES.keys() - {"text", "line", "yen", "date", *FILES} == set()


def test_a_refused_act_keeps_what_was_typed_in_its_own_form(
    stage: Stage, browsers: dict[str, Client]
) -> None:
    contract = stage.funded()
    page = browsers["hanako"].post(
        f"/contracts/{contract.id}/termination-ask", {"reason_code": "nonsense", "text": "体調を崩しました。"}
    )
    assert (page.status_code, "体調を崩しました。" in page.content.decode()) == (400, True)
    assert not Termination.objects.exists()


def test_a_form_can_be_sent_twice_without_being_done_twice(stage: Stage, browsers: dict[str, Client]) -> None:
    contract = stage.funded()
    typed = {"terms": "10本、各500字。", "deadline": "", "key": "once"}
    for _ in range(2):
        assert browsers["aoba"].post(f"/contracts/{contract.id}/change-propose", typed).status_code == 302
    assert Change.objects.count() == 1


def test_terms_are_changed_by_both(stage: Stage, browsers: dict[str, Client]) -> None:
    contract = stage.funded()
    browsers["aoba"].post(f"/contracts/{contract.id}/change-propose", {"terms": "12本、各400字。"})
    browsers["hanako"].post(f"/changes/{Change.objects.get().id}/agree")
    assert Contract.objects.get(pk=contract.pk).terms == "12本、各400字。"


def test_what_was_agreed_outside_is_recorded_and_confirmed(stage: Stage, browsers: dict[str, Client]) -> None:
    contract = stage.funded()
    told = {
        "agreed_on": str(clock.now().date() - timedelta(days=1)),
        "tool": "Zoom",
        "terms": "10本、各400字。写真は不要。",
    }
    browsers["aoba"].post(f"/contracts/{contract.id}/change-record_outside", told)
    browsers["hanako"].post(f"/changes/{Change.objects.get().id}/agree")
    assert "写真は不要" in browsers["hanako"].get(f"/contracts/{contract.id}").content.decode()


def test_a_funded_contract_is_ended_by_agreement(stage: Stage, browsers: dict[str, Client]) -> None:
    contract = stage.funded()
    asked = {"reason_code": "both_agree", "text": "日程が合わなくなりました。"}
    browsers["hanako"].post(f"/contracts/{contract.id}/termination-ask", asked)
    browsers["aoba"].post(f"/terminations/{Termination.objects.get().id}/agree")
    assert Contract.objects.get().state == "cancelled"


def test_a_dispute_is_decided_by_two_of_the_house(stage: Stage, browsers: dict[str, Client]) -> None:
    dispute = stage.undecided()
    case = f"/house/disputes/{dispute.id}"
    assert browsers["taro"].get(case).status_code == 404
    split = {"to_worker": "５，０００円", "because": "半分ほどが契約どおりです。"}
    browsers["minarai"].post(f"/disputes/{dispute.id}/settlement-propose", split)
    settlement = Settlement.objects.get()
    own = browsers["minarai"].post(f"/settlements/{settlement.id}/confirm")
    assert own.status_code == 403
    browsers["kancho"].post(f"/settlements/{settlement.id}/confirm")
    assert (Dispute.objects.get().state, Dispute.objects.get().to_worker) == ("decided", 5_000)


def test_an_approval_shows_the_four_criteria_and_declining_changes_nothing(
    stage: Stage, browsers: dict[str, Client]
) -> None:
    contract = stage.funded()
    asked = stage.asked(contract.deal)
    page = browsers["hanako"].get(f"/deals/{contract.deal_id}").content.decode()
    assert (
        page.count('<li class="met"') + page.count('<li class="unmet"') + page.count('<li class="unknown"')
        == 4
    )
    browsers["hanako"].post(f"/contact-requests/{asked.id}/decline")
    assert (ContactRequest.objects.get().state, Contract.objects.get().state) == ("declined", "funded")


def test_an_application_that_breaks_the_rules_comes_back_with_its_words(
    stage: Stage, browsers: dict[str, Client]
) -> None:
    job = stage.job(questions=("経験を教えてください",))
    page = browsers["hanako"].post(
        f"/jobs/{job.id}/apply", {"text": LURE, "answers": "10年の経験があります。"}
    )
    text = page.content.decode()
    assert "<mark>" in text
    assert "10年の経験があります。" in text
    assert Application.objects.get().state == "returned"
    assert LURE not in browsers["aoba"].get(f"/jobs/{job.id}").content.decode()


def test_an_invitation_leads_to_the_job(
    stage: Stage, cast: dict[str, Any], browsers: dict[str, Client]
) -> None:
    job = stage.job()
    browsers["aoba"].post(f"/people/{cast['taro'].id}/invite", {"job": str(job.id)})
    assert "招待が届いています" in browsers["taro"].get("/home").content.decode()


def test_a_statement_is_read_in_and_says_what_came_of_each_row(
    cast: dict[str, Any], browsers: dict[str, Client]
) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    browsers["aoba"].post("/money/reference")
    code = DepositReference.objects.get().code
    rows = f"日付,摘要,入金,出金\n2026-10-01,{code} アオバ,11000,\n2026-10-01,ナゾノヒト,500,\n"
    file = SimpleUploadedFile("meisai.csv", rows.encode("cp932"))
    page = browsers["kancho"].post("/house/money", {"file": file}, follow=True)
    assert "照合できない入金 1" in page.content.decode()
    browsers["kancho"].post(
        f"/unmatched/{Unmatched.objects.get().id}/assign", {"client": str(cast["aoba"].id)}
    )
    assert "11,500円" in browsers["aoba"].get("/money").content.decode()


def test_a_faulty_statement_moves_nothing_and_names_the_line(browsers: dict[str, Client]) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    file = SimpleUploadedFile("meisai.csv", "日付,摘要,入金,出金\n昨日,アオバ,11000,\n".encode())
    page = browsers["kancho"].post("/house/money", {"file": file})
    assert (page.status_code, "昨日" in page.content.decode()) == (400, True)


def test_a_list_for_the_bank_is_only_downloaded(stage: Stage, browsers: dict[str, Client]) -> None:
    stage.completed()
    browsers["hanako"].post("/money/bank", BANK)
    browsers["hanako"].post("/money", {"amount": "5000"})
    browsers["kancho"].post("/house/money/list")
    file = browsers["kancho"].post(f"/house/money/lists/{PayoutBatch.objects.get().id}")
    assert file["Content-Disposition"].startswith("attachment")
    assert "1234567" not in browsers["hanako"].get("/money").content.decode()


def test_a_statement_is_a_page_and_a_file(stage: Stage, browsers: dict[str, Client]) -> None:
    stage.completed()
    assert "繰越" in browsers["aoba"].get("/money/statement?side=client").content.decode()
    file = browsers["aoba"].get("/money/statement.csv?side=client")
    assert file["Content-Disposition"].startswith("attachment")
    assert browsers["aoba"].get("/money/statement?first=nonsense").status_code == 400


def test_held_texts_are_released_at_the_desk(stage: Stage, browsers: dict[str, Client]) -> None:
    browsers["aoba"].post("/jobs/new", JOB | {"body": LURE + "登録料3,000円を先にお振込みください。"})
    job = Job.objects.get()
    assert LURE in browsers["minarai"].get("/house").content.decode().replace("<mark>", "").replace(
        "</mark>", ""
    )
    refused = browsers["minarai"].post(f"/jobs/{job.id}/send_back", {"because": " "})
    assert refused.status_code == 400
    browsers["minarai"].post(f"/jobs/{job.id}/send_back", {"because": "連絡先は書けません。"})
    assert "連絡先は書けません。" in browsers["aoba"].get(f"/jobs/{job.id}").content.decode()


def test_a_dispute_goes_from_evidence_to_a_proposal_through_pages(
    stage: Stage, browsers: dict[str, Client]
) -> None:
    dispute = stage.disputed()
    browsers["aoba"].post(f"/disputes/{dispute.id}/say", {"text": "5本だけが条件どおりでした。"})
    with clock.ahead(timedelta(days=5, minutes=1)):
        sweep()
        browsers["minarai"].post(
            f"/disputes/{dispute.id}/propose", {"to_worker": "6000", "because": "半分です。"}
        )
        browsers["aoba"].post(f"/disputes/{dispute.id}/accept")
        browsers["hanako"].post(f"/disputes/{dispute.id}/accept")
    assert Dispute.objects.get().state == "agreed"
