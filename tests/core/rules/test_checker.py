"""The laws of a pack: each is broken alone, and told where."""

from dataclasses import replace

import pytest

from sekisho.core.rules.checker import check_pack
from sekisho.core.rules.loader import load_pack

RULE_FILE = "rules/invites-to-line.toml"
WORDS, SCOPES, FRAMES = "words/all.toml", "scopes/all.toml", "frames/all.toml"
UNUSED = "\n    hint: use it, remove it, or let its id begin with `_`"


def told(folder):
    """What the checker says of a pack that loads, as one text."""
    return "\n".join(str(problem) for problem in check_pack(load_pack(folder)))


def heads(folder):
    """As `told`, but only the first line of each problem, without the file."""
    return [problem.message for problem in check_pack(load_pack(folder))]


def test_a_good_pack_breaks_no_law(write_pack):
    assert told(write_pack()) == ""


def test_an_unknown_slot_is_pointed_at_with_the_nearest_name(write_pack):
    assert told(write_pack({FRAMES: ('"channel|at_contact"', '"chanel|at_contact"')})).startswith(
        "mypack/frames/all.toml:3:10: `chanel` in `slots` is not a class or group\n"
        '    slots = ["chanel|at_contact", "contact_verb"]\n'
        "             ^\n"
        "    hint: did you mean `channel`?\n"
    )


def test_a_fault_in_a_list_of_kana_is_pointed_at_in_terminal_columns(write_pack):
    assert told(write_pack({WORDS: ('"LINE", "ライン"', '"LINE", "ライン", "ﾗｲﾝ"')})) == (
        "mypack/words/all.toml:3:25: word `ﾗｲﾝ` is listed twice\n"
        '    words = ["LINE", "ライン", "ﾗｲﾝ"]\n'
        "                               ^\n"
        "    hint: `ライン` reads the same once it is folded"
    )


@pytest.mark.parametrize(
    ("file", "change", "message"),
    [
        (SCOPES, ('["refusal"]', '["refusal", "refsal"]'), "`refsal` in `markers` is not a class or group"),
        (SCOPES, ("gap = 30", 'gap = 30\nbarriers = ["x"]'), "`x` in `barriers` is not a class or group"),
        (SCOPES, ("gap = 30", 'gap = 30\nof = ["at_fax"]'), "`at_fax` in `of` is not a class or group"),
        (SCOPES, ("gap = 30", "gap = 0"), "`gap` must be from 1 to 400, not 0"),
        (SCOPES, ("gap = 30", "gap = 401"), "`gap` must be from 1 to 400, not 401"),
        (FRAMES, ("near = 12", "near = 401"), "`near` must be from 1 to 400, not 401"),
        (FRAMES, ("near = 12", "weight = 0"), "`weight` must be more than 0 and at most 1, not 0"),
        (FRAMES, ("near = 12", "weight = 1.5"), "`weight` must be more than 0 and at most 1, not 1.5"),
        (FRAMES, ("near = 12", 'unless = ["refused", "refuse"]'), "`refuse` in `unless` is not a scope"),
        (
            FRAMES,
            ('"contact_verb"]', '"contact_verb", "line |refusal"]'),
            "`line ` in `slots` is not a class or group",
        ),
        (
            "pack.toml",
            ('["refused"]', '["refused", "quoted"]'),
            "`quoted` in `default_unless` is not a scope",
        ),
        ("pack.toml", ('en = "A small pack"\n', ""), "`title` has no `en`"),
        (RULE_FILE, ('["invite-', '["invites-x", "invite-'), "`invites-x` in `frames` is not a frame"),
        (RULE_FILE, ('"T01"', '"T1"'), "`T1` is not a technique"),
        (RULE_FILE, ('en = "LINE named by its colour only."\n', ""), "`misses` has no `en`"),
        (RULE_FILE, ('why = "refused"\n', ""), "a `clear` example needs a `why`"),
        (RULE_FILE, ('why = "no tool is named"\n', ""), "a `known-miss` example needs a `why`"),
        (RULE_FILE, ('span = "LINEで連絡"\n', ""), "a `hit` example needs a `span`"),
        (
            RULE_FILE,
            ('span = "ＬＩＮＥで話"', 'span = "LINEで話"'),
            "`span` `LINEで話` does not stand in `text`",
        ),
        (RULE_FILE, ('why = "refused"', 'why = "refused"\nspan = "LINE"'), "a `clear` example has no `span`"),
        (WORDS, ('"ライン"]', '"ライン", ""]'), "a word is empty"),
        (WORDS, ('"ライン"]', '"ライン", "\u200b"]'), "a word is empty"),
        (WORDS, ('"ライン"]', '"ライン", "ら"]'), "word `ら` is too short"),
        (WORDS, ('"ライン"]', '"ライン", "L\u200b"]'), "word `L\u200b` is too short"),
        (WORDS, ('"ライン"]', '"ライン", "id "]'), "word `id ` begins or ends with a space"),
        (WORDS, ('"ライン"]', '"ライン", "ＬＩＮＥ"]'), "word `ＬＩＮＥ` is listed twice"),
        (
            WORDS,
            ('"ライン"]', f'"ライン", "{"あ" * 101}"]'),
            f"word `{'あ' * 60}…` is longer than 100 characters",
        ),
        (
            WORDS,
            ('["オンライン"]', '["オンライン", "機械"]'),
            "`not_in` text `機械` holds no word of the class",
        ),
        (WORDS, ('["オンライン"]', '["オンライン", "line"]'), "`line` is a word of the class too"),
        (WORDS, ('["オンライン"]', '["オンライン", " "]'), "a `not_in` text is empty"),
        (WORDS, ('["channel"]', '["channel", "refusal"]'), "group `refusal` is also the name of a class"),
        (
            WORDS,
            ('["channel"]', '["channel", "at_email"]'),
            "`at_email`: ids that begin with `at_` are the engine's",
        ),
        (WORDS, ('["channel"]', '["channel", "A b"]'), "`A b` is not an id"),
        (WORDS, ("の.{0,4}", "の.*"), "pattern repeats without bound"),
    ],
)
def test_a_broken_law_is_told_once_and_alone(write_pack, file, change, message):
    assert heads(write_pack({file: change})) == [message]


def test_a_scope_may_leave_its_gap_open(write_pack):
    assert told(write_pack({SCOPES: ("gap = 30\n", "")})) == ""


def test_a_single_kanji_or_picture_is_a_word(write_pack):
    assert told(write_pack({WORDS: ('"ライン"]', '"ライン", "鳩", "💴"]')})) == ""


def test_a_group_of_the_engine_may_be_joined(write_pack):
    assert told(write_pack({WORDS: ('groups = ["channel"]', 'groups = ["channel", "at_contact"]')})) == ""


def test_a_class_of_the_engine_cannot_be_defined(write_pack):
    folder = write_pack({"words/own.toml": '[at_email]\nabout = "x"\nwords = ["ab"]\n'})
    assert heads(folder)[0] == "`at_email`: ids that begin with `at_` are the engine's"


def test_a_not_in_text_may_hold_what_a_pattern_matches(write_pack):
    assert told(write_pack({WORDS: ('["オンライン"]', '["オンライン", "緑のアプリ一覧"]')})) == ""


def test_a_not_in_text_may_hold_a_word_in_the_other_kana(write_pack):
    assert told(write_pack({WORDS: ('["オンライン"]', '["オンライン", "あうとらいん"]')})) == ""


def test_every_label_needs_a_row(write_pack, small_files):
    head = small_files["pack.toml"]
    start = head.index("[table.vague_posting]")
    end = head.index("[table.upsell_or_recruit]")
    assert told(write_pack({"pack.toml": head[:start] + head[end:]})).startswith(
        "mypack/pack.toml:11:2: label `vague_posting` has no row in the table\n"
        "    [table.channel_solicitation]\n"
        "     ^\n"
        "    hint: write `[table.vague_posting]`"
    )


def test_what_takes_part_in_nothing_is_told(write_pack):
    folder = write_pack(
        {
            "words/own.toml": '[spare]\nabout = "x"\nwords = ["予備"]\n[_kept]\nabout = "x"\nwords = ["予備"]\n',
            "scopes/own.toml": '[aside]\nabout = "x"\nmarkers = ["refusal"]\n',
            "frames/own.toml": '[alone]\nabout = "x"\nslots = ["refusal"]\n',
        }
    )
    assert heads(folder) == [
        "frame `alone` is used by no rule",
        "scope `aside` is used by no frame",
        "class `spare` is used by no frame or scope",
    ]


def test_a_class_without_words_a_scope_without_markers_and_a_frame_without_slots_are_refused(write_pack):
    folder = write_pack(
        {
            "words/own.toml": '[_a]\nabout = "x"\n',
            "scopes/own.toml": '[_b]\nabout = "x"\n',
            FRAMES: ('["channel|at_contact", "contact_verb"]', "[]"),
        }
    )
    assert {"class `_a` has neither words nor patterns", "scope `_b` has no markers"} <= set(heads(folder))
    assert "frame `invite-to-channel` has no slots" in heads(folder)


def test_a_rule_without_enough_proof_is_refused(write_pack, small_files):
    rule = small_files[RULE_FILE]
    first = rule.index("[[example]]")
    second = rule.index("[[example]]", first + 1)
    assert told(write_pack({RULE_FILE: rule[:first] + rule[second:]})) == (
        "mypack/rules/invites-to-line.toml:34:3: rule `invites-to-line` needs 3 `hit` examples and has 2\n"
        "    [[example]]\n"
        "      ^\n"
        "    hint: a text the rule must find, with the `span` that shows it"
    )
    assert heads(write_pack({RULE_FILE: rule[:first]})) == [
        "rule `invites-to-line` needs 3 `clear` examples and has 0",
        "rule `invites-to-line` needs 3 `hit` examples and has 0",
    ]


def test_a_pack_that_was_never_in_a_file_is_checked_too(write_pack):
    pack = load_pack(write_pack())
    frame = replace(pack.frames["invite-to-channel"], near=0, place=replace(pack.place, file=""))
    problems = check_pack(replace(pack, frames={frame.id: frame}))
    assert [(problem.file, problem.message) for problem in problems] == [
        ("", "`near` must be from 1 to 400, not 0")
    ]


def test_a_file_that_is_gone_is_still_named(write_pack):
    folder = write_pack({FRAMES: ("near = 12", "near = 0")})
    pack = load_pack(folder)
    (folder / FRAMES).unlink()
    assert [str(problem) for problem in check_pack(pack)] == [
        "mypack/frames/all.toml:1:2: `near` must be from 1 to 400, not 0"
    ]


def test_messages_begin_in_lower_case_and_end_without_a_full_stop(write_pack):
    folder = write_pack(
        {
            FRAMES: ("near", "weight = 0\nnear"),
            WORDS: ("の.{0,4}", "の.*A(?=x)"),
            SCOPES: ("gap = 30", "gap = 0"),
        }
    )
    for problem in check_pack(load_pack(folder)):
        assert problem.message[0].islower() or problem.message[0] == "`"
        assert not problem.message.endswith(".")
