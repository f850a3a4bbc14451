"""What an amount is paid per: the words before and after it. Works on folded text and on windows of bounded length."""

from __future__ import annotations

import re

from sekisho.core.detection.pay.words import EN_UNITS, JA_LABELS

BEFORE, AFTER = 48, 40
"""Code points before and after an amount in which its unit may stand."""

_COUNTED = (
    "件|記事|本|枚|点|回|個|題|曲|通|セット|話|コマ|問|社|品|台|着|冊|投稿|ツイート|ポスト|アカウント|動画|作品|商品|デザイン|カット|コマ|案|レビュー|口コミ"
    "|名様?|人|アポ|成約|タスク|作業|スクリプト|スタンプ|イラスト|画像|バナー|サムネ(?:イル)?|ロゴ|lp|レッスン|授業|講座|シナリオ|データ|行|食|部"
)
_ONE = "(?:1|一|ひと|各)"
_JA_UNITS = (
    ("hour", rf"{JA_LABELS['hour']}|時間単価|時間あたり|時間当たり|60分(?:あたり|につき)"),
    ("day", rf"{JA_LABELS['day']}|日額|日払い|日(?=[0-9])|1人日|半日"),
    ("week", rf"{JA_LABELS['week']}|週額|週あたり|(?<![毎今来先])週(?=[0-9約])"),
    ("month", rf"{JA_LABELS['month']}|月あたり|1人月|月固定|月の(?:目安|収入|報酬|合計)|月(?:の目安|平均|合計)(?=は)|(?<![0-9一二三四五六七八九十今来先翌])月(?=[0-9一二三四五六七八九十数約最平で¥~])"),
    ("character", rf"{_ONE}文字|{_ONE}字|文字単価|文字あたり|文字当たり|字単価"),
    ("word", rf"{_ONE}(?:ワード|英?単語|語)|ワード単価|単語単価|ワードあたり|語単価|単語あたり"),
    ("page", rf"{_ONE}(?:ページ|頁|p\b)|ページ単価|ページあたり|頁あたり"),
    ("minute", rf"{_ONE}分(?:間)?|分単価|(?<![0-9])分あたり|毎分"),
    (
        "project",
        rf"固定報酬(?:額|制)?|一式|総額|{_ONE}案件|{_ONE}(?:プロジェクト|プロジェクト全体)|一括|予算(?:額|感)?|全部で|全体で|まとめて|トータル|合計|固定(?:額|価格|金額)?"
        r"|プロジェクト(?:全体|報酬|単価)|案件単価|契約金額|全工程",
    ),
    ("item", rf"{_ONE}(?:{_COUNTED})|(?:{_COUNTED})単価|(?<![客均品])単価|(?<!案)(?:{_COUNTED})あたり|(?:{_COUNTED})当たり|(?:{_COUNTED})につき|(?:{_COUNTED})ごと|成果報酬"),
)
_BEFORE_JA = [(name, re.compile(words)) for name, words in _JA_UNITS]
_QUANTITY = r"[0-9,.~]{1,9} ?(?:文字|字|分|時間|ページ|枚|words|秒|点|問|行|日|か月|ヶ月)(?:程度|前後|ほど|以上|以内|まで)?(?:で|の|、| )?"
_FILLED = (
    r"(?:あたり|当たり|につき|ごとに?|/|毎に?|で|は|が|の|を|:|=|→|…|・|に|、|,|-|報酬額?|単価|料金|固定|約|およそ|だいたい|おおむね|概ね|一律|平均|相場"
    r"|最大|上限|最高|最低|下限|少なくとも|お支払いは?|支払い?|金額|基本|完全|税込み?|税別|税抜き?|費用|価格|想定|目安|お礼|謝礼|ギャラ|[ \n「『【】」』|\[\]]"
    rf"|\([^)\n]{{0,16}}\)|{_QUANTITY}|たった|なんと|だけで?|作業|制作|編集|執筆|分)"
)
_GAP = re.compile(rf"{_FILLED}{{0,8}}$")
_WORKED = re.compile(r"(?:たった|わずか|約)?[0-9一二三]{1,3}(?:分|時間)[^0-9。\n]{0,8}$")

_TIME_AFTER = (
    ("hour", "時間|時|h(?:r|our)?\\b"), ("day", "日"), ("week", "週間?"), ("month", "月|[かヶカケ]月"), ("character", "文字|字"),
    ("word", "ワード|単語|語"), ("page", "ページ|頁|p\\b"), ("minute", "分"), ("project", "案件|プロジェクト|一式|式"),
    ("item", _COUNTED),
)  # fmt: skip
_AFTER_JA = [
    (name, re.compile(rf"(?:/ ?{_ONE}?|\( ?{_ONE}|毎|、{_ONE}|,? ?per ?|\()(?:{words})(?:あたり|につき|単位|ごと)?(?:[ )/、。]|(?=[^ぁ-んa-z0-9])|$|あ|に|と|で|の|を)"))
    for name, words in _TIME_AFTER
]
_AFTER_NAMED = re.compile(
    r"(?:の|で|を|\()?(?P<name>時給|日給|日当|週給|月給|月収|月額|固定報酬|一式|一括|固定)(?!以外)|(?:per|/) ?(?P<en>hour|day|month|week)"
)
_NAMED = {
    "時給": "hour", "日給": "day", "日当": "day", "週給": "week", "月給": "month", "月収": "month", "月額": "month",
}  # fmt: skip

_EN_TIMES = {**EN_UNITS, "word": "word", "words": "word", "page": "page", "minute": "minute", "min": "minute", "mins": "minute",
             "character": "character", "char": "character", "project": "project", "job": "project", "gig": "project"}  # fmt: skip
_EN_ITEMS = (
    "article|post|video|image|photo|picture|item|piece|task|review|design|logo|banner|episode|song|track|email|listing|product|lead|click|like|"
    "record|entry|row|survey|response|session|lesson|call|script|illustration|thumbnail|clip|file|card|receipt|recording|caption|comment|set|blog|story|"
    "case study|translation|test|interview|order|sale|appointment|booking|slide|sketch|chapter|podcast|reel|template|ad|sample|signup|recruit|person|hire"
)
_EN_AFTER = re.compile(
    r" ?(?:(?:usd|eur|gbp) ?)?(?:(?P<per>/|per\b|each\b|every\b|for (?:each|every|one)\b|by the\b) ?(?:(?:audio|finished|source|published|completed|"
    r"recorded|translated|final|working|target|edited|approved|new|english|japanese) )?(?:[0-9][0-9,]{0,6}[- ](?:word|minute|page|hour|min)[- ])?"
    r"(?P<any>[a-z]{1,14}(?: study)?)(?: (?P<then>page|word|minute|hour))?\b|(?P<a>an?|in an?) "
    rf"(?P<time>hour|hr|day|week|month|page|word|minute|{_EN_ITEMS})\b|(?P<ly>hourly|daily|weekly|monthly|(?:day|hour|week|month)(?= rate))\b|(?P<each>each|apiece|a piece)\b|p/?(?P<short>[hdwm])\b)"
)
_SHORT = {"h": "hour", "d": "day", "w": "week", "m": "month"}
_EN_PROJECT = re.compile(
    r",? ?\(?(?:(?:as a |as one |a )?(?:fixed|flat|lump)(?:[- ](?:price|rate|fee|sum))?\b|in total\b|total\b|all in\b|all-in\b|altogether\b|overall\b|"
    r"for (?:the|this|your)? ?(?:whole|entire|full|complete|total|finished)? ?(?:project|job|gig|lot|set|book|thing|work|package|assignment|task|site|website|app)\b"
    r"|per project\b|/project\b|one-off\b|one off\b|budget\b)"
)
_EN_BEFORE = re.compile(
    r"\b(?P<time>hourly|daily|weekly|monthly|(?:day|hour|week|month)(?= rate)|(?:per|an?|each|every) (?:hour|day|week|month|page|word|minute))(?:(?: rate| pay| wage| salary| fee| budget"
    r"| retainer)?(?: is| of| at|:|,| -|=)?(?: about| around| up to| from| at least)?) ?$|"
    r"\b(?P<project>(?:fixed|flat|project|total|whole|overall|lump)(?:[- ](?:price|rate|fee|sum|budget|pay|payment|cost|job|project))*|budget|lump sum|one-off"
    r"(?: payment| fee)?)(?: is| of| at|:|,| -|=|\))*(?: about| around| approximately| up to| from| between| at least)? ?$|"
    r"\b(?:per|each|every|an?) (?P<item>word|page|minute|[a-z]{3,14}):? ?$"
)


def unit_of(text: str, start: int, end: int) -> tuple[str, int, int]:
    """(unit or "", start, end) of the amount in [start, end), stretched over the words that name its unit."""
    after = text[end : end + AFTER]
    for name, pattern in _AFTER_JA:
        match = pattern.match(after)
        if match is not None:
            return name, start, end + len(match[0].rstrip("、。 ぁ-ん"))
    unit, stretch = _english_after(after)
    if unit:
        return unit, start, end + stretch
    unit, back = _before(text, start)
    if unit:
        return unit, start - back, end
    named = _AFTER_NAMED.match(after)
    if named is not None:
        return _NAMED.get(named["name"] or "", "project") if named["name"] else named["en"], start, end + named.end()
    return "", start, end


def _before(text: str, start: int) -> tuple[str, int]:
    """The unit named last before `start` with nothing but filling words between, and how far back it begins."""
    low = max(0, start - BEFORE)
    before = text[low:start]
    for stop in "。!?":
        before = before[before.rfind(stop) + 1 :]
    # The number itself belongs to the look-ahead of some labels (月5万円).
    window = before + text[start : start + 1]
    named = sorted(
        ((match.end(), -match.start(), name) for name, pattern in _BEFORE_JA for match in pattern.finditer(window)),
        reverse=True,
    )
    named = [one for one in named if one[0] <= len(before)]
    if named:
        end, back, unit = named[0]
        if before[-back:end] == "単価":  # 1分単価, 1本の単価: what stands right before it is the unit
            end, back, unit = next((one for one in named[1:] if _GAP.fullmatch(before[one[0] : -back])), named[0])
        rest = before[end:]
        if _GAP.fullmatch(rest) or (unit == "day" and _WORKED.fullmatch(rest)):
            return unit, len(before) + back
    return _english_before(before)


def _english_before(before: str) -> tuple[str, int]:
    match = _EN_BEFORE.search(before)
    if match is None:
        return "", 0
    if match["project"]:
        return "project", len(before) - match.start()
    word = (match["time"] or match["item"]).split()[-1]
    known = _EN_TIMES.get(word) or ("item" if re.fullmatch(_EN_ITEMS, word) else "")
    return known, len(before) - match.start() if known else 0


def _english_after(after: str) -> tuple[str, int]:
    match = _EN_AFTER.match(after)
    if match is not None:
        if match["short"]:
            return _SHORT[match["short"]], match.end()
        word = match["then"] or match["any"] or match["time"] or match["ly"]
        if match["each"] or word is None:
            return "item", match.end()
        if match["any"] in ("year", "yr", "annum"):
            return "", 0
        return _EN_TIMES.get(word) or _EN_TIMES.get(word.removesuffix("s"), "item"), match.end()
    match = _EN_PROJECT.match(after)
    return ("project", match.end()) if match is not None else ("", 0)
