"""What somebody asks on the check page: the form read, bounded and put right in plain words. Judges nothing."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from sekisho.interfaces.web import words
from sekisho.interfaces.web.checking.platforms import APPROVED, CORE_STAGES, Platform, platforms
from sekisho.market.kernel.problems import Kind, Problem, Row, describe

KINDS = ("message", "posting", "thread")
LONGEST = {"message": 20_000, "posting": 20_000, "thread": 60_000}
"""Code points of a text of each kind."""
SHORT, PROFILE = 300, 5_000
"""Code points of a title or a pay, and of a client's profile."""
NAME = 60
"""Code points of a speaker's name."""
CATEGORIES = {
    "writing": _("ライティング"), "data_entry": _("データ入力"), "design": _("デザイン"), "web": _("ウェブ制作"),
    "app_dev": _("アプリ・システム開発"), "video": _("動画"), "translation": _("翻訳"), "transcription": _("文字起こし"),
    "virtual_assistant": _("事務・秘書"), "marketing": _("マーケティング"), "survey": _("アンケート"), "photo": _("写真"),
    "voice": _("音声・ナレーション"), "sales": _("営業"), "consulting": _("相談・コンサルティング"), "other": _("その他"),
}  # fmt: skip
"""What the core's `Category` are called."""
_UNITS = str.maketrans("", "", "件日回人本星★, ")

describe({
    "check_blank": Row(Kind.INVALID, "確認したい文を貼り付けるか、スクリーンショットを選んでください。",
                       "Paste a text, or choose a screenshot."),
    "check_number": Row(Kind.INVALID,
        "「{field}」は{least}から{most:,}までの数で入力してください。わからなければ空欄で大丈夫です。",
        "“{field}” must be a number from {least} to {most:,}. Leave it empty if you do not know."),
    "check_no_tools": Row(Kind.INVALID, "申請で承認されたツールを、1つ以上選んでください。",
                          "Choose at least one tool that was approved."),
    "check_no_thread": Row(Kind.INVALID,
        "やり取りの形を読み取れませんでした。「名前：文」のように名前から始まる行で貼り付けるか、「メッセージ」を選んでください。",
        "No conversation could be told apart. Begin each line with a name and a colon, or choose “Message”."),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be judged. `stage` is one of `platforms.STAGES` that the platform knows; `me` a speaker's name.

    `stage_moved`: another stage was chosen, which the platform does not know.
    """

    kind: str
    text: str
    platform: Platform
    stage: str
    tools: tuple[str, ...]
    picture: bytes | None
    posting: dict[str, Any]
    me: str | None
    stage_moved: bool = False

    @property
    def core_stage(self) -> str:
        """As the core calls it."""
        return CORE_STAGES.get(self.stage, self.stage)


def read_asked(request: HttpRequest) -> Asked:
    """The form as it was sent. Raises `Problem` for what is empty, too long or no number."""
    post = request.POST
    kind = _one_of(post.get("kind"), KINDS)
    platform = platforms()[_one_of(post.get("pack"), tuple(platforms()))]
    upload: Any = request.FILES.get("picture")
    picture = upload.read() if upload else None
    text = _text(post.get("text"), _("本文"), LONGEST[kind])
    posting = _posting(post, text) if kind == "posting" else {}
    if picture is None and not text.strip() and not posting.get("title", "").strip():
        raise Problem("check_blank")
    wanted = "pre_contract" if kind == "posting" else str(post.get("stage") or "pre_contract")
    stage = (
        wanted
        if wanted in platform.stages
        else "contracted"
        if wanted == "contact_approved"
        else "pre_contract"
    )
    tools = tuple(tool for tool in post.getlist("tools") if tool in words.TOOLS) if stage in APPROVED else ()
    if stage in APPROVED and not tools:
        raise Problem("check_no_tools")
    me = post.get("me")
    return Asked(
        kind,
        text,
        platform,
        stage,
        tools,
        picture,
        posting,
        None if me is None else me[:NAME],
        stage != wanted,
    )


def _one_of(value: str | None, known: tuple[str, ...]) -> str:
    return value if value in known else known[0]


def _text(value: str | None, field: Any, most: int) -> str:
    text = (value or "").replace("\r\n", "\n")
    if len(text) > most:
        raise Problem("too_long", field=field, most=most, length=len(text))
    return text


def _posting(post: Any, body: str) -> dict[str, Any]:
    """As `check_posting` takes it; what was left empty is unknown."""
    category = post.get("category")
    client = {
        "rating": _number(post.get("rating"), _("評価"), 5, whole=False),
        "reviews": _number(post.get("reviews"), _("評価の件数"), 1_000_000),
        "orders": _number(post.get("orders"), _("発注の実績"), 1_000_000),
        "registered_days": _number(post.get("registered_days"), _("登録からの日数"), 40_000),
    }
    known: dict[str, Any] = {name: value for name, value in client.items() if value is not None}
    profile = post.get("profile_state")
    if profile in ("empty", "full"):
        known |= {"profile": "", "company": False} if profile == "empty" else {"company": True}
    return {
        "title": _text(post.get("title"), _("件名"), SHORT),
        "body": body,
        "pay": {"text": _text(post.get("pay"), _("報酬"), SHORT)},
        "category": category if category in CATEGORIES else None,
        "client": known,
    }


def _number(value: str | None, field: Any, most: int, *, whole: bool = True) -> int | float | None:
    text = unicodedata.normalize("NFKC", value or "").translate(_UNITS)
    if not text:
        return None
    try:
        number = float(text) if len(text) <= 12 and text.isascii() else -1.0
    except ValueError:
        number = -1.0
    if not 0 <= number <= most or (whole and number != int(number)):
        raise Problem("check_number", field=field, least=0, most=most)
    return int(number) if whole else number
