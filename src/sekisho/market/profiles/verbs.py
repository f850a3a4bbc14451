"""Writing a profile (judged), and counting what happened."""

from __future__ import annotations

from uuid import UUID

from django.db.models import F

from sekisho.market.judging.judge import judge_text
from sekisho.market.kernel import clock, fields
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.outbox import tell
from sekisho.market.kernel.verbs import verb
from sekisho.market.profiles.models import Profile, TrackRecord


@verb("profile.write")
def write(
    actor: Actor,
    thing: None,
    *,
    headline: str = "",
    body: str = "",
    links: tuple[str, ...] = (),
    company: str = "",
) -> Profile:
    """Write one's own profile. What the judgement holds back is kept but not shown until somebody has looked at it."""
    values = {
        "headline": fields.line(headline, "headline", 80, blank=True), "body": fields.text(body, "body", 3000, blank=True),
        "links": [fields.line(link, "links", 300) for link in links[:10]],
        "company": fields.line(company, "company", 80, blank=True),
    }  # fmt: skip
    whole = "\n".join([values["headline"], values["body"], *values["links"], values["company"]])  # type: ignore[list-item]
    sender = "client" if "a_client" in actor.roles and "a_worker" not in actor.roles else "worker"
    judgement = judge_text(whole, kind="profile", sender=sender, subject=actor.id, writer=actor.id)
    shown = judgement.action in ("allow", "nudge") and judgement.verdict != "violation"
    profile, _ = Profile.objects.update_or_create(
        account_id=actor.me, defaults=values | {"shown": shown, "updated_at": clock.now()}
    )
    if not shown:
        tell("profile.held", account=actor.id, judgement=judgement.id)
    return profile


@verb("profile.show")
def show(actor: Actor, profile: Profile) -> Profile:
    """Show a held profile after all."""
    profile.shown = True
    profile.save(update_fields=["shown"])
    return profile


def count(account: UUID, **steps: int) -> None:
    """Add to an account's track record: `stars`, `reviews`, `orders`, `completed`, `ended_by_own_fault`."""
    TrackRecord.objects.get_or_create(account_id=account)
    TrackRecord.objects.filter(account_id=account).update(
        **{name: F(name) + step for name, step in steps.items()}
    )
