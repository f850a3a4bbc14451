import pytest

import sekisho
from sekisho.core.guidance import ReactionKind, Situation


def test_there_are_five_refusals():
    assert [refusal.situation for refusal in sekisho.refusals()] == list(Situation)


def test_the_first_refusal_is_the_articles_sentence():
    assert sekisho.refusal("first", "crowdworks").text("ja").startswith("クラウドワークス上でのやり取りを希望します")


def test_the_second_refusal_says_that_a_further_attempt_will_be_reported():
    assert "再度の外部誘導は規約違反として報告します" in sekisho.refusal("repeated").text("ja")


@pytest.mark.parametrize("situation", list(Situation))
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_refusal_is_short_gives_no_reason_and_leaves_no_placeholder(situation, lang):
    said = sekisho.refusal(situation, "lancers").text(lang)
    assert len(said) <= 160
    assert "{" not in said
    assert not any(reason in said for reason in ("なぜなら", "理由は", "because", "since"))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_refusal_is_itself_clear_for_the_worker_who_sends_it(lang):
    for refusal in sekisho.refusals("crowdworks"):
        assert sekisho.check(refusal.text(lang), sender="worker").verdict == "clear"


def test_any_marketplace_can_be_named():
    assert "町の仕事場上で" in sekisho.refusal("first", "町の仕事場").text("ja")


def test_a_name_cannot_bring_control_characters_into_the_sentence():
    assert "\x1b" not in sekisho.refusal("first", "a\x1b[31mb\nc").text("ja")


@pytest.mark.parametrize("site", ["", "   ", "x" * 41, "\x00"])
def test_a_name_that_is_none_is_refused(site):
    with pytest.raises(sekisho.UnknownValue):
        sekisho.refusals(site)


def test_an_unknown_situation_is_refused_with_those_there_are():
    with pytest.raises(sekisho.UnknownValue, match="already_outside"):
        sekisho.refusal("second")


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("承知しました。こちらで続けましょう。", ReactionKind.AGREES),
        ("Understood, we can stay here.", ReactionKind.AGREES),
        ("なぜですか?ほかの方は皆さん大丈夫でしたよ。", ReactionKind.ASKS_WHY),
        ("でしたら今回は見送らせていただきます。", ReactionKind.CANCELS),
        ("We'll go with someone else then.", ReactionKind.CANCELS),
        ("詳細はやはりLINEでお話ししたいので、追加をお願いします。", ReactionKind.ASKS_AGAIN),
        ("連絡申請を今日中に承認してください。承認しないなら契約は解除します。", ReactionKind.PRESSES),
        ("了解です。では今回はなかったことに。", ReactionKind.CANCELS),
        ("来週の天気はどうでしょうね。", ReactionKind.UNKNOWN),
    ],
)
def test_a_reaction_is_read_from_its_words(said, kind):
    assert sekisho.read_reaction(said).kind is kind


def test_every_reaction_says_what_it_means_and_what_to_do():
    for kind in ReactionKind:
        found = sekisho.reaction(kind)
        assert found.means["ja"]
        assert found.next["en"]
