"""Patterns that say "look closer": where none of them fires there is no identifier.

Not parsers: they are for the one hyperscan pass over every text, so they are bounded, without
look-around, and rare on ordinary text (a price, a date or a time of day fires none). ``tests`` hold
them to be a superset of what the parsers find.
"""

from sekisho.core.detection.identifiers.domains import BARE_TLDS

_GAP = r"[ \-.()/ー・の\n]{0,3}"
_CUE = (
    "(?:id|ids|username|user name|user|handle|account|acct|nick|nickname|tag|アイディ|アイデー|"
    "あいでぃ|アカウント|あかうんと|アカ名|垢|ユーザー名|検索|"
    "ハンドル|番号)"
)
_TLD = "|".join(BARE_TLDS)
_HOSTS = "line|me|ee|us|gle|run|so|dog|microsoft"
_CALLED = (
    "(?:電話|でんわ|デンワ|tel|携帯|けいたい|ケータイ|☎|📞|📱|phone|cell|mobile|call|text|ring|"
    "sms|ショートメール|whatsapp|ワッツアップ|連絡先|fax|viber|"
    "signal|wechat|dial)"
)
_ID_WORD = (
    "(?:id|ids|id検索|user ?name|handle|アイディー?|アイデー|あいでぃー?|アカウント名|アカ名|"
    "ユーザー名|ハンドルネーム|ハンドル名)"
)
_ID_GAP = r"(?:[ :=→⇒➡➤▶は「『“”\"'(が]|is|です|検索)"

TRIGGERS: list[str] = [
    r"@[ ]{0,2}[a-z0-9_]",
    r"h(?:tt|xx)ps?[ ]?:[ ]?/",
    r"www\.[a-z0-9-]",
    rf"[a-z0-9-][.](?:{_TLD}|{_HOSTS})(?:[^a-z0-9_@]|$)",
    r"[a-z0-9-][.][a-z0-9-]{2,24}(?::[0-9]{1,5})?/[a-z0-9@+_~.?#%-]",
    rf"[a-z0-9-][ ]?\.[ ]?(?:{_TLD}|{_HOSTS})(?:[ ]?/|[^a-z0-9_@]|$)",
    rf"0{_GAP}[5789]{_GAP}0(?:{_GAP}[0-9]){{8}}",
    r"0[0-9](?:[ \-.()ー]{0,3}[0-9]){8}",
    rf"\+[ ]?\(?[1-9](?:{_GAP}[0-9]){{6}}",
    r"81\)?[ -]?(?:\(0\)|0)?[ -]?[789]0(?:[ \-.()ー]{0,3}[0-9]){8}",
    r"[2-9][0-9][0-9][)]?[ ./-]{1,3}[2-9][0-9][0-9][ .-]{0,3}[0-9]{4}",
    r"\([2-9][0-9][0-9]\)[2-9][0-9][0-9][ .-]{0,2}[0-9]{4}",
    rf"{_CALLED}[^\n]{{0,24}}[0-9](?:[ .-]?[0-9]){{8}}",
    rf"(?:^|[^a-z0-9_\"'.<]){_ID_WORD}{_ID_GAP}{{0,5}}(?:[:=→⇒➡➤▶は「『“”\"'(が]|is|です|"
    rf"検索){_ID_GAP}{{0,5}}@?[a-z0-9_][a-z0-9._・-]{{2}}",
    rf"(?:^|[^a-z0-9_\"'.<]){_ID_WORD}[ ]{{1,6}}@?[a-z0-9_][a-z0-9._・-]{{0,48}}[0-9_]",
    r"live:[a-z0-9._-]{4}",
    r"[a-z0-9_.]{2}#[0-9]{4}",
    r"(?:id|番号|number)[ ]?(?:[:=は]|is)?[ ]?[0-9]{3}[ -]?[0-9]{3,4}[ -]?[0-9]{3}",
    r"(?:普通|当座|貯蓄|口座|店番)[^0-9\n]{0,24}[0-9](?:[ -]?[0-9]){6}",
    r"(?:普通|当座|貯蓄|口座|店番)[^0-9]{0,24}[0-9](?:[ -]?[0-9]){6}",
    r"店番[ :]?[0-9]{3}[^0-9]{0,24}[0-9](?:[ -]?[0-9]){6}",
    r"(?:ゆうちょ|郵便局|記号)[^0-9\n]{0,12}1[0-9]{4}",
    r"(?:account|acct|a/c)[^0-9\n]{0,16}[0-9](?:[ -]?[0-9]){5}",
    r"[a-z]{2}[0-9]{2}(?:[ -]?[a-z0-9]{4}){2}(?:[ -]?[a-z0-9]){3}",
    r"[0-9](?:[ -]?[0-9]){12}",
    r"(?:マイナンバー|まいなんばー|個人番号|my ?number)[^0-9\n]{0,20}[0-9](?:[ -]?[0-9]){11}",
    r"0x[0-9a-f]{40}",
    r"bc1[02-9ac-hj-np-z]{11}",
    r"(?:^|[^a-z0-9])[13][1-9a-z]{25}",
]

BESIDE_SERVICE: list[str] = [
    r"_[a-z0-9]|[a-z0-9]_",
    r"[a-z][a-z.\-]{0,30}[0-9]",
    r"[0-9][a-z.\-]{0,30}[a-z]",
    r"[「『“\"'‘(][ ]?@?[a-z0-9][a-z0-9._\-]{2}",
    rf"{_CUE}[^a-z0-9\n]{{0,12}}(?:[a-z]{{2,4}}[ ]){{0,2}}[^a-z0-9\n]{{0,6}}[a-z0-9_][a-z0-9._\-]{{2}}",
]
"""Patterns of what may be an id where a service is named too; alone they would fire on every other English text."""
