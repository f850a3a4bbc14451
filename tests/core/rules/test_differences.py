"""How a pack explains in what it differs from the one below: every field with its reason, every reason true."""

from pathlib import Path

import pytest

from sekisho.core.rules.errors import PackError
from sekisho.core.rules.loader import load_pack
from sekisho.core.rules.pack_pages import packs_page
from sekisho.core.rules.policy import Decider, Difference, Grade

HEAD = 'id = "house"\nversion = "1"\nextends = "mypack"\n'
ROW = '[table.direct_payment]\ncontracted = "caution"\n'
POLICY = '[contact_request]\ndecided_by = "operator"\n'


def reason(field="table.direct_payment.contracted", value='"caution"', **other):
    given = {
        "source": "https://example.com/terms", "grade": "official", "seen": "2026-11",
        "why": {"ja": "規約にある。", "en": "The terms say so."},
    } | other  # fmt: skip
    why = "".join(f'why.{lang} = "{text}"\n' for lang, text in given.pop("why").items())
    rest = "".join(f'{key} = "{text}"\n' for key, text in given.items() if text is not None)
    return f'[[difference]]\nfield = "{field}"\nvalue = {value}\n{why}{rest}'


@pytest.fixture
def load(write_pack):
    """Loads a pack over the small one, with this written below its head."""

    def read(text, head=HEAD):
        write_pack()
        folder = write_pack(name="house", files={"pack.toml": head + text})
        return load_pack(folder, resolve={"mypack": Path("mypack")}.__getitem__)

    return read


@pytest.fixture
def refused(load):
    def read(text, head=HEAD):
        with pytest.raises(PackError) as caught:
            load(text, head)
        return str(caught.value)

    return read


def test_a_difference_is_kept_with_what_the_pack_below_says(load):
    (difference,) = load(ROW + reason()).differences
    assert difference == Difference(
        "table.direct_payment.contracted", "caution", "violation", {"ja": "規約にある。", "en": "The terms say so."},
        "https://example.com/terms", Grade.OFFICIAL, "2026-11",
    )  # fmt: skip


def test_a_pack_that_explains_nothing_need_not_begin(load):
    assert load(ROW).differences == ()


def test_a_pack_that_explains_one_difference_explains_all(refused):
    told = refused(ROW + POLICY + reason())
    assert "house/pack.toml:7:1: `contact_request.decided_by` is set without a `[[difference]]`" in told


def test_a_policy_field_is_a_difference_like_a_row(load):
    pack = load(POLICY + reason("contact_request.decided_by", '"operator"'))
    assert (pack.contact_request.decided_by, pack.differences[0].was) == (Decider.OPERATOR, "counterparty")


def test_a_row_of_a_single_rule_is_a_difference(load):
    row = '[rule.invites-to-line]\ncontracted = "clear"\n'
    (difference,) = load(row + reason("rule.invites-to-line.contracted", '"clear"')).differences
    assert (difference.value, difference.was) == ("clear", "violation")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (ROW + reason(value='"clear"'), "`table.direct_payment.contracted` is `caution` in this pack, not `clear`"),
        (ROW + reason() + reason("table.direct_payment.first"), "`table.direct_payment.first` is not set in this pack"),
        (ROW + reason("table.direct_payment.contract"), "did you mean `table.direct_payment.contracted`?"),
        (ROW + reason() + reason(), "`table.direct_payment.contracted` is explained twice"),
        (ROW.replace("caution", "violation") + reason(value='"violation"'), "is `violation` in `small` too"),
        (ROW + reason(source="the terms"), "`source` must be a web address"),
        (ROW + reason(seen="last year"), "`seen` must be a year and month, or a day"),
        (ROW + reason(seen=None), "`seen` is missing"),
        (ROW + reason(grade="rumour"), "`grade` cannot be `rumour`"),
        (ROW + reason(why={"en": "So."}), "`why` has no `ja`"),
        (ROW + reason(value="1.5"), "`value` must be a string, `true` or `false`, or a whole number, not a number"),
        (ROW + reason(because="so"), "unknown key `because`"),
    ],
)  # fmt: skip
def test_a_reason_that_does_not_hold_is_refused_at_its_place(refused, text, message):
    assert message in refused(text)


def test_a_pack_that_extends_none_has_no_differences(write_pack, small_files):
    folder = write_pack({"pack.toml": small_files["pack.toml"] + reason()})
    with pytest.raises(PackError, match="a pack that extends no other has no differences"):
        load_pack(folder)


def test_the_page_shows_both_values_the_reason_and_its_source(load):
    page = packs_page([(load(ROW + reason()), "mypack")], "en")
    told = "likely violation | caution | The terms say so. | [official page](https://example.com/terms), 2026-11 |"
    assert f"| payment outside the platform: after the contract | {told}" in page


def test_there_is_no_page_in_another_language():
    with pytest.raises(ValueError, match="no pages in language 'fr'"):
        packs_page([], "fr")
