"""How chat programs write a conversation down: a table of line forms. Names of fields are what `reading` looks for.

`name` and `text` are told apart in each; `date` and `time` where the form has them. A form of `opens` lines begins a message
whose text follows on the next lines; `joint` says that a name line stands above a line of time alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_TIME = r"(?:午前|午後|[AaPp]\.?[Mm]\.?)?\s?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?"
_DATE = r"(?:\d{4}[/.\-年]\s?\d{1,2}[/.\-月]\s?\d{1,2}日?|\d{1,2}[/.\-月]\s?\d{1,2}(?:日|[/.\-]\d{2,4})?)"
_DAY = r"\s?(?:[(（]?(?:月|火|水|木|金|土|日|Mon|Tue|Wed|Thu|Fri|Sat|Sun)(?:曜日?)?[)）]?)?"
_NAME = r"(?P<name>[^\s:：\[\]［］【】「」、。,!?！？<>][^\t:：\[\]［］「」、。<>]{0,39}?)"
_WHEN = rf"(?P<date>{_DATE}){_DAY},?\s{{0,3}}(?P<time>{_TIME})"


@dataclass(frozen=True, slots=True)
class Form:
    """One way to write a line that begins a message. `sure`: nothing else looks like it, so a paste can be told by it alone."""

    id: str
    line: re.Pattern[str]
    sure: bool = True
    opens: bool = False


FORMS = (
    Form("line", re.compile(rf"(?P<time>{_TIME})\t(?P<name>[^\t]{{1,60}})\t(?P<text>.*)")),
    Form("bracket", re.compile(rf"[\[［]{_WHEN}[\]］]\s?{_NAME}\s{{0,3}}[:：]\s?(?P<text>.*)")),
    Form("dash", re.compile(rf"{_WHEN}\s[-–—]\s{_NAME}\s{{0,3}}[:：]\s?(?P<text>.*)")),
    Form("when-name", re.compile(rf"{_WHEN}\s{{1,3}}{_NAME}\s{{0,3}}[:：]\s?(?P<text>.*)")),
    Form("name-when", re.compile(
        rf"[\[［【]?{_NAME}[\]］】]?(?:さん|様)?\s{{1,4}}[—–\-(（]?\s?(?:{_WHEN}|(?P<clock>{_TIME}))[)）]?\s*"), opens=True),
    Form("time-name", re.compile(rf"(?P<time>{_TIME})\s{{1,3}}(?P<name>[^\s:：、。「」]{{1,30}})\s{{1,3}}(?P<text>\S.*)")),
    Form("name", re.compile(rf"{_NAME}(?:さん|様)?\s{{0,3}}[:：]\s?(?P<text>.*)"), sure=False),
)  # fmt: skip
"""From the most particular to the least; the one that reads most lines of a paste is taken, the earlier of equals."""

DATE_LINE = re.compile(
    rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,?\s?)?(?P<date>{_DATE}){_DAY}\s*", re.IGNORECASE
)
WHEN_LINE = re.compile(rf"(?:{_WHEN}|(?P<clock>{_TIME}))\s*")
TITLE = re.compile(
    r"\[LINE\]\s?(?:(?P<ja>.{1,60}?)とのトーク(?:履歴)?|Chat (?:history )?(?:with|in) (?P<en>.{1,60}?))(?:\.txt)?\s*"
)
FURNITURE = re.compile(
    r"\s*(?:既読(?:\s?\d{1,3})?|未読|保存日時[:：].*|Saved on:? .*|送信済み?|Read|Seen|Delivered|-{3,}|={3,}|…)\s*"
)

NO_NAMES = frozenset(
    """
    報酬 単価 料金 金額 予算 納期 期間 期限 締切 締め切り 日時 日程 時間 場所 内容
    仕事内容 業務内容 作業内容 詳細 概要 件名 題名 タイトル 条件 応募条件 必須条件
    歓迎条件 備考 注意 注意事項 追記 補足 追伸 例 目的 対象 年齢 性別 氏名 名前 本名
    お名前 住所 電話 電話番号 連絡先 メール メールアドレス 銀行 口座 支店 質問 回答
    回答例 文字数 本数 募集 募集人数 人数 勤務地 給与 時給 日給 月給 手数料 件
    mail email e-mail tel fax line lineid id url http https zoom skype ps p.s note subject date time
    pay rate budget deadline re fw
    """.split()
)
"""What stands before a colon and is no speaker (folded to lower case)."""
MYSELF = frozenset("自分 私 わたし 僕 俺 あなた me myself i you ワーカー worker".split())
"""Names by which a paste calls its owner."""
