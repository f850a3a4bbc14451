"""Nearly the same texts and pictures link accounts; boilerplate does not."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image, ImageDraw
from tests.market.linkage.conftest import TEXT
from tests.market.stories import new_deal, person

from sekisho.market.files import verbs as files
from sekisho.market.files.models import Share, Upload
from sekisho.market.kernel import outbox
from sekisho.market.linkage.graph import Reason, graph
from sekisho.market.linkage.models import Sighting
from sekisho.market.linkage.noting import note
from sekisho.market.linkage.pictures import look
from sekisho.market.linkage.policy import policy
from sekisho.market.linkage.texts import text_seen
from sekisho.market.messaging.verbs import send
from sekisho.market.people.models import Account

Wrote = Callable[[Account, str], None]
OTHER = (
    "製造業の経理を八年担当したのち独立しました。月次の仕訳入力、請求書の発行、年末調整の資料づくりまで、会計ソフトを使って在宅で"
    "お手伝いします。守秘義務を第一に考え、帳票は暗号化した領域で扱います。はじめての方には、作業の流れと料金の目安を資料でお渡し"
    "しておりますので、まずは現在のお困りごとをお聞かせください。夜間や土曜のご相談にもできるだけ応じます。"
)


def reasons(one: Account, other: Account) -> tuple[Reason, ...]:
    ends = tuple(sorted((one.id, other.id)))
    return next((edge.reasons for edge in graph(one.id).edges if (edge.one, edge.other) == ends), ())


def test_a_template_with_another_name_and_number_links_two_accounts(
    cast: dict[str, Any], wrote: Wrote
) -> None:
    wrote(cast["hanako"], TEXT + "電話は 090-1234-5678 です。")
    wrote(cast["taro"], TEXT.replace("歯科医院", "保育園") + "電話は 080-9999-0000 です。")
    (reason,) = reasons(cast["hanako"], cast["taro"])
    assert reason.kind == "text"
    assert 0.75 <= reason.likeness < 1


def test_texts_of_their_own_link_nobody(cast: dict[str, Any], wrote: Wrote) -> None:
    wrote(cast["hanako"], TEXT)
    wrote(cast["taro"], OTHER)
    assert reasons(cast["hanako"], cast["taro"]) == ()


@pytest.mark.parametrize("text", ["よろしくお願いいたします。", "ありがとう" * 100, "1234567890 " * 100])
def test_short_and_repeated_texts_are_not_compared(text: str) -> None:
    assert text_seen(text) is None


def test_a_text_that_very_many_use_tells_nothing(cast: dict[str, Any], wrote: Wrote) -> None:
    for i in range(policy().common):
        wrote(person(f"次郎{i}"), TEXT)
    wrote(cast["hanako"], TEXT)
    assert graph(cast["hanako"].id).edges == ()


def test_boilerplate_around_words_of_ones_own_links_nobody(cast: dict[str, Any], wrote: Wrote) -> None:
    dice = random.Random(1)
    letters = [chr(c) for c in range(0x4E00, 0x5000)]
    for i in range(40):
        words = text_seen(
            TEXT + "".join(dice.choices(letters, k=80))
        )  # too far from each other to be the same
        assert words is not None
        note(person(f"次郎{i}").id, [words])
    wrote(cast["hanako"], TEXT + "".join(dice.choices(letters, k=20)))
    wrote(cast["taro"], TEXT + "".join(dice.choices(letters, k=20)))
    assert reasons(cast["hanako"], cast["taro"]) == ()


def test_a_long_message_sent_back_by_the_other_side_is_quoted(cast: dict[str, Any]) -> None:
    deal = new_deal(cast)
    for name in ("aoba", "hanako"):
        deal.refresh_from_db()
        send(cast[name].actor, deal, text=OTHER)
    while outbox.deliver():
        pass
    assert [one.account_id for one in Sighting.objects.all()] == [cast["aoba"].id]


def drawn(seed: int) -> Image.Image:
    """A picture with shape: blocks at random."""
    dice, picture = random.Random(seed), Image.new("RGB", (640, 480), "white")
    draw = ImageDraw.Draw(picture)
    for _ in range(25):
        left, top = dice.randrange(600), dice.randrange(440)
        draw.rectangle((left, top, left + dice.randrange(20, 200), top + dice.randrange(20, 120)), fill=dice.choice(
            ("black", "grey", "navy", "silver")))  # fmt: skip
    return picture


def saved(picture: Image.Image, form: str = "PNG", **how: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **how)
    return out.getvalue()


def uploaded(account: Account, data: bytes, for_: str = "message") -> Upload:
    row: Upload = files.upload(account.actor, None, name="見本.png", stream=io.BytesIO(data), for_=for_)
    while outbox.deliver():
        pass
    return row


@pytest.fixture(autouse=True)
def no_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """What stands in the pictures is not the point."""
    monkeypatch.setattr("sekisho.market.files.handlers.reading_of", lambda _: None)


def test_a_picture_made_smaller_and_compressed_links_two_accounts(cast: dict[str, Any]) -> None:
    uploaded(cast["hanako"], saved(drawn(1)))
    uploaded(cast["taro"], saved(drawn(1).resize((320, 240)), "JPEG", quality=50))
    (reason,) = reasons(cast["hanako"], cast["taro"])
    assert reason.kind == "picture"


def test_other_pictures_and_evidence_link_nobody(cast: dict[str, Any]) -> None:
    uploaded(cast["hanako"], saved(drawn(1)))
    uploaded(cast["taro"], saved(drawn(2)))
    uploaded(cast["aoba"], saved(drawn(1)), "evidence")
    assert graph(cast["hanako"].id).edges == ()


def test_a_picture_passed_on_by_whom_it_was_sent_to_links_nobody(cast: dict[str, Any]) -> None:
    first = uploaded(cast["aoba"], saved(drawn(1)))
    Share.objects.create(upload=first, reader=cast["hanako"].id)
    uploaded(cast["hanako"], saved(drawn(1), "JPEG", quality=80))
    assert graph(cast["hanako"].id).edges == ()


def test_a_blank_picture_and_one_that_is_broken_are_not_compared() -> None:
    assert look(saved(Image.new("RGB", (300, 300), "white"))) is None
    assert look(saved(drawn(1))[:500]) is None
