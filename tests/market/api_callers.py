"""Callers of the API for tests: a token and JSON, nothing else."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from sekisho.market.kernel.actors import Actor
from sekisho.market.people import verbs as people

BASE = "/api/v1"
JOB = {
    "title": "商品紹介文のライティング 10本", "category": "writing", "pay_text": "1本 1,000円",
    "body": "通販サイトに載せる商品紹介文を10本お願いします。1本400字程度、納期は2週間、資料はお渡しします。",
}  # fmt: skip


@dataclass
class Caller:
    """One token. `last` is the last answer."""

    token: str | None
    http: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The response as Django's client gives it."""
        given = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        data = None if body is None else body if isinstance(body, bytes) else json.dumps(body)
        content = {} if data is None else {"data": data, "content_type": "application/json"}
        return self.http.generic(method, BASE + path, headers=given | headers, **content)

    def send(self, path: str, content: bytes, **headers: str) -> Any:
        """The response to a file as the body of a POST."""
        given = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return self.http.generic(
            "POST",
            BASE + path,
            headers=given | headers,
            data=content,
            content_type="application/octet-stream",
        )

    def get(self, path: str, **headers: str) -> Any:
        """The JSON of a reading that must succeed."""
        answer = self.ask("GET", path, **headers)
        assert answer.status_code == 200, answer.content.decode()
        return answer.json()

    def do(self, path: str, body: Any = None, method: str = "POST", **headers: str) -> Any:
        """The JSON of an act that must succeed."""
        answer = self.ask(method, path, body, **headers)
        assert answer.status_code in (200, 201, 204), answer.content.decode()
        return answer.json() if answer.content else None

    def refused(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, str]:
        """Status and code of a problem."""
        answer = self.ask(method, path, body, **headers)
        assert answer["Content-Type"] == "application/problem+json", answer.content.decode()
        return answer.status_code, answer.json()["code"]


def of(account: Any) -> Caller:
    """With a token of one of the cast."""
    return Caller(people.make_token(account.actor, None, "test"))


def back_end(operator: Actor, *scopes: str) -> Caller:
    """A marketplace's back end."""
    return Caller(people.make_backend_token(operator, None, "back end", scopes))
