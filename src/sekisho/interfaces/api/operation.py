"""What an operation is: one row with its address and who may call it, and the short function that answers. No HTTP here.

`act` makes one of a verb, `one` and `many` of what somebody may see; what fits none of these is a row with a function.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from ninja import Schema
from pydantic import AfterValidator, ConfigDict, Field, create_model

from sekisho.interfaces.api import pages
from sekisho.interfaces.api.callers import Caller
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.kernel.verbs import VERBS
from sekisho.market.kernel.yen import MOST

Rows = Callable[[Actor], QuerySet[Any]]


def _plain(value: str) -> str:
    if "\0" in value:
        raise ValueError("a text has no NUL")
    return value


Text = Annotated[str, AfterValidator(_plain)]


def most(length: int) -> Any:
    """The bound of a text (code points) or of a list."""
    return Field(max_length=length)


BINARY = "application/octet-stream"
"""The media type of bodies and answers that are files, whatever is in them."""
Yen = Annotated[int, Field(strict=True, ge=1, le=MOST)]
"""A whole number of yen."""


class Asked(Schema):
    """A body or the parameters of a query: no field that is not known."""

    model_config: ClassVar = ConfigDict(extra="forbid")


class Shown(Schema):
    """What is shown of a row."""

    @classmethod
    def of(cls, row: Any, actor: Actor) -> Any:
        """`row` as `actor` may see it."""
        return cls.from_orm(row)


class PageAsked(Asked):
    """Which page. `limit`: 1 to 100; `cursor`: the `next` of the page before."""

    cursor: Annotated[Text, most(300)] | None = None
    limit: Annotated[int, Field(ge=1, le=pages.MOST)] = 20


@dataclass(frozen=True, slots=True)
class Ask:
    """One call: who, about which thing, with what. `stream`: the body as it comes, where it is a file."""

    caller: Caller
    pk: UUID | None = None
    body: dict[str, Any] = field(default_factory=dict)
    query: Any = None
    key: str | None = None
    word: str = ""
    stream: Any = None

    @property
    def actor(self) -> Actor:
        """Who acts."""
        return self.caller.actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Op:
    """A row. `scope`: what a back end's token needs (None: people only); `words`: who may at all, beside the rooms' own rules.

    `does`: the verb it is. `takes`: so many bytes of a file as the body; `gives`: its answer is a file.
    """

    name: str
    method: str
    path: str
    about: str
    answer: Callable[[Ask], Any]
    out: type[Schema] | None = None
    body: type[Asked] | None = None
    query: type[Asked] | None = None
    scope: str | None = None
    words: frozenset[str] = frozenset()
    status: int = 200
    open: bool = False
    does: str = ""
    takes: int = 0
    gives: bool = False

    def run(self, ask: Ask) -> Any:
        """Answer, if the caller may ask. Raises `Problem`."""
        ask.caller.need(self.scope)
        if self.words and not self.words & ask.actor.roles:
            raise Problem("not_yours")
        return self.answer(ask)


def seen(model: Any, *related: str) -> Rows:
    """The rows of a model that the caller sees, with what is read along."""
    return lambda actor: model.objects.visible_to(actor).select_related(*related)


def every(model: Any, *related: str) -> Rows:
    """All rows: for what the verb itself, or `words`, keeps from strangers."""
    return lambda _actor: model._default_manager.select_related(*related)


def found(rows: Rows, actor: Actor, pk: UUID | None) -> Any:
    """The row. Raises `Problem("not_found")`."""
    row = rows(actor).filter(pk=pk).first()
    if row is None:
        raise Problem("not_found")
    return row


def act(name: str, path: str, do: Callable[..., Any], rows: Rows | None = None, **more: Any) -> Op:
    """The verb `do` as a row: on the thing at `{id}` of `rows`, the body's fields as its keywords; answers what it returns."""
    out: type[Shown] | None = more.get("out")

    def answer(ask: Ask) -> Any:
        thing = found(rows, ask.actor, ask.pk) if rows else None
        result = do(ask.actor, thing, **ask.body, key=ask.key)
        return out.of(result, ask.actor) if out else None

    about = (do.__doc__ or name).strip().splitlines()[0]
    does = next(action for action, function in VERBS.items() if function is do)
    usual: dict[str, Any] = {"method": "POST", "status": 200 if out else 204, "does": does}
    return Op(name=name, path=path, about=about, answer=answer, **usual | more)


def one(name: str, path: str, rows: Rows, out: type[Shown], **more: Any) -> Op:
    """Reading the thing at `{id}`."""

    def answer(ask: Ask) -> Any:
        return out.of(found(rows, ask.actor, ask.pk), ask.actor)

    usual: dict[str, Any] = {"about": _about(out)}
    return Op(name=name, method="GET", path=path, out=out, answer=answer, **usual | more)


def many(
    name: str,
    path: str,
    rows: Rows,
    out: type[Shown],
    *,
    by: str = "at",
    under: tuple[str, Rows] | None = None,
    narrow: Callable[[QuerySet[Any], Any], QuerySet[Any]] | None = None,
    **more: Any,
) -> Op:
    """Reading rows page by page, newest first by the field `by`.

    `under`: the field that holds the thing at `{id}`, and the rows among which that is. `narrow`: rows by the query.
    """

    pages_of = paged(out)

    def answer(ask: Ask) -> Any:
        what = rows(ask.actor)
        if under is not None:
            what = what.filter(**{under[0]: found(under[1], ask.actor, ask.pk)})
        if narrow is not None:
            what = narrow(what, ask.query)
        items, following = pages.page(what, by, ask.query.cursor, ask.query.limit)
        # Constructed, not validated: each row has been already.
        return pages_of.model_construct(items=[out.of(row, ask.actor) for row in items], next=following)

    usual: dict[str, Any] = {"about": f"{_about(out)} Newest first, page by page.", "query": PageAsked}
    return Op(name=name, method="GET", path=path, out=pages_of, answer=answer, **usual | more)


def paged(out: type[Schema]) -> type[Schema]:
    """A page of `out`."""
    name = out.__name__.removesuffix("Out")
    return create_model(f"{name}Page", __base__=Schema, items=(list[out], ...), next=(str | None, None))  # type: ignore[valid-type]


def _about(out: type[Schema]) -> str:
    return (out.__doc__ or out.__name__).strip().splitlines()[0]
