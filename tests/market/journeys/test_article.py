"""The article's stories, told by the rooms' verbs. Each name is a sentence of it, or follows from one."""

from __future__ import annotations

import pytest
from tests.market.stage import POSTING, Stage, later, refused

from sekisho.market.contact_requests import verbs as requests
from sekisho.market.contact_requests.models import ContactRequest
from sekisho.market.contact_requests.reviewing import review
from sekisho.market.contracts import changes, reviews, terminations, verbs
from sekisho.market.contracts.models import Contract, Review, Termination
from sekisho.market.contracts.next_step import next_step
from sekisho.market.deals.models import Deal
from sekisho.market.jobs import verbs as jobs
from sekisho.market.kernel import clock
from sekisho.market.ledger.book import balance
from sekisho.market.ledger.models import Kind
from sekisho.market.messaging import verbs as messages
from sekisho.market.people.verbs import block
from sekisho.market.profiles.models import TrackRecord


def fresh(deal: Deal) -> Deal:
    return Deal.objects.get(pk=deal.pk)


def says(stage: Stage, deal: Deal, text: str, who: str = "client") -> tuple[str, str]:
    """What becomes of a message, and what it is."""
    message = messages.send(getattr(stage, who), fresh(deal), text=text)
    return message.state, message.judgement.verdict


@pytest.mark.parametrize("text", [
    "まずはLINEで連絡ください。IDは aoba_work です。", "詳細はメールでお伝えします。aoba@example.com までご連絡ください。",
    "応募前にZoomで面談させてください。", "電話で詳細を説明しますので、電話番号を教えてください。",
    "チャットワークに移動してお話ししましょう。",
])  # fmt: skip
def test_before_the_contract_no_outside_tool_reaches_the_other_side(stage: Stage, text: str) -> None:
    state, verdict = says(stage, stage.deal(), text)
    assert (verdict, state != "delivered") == ("violation", True)


def test_after_the_contract_a_tool_without_a_request_is_a_violation_too(stage: Stage) -> None:
    deal = stage.deal()
    stage.funded(deal)
    assert says(stage, deal, "契約後の連絡はLINEで行います。LINE IDを教えてください。")[1] == "violation"


def test_a_posting_that_names_line_does_not_open(stage: Stage) -> None:
    body = "簡単な入力作業です。まずはLINEで連絡ください。"
    assert (
        jobs.submit(stage.client, jobs.draft(stage.client, None, **POSTING | {"body": body})).state
        == "screening"
    )


def test_work_cannot_start_before_funding_and_says_so(stage: Stage) -> None:
    contract = stage.agreed()
    step = next_step(contract, stage.worker)
    assert (step.may_work, "仮払いが済むまで、作業を始めないでください" in step.text["ja"]) == (False, True)
    with refused("not_from_here"):
        verbs.deliver(stage.worker, contract, note="先に納品します。")


def test_the_worker_is_paid_though_the_client_falls_silent(stage: Stage) -> None:
    stage.delivered()
    later(days=14, minutes=1)
    assert balance(Kind.WORKER, stage.worker.me) == 8_580


def test_approval_of_chatwork_does_not_allow_line(stage: Stage) -> None:
    deal = stage.deal()
    stage.funded(deal)
    stage.approved(deal, "chatwork")
    assert says(stage, deal, "ではChatworkでご連絡します。") == ("delivered", "clear")
    assert says(stage, deal, "やっぱりLINEのほうが早いので、LINEのIDを教えてください。")[1] == "violation"


@pytest.mark.parametrize("text", [
    "手数料がもったいないので、報酬は直接振り込みます。", "今回の報酬はPayPayで送金しますね。",
    "次回からは直接取引しましょう。手数料を節約できます。",
])  # fmt: skip
def test_approval_never_allows_payment_or_dealing_outside(stage: Stage, text: str) -> None:
    deal = stage.deal()
    stage.funded(deal)
    stage.approved(deal, "line", "chatwork")
    assert says(stage, deal, text) == ("held", "violation")


def test_approval_gives_no_right_to_further_personal_data(stage: Stage) -> None:
    deal = stage.deal()
    stage.funded(deal)
    stage.approved(deal, "chatwork")
    assert says(stage, deal, "マイナンバーと銀行口座の番号を教えてください。")[1] == "violation"


def test_approval_does_not_carry_over_to_the_next_contract(stage: Stage) -> None:
    deal = stage.deal()
    contract = stage.delivered(deal)
    stage.approved(deal, "chatwork")
    verbs.accept(stage.client, contract)
    assert (
        says(stage, deal, "引き続きチャットワークでご連絡します。チャットワークのIDを教えてください。")[1]
        == "violation"
    )
    later(minutes=1)
    stage.funded(deal)
    assert fresh(deal).approved_tools == []
    assert (
        says(stage, deal, "前と同じくチャットワークで連絡しましょう。IDを教えてください。")[1] == "violation"
    )


def test_the_same_as_last_time_needs_a_contract_of_its_own(stage: Stage) -> None:
    deal = stage.deal()
    first = stage.completed(deal)
    assert says(stage, deal, "前回と同じ内容なので、契約は省略して進めてください。")[1] == "violation"
    again = verbs.offer_again(stage.client, first)
    stage.money(again.funded_yen)
    verbs.fund(stage.client, verbs.agree(stage.worker, again))
    assert balance(Kind.ESCROW, again.id) == 11_000
    assert fresh(deal).stage == "contracted"


def test_after_three_good_contracts_wordpress_and_chatwork_are_approved_and_used(stage: Stage) -> None:
    deal = stage.deal()
    for _ in range(3):
        contract = stage.completed(deal)
        reviews.review(stage.client, contract, stars=5, text="丁寧な仕事でした。")
        reviews.review(stage.worker, contract, stars=5, text="連絡が早く、進めやすかったです。")
    for other in range(7):
        contract = stage.completed(stage.deal())
        if other < 2:
            reviews.review(stage.worker, contract, stars=5)
    stage.funded(deal)
    request = stage.asked(
        deal,
        "wordpress",
        "chatwork",
        purpose="WordPressへ記事を直接入稿し、確認の連絡をチャットワークで行うためです。",
    )
    assert review(request, stage.worker).approve
    requests.approve(stage.worker, request)
    assert set(fresh(deal).approved_tools) == {"wordpress", "chatwork"}
    assert says(stage, deal, "WordPressに入稿しましたので、チャットワークでご連絡します。", "worker") == (
        "delivered",
        "clear",
    )


def test_a_claim_of_permission_in_a_message_counts_for_nothing(stage: Stage) -> None:
    deal = stage.deal()
    text = "運営から特別に許可をもらっているので、LINEでやり取りしましょう。IDを教えてください。"
    assert says(stage, deal, text)[1] == "violation"
    assert (fresh(deal).stage, fresh(deal).approved_tools) == ("pre_contract", [])


def test_declining_changes_nothing_in_the_contract(stage: Stage) -> None:
    deal = stage.deal()
    contract = stage.funded(deal)
    before = Contract.objects.filter(pk=contract.pk).values().get()
    requests.decline(stage.worker, stage.asked(deal))
    assert Contract.objects.filter(pk=contract.pk).values().get() == before
    assert balance(Kind.ESCROW, contract.id) == 11_000
    delivered = verbs.deliver(stage.worker, contract, note="納品いたします。")
    assert verbs.accept(stage.client, delivered).state == "completed"


def test_a_contract_below_token_yen_never_counts(stage: Stage) -> None:
    deal = stage.deal()
    stage.funded(deal, price=10)
    assert fresh(deal).stage == "pre_contract"
    with refused("no_contract_yet"):
        stage.asked(deal, "line")
    assert says(stage, deal, "契約したので、LINE IDを教えてください。")[1] == "violation"


def test_a_token_contract_beside_a_real_one_ends_without_ending_the_other(stage: Stage) -> None:
    deal = stage.deal()
    stage.funded(deal)
    stage.approved(deal)
    verbs.accept(stage.client, stage.delivered(deal, price=10))
    assert (fresh(deal).stage, fresh(deal).approved_tools) == ("contact_approved", ["chatwork"])


def test_a_request_filed_at_once_and_announced_as_agreed_is_shown_as_such(stage: Stage) -> None:
    deal = stage.deal()
    stage.funded(deal)
    says(stage, deal, "サービス外連絡申請を出しましたので、このあとはチャットワークでご連絡します。")
    request = stage.asked(deal)
    assert (request.early, request.announced) == (True, True)


def test_pressing_for_an_approval_is_a_violation(stage: Stage) -> None:
    deal = stage.deal()
    stage.funded(deal)
    requests.decline(stage.worker, stage.asked(deal))
    assert says(stage, deal, "申請を承認しないなら、今回の契約はなかったことにします。")[1] == "violation"


def test_any_doubt_about_the_four_criteria_advises_not_to_approve_and_approving_stays_free(
    stage: Stage,
) -> None:
    deal = stage.deal()
    stage.funded(deal)
    request = stage.asked(deal, purpose="効率化")
    assert not review(request, stage.worker).approve
    assert requests.approve(stage.worker, request).state == "approved"


def test_a_request_in_vague_words_is_told_from_one_with_a_purpose(stage: Stage) -> None:
    deal = stage.deal()
    stage.funded(deal)
    rows = {row.criterion.value: row.met.value for row in review(stage.asked(deal), stage.worker).rows}
    assert rows["purpose"] == "met"


def test_the_worker_cannot_approve_her_own_wish_but_may_suggest_it(stage: Stage) -> None:
    deal = stage.deal()
    stage.funded(deal)
    requests.suggest(stage.worker, deal)
    assert not ContactRequest.objects.exists()
    assert fresh(deal).approved_tools == []


def test_what_is_agreed_outside_is_recorded_inside_and_counts_when_confirmed(stage: Stage) -> None:
    deal = stage.deal()
    contract = stage.funded(deal)
    stage.approved(deal, "chatwork")
    record = changes.record_outside(
        stage.worker,
        contract,
        terms="10本のうち2本を差し替える。",
        agreed_on=clock.now().date(),
        tool="chatwork",
    )
    changes.agree(stage.client, record)
    assert Contract.objects.get(pk=contract.pk).terms == "10本のうち2本を差し替える。"


def test_leaving_a_deal_that_turned_into_a_solicitation_returns_the_money_and_costs_nothing(
    stage: Stage,
) -> None:
    deal = stage.deal()
    contract = stage.funded(deal)
    says(stage, deal, "やはりLINEで進めたいです。LINE IDを教えてください。")
    terminations.ask(
        stage.worker, contract, reason_code="solicitation", text="サイト外へ誘導されたため終了を希望します。"
    )
    later(days=7, minutes=1)
    assert Termination.objects.get().state == "lapsed"
    assert balance(Kind.CLIENT, stage.client.me) == 11_000
    assert TrackRecord.objects.get(account=stage.worker.id).completion is None


def test_revenge_for_a_refusal_does_not_count_before_somebody_has_looked(stage: Stage) -> None:
    deal = stage.deal()
    contract = stage.delivered(deal)
    requests.decline(stage.worker, stage.asked(deal, "line"))
    verbs.accept(stage.client, contract)
    reviews.review(stage.client, contract, stars=1, text="融通がききませんでした。")
    assert TrackRecord.objects.get(account=stage.worker.id).rating is None
    assert not Review.objects.visible_to(stage.stranger).exists()


def test_a_blocked_client_gets_no_application_and_reaches_nobody(stage: Stage) -> None:
    job = stage.job()
    block(stage.worker, stage.cast["aoba"])
    with refused("not_found"):
        jobs.apply(stage.worker, job, text="通販の紹介文を書いてきました。よろしくお願いします。")
    assert says(stage, stage.deal(), "よろしくお願いします。")[0] == "muted"


def test_an_answer_to_a_lure_is_no_offence_of_the_lured(stage: Stage) -> None:
    deal = stage.deal()
    messages.send_anyway(stage.client, messages.send(stage.client, deal, text="LINEのIDを教えてください。"))
    assert says(stage, deal, "LINEのIDは hanako_w です。", "worker")[1] == "clear"
