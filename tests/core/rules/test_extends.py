"""A pack laid over another."""

from pathlib import Path

import pytest

from sekisho.core.rules.checker import check_pack
from sekisho.core.rules.errors import PackError
from sekisho.core.rules.loader import load_pack, pack_folders
from sekisho.core.rules.model import Action, Label, Outcome, Stage
from sekisho.core.rules.rows import row_of

CHILD = {"pack.toml": 'id = "house"\nversion = "7"\nextends = "mypack"\n'}


def resolve(name):
    """Folders of the test's own; `LookupError` for anything else."""
    return {"mypack": Path("mypack"), "house": Path("house"), "loop": Path("loop")}[name]


def load(folder):
    return load_pack(folder, resolve=resolve)


def refused(folder):
    with pytest.raises(PackError) as caught:
        load(folder)
    return str(caught.value)


@pytest.fixture
def write_child(write_pack):
    """Writes the small pack and a pack over it; answers the latter's folder."""

    def write(more="", **files):
        write_pack()
        head = {"pack.toml": CHILD["pack.toml"] + more}
        return write_pack(
            name="house", files=head | {f"{part}/own.toml": text for part, text in files.items()}
        )

    return write


def test_a_pack_that_changes_nothing_needs_three_lines(write_child, write_pack):
    pack, base = load(write_child()), load(write_pack())
    assert (pack.id, pack.version) == ("house", "7")
    assert (pack.title, pack.table, pack.default_unless) == (base.title, base.table, base.default_unless)
    assert (pack.classes, pack.frames, pack.rules) == (base.classes, base.frames, base.rules)
    assert check_pack(pack) == []


def test_a_table_row_needs_only_what_differs(write_child):
    pack = load(write_child('[table.direct_payment]\ncontracted = "caution"\nfirst = "refuse"\n'))
    row = pack.table[Label.DIRECT_PAYMENT]
    assert (row.at[Stage.CONTRACTED], row.first) == (Outcome.CAUTION, Action.REFUSE)
    assert (row.at[Stage.PRE_CONTRACT], row.repeated) == (Outcome.VIOLATION, Action.HOLD)
    assert pack.table[Label.DIRECT_CONTRACT].at[Stage.CONTRACTED] is Outcome.VIOLATION


def test_an_entry_of_the_same_id_replaces_the_other_whole_and_in_place(write_child, write_pack):
    pack = load(write_child(words='[line]\nabout = "only this"\nwords = ["ライン"]\ngroups = ["channel"]\n'))
    assert pack.classes["line"].words == ("ライン",)
    assert pack.classes["line"].tool == ""
    assert list(pack.classes) == list(load(write_pack()).classes)
    assert pack.classes["line"].place.file == "house/words/own.toml"


def test_an_entry_of_a_new_id_is_added(write_child):
    pack = load(write_child(words='[kakao]\nabout = "KakaoTalk"\nwords = ["カカオ"]\ngroups = ["channel"]\n'))
    assert list(pack.classes)[-1] == "kakao"
    assert check_pack(pack) == []


def test_a_key_of_the_pack_file_replaces_the_other(write_child):
    pack = load(write_child('unsure_action = "hold"\nlanguages = ["ja"]\ndefault_unless = []\n'))
    assert (pack.unsure_action, pack.languages, pack.default_unless) == (Action.HOLD, ("ja",), ())


def test_names_of_both_packs_are_checked_together(write_child):
    pack = load(write_child(words='[refusal]\nabout = "x"\nwords = ["不可"]\ngroups = ["line"]\n'))
    assert [(problem.file, problem.line) for problem in check_pack(pack)] == [("house/words/own.toml", 4)]


def test_a_part_of_the_lower_pack_that_is_no_longer_used_is_told_where_it_stands(write_child):
    pack = load(write_child("default_unless = []\n"))
    assert [(problem.file, problem.line) for problem in check_pack(pack)] == [("mypack/scopes/all.toml", 1)]


def test_mistakes_of_both_packs_are_told_together(write_child, write_pack):
    folder = write_child('unsure_action = "alow"\n', words='[x]\nabout = ""\nwords = ["ab"]\n')
    write_pack({"words/all.toml": ("evade", "evaed")})
    assert [line.split(": ")[0] for line in refused(folder).split("\n") if line[0] != " "] == [
        "house/pack.toml:4:17",
        "house/words/own.toml:2:9",
        "mypack/words/all.toml:8:1",
    ]


def test_an_unknown_pack_is_told_where_it_is_named(write_pack):
    folder = write_pack(
        name="house", files={"pack.toml": 'id = "house"\nversion = "1"\nextends = "nosuch"\n'}
    )
    assert refused(folder) == (
        "house/pack.toml:3:11: there is no pack `nosuch`\n"  #
        '    extends = "nosuch"\n'
        "              ^"
    )


def test_packs_that_extend_each_other_are_refused(write_pack):
    write_pack(name="loop", files={"pack.toml": 'id = "loop"\nversion = "1"\nextends = "house"\n'})
    folder = write_pack(name="house", files={"pack.toml": 'id = "house"\nversion = "1"\nextends = "loop"\n'})
    assert refused(folder).startswith("loop/pack.toml:3:11: `house` extends this pack in turn\n")


def test_a_pack_needs_an_id_of_its_own(write_pack):
    write_pack()
    folder = write_pack(
        name="house", files={"pack.toml": 'id = "small"\nversion = "1"\nextends = "mypack"\n'}
    )
    assert refused(folder).startswith("house/pack.toml:1:6: the pack it extends is `small` too\n")


def test_extends_must_be_a_name(write_pack):
    folder = write_pack(name="house", files={"pack.toml": 'id = "house"\nversion = "1"\nextends = ["a"]\n'})
    assert refused(folder).startswith("house/pack.toml:3:11: `extends` must be a string, not an array\n")


def test_the_folders_a_pack_depends_on_are_known(write_child, write_pack):
    assert pack_folders(write_child(), resolve=resolve) == (Path("house"), Path("mypack"))
    write_pack(name="loop", files={"pack.toml": 'extends = "loop"\n'})
    assert pack_folders(Path("loop"), resolve=resolve) == (Path("loop"),)
    assert pack_folders(Path("nowhere"), resolve=resolve) == (Path("nowhere"),)


def test_a_row_of_a_single_rule_stands_over_that_of_its_label(write_child):
    pack = load(write_child('[rule.invites-to-line]\ncontracted = "caution"\n'))
    row, label = row_of(pack, pack.rules["invites-to-line"]), pack.table[Label.CHANNEL_SOLICITATION]
    assert (row.at[Stage.CONTRACTED], label.at[Stage.CONTRACTED]) == (Outcome.CAUTION, Outcome.VIOLATION)
    assert (row.at[Stage.PRE_CONTRACT], row.approved_tool, row.first) == (
        label.at[Stage.PRE_CONTRACT], label.approved_tool, label.first,
    )  # fmt: skip


def test_a_row_of_a_single_rule_follows_its_label_in_what_it_leaves_out(write_child):
    text = '[rule.invites-to-line]\ncontracted = "caution"\n[table.channel_solicitation]\npre_contract = "clear"\n'
    pack = load(write_child(text))
    assert row_of(pack, pack.rules["invites-to-line"]).at[Stage.PRE_CONTRACT] is Outcome.CLEAR


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[rule.invites-to-lime]\ncontracted = "clear"\n', "did you mean `invites-to-line`?"),
        ('[rule.invites-to-line]\nfirst = "hold"\n', "unknown key `first`"),
        ('[rule.invites-to-line]\ncontracted = "fine"\n', "`contracted` cannot be `fine`"),
    ],
)
def test_a_row_of_a_single_rule_that_cannot_be_is_refused(write_child, text, message):
    assert message in refused(write_child(text))


def test_a_pack_at_hand_is_not_read_again(write_child, write_pack):
    base = load(write_pack())
    folder = write_child()
    (Path("mypack") / "pack.toml").write_text("no longer TOML")
    assert load_pack(folder, resolve=resolve, loaded=base).classes == base.classes
