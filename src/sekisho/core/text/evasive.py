"""What in a folded text makes a deeper reading worth its cost: sources of patterns that hyperscan accepts (UTF8 flag)
and `re` as well. Bounded, without look-around or back-references. They are a gate, not findings: a hit means "look again".
"""

from __future__ import annotations

from sekisho.core.text.reversal import CUES

_SYMBOLS = "←-⯿\U0001f000-\U0001faff"
_APART = rf"[ \n・._*|/~+=<>^#,\-{_SYMBOLS}]"
_TIGHT = rf"[ \n._*|/~+=\-{_SYMBOLS}]"  # without ・, which sets apart ordinary enumerations (月・水・金)
_EDGE = r"(?:^|[^a-z0-9])"
_END = r"(?:[^a-z0-9]|$)"
_KANJI_DIGIT = "[〇零一二三四五六七八九壱弐参伍○◯]"
_STRONG = "(?:ゼロ|イチ|ヨン|ロク|ナナ|ハチ|キュウ|キュー|ぜろ|いち|よん|ろく|なな|はち|きゅう|きゅー)"
_ENGLISH_DIGIT = (
    "(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|double|triple|ichi|yon|roku|nana|hachi)"
)
_KANA_DIGIT = (
    "(?:イチ|サン|ヨン|ロッ?ク?|ナナ|ハチ|ハッ|キュウ|ゴ|ニ|いち|さん|よん|ろく|なな|はち|きゅう|ご|に)"
)
_KANA_UNIT = "(?:マン|セン|ゼン|ヒャク|ビャク|ピャク|まん|せん|ぜん|ひゃく|びゃく|ぴゃく)"
_LETTER_NAME = (
    "(?:エー|ビー|シー|ディー|イー|エフ|ジー|エイチ|エッチ|アイ|ジェー|ケー|エル|エム|エヌ|オー|ピー|キュー|アール|エス|ティー|ユー|ブイ"
    "|ダブリュー|エックス|ワイ|ゼット|えー|びー|しー|でぃー|いー|えふ|じー|えいち|あい|じぇー|けー|える|えむ|えぬ|おー|ぴー|あーる|えす"
    "|てぃー|ゆー|ぶい|だぶりゅー|えっくす|わい|ぜっと)"
)
_SIGN = (
    "(?:アットマーク|あっとまーく|アット|あっと|ドット|どっと|ピリオド|アンダーバー|アンダースコア|ハイフン)"
)
_MASK = "[○〇●◯◎□■☆★*×]"
_LOOK_ALIKE = "[卜夕口工力二八三千才匕]"

EVASIVE: list[str] = [
    # letters set apart
    rf"{_EDGE}[a-z0-9]{_APART}{{1,3}}[a-z]{_APART}{{1,3}}[a-z0-9]{_END}",
    # the middle letter and what follows: beginning at any kana would cost every Japanese text
    rf"{_APART}[ァ-ヺー]{_APART}{{1,3}}[ァ-ヺ]",
    rf"{_TIGHT}[ぁ-ゖ一-鿿ー]{_TIGHT}{{1,3}}[ぁ-ゖ一-鿿]",
    r"[ぁ-ゖ]・[ぁ-ゖー]・[ぁ-ゖ]",
    # leet
    r"[a-z][013457$!∞]{1,2}[a-z]",
    r"[a-z]@[a-z]{1,12}(?:[^a-z0-9._\-]|$)",
    # digits apart, in kanji, in words; amounts in kana
    rf"(?:[0-9]{_APART}{{1,2}}){{5}}[0-9]",
    rf"{_KANJI_DIGIT}(?:[のノ\-ー ・]?{_KANJI_DIGIT}){{4}}",
    rf"{_STRONG}[ ・、\-]?{_STRONG}",
    rf"{_ENGLISH_DIGIT}[ ,\-]{{1,2}}{_ENGLISH_DIGIT}[ ,\-]{{1,2}}{_ENGLISH_DIGIT}",
    r"[一二三四五六七八九][万千][一二三四五六七八九][千百]",
    rf"{_KANA_DIGIT}{_KANA_UNIT}{_KANA_DIGIT}{_KANA_UNIT}",
    rf"{_KANA_DIGIT}{_KANA_UNIT}(?:えん|エン)",
    r"[0o][0-9o]{2}-?[0-9ol]{3,4}-?[ol]",
    r"o[789]o",
    r"[0-9]{2}[のノー][0-9]{4}[のノー][0-9]{4}",
    # mail, domains, links, ids spelt out
    rf"[\[({{<【〔「『] ?(?:a ?t(?: ?mark)?|d ?o ?t|underscore|hyphen|{_SIGN}) ?[\])}}>】〕」』]",
    r"アットマーク|あっとまーく",
    rf"[a-z0-9_][ ・]?{_SIGN}[ ・]?[a-z0-9_]",
    r"[a-z0-9] dot [a-z]{2,10}",
    r"[a-z0-9_] at (?:gmail|googlemail|yahoo|outlook|hotmail|icloud|proton|protonmail)[ .]",
    r"[a-z0-9] \. ?(?:com|net|org|jp|co|io|me|gg|ee|info|biz|app|dev|link|page|site)",
    r"h t ?t ?p|https? ?(?: :|: /|:/ /)",
    rf"{_LETTER_NAME}[・、 ,\-]?{_LETTER_NAME}[・、 ,\-]?{_LETTER_NAME}",
    # kana spelt oddly, kanji among katakana
    r"[アカサタナハマヤラワあかさたなはまやらわ](?:[ぃィ]|[いイ]ー)[んンぬヌねネ]",
    rf"[ァ-ヴー]{_LOOK_ALIKE}[ァ-ヴー]",
    r"[ァ-ヴー][卜匕]",
    # letters masked
    rf"[a-z]{_MASK}{{1,3}}[a-z]",
    rf"[ァ-ヴー]{_MASK}{{1,3}}[ァ-ヴー]",
    r"[ぁ-ゖ][○●◯][ぁ-ゖー]",
    # written backwards
    *CUES,
]  # fmt: skip
