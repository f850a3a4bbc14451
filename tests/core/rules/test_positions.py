"""Places of keys and values in TOML texts."""

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sekisho.core.rules.positions import scan

TEXT = '''\
# a comment with [brackets] and = signs
top = "ライン"  # x = 1
[line]
words = [
    "a", # "not this"
    'b',
    """c
[no.table]
d = 1""", """e"""",
]
dotted.key = 1
"quoted \\u30e9 key" = {inner = "x", list = [1, 2]}
[[example]]
text = "one"
[[example]]
  text = \'\'\'
two
[no]\'\'\'
[example.more]
deep = 2025-01-31
[a."b.c".d]
e = -1.5
'''


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("top",), (2, 1), (2, 7)),
        (("line",), (3, 2), (3, 2)),
        (("line", "words"), (4, 1), (4, 9)),
        (("line", "words", 0), (5, 5), (5, 5)),
        (("line", "words", 1), (6, 5), (6, 5)),
        (("line", "words", 2), (7, 5), (7, 5)),
        (("line", "words", 3), (9, 11), (9, 11)),
        (("line", "dotted"), (11, 1), (11, 1)),
        (("line", "dotted", "key"), (11, 8), (11, 14)),
        (("line", "quoted ラ key"), (12, 1), (12, 23)),
        (("line", "quoted ラ key", "inner"), (12, 24), (12, 32)),
        (("line", "quoted ラ key", "list", 1), (12, 48), (12, 48)),
        (("example",), (13, 3), (13, 3)),
        (("example", 0, "text"), (14, 1), (14, 8)),
        (("example", 1), (15, 3), (15, 3)),
        (("example", 1, "text"), (16, 3), (16, 10)),
        (("example", 1, "more", "deep"), (20, 1), (20, 8)),
        (("a", "b.c"), (21, 4), (21, 4)),
        (("a", "b.c", "d", "e"), (22, 1), (22, 5)),
    ],
)
def test_everything_is_found_where_it_is_written(path, key, value):
    tomllib.loads(TEXT)
    positions = scan(TEXT)
    assert positions.key_at(path) == key
    assert positions.value_at(path) == value


def test_what_is_not_written_stands_at_the_table_around_it():
    positions = scan(TEXT)
    assert positions.key_at(("line", "missing")) == (3, 2)
    assert positions.value_at(("line", "words", 99)) == (4, 1)
    assert positions.key_at(("nowhere", 1, "x")) == (1, 1)


KEYS = st.one_of(
    st.from_regex(r"[A-Za-z0-9_-]{1,6}", fullmatch=True),
    st.text(st.sampled_from("aラ.= #[]'\"\\\t\n"), max_size=5),
)
STRINGS = st.text(st.sampled_from("aラ\"'\\#[]{},=\n "), max_size=8)
VALUES = st.recursive(
    st.one_of(STRINGS, st.integers(-99, 99), st.booleans()),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=3)),
    max_leaves=12,
)
SPACE = st.sampled_from(["", " ", "  "])
GAP = st.sampled_from(["", " ", "\n", ' # "]} x = 1\n', "\n\n  "])


class Written:
    """Writes TOML in a random dress and notes where each key and value begins."""

    def __init__(self, draw):
        self.draw, self.text, self.keys, self.values = draw, "", {}, {}

    def here(self):
        return self.text.count("\n") + 1, len(self.text) - (self.text.rfind("\n") + 1) + 1

    def escaped(self, text):
        return "".join({"\n": "\\n", '"': '\\"', "\\": "\\\\", "\t": "\\t"}.get(c, c) for c in text)

    def key(self, name, path):
        self.keys[path] = self.here()
        bare = name.isascii() and name.replace("-", "").replace("_", "").isalnum()
        self.text += name if bare and self.draw(st.booleans()) else f'"{self.escaped(name)}"'

    def string(self, text):
        dresses = ['"' + self.escaped(text) + '"', '"""\n' + self.escaped(text) + '"""']
        if "'" not in text:
            dresses.append("'''\n" + text + "'''")
            if "\n" not in text:
                dresses.append("'" + text + "'")
        self.text += self.draw(st.sampled_from(dresses))

    def value(self, value, path):
        self.values[path] = self.here()
        if isinstance(value, str):
            self.string(value)
        elif isinstance(value, list):
            self.text += "["
            for index, item in enumerate(value):
                self.text += self.draw(GAP)
                self.value(item, (*path, index))
                self.text += self.draw(GAP) + ","
            self.text += self.draw(GAP) + "]"
        elif isinstance(value, dict):
            self.text += "{"
            for number, (name, item) in enumerate(value.items()):
                self.text += ", " if number else ""
                self.pair(name, item, path)
            self.text += "}"
        else:
            self.text += str(value).lower()

    def pair(self, name, value, path):
        self.key(name, (*path, name))
        self.text += self.draw(SPACE) + "=" + self.draw(SPACE)
        self.value(value, (*path, name))

    def table(self, data, path, header):
        self.text += self.draw(GAP) + "\n" + header[0]
        self.key(header[1], path)
        self.text += header[2] + "\n"
        for name, value in data.items():
            self.pair(name, value, path)
            self.text += self.draw(GAP) + "\n"


@given(st.data())
def test_every_place_is_right_however_the_text_is_dressed(data):
    written = Written(data.draw)
    tables = data.draw(st.dictionaries(KEYS, st.dictionaries(KEYS, VALUES, max_size=3), max_size=3))
    for name, table in tables.items():
        written.table(table, (name,), ("[", name, "]"))
    arrays = data.draw(st.lists(st.dictionaries(KEYS, VALUES, max_size=3), max_size=3))
    if "rows" not in tables:
        for index, table in enumerate(arrays):
            written.table(table, ("rows", index), ("[[", "rows", "]]"))
    tomllib.loads(written.text)
    positions = scan(written.text)
    assert {path: positions.key_at(path) for path in written.keys} == written.keys
    assert {path: positions.value_at(path) for path in written.values} == written.values


@given(st.one_of(st.text(max_size=200), st.text(st.sampled_from("[]{}\"'=,.#\n\\a "), max_size=200)))
def test_any_text_at_all_is_walked_to_its_end(text):
    line, column = scan(text).value_at(("a", 0))
    assert 1 <= line <= text.count("\n") + 1
    assert column >= 1


def test_a_key_of_very_many_names_costs_no_more_than_its_length():
    assert scan("a." * 100_000 + "a = 1").key_at(("a", "a")) == (1, 3)


def test_a_text_nested_too_deeply_is_no_error():
    assert scan("a = " + "[" * 100_000).value_at(("a",)) == (1, 5)
