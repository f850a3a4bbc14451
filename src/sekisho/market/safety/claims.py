"""Working on a case: a lease that ends by itself, notes, handing over, joining two cases. Every claim stays on record."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q

from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.kernel.verbs import current, verb
from sekisho.market.people.models import Account
from sekisho.market.safety.models import Case, CaseNote, CaseSource, Claim, Report
from sekisho.market.safety.models.cases import OPEN
from sekisho.market.safety.policy import policy
from sekisho.market.safety.priority import weigh
from sekisho.market.safety.states import CASE

describe({
    "claimed": Row(Kind.CONFLICT, "ほかの担当者が対応中です（{until}まで）。",
                   "Somebody else is working on this case (until {until})."),
    "not_claimed": Row(Kind.CONFLICT, "先に「担当する」を押してください。担当の期限が切れた可能性があります。",
                       "Claim the case first; your claim may have run out."),
    "barred": Row(Kind.FORBIDDEN, "ご自身が関係する案件は担当できません。ほかの担当者に任せてください。",
                  "You are part of this matter. Please leave it to somebody else."),
    "queue_empty": Row(Kind.CONFLICT, "担当を待っているものはありません。", "No case is waiting."),
    "other_subject": Row(Kind.CONFLICT, "同じアカウントについてのものだけをまとめられます。",
                         "Only cases about the same account can be joined."),
})  # fmt: skip


def barred(actor: Actor, case: Case) -> bool:
    """Whether `actor` is part of the matter: whom it is about, who reported it, or a party to one of its deals."""
    if actor.id == case.subject_id or Report.objects.filter(case=case, reporter_id=actor.id).exists():
        return True
    return CaseSource.objects.filter(case=case, told_by=actor.id).exists()


@verb("case.claim")
def claim(actor: Actor, case: Case) -> Case:
    """Take a case for `lease_minutes`; again before that is over, the time starts anew. Raises `Problem` claimed, barred."""
    if barred(actor, case):
        raise Problem("barred")
    if case.state not in OPEN:
        raise Problem("not_from_here", state=case.state)
    now, holder = clock.now(), case.holder_now
    if holder is not None and holder != actor.id:
        raise Problem("claimed", until=f"{case.held_until:%H:%M} UTC")
    if case.holder_id is not None and holder is None:
        Claim.objects.create(case=case, moderator_id=case.holder_id, how="lapse", at=case.held_until or now)
    until = now + timedelta(minutes=policy().lease_minutes)
    _held(case, actor, until, "extend" if holder == actor.id else "claim")
    if case.first_look_at is None:
        case.first_look_at, case.due_at = now, None
        case.save(update_fields=["first_look_at", "due_at"])
    return case


def _held(case: Case, actor: Actor, until: datetime, how: str) -> None:
    case.holder_id, case.held_until = actor.me, until
    case.save(update_fields=["holder", "held_until"])
    Claim.objects.create(case=case, moderator_id=actor.me, how=how, until=until)


@verb("case.claim_next")
def claim_next(actor: Actor, thing: None) -> Case:
    """Take the worst case that nobody works on. Raises `Problem("queue_empty")`."""
    free = Q(holder=None) | Q(held_until__lte=clock.now())
    waiting = Case.objects.visible_to(actor).queue().filter(free, state="open").select_for_update(
        skip_locked=True, of=("self",)
    )  # fmt: skip
    for case in waiting[:10]:
        if not barred(actor, case):
            return claim(actor, case)
    raise Problem("queue_empty")


@verb("case.release")
def release(actor: Actor, case: Case) -> Case:
    """Give a case back to the queue."""
    return _let_go(actor, case, "release")


@verb("case.hand_over")
def hand_over(actor: Actor, case: Case, *, to: Account, because: str) -> Case:
    """Give a case to a colleague, with a word about where it stands. He holds it as if he had claimed it."""
    words = current().because = fields.text(because, "because", 1000)
    _let_go(actor, case, "hand_over")
    if not (to.is_moderator or to.is_operator) or not to.is_active or to.id == actor.id:
        raise Problem("not_found")
    if barred(to.actor, case):
        raise Problem("barred")
    CaseNote.objects.create(case=case, author_id=actor.me, text=words)
    _held(case, to.actor, clock.now() + timedelta(minutes=policy().lease_minutes), "claim")
    tell("case.handed_over", case=case.id, to=to.id)
    return case


def _let_go(actor: Actor, case: Case, how: str) -> Case:
    holds(actor, case)
    case.holder, case.held_until = None, None
    case.save(update_fields=["holder", "held_until"])
    Claim.objects.create(case=case, moderator_id=actor.me, how=how)
    return case


def holds(actor: Actor, case: Case) -> None:
    """Raise `Problem("not_claimed")` unless `actor` holds the case now."""
    if actor.id is None or case.holder_now != actor.id:
        raise Problem("not_claimed")


@verb("case.note")
def note(actor: Actor, case: Case, *, text: str) -> CaseNote:
    """Note something for the others of the house."""
    words = fields.text(text, "text", policy().text_length)
    return CaseNote.objects.create(case=case, author_id=actor.me, text=words)


@verb("case.escalate")
def escalate(actor: Actor, case: Case, *, because: str) -> Case:
    """Ask the operators to look: it is too much for one, or too grave."""
    words = current().because = fields.text(because, "because", 1000)
    case.escalated += 1
    case.save(update_fields=["escalated"])
    CaseNote.objects.create(case=case, author_id=actor.me, text=words)
    tell("case.escalated", case=case.id)
    return case


@verb("case.overdue")
def overdue(actor: Actor, case: Case) -> Case:
    """Nobody has looked at it in time: it escalates, and again after as long."""
    CASE.move(case, "overdue", current().held, policy().waits, escalated=case.escalated + 1)
    tell("case.escalated", case=case.id)
    return case


@verb("case.merge")
def merge(actor: Actor, case: Case, *, into: Case) -> Case:
    """Join a case to another of the same account: what opened it stands in the other from now on."""
    holds(actor, case)
    if into.subject_id != case.subject_id or into.id == case.id or into.state not in OPEN:
        raise Problem("other_subject")
    CASE.move(case, "merge", current().held, policy().waits, merged_into=into, holder=None, held_until=None)
    CaseSource.objects.filter(case=case).update(case=into)
    Report.objects.filter(case=case).update(case=into)
    weigh(into)
    return case


def related(case: Case) -> list[Case]:
    """Other cases of the same account or the same matter, newest first."""
    same = Q(subject_id=case.subject_id) | Q(matter=case.matter)
    return list(Case.objects.filter(same).exclude(pk=case.pk).order_by("-opened_at")[:20])
