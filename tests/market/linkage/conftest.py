"""What the tests of this room write with."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sekisho.market.judging.judge import judge_text
from sekisho.market.kernel import outbox
from sekisho.market.people.models import Account

TEXT = (
    "私は都内の制作会社で十年間、ウェブサイトの企画と制作に携わってまいりました。飲食店や美容室、歯科医院など、これまでに多くの"
    "お客様のホームページを手がけ、公開後の運用まで一貫して承っております。納期を守ることと、途中経過をこまめにお知らせすることを"
    "心がけています。表示速度の改善やアクセス解析のご相談だけでも歓迎いたしますので、どうぞお気軽にお声がけください。"
)
"""A profile of some length."""


@pytest.fixture
def wrote() -> Callable[[Account, str], None]:
    """`wrote(account, text)`: a profile, with all that follows in the background."""

    def write(account: Account, text: str) -> None:
        judge_text(text, kind="profile", sender="worker", writer=account.id)
        while outbox.deliver():
            pass

    return write
