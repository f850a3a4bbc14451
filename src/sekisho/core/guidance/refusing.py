"""The five refusals, and what the answer to one tells. Sends nothing."""

from __future__ import annotations

import os
from dataclasses import replace

from sekisho.core.detection import UnknownValue, check
from sekisho.core.guidance.library import load_guide
from sekisho.core.guidance.model import Guide, Reaction, ReactionKind, Refusal, Situation, Speech
from sekisho.core.rules.errors import one_of
from sekisho.core.rules.model import Label, Outcome
from sekisho.core.text import fold

NAME_LENGTH = 40
"""Code points of a marketplace's name that is put into a sentence."""

_STEERING = {Label.CHANNEL_SOLICITATION, Label.CONTACT_DISCLOSURE, Label.INTERVIEW_OFFPLATFORM}
_DEALING = {Label.DIRECT_CONTRACT, Label.DIRECT_PAYMENT, Label.FEE_AVOIDANCE}
_BY_CUE = (ReactionKind.CHANGES_TONE, ReactionKind.ASKS_WHY, ReactionKind.AGREES)
"""In this order: who agrees rudely has changed his tone."""


def refusals(site: str = "here", *, pack: str | os.PathLike[str] = "standard") -> tuple[Refusal, ...]:
    """The five refusals for a marketplace: an id of `sites.toml` such as "crowdworks", or any name of at most 40 code points.

    Raises `UnknownValue` for a name that is empty or too long, `PackError` for a pack whose guidance is not in order.
    """
    guide = load_guide(pack)
    name = site_name(site, guide)
    return tuple(_filled(refusal, name) for refusal in guide.refusals.values())


def refusal(situation: str, site: str = "here", *, pack: str | os.PathLike[str] = "standard") -> Refusal:
    """One of the five refusals. Raises as `refusals` does, and `UnknownValue` for a situation that does not exist."""
    if situation not in Situation.__members__.values():
        raise UnknownValue(f"there is no refusal {situation!r}; {one_of(Situation)}")
    guide = load_guide(pack)
    return _filled(guide.refusals[Situation(situation)], site_name(site, guide))


def site_name(site: str, guide: Guide) -> Speech:
    """What a marketplace is called, per language; control characters of a free name become spaces."""
    known = guide.sites.get(site.strip().lower())
    if known:
        return known
    name = " ".join("".join(char if char.isprintable() else " " for char in site).split())
    if not name or len(name) > NAME_LENGTH:
        raise UnknownValue(f"site must be one of {', '.join(guide.sites)} or a name of 1 to {NAME_LENGTH} code points")
    return {"ja": name, "en": name}


def _filled(found: Refusal, site: Speech) -> Refusal:
    return replace(found, say={lang: sentence.replace("{site}", site[lang]) for lang, sentence in found.say.items()})


def reaction(kind: str, *, pack: str | os.PathLike[str] = "standard") -> Reaction:
    """What a reaction that somebody has recognised herself means. Raises `UnknownValue` for a kind that does not exist."""
    if kind not in ReactionKind.__members__.values():
        raise UnknownValue(f"there is no reaction {kind!r}; {one_of(ReactionKind)}")
    return load_guide(pack).reactions[ReactionKind(kind)]


def read_reaction(text: str, *, stage: str = "pre_contract", pack: str | os.PathLike[str] = "standard") -> Reaction:
    """How a client's answer to a refusal takes it; `unknown` where the words do not tell.

    Pressing and a new solicitation are told by the pack's own rules, the rest by cues. Raises `TextTooLong`.
    """
    guide = load_guide(pack)
    found = {finding.label for finding in check(text, stage=stage, pack=pack).findings if finding.verdict is not Outcome.CLEAR}
    if Label.APPROVAL_PRESSURE in found:
        return guide.reactions[ReactionKind.PRESSES]
    if found & _STEERING:
        return guide.reactions[ReactionKind.ASKS_AGAIN]
    folded = fold(text).text
    if _is_cued(guide.reactions[ReactionKind.CANCELS], folded):
        return guide.reactions[ReactionKind.CANCELS]
    if found & _DEALING:
        return guide.reactions[ReactionKind.ASKS_AGAIN]
    cued = (kind for kind in _BY_CUE if _is_cued(guide.reactions[kind], folded))
    return guide.reactions[next(cued, ReactionKind.UNKNOWN)]


def _is_cued(reaction: Reaction, folded: str) -> bool:
    return any(cue in folded for cue in reaction.cues)
