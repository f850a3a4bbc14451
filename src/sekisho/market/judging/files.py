"""Files judged: their names, and what stands in pictures and PDFs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sekisho.core.detection.judge import FORCE
from sekisho.core.rules.model import Action
from sekisho.market.files.models import Upload
from sekisho.market.files.reading import reading_of
from sekisho.market.judging.judge import judge_text, keep
from sekisho.market.judging.models import Judgement


@dataclass(frozen=True, slots=True)
class JudgedFiles:
    """What came of a set of files. `not_read` names, by upload, why a picture or PDF was not read: it is shown beside it."""

    judgements: tuple[Judgement, ...] = ()
    not_read: tuple[tuple[UUID, str], ...] = ()

    @property
    def action(self) -> Action:
        """The strongest action of them all."""
        return max((Action(j.action) for j in self.judgements), key=FORCE.__getitem__, default=Action.ALLOW)

    @property
    def clear(self) -> bool:
        """Whether nothing was seen in any."""
        return all(j.verdict == "clear" for j in self.judgements)


def judge_files(uploads: Iterable[Upload], *, kind: str, sender: str, writer: UUID | None,
                stage: str = "pre_contract", approved_tools: Iterable[str] = ()) -> JudgedFiles:  # fmt: skip
    """Judge files in the context of what they are attached to (`kind`: message or delivery), and keep the judgements.

    A picture that nobody has read yet is read now, at a second or two a page.
    """
    judgements: list[Judgement] = []
    not_read: list[tuple[UUID, str]] = []
    where = {"sender": sender, "stage": stage, "approved_tools": tuple(approved_tools)}
    for upload in uploads:
        judgements.append(
            judge_text(upload.name, kind="file_name", subject=upload.id, writer=writer, **where)  # type: ignore[arg-type]
        )
        reading = reading_of(upload)
        if reading is None:
            continue
        if reading.content is None:
            not_read.append((upload.id, reading.not_read))
            continue
        text = "\n".join(
            [
                *(m["text"] for m in reading.content["messages"]),
                *(c["text"] for c in reading.content["codes"]),
            ]
        )
        context = {
            "form": "picture",
            "reading": reading.content,
            **where,
            "approved_tools": list(approved_tools),
        }
        judgements.append(keep(None, kind=kind, text=text, context=context, subject=upload.id, writer=writer))
    return JudgedFiles(tuple(judgements), tuple(not_read))
