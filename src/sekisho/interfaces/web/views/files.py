"""Files on pages: taken in with a form, listed beside what they belong to, handed out as downloads and never shown in place."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.contrib import messages as flash
from django.db.models import Sum
from django.http import FileResponse, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sekisho.interfaces.web.doors import Page, member, visible
from sekisho.market.files import verbs
from sekisho.market.files.models import FileReading, Share, Upload
from sekisho.market.files.policy import policy
from sekisho.market.judging.models import Judgement
from sekisho.market.kernel.actors import Actor
from sekisho.market.kernel.problems import Problem
from sekisho.market.messaging.reading import judged_files

Row = dict[str, Any]
SHOWN = 200


def taken(request: HttpRequest, actor: Actor, purpose: str, name: str = "files") -> tuple[UUID, ...]:
    """The files of a form: those kept from an attempt before, and the new ones, which are uploaded now.

    Sent again with the same key they are the same uploads. Raises `Problem`; what was uploaded until then can be kept.
    """
    kept = [_uuid(value) for value in request.POST.getlist("kept")]
    key = request.POST.get("key")
    new = []
    for number, file in enumerate(request.FILES.getlist(name)):
        stream: Any = verbs.comparable(file, purpose) if key else file  # type: ignore[arg-type]
        row = verbs.upload(
            actor,
            None,
            name=file.name or "",
            stream=stream,
            for_=purpose,
            key=f"{key}/{number}" if key else None,
        )
        new.append(row.id)
    return tuple(dict.fromkeys([*kept, *new]))


def _uuid(value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError:
        raise Problem("file_gone") from None


def unused(actor: Actor, purpose: str) -> Any:
    """One's own uploads for a purpose that nothing refers to yet, as a form offers them again."""
    return Upload.objects.filter(owner=actor.me, purpose=purpose, about=None).order_by("-at")[: policy().most]


def listed(uploads: Iterable[Upload], actor: Actor) -> dict[UUID, Row]:
    """Those of `uploads` that `actor` may know of, each with what was seen in it and why it could not be read."""
    found = {upload.id: upload for upload in uploads}
    if not found:
        return {}
    house = "moderator" in actor.roles
    shared = set(Share.objects.filter(upload__in=found, reader=actor.me).values_list("upload_id", flat=True))
    judged = judged_files(found)
    digests = {upload.sha256 for upload in found.values()}
    unread = dict(
        FileReading.objects.filter(pk__in=digests).exclude(not_read="").values_list("pk", "not_read")
    )
    rows = {}
    for pk, upload in found.items():
        mine = upload.owner == actor.id
        if mine or pk in shared or house:
            rows[pk] = {
                "upload": upload, "gone": upload.erased_at is not None, "fetch": mine or pk in shared, "look": house,
                "findings": [] if mine else _findings(judged.get(pk, [])), "not_read": unread.get(upload.sha256, ""),
            }  # fmt: skip
    return rows


def _findings(judgements: list[Judgement]) -> list[Any]:
    return [f for judgement in judgements for f in judgement.findings if f["verdict"] != "clear"]


def by_thing(abouts: Iterable[UUID], actor: Actor) -> dict[UUID, list[Row]]:
    """The files of each of these rows, as `actor` may see them."""
    groups = verbs.attached(abouts)
    rows = listed((upload for uploads in groups.values() for upload in uploads), actor)
    return {about: [rows[u.id] for u in uploads if u.id in rows] for about, uploads in groups.items()}


def named(contents: Iterable[dict[str, Any]], actor: Actor) -> dict[str, Row]:
    """By id: the files that bodies of events name."""
    ids = {str(file["id"]) for content in contents for file in content.get("files", ()) if "id" in file}
    rows = listed(Upload.objects.filter(pk__in=ids), actor) if ids else {}
    return {str(pk): row for pk, row in rows.items()}


def handed_out(file: verbs.Download) -> FileResponse:
    """A file as an answer."""
    answer = FileResponse(file.open())
    for (
        name,
        value,
    ) in file.headers.items():  # afterwards: Django would name a type and a way of showing of its own
        answer[name] = value
    return answer


@require_POST
def fetch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Download a file; every time stands in the record."""
    actor = member(request)
    return handed_out(verbs.fetch(actor, visible(Upload, actor, pk)))  # type: ignore[return-value]


class Mine(Page):
    """One's own files: what they are used for, how much room is left. What nothing refers to can be discarded."""

    template = "web/files.html"

    def context(self, request: HttpRequest, actor: Actor, **where: Any) -> dict[str, Any]:
        """The last ones, and all they come to."""
        mine = Upload.objects.filter(owner=actor.me)
        return {
            "rows": list(listed(mine.order_by("-at")[:SHOWN], actor).values()), "quota": policy().quota_bytes,
            "used": mine.aggregate(all=Sum("size"))["all"] or 0, "hours": policy().unused_hours,
            "purposes": tuple(policy().largest_bytes),
        }  # fmt: skip

    def act(self, request: HttpRequest, actor: Actor, **where: Any) -> str:
        """Upload for later use."""
        if not taken(request, actor, request.POST.get("for", "")):
            raise Problem("blank", field="file")
        flash.success(request, _("ファイルを保存しました。"))
        return "/me/files"
