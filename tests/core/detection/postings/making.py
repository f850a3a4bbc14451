"""A sound posting to change one thing of."""

from __future__ import annotations

from typing import Any

CLIENT = {
    "rating": 4.7,
    "reviews": 12,
    "orders": 30,
    "registered_days": 400,
    "profile": "文具の卸売をしている会社です。",
    "identity_verified": True,
}


def posting(*, client: dict[str, Any] | None = None, **fields: Any) -> dict[str, Any]:
    """An honest posting for articles; `client` is laid over a sound client, any other field replaces the posting's own."""
    return {
        "title": "文具の紹介",
        "body": "万年筆とノートの紹介を3本、各2,000字でお願いします。納期は2週間。ライティング経験のある方。",
        "category": "writing",
        "pay": {"text": "1文字1.2円"},
        "client": {**CLIENT, **(client or {})},
        **fields,
    }
