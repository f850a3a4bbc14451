"""What in a folded text makes a deeper reading worth its cost: sources of patterns that hyperscan accepts (UTF8 flag)
and `re` as well. Bounded, without look-around or back-references. They are a gate, not findings: a hit means "look again".
"""

from __future__ import annotations

from sekisho.core.text.digits import CONNECTORS
from sekisho.core.text.reversal import CUES
from sekisho.core.text.shapes import RARE_SHAPES, SPLIT_KANJI

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

_DECORATION = "[☆★✩✪✨♡♥❤♪✿❀✕✖*^|\U0001f300-\U0001faff]"
EVASIVE: list[str] = [
    # letters set apart
    rf"{_EDGE}[a-z0-9]{_APART}{{1,3}}[a-z@!$€]{_APART}{{1,3}}[a-z0-9@$]{_END}",
    rf"{_EDGE}[a-z]{{1,3}}-[a-z]{{1,3}}-[a-z]{{1,3}}-[a-z]{{1,4}}{_END}",
    rf"{_EDGE}[a-z]{{1,6}}{_DECORATION}{{1,2}}[a-z]{{1,6}}{_END}",
    rf"[ぁ-ゖ]{_DECORATION}{{1,2}}[ぁ-ゖーァ-ヺ]{{1,3}}{_DECORATION}{{1,2}}[ぁ-ゖー]",
    rf"[ァ-ヺ]{_DECORATION}{{1,2}}[ァ-ヺー]",
    r"[a-z] ?[〇○◯]{1,2} ?[a-z]",
    # built from other letters
    rf"[{RARE_SHAPES}][a-z]|[a-z][{RARE_SHAPES}]",
    "|".join(SPLIT_KANJI) + "|[参追付増]カロ",
    # the middle letter and what follows: beginning at any kana would cost every Japanese text
    rf"{_APART}[ァ-ヺー]{_APART}{{1,3}}[ァ-ヺ]",
    rf"{_TIGHT}[ぁ-ゖ一-鿿ー]{_TIGHT}{{1,3}}[ぁ-ゖ一-鿿]",
    r"[ぁ-ゖ][・、][ぁ-ゖー][・、][ぁ-ゖ]",
    rf"{_TIGHT}[ぁ-ゖ][ゃゅょ]{_TIGHT}[ぁ-ゖ]",
    # leet
    r"[a-z][013457$!∞]{1,2}[a-z]",
    r"[a-z]@[a-z]{1,12}(?:[^a-z0-9._\-]|$)",
    r"[a-z]\|[a-z]",
    r"[a-z][€£][a-z€£ ,.!?]|[a-z]¥[a-z]",
    # digits apart, in kanji, in words; amounts in kana
    rf"(?:[0-9]{_APART}{{1,3}}){{5}}[0-9]",
    rf"{_KANJI_DIGIT}(?:[のノ\-ー ・]?{_KANJI_DIGIT}){{4}}",
    r"[〇零][五七八九][〇零]",
    rf"{_STRONG}[ ・、\-]?{_STRONG}",
    rf"(?:[0-9]{{2,4}}|{_KANJI_DIGIT}{{2,4}})[、, ]{{0,2}}{CONNECTORS}[、, ]{{0,2}}(?:[0-9]{{3,4}}|{_KANJI_DIGIT}{{2,4}})",
    rf"{_ENGLISH_DIGIT}[ ,\-]{{1,2}}{_ENGLISH_DIGIT}[ ,\-]{{1,2}}{_ENGLISH_DIGIT}",
    r"[一二三四五六七八九][万千][一二三四五六七八九][千百]",
    rf"{_KANA_DIGIT}{_KANA_UNIT}{_KANA_DIGIT}{_KANA_UNIT}",
    rf"{_KANA_DIGIT}{_KANA_UNIT}(?:えん|エン)",
    r"[0o][0-9o]{2}-?[0-9ol]{3,4}-?[ol]",
    r"o[789]o",
    r"[0-9]{1,3}[ol][0-9ol]{0,2}-[0-9ol]{3}-",
    rf"[0-9][\-ー ]{{0,2}}{_KANA_DIGIT}{_KANA_DIGIT}{_KANA_DIGIT}",
    rf"0[0-9]{{1,3}}{_DECORATION}{{1,3}}[0-9]{{2,4}}{_DECORATION}{{1,3}}[0-9]{{3,4}}",
    r"[0-9]{2}[のノー][0-9]{4}[のノー][0-9]{4}",
    # mail, domains, links, ids spelt out
    rf"[\[({{<【〔「『] ?(?:[a4] ?t(?: ?(?:mark|sign))?|d ?[o0] ?t|underscore|hyphen|{_SIGN}) ?[\])}}>】〕」』]",
    r"[a-z0-9_][\[({<【〔「『][@.][\])}>】〕」』]",
    r"アットマーク|あっとまーく",
    rf"[a-z0-9_][ ・、]{{0,2}}{_SIGN}[ ・、]{{0,2}}[a-z0-9_]",
    r"[a-z0-9] d[o0]t [a-z]{2,10}",
    r"at (?:sign|symbol|thing)[ ,]",
    r"[a-z0-9_] at (?:gmail|googlemail|yahoo|outlook|hotmail|icloud|proton|protonmail)[ .]",
    r"[a-z0-9] \. ?(?:com|net|org|jp|co|io|me|gg|ee|info|biz|app|dev|link|page|site)",
    r"h t ?t ?p|https? ?(?: :|: /|:/ /)",
    rf"{_LETTER_NAME}[・、 ,\-]?{_LETTER_NAME}[・、 ,\-]?{_LETTER_NAME}",
    # kana spelt oddly, kanji among katakana
    r"[アカサタナハマヤラワあかさたなはまやらわ](?:[ぃィ]|[いイ]ー)[んンぬヌねネ]",
    rf"[ァ-ヴー]{_LOOK_ALIKE}[ァ-ヴー]",
    r"[ァ-ヴー][卜匕]",
    # words of money, contracts and persons with the long vowel stretched: `しょーにん`, `けーやく`, `きょ〜ざい`
    r"(?:しゅ|きょ|じょ|とう?ろ?|け|こ|じゅ|にゅ|しょ|りょ)[ー~\-→〇○]"
    r"(?:ひ|ざ|ほ|ろく|やく|たい|しょ|かい|きん|にん|りょ|しん|金|料|費)",
    r"ラ[イィ]ソ|マソ|セソ|メソ[ダタ]|[ァ-ヺ]ノレ|ノレ[ァ-ヺ]",
    # letters masked
    rf"[a-z]{_MASK}{{1,3}}[a-z]",
    rf"[ァ-ヴー]{_MASK}{{1,3}}[ァ-ヴー]",
    r"[ぁ-ゖ][○●◯][ぁ-ゖー]",
    r"[ぁ-ゖ一-鿿][〇○●◯✕☆★□■*]{1,2}[一-鿿]|[一-鿿][○●◯✕☆★□■*]{1,2}[一-鿿ぁ-ゖ]",
    # written backwards
    *CUES,
]  # fmt: skip
