"""The deeper reading: split, spelt-out and disguised writing, and ordinary writing that looks like it."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.text import MASK, fold, fold_kana, read_backwards, read_deep, read_masked

READ_AS = {
    "letters set apart": [
        ("詳細は L I N E へ", "line"),
        ("ラ・イ・ン", "ライン"),
        ("z.o.o.m", "zoom"),
        ("メ_ー_ル", "メール"),
        ("電 話 番 号", "電話番号"),
        ("L\nI\nN\nE", "line"),
        ("L💚I💚N💚E", "line"),
        ("→ m o c h i _ w o r k _ 0 8 3", "mochi_work_083"),
        ("s-a-t-o-y-a-m-a", "satoyama"),
        ("w h a t s a p p ..", "whatsapp"),
        ("0 9 0 1 2 3 4 5 6 7 8", "09012345678"),
        ("0\n9\n0\n1\n2\n3\n4", "0901234"),
    ],
    "leet": [
        ("t3l3gr4m", "telegram"),
        ("P@yP@l", "paypal"),
        ("d1sc0rd", "discord"),
        ("Z∞M", "zoom"),
        ("sl4ck", "slack"),
        ("te1egram gmai1", "telegram"),
        ("1nst4gram", "instagram"),
        ("wh@tsapp で", "whatsapp"),
    ],
    "kana": [
        ("らぃんで", "ライン"),
        ("ラィン", "ライン"),
        ("らいーん", "ライン"),
        ("メーーール", "メール"),
        ("かかお", "カカオ"),
        ("チャ卜ワー夕の方", "チャトワータ"),
        ("口グイン", "ログイン"),
        ("二ュース", "ニュース"),
        ("メ一ル", "メール"),
    ],
    "digits": [
        ("〇八〇の〇六三二の一一九四", "080-0632-1194"),
        ("零九零-壱弐参四", "090-1234"),
        ("ゼロキュウゼロ、イチニーサンヨン", "090-1234"),
        ("ぜろはちぜろの いちにいさんよん", "080-1234"),
        ("皆さんに〇八〇-一二三四-五六七八", "080-1234-5678"),
        ("０９０ー１２３４ー５６７８", "090-1234-5678"),
        ("090の1234の5678", "090-1234-5678"),
        ("O9O-l234-5678", "090-1234-5678"),
        ("plus four four, seven seven double-oh, nine hundred three one two.", "+44-7700-900312."),
        ("five five five, zero one one nine", "555-0119"),
        ("triple five oh one", "55501"),
        ("nineteen twenty-one", "1921"),
    ],
    "amounts": [
        ("三万五千円", "35000円"),
        ("イチマンキュウセン◯百エン", "19000◯百エン"),
        ("ごせんえん", "5000円"),
        ("3万5千円", "35000円"),
        ("1.5万円", "15000円"),
        ("一億二千万", "120000000"),
        ("弐萬円", "20000円"),
    ],
    "mail, domains, links": [
        ("kirie あっとまーく example どっと jp まで", "kirie@example.jp"),
        ("a.renderer [ a t ] example [ d o t ] com, i", "a.renderer@example.com,"),
        ("foo【アット】example【ドット】com", "foo@example.com"),
        ("hanako(アットマーク)example.com", "hanako@example.com"),
        ("john dot doe at gmail dot com now", "john.doe@gmail.com now"),
        ("john at gmail.com", "john@gmail.com"),
        ("example dot co dot jp", "example.co.jp"),
        ("nejimaki アンダーバー 02", "nejimaki_02"),
        ("h t t p s : / / lin . ee / Zq0000mJw41\n", "https://lin.ee/zq0000mjw41\n"),
        ("エイチ・アイ・エヌ・エー・ツー・アット・イグザンプル・ドット・コム", "hina2@example.com"),
        ("エー、ビー、シー", "abc"),
        ("えす、えぬ、えす", "sns"),
    ],
}
CASES = [(technique, written, read) for technique, pairs in READ_AS.items() for written, read in pairs]
NOTHING_DEEPER = [
    "a b test",
    "mp3 h264 b2b 1st 2nd 24h utf8",
    "test@example.com",
    "visit us at example.com",
    "090-1234-5678",
    "no one or two, one by one",
    "メール一通",
    "口コミ",
    "2024/11/24 10:30",
    "",
]


@pytest.mark.parametrize(("technique", "written", "read"), CASES)
def test_disguised_writing_is_read_deeply(technique, written, read):
    deep = read_deep(fold(written).text)
    assert deep is not None
    assert read in deep.text, technique


@pytest.mark.parametrize("text", NOTHING_DEEPER)
def test_ordinary_writing_has_nothing_deeper(text):
    assert read_deep(fold(text).text) is None


@pytest.mark.parametrize(
    "text", ["十分です", "千葉の百貨店", "万一のとき", "佐藤さんに一言", "皆さんにご案内", "チャ〇〇〇ークで"]
)
def test_kanji_and_kana_that_are_no_numbers_stay(text):
    assert not any(char.isascii() for char in read_deep(text).text)


def test_a_mail_address_is_no_leet():
    assert read_deep("k3n@site.example と t3l3gr4m").text.startswith("k3n@site.example")


def test_a_deep_span_leads_back_to_what_was_written():
    text = fold("詳細は L I N E へ").text
    deep = read_deep(text)
    start = deep.text.index("line")
    first, last = deep.span(start, start + 4)
    assert text[first:last] == "l i n e"


def test_a_deep_span_outside_the_reading_is_refused():
    with pytest.raises(IndexError, match="outside"):
        read_deep("l i n e").span(0, 5)


def test_the_words_looked_for_are_spelt_like_the_text():
    assert {fold_kana(word) for word in ("らいん", "らぃん", "ラィン", "らいーん", "ライーーン")} == {
        "ライン"
    }


PIECES = st.sampled_from(
    [
        *"lineあいうラ・イン_-. \n@0o9〇八のー卜夕万円()[]😀",
        *"at dot あっと エー ゼロ イチ マン http com".split(),
        " at ",
        " dot ",
        "one ",
        "double ",
    ]
)
folded_texts = st.one_of(st.text(), st.lists(PIECES).map("".join)).map(lambda text: fold(text).text)


@given(folded_texts, st.data())
def test_every_deep_span_is_a_place_in_the_folded_text(text, data):
    deep = read_deep(text)
    if deep is None:
        return
    start = data.draw(st.integers(0, len(deep.text)))
    end = data.draw(st.integers(start, len(deep.text)))
    first, last = deep.span(start, end)
    assert 0 <= first <= last <= len(text)
    assert start == end or first < last


@given(folded_texts)
def test_deep_spans_run_in_order(text):
    deep = read_deep(text)
    if deep is not None:
        spans = [deep.span(i, i + 1) for i in range(len(deep.text))]
        assert spans == sorted(spans)
        assert all(a == b or a[1] <= b[0] for a, b in pairwise(spans))


@given(st.text())
def test_folding_kana_twice_equals_folding_once(text):
    assert fold_kana(fold_kana(text)) == fold_kana(text)


@given(folded_texts)
def test_a_deep_reading_has_one_spelling_of_kana(text):
    deep = read_deep(text)
    read = text if deep is None else deep.text
    assert fold_kana(read) == read


@pytest.mark.parametrize(
    "unit",
    ["l i ", "エー・", "a.b at ", "〇の", "double ", "1,", "h t t p : / / a . ", "[ a t ] ", "a@", "十"],
)
def test_a_long_hostile_text_is_read_to_its_end(unit):
    text = unit * (100_000 // len(unit)) + "z"
    deep = read_deep(text)
    assert deep is None or deep.span(0, len(deep.text))[1] == len(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("ちゃ☆っと★わ☆ーく", "ちゃっとわーく"),
        ("で〜ん〜わ〜番〜号", "でんわ番号"),
        ("ち*や*と*わ*ー*く", "ちやとわーく"),
        ("て.す.う.りょ.う", "てすうりょう"),
        ("ス ク - ル", "スクール"),
        ("ラィソ", "ライン"),
        ("シグナノレ", "シグナル"),
        ("しょーにん", "しょうにん"),
        ("けーやく", "けいやく"),
        ("きょ〜ざい", "きょうざい"),
    ],
)
def test_japanese_split_or_spelt_oddly_reads_as_the_word(written, read):
    assert fold_kana(read) in read_deep(fold(written).text).text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("L・!・N・E", "line"),
        ("t-3-l-e-g-r-@-m", "telegram"),
        ("p a y p @ l", "paypal"),
        ("pay★pal", "paypal"),
        ("L1И3", "line"),
        ("ﾚ丨ИЕ", "line"),
        ("f€€", "fee"),
        ("paypa1", "paypal"),
        ("Te|egram", "telegram"),
        ("Z 〇〇 m", "zoom"),
        ("cho-ku-se-tsu", "chokusetsu"),
    ],
)
def test_latin_words_built_from_signs_and_other_letters_read_as_the_word(written, read):
    assert read in read_deep(fold(written).text).text


@pytest.mark.parametrize(("written", "read"), [("電言舌", "電話"), ("金艮行", "銀行"), ("参カロ費", "参加費")])
def test_a_kanji_typed_in_halves_reads_as_one(written, read):
    assert read in read_deep(written).text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("〇九〇、つぎに〇一五二、しまいに八八三一", "090-0152-8831"),
        ("triple five, oh one, then seven-six", "555-01-76"),
        ("0⭐8⭐0 ⭐ 0⭐6⭐4⭐4 ⭐ 1⭐9⭐0⭐3", "08006441903"),
        ("080★1234★5678", "080-1234-5678"),
        ("O77OO 9OOl25", "07700 900125"),
        ("zero-hachi-zero / zero-roku-ichi-ni / go-go-nana-kyu ni kakete", "080-0612-5579"),
        ("れいきゅうれい、いちにいさんよん、ごーろくななはちにかけて", "090-1234-5678"),
    ],
)
def test_a_number_said_in_groups_reads_as_one_number(written, read):
    assert read in read_deep(fold(written).text).text


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("saito (あっと) kobo-mebae (どっと) example", "saito@kobo-mebae.example"),
        ("devika (d0t) ux (at) pixelpeople (d0t) example", "devika.ux@pixelpeople.example"),
        ("satou まいなす print、あっとまーく、example どっと jp", "satou-print@example.jp"),
        ("jonas underscore petri, then the at thing, example, full stop, org", "jonas_petri@example.org"),
        ("moose dot retouch at northfield-studio d0t example", "moose.retouch@northfield-studio.example"),
    ],
)
def test_an_address_said_aloud_reads_as_an_address(written, read):
    assert read in read_deep(fold(written).text).text


def test_a_masked_word_keeps_its_mask_in_the_masked_reading():
    assert MASK in read_masked("ら●んで").text


@given(st.text(alphabet="ライソノレーうウょョけケ〜-→☆ .lL1€@〇、てthen", max_size=40))
def test_every_deeper_reading_leads_back_inside_the_text(text):
    folded = fold(text).text
    for reading in (read_deep(folded), read_masked(folded), read_backwards("逆から" + folded)):
        if reading is not None and reading.text:
            start, end = reading.span(0, len(reading.text))
            assert 0 <= start <= end <= len(folded) + len("逆から")
