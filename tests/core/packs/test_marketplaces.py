"""The packs of marketplaces: what each judges otherwise than the standard pack, text by text and thread by thread."""

from typing import Any

import pytest

import sekisho
from sekisho.core.detection.library import load
from sekisho.core.rules.loader import built_in_pack, built_in_packs
from sekisho.core.rules.policy import Grade
from sekisho.core.rules.sources import PARTS

MARKETPLACES = ("crowdworks", "lancers", "coconala", "upwork", "fiverr")

MEETING = "明日の10時にZoomで打ち合わせしませんか。"
MAIL = "私のメールは taro@example.com です。こちらにご連絡ください。"
MAIL_EN = "My email is jane@example.com, please write me there."
BESIDE = "I can pay you directly by PayPal to avoid the fee."
REQUEST = "選考のため、契約前に一度お電話でお話しする許可をお願いいたします。"

AGREED = [{"type": "contract_agreed"}, {"type": "escrow_funded", "amount_yen": 30_000}]
TOKEN = [{"type": "contract_agreed"}, {"type": "escrow_funded", "amount_yen": 10}]


def said(text: str, pack: str, **context: Any) -> str:
    return str(sekisho.check(text, pack=pack, **context).verdict)


def both(text: str, pack: str, **context: Any) -> tuple[str, str]:
    """The verdict of the standard pack and that of `pack`."""
    return said(text, "standard", **context), said(text, pack, **context)


def message(text: str, sender: str = "client") -> dict[str, Any]:
    return {"type": "message", "sender": sender, "text": text}


def asked(by: str | None, purpose: str = "面談で作業の画面を見ていただくため") -> list[dict[str, Any]]:
    """A request for Zoom, and its approval by the side or the operator."""
    answer = {"type": "contact_request_approved"} | ({"by": by} if by else {})
    return [{"type": "contact_request", "by": "client", "tools": ["zoom"], "purpose": purpose}, answer]


def last(events: list[dict[str, Any]], pack: str) -> tuple[str, str]:
    """Stage after the thread, and the verdict of its last event."""
    thread = sekisho.check_thread(events, pack=pack)
    return str(thread.stage), str(thread.events[-1].verdict)


def test_the_packs_of_five_marketplaces_come_along() -> None:
    assert set(MARKETPLACES) < set(built_in_packs())


@pytest.mark.parametrize("name", MARKETPLACES)
def test_a_marketplace_differs_by_policy_alone(name: str) -> None:
    standard, own = load("standard").pack, load(name).pack
    assert (own.classes, own.scopes, own.frames, own.rules) == (
        standard.classes, standard.scopes, standard.frames, standard.rules,
    )  # fmt: skip
    assert not any(built_in_pack(name).joinpath(part).is_dir() for part in PARTS)


@pytest.mark.parametrize("name", MARKETPLACES)
def test_every_difference_has_an_official_page_and_a_date(name: str) -> None:
    differences = load(name).pack.differences
    assert differences
    assert {difference.grade for difference in differences} == {Grade.OFFICIAL}
    assert all(difference.seen >= "2026-11" and difference.why["ja"] for difference in differences)


@pytest.mark.parametrize("name", MARKETPLACES)
def test_the_answer_names_the_pack_and_its_digest(name: str) -> None:
    one, other = sekisho.check(MEETING, pack=name), sekisho.check("よろしくお願いします。", pack=name)
    assert (one.pack, other.pack) == (name, name)
    assert one.digest == other.digest != sekisho.check(MEETING).digest


@pytest.mark.parametrize("name", MARKETPLACES)
def test_refusals_name_the_marketplace_without_being_told(name: str) -> None:
    named = sekisho.refusals(name)[0].text("ja")
    assert sekisho.refusals(pack=name)[0].text("ja") == named != sekisho.refusals()[0].text("ja")


@pytest.mark.parametrize("name", MARKETPLACES)
def test_a_solicitation_before_the_contract_is_a_violation_everywhere(name: str) -> None:
    assert both(MEETING, name) == both(MAIL, name) == ("violation", "violation")


@pytest.mark.parametrize("name", MARKETPLACES)
def test_payment_beside_the_platform_is_a_violation_after_the_contract_everywhere(name: str) -> None:
    assert both(BESIDE, name, stage="contracted") == ("violation", "violation")


@pytest.mark.parametrize("name", MARKETPLACES)
def test_a_token_contract_frees_nothing_anywhere(name: str) -> None:
    assert last([*TOKEN, message(MEETING)], name) == ("pre_contract", "violation")


def test_crowdworks_lets_a_request_be_filed_before_the_contract() -> None:
    assert both(REQUEST, "crowdworks", kind="contact_request") == ("violation", "clear")


def test_crowdworks_does_not_let_one_meet_outside_without_a_request_after_the_contract() -> None:
    assert both(MEETING, "crowdworks", stage="contracted") == ("violation", "violation")


def test_crowdworks_lets_an_approval_count_before_the_contract() -> None:
    thread = [*asked("operator"), message(MEETING)]
    assert last(thread, "standard") == ("pre_contract", "violation")
    assert last(thread, "crowdworks") == ("contact_approved", "clear")


def test_crowdworks_takes_no_approval_from_a_party() -> None:
    thread = [*AGREED, *asked("worker"), message(MEETING)]
    assert last(thread, "standard") == ("contact_approved", "clear")
    assert last(thread, "crowdworks") == ("contracted", "violation")


def test_crowdworks_voids_an_approval_that_is_revoked() -> None:
    thread = [*asked("operator"), {"type": "contact_request_ended", "by": "operator"}, message(MEETING)]
    assert last(thread, "crowdworks") == ("pre_contract", "violation")


def test_lancers_lets_people_meet_outside_once_the_escrow_is_funded() -> None:
    assert both(MEETING, "lancers", stage="contracted") == ("violation", "clear")


def test_lancers_cautions_when_contact_details_are_given_after_the_escrow() -> None:
    assert both(MAIL, "lancers", stage="contracted") == ("violation", "caution")


def test_lancers_turns_strict_again_when_the_contract_is_over() -> None:
    thread = [*AGREED, {"type": "delivered"}, {"type": "accepted"}, message(MEETING)]
    assert last(thread, "lancers") == ("pre_contract", "violation")


def test_lancers_counts_an_agreement_without_escrow_as_no_contract() -> None:
    thread = [AGREED[0], message(MEETING)]
    assert last(thread, "lancers") == ("pre_contract", "violation")
    assert last([*AGREED, message(MEETING)], "lancers") == ("contracted", "clear")


def test_coconala_lets_nobody_use_an_approved_tool() -> None:
    context = {"stage": "contact_approved", "approved_tools": ["zoom"]}
    assert both(MEETING, "coconala", **context) == ("clear", "violation")


def test_coconala_knows_no_approval_in_a_thread() -> None:
    thread = [*AGREED, *asked("worker"), message(MEETING)]
    assert last(thread, "standard") == ("contact_approved", "clear")
    assert last(thread, "coconala") == ("contracted", "violation")


def test_upwork_lets_contact_details_be_shared_once_the_contract_has_started() -> None:
    assert both(MAIL_EN, "upwork", stage="contracted", sender="worker") == ("violation", "clear")


def test_upwork_leaves_the_tool_to_the_parties_after_the_contract_without_a_request() -> None:
    thread = [*AGREED, message(MEETING)]
    assert last(thread, "standard") == ("contracted", "violation")
    assert last(thread, "upwork") == ("contracted", "clear")


def test_upwork_keeps_payments_inside_in_a_thread() -> None:
    assert last([*AGREED, message(BESIDE)], "upwork") == ("contracted", "violation")


def test_fiverr_lets_a_tool_be_used_once_there_is_an_order() -> None:
    assert both(MEETING, "fiverr", stage="contracted") == ("violation", "clear")


def test_fiverr_and_upwork_differ_on_contact_details_after_an_order() -> None:
    context = {"stage": "contracted", "sender": "worker"}
    assert (said(MAIL_EN, "fiverr", **context), said(MAIL_EN, "upwork", **context)) == ("caution", "clear")
