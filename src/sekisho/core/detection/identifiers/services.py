"""The chat services by the names people write, and the small words that stand between a service and an id.

Not the detector's word classes: this list serves only to read "LINE ID: abc" as one contact.
"""

import re

from sekisho.core.detection.identifiers.model import Kind
from sekisho.core.detection.identifiers.wordlists import words

# tool: (kind, names). Several ways of folding kana are served by listing both syllabaries.
SERVICES: dict[str, tuple[Kind, str]] = {
    "line": (Kind.LINE_ID, "line|ライン|らいん"),
    "telegram": (Kind.TELEGRAM, "telegram|t3l3gr4m|テレグラム|テレグラ|てれぐらむ"),
    "whatsapp": (Kind.WHATSAPP, "whats ?app|ワッツアップ|わっつあっぷ"),
    "kakaotalk": (Kind.KAKAOTALK, "kakao ?talk|kakao|カカオトーク|カカオ|かかおとーく|かかお|카카오톡"),
    "discord": (Kind.DISCORD, "discord|d1sc0rd|ディスコード|ディスコ|でぃすこーど|でぃすこ"),
    "instagram": (Kind.INSTAGRAM, "instagram|insta|インスタグラム|インスタ|いんすたぐらむ|いんすた|ig"),
    "x": (Kind.X, "twitter|ツイッター|ついったー|x"),
    "skype": (Kind.SKYPE, "skype|スカイプ|すかいぷ"),
    "chatwork": (Kind.CHATWORK, "chatwork|チャットワーク|ちゃっとわーく|チャトワ|ちゃとわ|cw"),
    "slack": (Kind.SLACK, "slack|スラック|すらっく"),
    "": (
        Kind.HANDLE,
        "wechat|微信|ウィーチャット|signal|シグナル|threads|スレッズ|messenger|facebook|viber|tiktok",
    ),
}

# The names come first in the pattern, without a look-behind, so that ``re`` can skip to their first letters;
# "online", "ガイドライン", "#slack" are refused by ``begins_word`` afterwards.
_TOOLS = {
    name.replace(" ?", ""): (tool, kind)
    for tool, (kind, names) in SERVICES.items()
    for name in names.split("|")
}
SERVICE = "(?P<service>" + "|".join(names for _, names in SERVICES.values()) + r")(?![a-z0-9_.]|[ァ-ヶー])"
_SERVICE = re.compile(SERVICE)
_INSIDE_WORD = re.compile(r"[a-z0-9_.@/\\\-ァ-ヶー]")
# Too short or too common in English to count as a service from a distance.
_WEAK = frozenset({"x", "ig", "cw", "line", "threads", "signal", "messenger", "insta"})

# Words of the gap that say "an id follows", and those that only lead there. Latin ones end at a word's end.
STRONG = (
    r"(?:公式|受付)?(?:id検索|(?:id|user ?name|user|handle|account|acct|nick(?:name)?|tag)(?![a-z0-9_.-])|"
    r"アイディー|アイディ|アイデー|あいでぃー|あいでぃ|"
    r"アカウント名?|あかうんと|アカ名|垢|ユーザー名|ユーザー?id|検索|ハンドルネーム|ハンドル名?|番号)"
)
JOIN = (
    r"(?:[ :;=→⇒➡➤▶>「『【\"'“”‘’(\[<・|、/~\-]|"
    r"(?:is|are|me|my|on|at|via|name|number|contact|us|our|add)(?![a-z0-9_.-])|"
    r"公式|アプリ|です|名前|名|は|が|の|で|を|に|へ|も|から|旧)"
)
NAME = r"@?[a-z0-9_][a-z0-9._-]{2,40}"

_ENGLISH = words(
    """
    required require requires integration account accounts only please below number name names group
    groups channel channels with when where what which this that these those here there your yours
    their have has will would should could must need needs needed optional and for from into about
    after before message messages call calls chat chats using used user users api app apps bot bots
    sdk web website work works working team teams link links page pages post posts profile profiles
    ads marketing manager management experience etc zoom slack discord telegram whatsapp skype line
    email mail gmail google phone instagram twitter facebook linkedin tiktok youtube wechat signal
    meet the not is are can may none null true false available preferred online offline today
    tomorrow anytime directly instead first also join send contact search handle handles address
    verification verified business official content media social http https www
    """
)
_FILES = re.compile(
    r"\.(?:js|ts|py|png|jpe?g|gif|pdf|docx?|xlsx?|csv|txt|json|html?|css|php|zip|mp[34]|exe|net)$"
)


def service_before(text: str, at: int, reach: int) -> tuple[str, Kind] | None:
    """The nearest service named in the ``reach`` code points before ``at``."""
    found = None
    for match in _SERVICE.finditer(text, max(0, at - reach - 12), at):
        found = _named(text, match) or found
    return found


def service_after(text: str, at: int, reach: int) -> tuple[str, Kind] | None:
    """The first service named in the ``reach`` code points after ``at``."""
    for match in _SERVICE.finditer(text, at, min(len(text), at + reach)):
        if named := _named(text, match):
            return named
    return None


def _named(text: str, match: re.Match[str]) -> tuple[str, Kind] | None:
    if match[0] in {"x", "ig", "cw"} or not begins_word(text, match.start()):
        return None
    return tool_of(match)


def begins_word(text: str, at: int) -> bool:
    """False inside a word of the same script, a path or a file name."""
    return at == 0 or not _INSIDE_WORD.match(text, at - 1)


def tool_of(match: re.Match[str]) -> tuple[str, Kind]:
    """Tool and kind of a match that holds ``SERVICE``."""
    return _TOOLS[match["service"].replace(" ", "")]


def is_weak(name: str) -> bool:
    """True for a service name that is an everyday word or a letter or two."""
    return name in _WEAK


def is_plain_word(name: str) -> bool:
    """True for words that follow a service in ordinary English and for file names."""
    return name in _ENGLISH or bool(_FILES.search(name))


def looks_made(name: str) -> bool:
    """True for names no dictionary has: an underscore between letters, or letters and digits together."""
    letters = sum(char.isalpha() for char in name)
    digits = sum(char.isdigit() for char in name)
    return letters >= 2 and ("_" in name or (digits >= 1 and letters + digits >= 5))
