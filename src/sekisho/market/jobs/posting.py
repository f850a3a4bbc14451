"""What a job says: its fields checked, judged, and shown. No verbs here."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.conf import settings

from sekisho.market.jobs.models import Job
from sekisho.market.jobs.searching import pay_of
from sekisho.market.judging.judge import judge_posting
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Kind, Problem, Row, describe
from sekisho.market.profiles.models import client_facts

CATEGORIES = (
    "writing", "design", "development", "data_entry", "translation", "video", "marketing", "consulting", "other",
)  # fmt: skip
QUESTIONS = 5
describe({
    "past_date": Row(Kind.INVALID, "「{field}」には今日以降の日付を入力してください。", "“{field}” must not lie in the past."),
    "own_text": Row(Kind.FORBIDDEN, "ご自身に関わる文章は、運営として確認できません。",
                    "This text concerns yourself; somebody else of the house must look at it."),
    "too_many_questions": Row(Kind.INVALID, "質問は{most}個までです。", "Ask at most {most} questions."),
})  # fmt: skip


def checked(
    title: str, body: str, category: str, *, pay_text: str, questions: tuple[str, ...], closes_on: date | None
) -> dict[str, Any]:
    """The fields of a job, cleaned. Raises `Problem`."""
    if len(questions) > QUESTIONS:
        raise Problem("too_many_questions", most=QUESTIONS)
    if closes_on is not None and ends(closes_on) <= clock.now():
        raise Problem("past_date", field="closes_on")
    return {
        "title": fields.line(title, "title", 120), "body": fields.text(body, "body", 10_000),
        "category": fields.one_of(category, "category", CATEGORIES), "pay_text": fields.line(pay_text, "pay_text", 120),
        "questions": [fields.line(q, "questions", 300) for q in questions], "closes_on": closes_on,
    } | pay_of(pay_text)  # fmt: skip


def ends(day: date) -> datetime:
    """The moment `day` is over where the site is."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def posting_of(job: Job, content: dict[str, Any]) -> dict[str, Any]:
    """What a job would say, questions included, with what is known of its client: as the core takes it."""
    body = "\n".join([content["body"], *content["questions"]])
    return {"title": content["title"], "body": body, "category": content["category"],
            "pay": {"text": content["pay_text"]}, "client": client_facts(job.client)}  # fmt: skip


def judged(job: Job, content: dict[str, Any]) -> Judgement:
    """Judge what a job would say."""
    return judge_posting(posting_of(job, content), subject=job.id, writer=job.client_id)


def not_own(actor: Actor, *parties: UUID) -> None:
    """Raise `Problem("own_text")` when one of the house is among those a text concerns."""
    if actor.id in parties:
        raise Problem("own_text")


def may_open(judgement: Judgement) -> bool:
    """Whether it is shown without a person having looked: clear, or a caution that workers see."""
    return judgement.verdict in ("clear", "caution")


def shown(job: Job, content: dict[str, Any], judgement: Judgement) -> None:
    """Let a job say `content` from now on."""
    for name, value in content.items():
        setattr(job, name, value)
    job.judgement = judgement
    job.due_at = ends(job.closes_on) if job.closes_on else None
    job.save(update_fields=[*content, "judgement", "due_at"])


def stored(content: dict[str, Any]) -> dict[str, Any]:
    """Fields as JSON keeps them; how the pay is read follows from its words."""
    plain = {name: value for name, value in content.items() if not name.startswith("pay_") or name == "pay_text"}
    return plain | {"closes_on": content["closes_on"] and content["closes_on"].isoformat()}


def restored(content: dict[str, Any]) -> dict[str, Any]:
    """And back."""
    closes = date.fromisoformat(content["closes_on"]) if content["closes_on"] else None
    return content | pay_of(content["pay_text"]) | {"closes_on": closes}
