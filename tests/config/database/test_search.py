"""Japanese words are found, with an index, by both kinds of PostgreSQL."""

import psycopg
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sekisho.market.kernel.search import SEARCH_SQL


@pytest.fixture(scope="module")
def connection(server):
    """Three thousand postings and a few that are looked for."""
    with psycopg.connect(server.owner.conninfo, autocommit=True) as connection:
        connection.execute(SEARCH_SQL)
        connection.execute(SEARCH_SQL)
        connection.execute("CREATE TABLE jobs (title text)")
        connection.execute("CREATE INDEX ON jobs USING gin (sekisho_pairs(title))")
        connection.execute(
            "INSERT INTO jobs SELECT 'データ入力のお仕事 ' || n FROM generate_series(1, 3000) n"
        )
        for title in ("英日翻訳のお仕事", "ＬＩＮＥスタンプの制作", "100%リモート_在宅", "訳"):
            connection.execute("INSERT INTO jobs VALUES (%s)", (title,))
        connection.execute("ANALYZE jobs")
        yield connection


def found(connection, word):
    rows = connection.execute("SELECT title FROM jobs WHERE sekisho_matches(title, %s)", (word,))
    return [title for (title,) in rows]


def test_a_word_of_two_characters_inside_a_sentence_is_found(connection):
    assert found(connection, "翻訳") == ["英日翻訳のお仕事"]


def test_a_word_is_found_with_the_index(connection):
    plan = connection.execute("EXPLAIN SELECT * FROM jobs WHERE sekisho_matches(title, '翻訳')").fetchall()
    assert "Bitmap Index Scan on jobs_sekisho_pairs_idx" in str(plan)


def test_full_width_letters_are_found_by_plain_ones(connection):
    assert found(connection, "line") == ["ＬＩＮＥスタンプの制作"]


def test_a_single_character_is_found(connection):
    assert found(connection, "訳") == ["英日翻訳のお仕事", "訳"]


@pytest.mark.parametrize("word", ["0%リ", "ト_在"])
def test_signs_that_mean_something_to_like_are_plain_characters(connection, word):
    assert found(connection, word) == ["100%リモート_在宅"]


def test_pairs_that_occur_apart_do_not_make_a_word(connection):
    assert found(connection, "お仕事翻訳") == []


@given(st.text("翻訳日英アあ ｱAa%_\\", max_size=8), st.text("翻訳日英アあ ｱAa%_\\", max_size=4))
@settings(max_examples=40)
def test_the_index_loses_nothing_that_the_folded_text_holds(connection, text, word):
    expected, said = connection.execute(
        "SELECT strpos(sekisho_fold(%(t)s), sekisho_fold(%(w)s)) > 0, sekisho_matches(%(t)s, %(w)s)",
        {"t": text, "w": word},
    ).fetchone()
    assert said == expected
