"""Loading the demonstration: all of it or nothing, once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import timedelta
from importlib.resources import files
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import transaction

from sekisho.config.demo.cases import report_all
from sekisho.config.demo.deals import paid_out, tell_all
from sekisho.market.jobs import verbs as jobs
from sekisho.market.kernel import audit, clock, outbox
from sekisho.market.people.models import Account
from sekisho.market.profiles import verbs as profiles

DOMAIN = "demo.example"


class NotHere(RuntimeError):
    """The demonstration has passwords that everybody knows: it is not loaded where others can reach the site."""


def load() -> Iterator[str]:
    """Load it unless it is there; yields lines to print: who can log in, and how. Raises `NotHere`."""
    if settings.SECOND_FACTOR_NEEDED:
        raise NotHere(
            "The demonstration has passwords that everybody knows; it is for http://127.0.0.1 only."
        )
    story = tomllib.loads(files(__package__).joinpath("story.toml").read_text("utf-8"))
    if not Account.objects.filter(email=_address(story["person"][0]["handle"])).exists():
        with transaction.atomic():
            people = {row["handle"]: _person(row, story["password"]) for row in story["person"]}
            opened = {row["title"]: _job(row, people) for row in story["job"]}
            tell_all(people, opened)
            paid_out(people)
            report_all(people)
        while outbox.deliver():
            pass
        audit.seal(10_000)
    yield "demonstration logins (password of all: " + story["password"] + ")"
    for row in story["person"]:
        what = "moderator" if row.get("moderator") else "client" if row.get("client") else "worker"
        what = "operator" if row.get("operator") else what
        yield f"  {_address(row['handle']):<28} {what:<10} {row['name']}"


def _address(handle: str) -> str:
    return f"{handle}@{DOMAIN}"


def _person(row: dict[str, Any], password: str) -> Account:
    client, staff = row.get("client", False), row.get("moderator", False)
    with clock.ahead(-timedelta(days=row["days"])):
        account = Account.objects.create_user(
            _address(row["handle"]), password, display_name=row["name"], is_client=client,
            is_worker=row.get("worker", not client and not staff), is_moderator=staff, is_operator=row.get("operator", False),
        )  # fmt: skip
        if row.get("verified"):
            account.identity_verified_at = clock.now()
            account.save(update_fields=["identity_verified_at"])
        EmailAddress.objects.create(user=account, email=account.email, verified=True, primary=True)
        if row.get("profile"):
            profiles.write(account.actor, None, body=row["profile"])
    return account


def _job(row: dict[str, Any], people: dict[str, Account]) -> Any:
    client = people[row["by"]].actor
    with clock.ahead(-timedelta(days=5 if row["by"] == "quick" else 40)):
        job = jobs.draft(
            client, None, title=row["title"], body=row["body"], category=row["category"], pay_text=row["pay"],
            questions=tuple(row.get("questions", ())),
        )  # fmt: skip
        return jobs.submit(client, job)
