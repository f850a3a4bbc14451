"""The generated traffic is what the figures say they were measured on."""

from statistics import median

import pytest

from benchmarks import traffic


@pytest.fixture(scope="module")
def messages():
    return traffic.messages(3000)


@pytest.fixture(scope="module")
def postings():
    return traffic.postings(300)


def test_the_same_seed_makes_the_same_messages():
    assert traffic.messages(50, seed=4) == traffic.messages(50, seed=4)


def test_another_seed_makes_other_messages():
    assert not set(traffic.messages(50, seed=4)) & set(traffic.messages(50, seed=5))


def test_a_message_has_20_to_400_code_points(messages):
    assert all(20 <= len(message.text) <= 400 for message in messages)


def test_the_median_message_has_about_130_code_points(messages):
    assert 110 <= median(len(message.text) for message in messages) <= 150


def test_a_posting_has_300_to_3000_code_points(postings):
    assert all(300 <= len(posting.text) <= 3000 for posting in postings)


@pytest.mark.parametrize("make", [traffic.messages, traffic.postings])
def test_at_most_one_text_in_twenty_steers_outside(make):
    texts = make(1000)
    assert 0 < sum(text.steers for text in texts) <= len(texts) / 20


def test_hardly_two_messages_are_alike(messages):
    assert len({message.text for message in messages}) > 0.98 * len(messages)


def test_no_slot_or_choice_is_left_unfilled(messages, postings):
    assert [text.text for text in (*messages, *postings) if set("{}|") & set(text.text)] == []


@pytest.mark.parametrize("name", ["talk", "postings", "solicitations"])
def test_every_sentence_can_be_written(name):
    dice = traffic.Dice(1)
    bank = traffic.bank(name)
    lists = [*bank.values(), *bank.get("kinds", {}).values(), *bank.get("frame", {}).values()]
    for sentence in (sentence for sentences in lists if isinstance(sentences, list) for sentence in sentences):
        assert traffic.expand(sentence, dice) is not None


def test_ordinary_talk_names_mail_telephone_and_chat_tools(messages):
    ordinary = [message.text for message in messages if not message.steers]
    for word in ("メール", "電話", "LINE", "手数料", "会議", "アカウント"):
        assert sum(word in text for text in ordinary) > len(ordinary) / 100, word


def test_some_messages_are_written_in_full_and_some_in_half_width(messages):
    assert any("１" in message.text for message in messages)
    assert any("ﾃﾞ" in message.text or "ｰ" in message.text for message in messages)
