"""Reading packs from folders: what comes out, and how each mistake is told."""

import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sekisho.core.rules.errors import PackError
from sekisho.core.rules.loader import load_pack
from sekisho.core.rules.model import Expect, Kind, Label, Level, Reach, Side, Stage, Status

RULE_FILE = "rules/invites-to-line.toml"


def refused(folder):
    """What the loader says of a folder, as one text."""
    with pytest.raises(PackError) as caught:
        load_pack(folder)
    return str(caught.value)


def test_a_pack_is_read_whole(write_pack):
    pack = load_pack(write_pack())
    assert (pack.id, pack.version, pack.languages) == ("small", "1", ("ja", "en"))
    assert list(pack.table) == list(Label)
    assert pack.classes["line"].words == ("LINE", "ライン")
    assert pack.classes["line"].evade
    assert (pack.scopes["refused"].side, pack.scopes["refused"].reach) == (Side.AFTER, Reach.CLAUSE)
    assert pack.frames["invite-to-channel"].slots == ("channel|at_contact", "contact_verb")
    rule = pack.rules["invites-to-line"]
    assert (rule.label, rule.severity, rule.status) == (Label.CHANNEL_SOLICITATION, Level.HIGH, Status.STABLE)
    assert [example.expect for example in rule.examples].count(Expect.HIT) == 3
    assert rule.examples[1].kind is Kind.POSTING
    assert rule.examples[2].text == "ラインで\n連絡を"
    assert rule.examples[2].stage is Stage.CONTACT_APPROVED


def test_everything_read_knows_its_place(write_pack):
    pack = load_pack(write_pack())
    place = pack.classes["contact_verb"].place
    assert (place.file, place.line, place.column) == ("mypack/words/all.toml", 10, 2)
    assert pack.rules["invites-to-line"].examples[1].place.line == 39
    assert pack.place.file == "mypack/pack.toml"


def test_a_frame_without_unless_is_not_one_with_an_empty_unless(write_pack):
    assert load_pack(write_pack()).frames["invite-to-channel"].unless is None
    changed = {"frames/all.toml": ("near = 12", "near = 12\nunless = []")}
    assert load_pack(write_pack(changed)).frames["invite-to-channel"].unless == ()


@pytest.mark.parametrize(
    ("file", "change", "told"),
    [
        (
            RULE_FILE,
            ('severity = "high"', 'severity = "hihg"'),
            "mypack/rules/invites-to-line.toml:2:12: `severity` cannot be `hihg`\n"
            '    severity = "hihg"\n'
            "               ^\n"
            "    hint: did you mean `high`?",
        ),
        (
            RULE_FILE,
            ('status = "stable"', 'status = "xyz"'),
            "mypack/rules/invites-to-line.toml:4:10: `status` cannot be `xyz`\n"
            '    status = "xyz"\n'
            "             ^\n"
            "    hint: one of `draft`, `testing`, `stable`, `retired`",
        ),
        (
            RULE_FILE,
            ('since = "0.1"', "since = 0.1"),
            "mypack/rules/invites-to-line.toml:5:9: `since` must be a string, not a number\n"
            "    since = 0.1\n"
            "            ^\n"
            '    hint: write `since = "…"`',
        ),
        (
            RULE_FILE,
            ('label = "channel_solicitation"\n', ""),
            "mypack/rules/invites-to-line.toml:1:1: `label` is missing\n"
            '    severity = "high"\n'
            "    ^\n"
            "    hint: one of " + ", ".join(f"`{label}`" for label in Label),
        ),
        (
            RULE_FILE,
            ('span = "LINEで連絡"', 'spam = "LINEで連絡"'),
            "mypack/rules/invites-to-line.toml:37:1: unknown key `spam`\n"
            '    spam = "LINEで連絡"\n'
            "    ^\n"
            "    hint: did you mean `span`?",
        ),
        (
            RULE_FILE,
            ('risks = ["unpaid", "fraud"]', 'risks = ["unpaid", "fruad"]'),
            "mypack/rules/invites-to-line.toml:7:20: `risks` cannot be `fruad`\n"
            '    risks = ["unpaid", "fruad"]\n'
            "                       ^\n"
            "    hint: did you mean `fraud`?",
        ),
        (
            RULE_FILE,
            ("[what]\nja", "[what]\njp"),
            "mypack/rules/invites-to-line.toml:15:1: unknown key `jp`\n"
            '    jp = "LINEで連絡するよう誘う文。"\n'
            "    ^\n"
            "    hint: one of `ja`, `en`",
        ),
        (
            RULE_FILE,
            ('label = "', 'id = "other"\nlabel = "'),
            "mypack/rules/invites-to-line.toml:1:6: `id` differs from the name of the file, `invites-to-line`\n"
            '    id = "other"\n'
            "         ^\n"
            "    hint: leave `id` out",
        ),
        (
            "words/all.toml",
            ('"ライン"]', '"ライン", 7]'),
            "mypack/words/all.toml:3:25: `words` may hold strings, not a whole number\n"
            '    words = ["LINE", "ライン", 7]\n'
            "                               ^",
        ),
        (
            "words/all.toml",
            ('words = ["連絡", "話"]', 'words = "連絡"'),
            "mypack/words/all.toml:12:9: `words` must be an array of strings, not a string\n"
            '    words = "連絡"\n'
            "            ^\n"
            '    hint: write `words = ["…"]`',
        ),
        (
            "words/all.toml",
            ("evade = true", "evade = 1"),
            "mypack/words/all.toml:8:9: `evade` must be `true` or `false`, not a whole number\n"
            "    evade = 1\n"
            "            ^",
        ),
        (
            "words/all.toml",
            ("[contact_verb]", "[Contact]"),
            "mypack/words/all.toml:10:2: `Contact` is not an id\n"
            "    [Contact]\n"
            "     ^\n"
            "    hint: an id has lower-case letters, digits, `-` and `_`, and begins with a letter",
        ),
        (
            "frames/all.toml",
            ("near = 12", "weight = nan"),
            "mypack/frames/all.toml:4:10: `weight` must be a finite number, not a number\n"
            "    weight = nan\n"
            "             ^",
        ),
        (
            "scopes/all.toml",
            ('[refused]\nabout = "the act is refused"', 'refused = 1\n[other]\nabout = "x"'),
            "mypack/scopes/all.toml:1:11: `refused` must be a table, not a whole number\n"
            "    refused = 1\n"
            "              ^",
        ),
        (
            "pack.toml",
            ("[table.vague_posting]", "[table.vague_post]"),
            "mypack/pack.toml:99:8: `vague_post` is not a label\n"
            "    [table.vague_post]\n"
            "           ^\n"
            "    hint: did you mean `vague_posting`?",
        ),
    ],
)
def test_a_mistake_is_told_where_it_stands(write_pack, file, change, told):
    assert refused(write_pack({file: change})) == told


def test_all_mistakes_of_all_files_are_told_at_once(write_pack):
    folder = write_pack(
        {
            "pack.toml": ('version = "1"', "version = 1"),
            "words/all.toml": ("evade", "evaed"),
            "frames/all.toml": "[a\n",
            "scopes/all.toml": b"[r]\nabout = '\x82\xa0'",
            RULE_FILE: ("since", "sinse"),
        }
    )
    files = [line.split(":")[0] for line in refused(folder).split("\n") if line.startswith("mypack")]
    assert files == [
        "mypack/frames/all.toml",
        "mypack/pack.toml",
        "mypack/rules/invites-to-line.toml",
        "mypack/rules/invites-to-line.toml",
        "mypack/scopes/all.toml",
        "mypack/words/all.toml",
    ]


def test_a_syntax_error_stands_where_the_parser_gave_up(write_pack):
    assert refused(write_pack({"frames/all.toml": "[a]\nslots = [\"x\" 'y']\n"})) == (
        "mypack/frames/all.toml:2:14: not TOML: unclosed array\n    slots = [\"x\" 'y']\n                 ^"
    )


def test_a_syntax_error_at_the_end_stands_behind_the_last_character(write_pack):
    assert refused(write_pack({"frames/all.toml": "[a]\nslots = [\n\n"})).startswith(
        "mypack/frames/all.toml:2:10: not TOML: "
    )


def test_a_file_in_shift_jis_is_recognised(write_pack):
    folder = write_pack({"words/all.toml": '# ok\n[line]\nabout = "ライン"\n'.encode("cp932")})
    assert refused(folder) == (
        "mypack/words/all.toml:3:10: not UTF-8: byte 0x83\n    hint: it reads as Shift_JIS; save it as UTF-8"
    )


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(write_pack, small_files):
    changed = {
        file: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for file, text in small_files.items()
    }
    assert load_pack(write_pack(changed)) == load_pack(write_pack())


def test_an_id_in_two_files_is_refused_at_the_second(write_pack):
    folder = write_pack({"words/more.toml": '[refusal]\nabout = "again"\nwords = ["不可"]\n'})
    assert refused(folder) == (
        "mypack/words/more.toml:1:2: `refusal` is defined twice\n"
        "    [refusal]\n"
        "     ^\n"
        "    hint: it stands already at mypack/words/all.toml:14"
    )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.binary(max_size=120), st.sampled_from(["pack.toml", "words/all.toml", RULE_FILE]))
def test_any_bytes_at_all_are_read_or_refused(write_pack, small_files, noise, file):
    text = small_files[file].encode()
    middle = len(text) // 2
    with contextlib.suppress(PackError):
        load_pack(write_pack({file: text[:middle] + noise + text[middle:]}))
