"""The graph of links: reasons and strengths, bounded, for moderators only; explained links say so and lead no further."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from tests.market.linkage.conftest import TEXT
from tests.market.stories import person

from sekisho.market.kernel.models import AuditEntry
from sekisho.market.kernel.problems import Problem
from sekisho.market.linkage.graph import Edge, graph
from sekisho.market.linkage.models import Candidate, Explanation
from sekisho.market.linkage.policy import policy
from sekisho.market.linkage.shared import shared_by
from sekisho.market.linkage.verbs import look, mark_innocent, unmark
from sekisho.market.people.models import Account

Wrote = Callable[[Account, str], None]


def refused(code: str, call: Callable[[], object]) -> None:
    with pytest.raises(Problem) as caught:
        call()
    assert caught.value.code == code


@pytest.fixture
def chain(wrote: Wrote) -> list[Account]:
    """Five accounts, each with a number in common with the next."""
    accounts = [person(f"次郎{i}") for i in range(5)]
    for i, account in enumerate(accounts):
        wrote(account, f"電話は 090-1111-222{i} か 090-1111-222{i + 1} です。")
    return accounts


def test_an_edge_says_why_how_much_and_since_when(cast: dict[str, Any], wrote: Wrote) -> None:
    for name in ("hanako", "taro", "taro"):
        wrote(cast[name], TEXT + "電話は 090-1234-5678 です。")
    (edge,) = graph(cast["hanako"].id).edges
    assert {edge.one, edge.other} == {cast["hanako"].id, cast["taro"].id}
    assert edge.kinds == ("phone", "text")
    phone, text = edge.reasons
    assert (phone.strength, text.strength, edge.strength) == (0.9, 0.5, 0.95)
    assert (phone.accounts, phone.times) == (2, 3)
    assert phone.first_at <= phone.last_at


def test_an_edge_never_holds_the_identifier(cast: dict[str, Any], wrote: Wrote) -> None:
    for name in ("hanako", "taro"):
        wrote(cast[name], "電話は 090-1234-5678 です。")
    assert "5678" not in repr(graph(cast["hanako"].id).edges).replace("-", "")


def test_depth_and_limit_bound_the_graph(chain: list[Account]) -> None:
    for depth in (1, 2, 3):
        found = graph(chain[0].id, depth)
        assert [node.account for node in found.nodes] == [account.id for account in chain[: depth + 1]]
        assert [node.depth for node in found.nodes] == list(range(depth + 1))
        assert len(found.edges) == depth
    assert len(graph(chain[0].id, 99).nodes) == 4
    small = graph(chain[2].id, 2, limit=3)
    assert (len(small.nodes), small.more) == (3, True)


def test_the_more_accounts_share_a_thing_the_less_it_says(wrote: Wrote) -> None:
    accounts = [person(f"次郎{i}") for i in range(policy().common)]
    strengths = []
    for i, account in enumerate(accounts):
        wrote(account, "連絡は help@example.org へ")
        if i in (1, 9, 19):
            strengths.append(graph(accounts[0].id).edges[0].strength)
    assert strengths[0] == 0.9
    assert strengths == sorted(strengths, reverse=True)
    assert strengths[-1] > 0


def test_only_moderators_and_operators_see_any_of_it(cast: dict[str, Any], wrote: Wrote) -> None:
    for name in ("hanako", "taro"):
        wrote(cast[name], "電話は 090-1234-5678 です。")
    row = _marked(cast)
    for name in ("hanako", "taro", "aoba"):
        actor = cast[name].actor
        refused(
            "not_yours" if name == "hanako" else "not_found", lambda actor=actor: look(actor, cast["hanako"])
        )
        refused(
            "not_yours", lambda actor=actor: mark_innocent(actor, None, cause="family", because="家族です。")
        )
        assert not Explanation.objects.visible_to(actor).exists()
        assert not Candidate.objects.visible_to(actor).exists()
    assert list(Explanation.objects.visible_to(cast["minarai"].actor)) == [row]
    assert look(cast["minarai"].actor, cast["hanako"]).edges
    assert AuditEntry.objects.filter(action="linkage.look", thing_id=cast["hanako"].id).exists()


def _marked(cast: dict[str, Any]) -> Explanation:
    two = (cast["taro"].id, cast["hanako"].id)
    row: Explanation = mark_innocent(
        cast["minarai"].actor, None, accounts=two, cause="family", because="ご夫婦で口座が同じ。"
    )
    return row


def _edge(account: Account) -> Edge:
    (edge,) = graph(account.id).edges
    return edge


def test_a_marked_pair_is_shown_as_explained_until_it_is_unmarked(cast: dict[str, Any], wrote: Wrote) -> None:
    for name in ("hanako", "taro"):
        wrote(cast[name], "電話は 090-1234-5678 です。")
    row = _marked(cast)
    edge = _edge(cast["hanako"])
    assert edge.explained is not None
    assert (edge.explained.cause, edge.explained.explanation, edge.strength) == ("family", row.id, 0.0)
    assert shared_by(cast["hanako"].id) == ()
    unmark(cast["minarai"].actor, row, because="別の番号でした。")
    assert (_edge(cast["hanako"]).explained, _edge(cast["hanako"]).strength) == (None, 0.9)
    refused("already", lambda: unmark(cast["minarai"].actor, row, because="もう一度"))
    acts = AuditEntry.objects.filter(action__startswith="linkage.").values_list("action", "because")
    assert sorted(acts) == [
        ("linkage.mark_innocent", "ご夫婦で口座が同じ。"),
        ("linkage.unmark", "別の番号でした。"),
    ]


def test_a_marked_thing_is_explained_for_everybody_who_shares_it(cast: dict[str, Any], wrote: Wrote) -> None:
    for name in ("hanako", "taro", "aoba"):
        wrote(cast[name], "電話は 090-1234-5678 です。")
    trait = graph(cast["hanako"].id).edges[0].reasons[0].trait
    mark_innocent(
        cast["minarai"].actor, None, trait=trait, cause="shared_phone", because="会社の代表番号です。"
    )
    edges = graph(cast["hanako"].id).edges
    assert len(edges) == 3
    assert {reason.explained.cause for edge in edges for reason in edge.reasons if reason.explained} == {
        "shared_phone"
    }
    assert {edge.strength for edge in edges} == {0.0}


def test_an_explained_edge_leads_no_further(cast: dict[str, Any], chain: list[Account]) -> None:
    mark_innocent(
        cast["minarai"].actor,
        None,
        accounts=[chain[0].id, chain[1].id],
        cause="agency",
        because="代理店です。",
    )
    assert len(graph(chain[0].id, 3).nodes) == 2


def test_a_mark_names_a_pair_or_a_thing_and_only_once(cast: dict[str, Any], wrote: Wrote) -> None:
    def mark(**what: Any) -> object:
        return mark_innocent(
            cast["minarai"].actor, None, **{"cause": "family", "because": "家族です。"} | what
        )

    hanako, taro = cast["hanako"].id, cast["taro"].id
    refused("one_pair_or_trait", mark)
    refused("one_pair_or_trait", lambda: mark(accounts=[hanako, hanako]))
    refused("one_pair_or_trait", lambda: mark(accounts=[hanako, taro], trait=taro))
    refused("not_found", lambda: mark(trait=taro))
    refused("bad_value", lambda: mark(accounts=[hanako, taro], cause="because"))
    refused("blank", lambda: mark(accounts=[hanako, taro], because=" "))
    mark(accounts=[hanako, taro])
    refused("explained_already", lambda: mark(accounts=[taro, hanako]))
