"""The marketplaces one can choose, and the stages of a deal that each of them knows. Read from the packs; judges nothing."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.utils.translation import gettext_lazy as _

from sekisho.core.rules.loader import built_in_pack, built_in_packs, pack_folders
from sekisho.core.rules.policy import ContactPolicy, Decider
from sekisho.interfaces.web import words

STAGES = {
    "pre_contract": _("契約の前"),
    "pre_approved": _("契約の前・外部連絡の申請が承認済み"),
    "contracted": _("契約した後"),
    "contact_approved": _("契約した後・外部連絡の申請が承認済み"),
}
"""In the order of a deal; `pre_approved` only where the pack knows an approval before the contract."""
CORE_STAGES = {"pre_approved": "contact_approved"}
"""What the core calls a stage, where it has another name for it."""
APPROVED = ("pre_approved", "contact_approved")


@dataclass(frozen=True, slots=True)
class Platform:
    """A marketplace: its pack, and which of `STAGES` it knows. `free_after`: a contract opens outside tools by itself."""

    id: str
    title: dict[str, str]
    policy: ContactPolicy
    free_after: bool

    @property
    def name(self) -> Any:
        """What people call it."""
        return words.PACKS.get(self.id) or self.title[words.lang()]

    @property
    def stages(self) -> tuple[str, ...]:
        """The stages that make a difference here."""
        asks = self.policy.outside_tools and not self.free_after
        early = asks and self.policy.before_contract
        return (
            "pre_contract",
            *(["pre_approved"] if early else []),
            "contracted",
            *(["contact_approved"] if asks else []),
        )


@cache
def platforms() -> dict[str, Platform]:
    """By id of the pack, the general one first. Only the heads of the packs are read: the page itself waits for no rule."""
    found = {name: _platform(name) for name in built_in_packs()}
    return {"standard": found.pop("standard")} | {
        name: found[name] for name in sorted(found, key=_known_first)
    }


def _known_first(name: str) -> tuple[int, str]:
    known = list(words.PACKS)
    return (known.index(name) if name in known else len(known), name)


def _platform(name: str) -> Platform:
    contact: dict[str, Any] = {}
    table: dict[str, Any] = {}
    title: dict[str, str] = {}
    for folder in reversed(pack_folders(built_in_pack(name))):
        head = tomllib.loads(folder.joinpath("pack.toml").read_text("utf-8"))
        contact |= head.get("contact_request", {})
        table |= head.get("table", {}).get("channel_solicitation", {})
        title |= head["title"]
    decider = Decider(contact.pop("decided_by", Decider.COUNTERPARTY))
    known = {key: value for key, value in contact.items() if key in ContactPolicy.__slots__}
    return Platform(name, title, ContactPolicy(**known, decided_by=decider), table["contracted"] == "clear")
