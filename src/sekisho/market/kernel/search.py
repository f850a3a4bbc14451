"""Search for Japanese words with an index, for the migrations to install. Rooms write the queries; nothing runs here.

PostgreSQL's own search splits text at spaces, which Japanese does not have. `pg_trgm` indexes three characters in a row,
but the usual word has two: for 翻訳 it reads the whole table (measured with 18.6 and 15.18 on 100,000 texts of some 60
characters: 32-62 ms, and 760 ms when forced to use its index of 122-150 MB). So the index here holds single characters
and pairs of them: 5-10 ms for the same word, no extension, which managed servers may not offer.

The functions compare folded text (NFKC, lower case): line finds ＬＩＮＥ. Install them as the owner, then

    CREATE INDEX ... ON jobs USING gin (sekisho_pairs(title));
    SELECT ... FROM jobs WHERE sekisho_matches(title, '翻訳');

`sekisho_matches` is plain SQL that the planner unfolds, which is why it finds the index; it must see the word itself, not
a parameter (Django binds on its own side). A rare word costs its hits; of a common one the newest hits are found by walking
along the order. An empty query matches everything.
"""

SEARCH_SQL = """
CREATE OR REPLACE FUNCTION sekisho_fold(given text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(normalize(given, NFKC));

-- What the index holds of a text. Uses nothing but built-in functions: a restore computes the index before other
-- functions can be found.
CREATE OR REPLACE FUNCTION sekisho_pairs(given text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1000
    RETURN (
        SELECT coalesce(array_agg(DISTINCT key), '{}') FROM (
            SELECT letter, lead(letter) OVER (ORDER BY place) AS following
            FROM string_to_table(lower(normalize(given, NFKC)), NULL) WITH ORDINALITY AS t (letter, place)
        ) AS letters, LATERAL (VALUES (letter), (letter || following)) AS keys (key) WHERE key IS NOT NULL
    );

-- What of it a word needs: its pairs, or itself where it is a single character.
CREATE OR REPLACE FUNCTION sekisho_keys(wanted text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT coalesce(array_agg(DISTINCT substr(folded, place, least(2, length(folded)))), '{}')
        FROM (SELECT left(lower(normalize(wanted, NFKC)), 200) AS folded) AS text,
             generate_series(1, greatest(length(folded) - 1, least(1, length(folded)))) AS place
    );

-- Not STRICT: PostgreSQL would no longer unfold it.
CREATE OR REPLACE FUNCTION sekisho_matches(given text, wanted text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN sekisho_pairs(given) @> sekisho_keys(wanted)
        AND strpos(sekisho_fold(given), sekisho_fold(wanted)) > 0;
"""
"""Idempotent; PostgreSQL 15 and newer, any locale, encoding UTF-8."""
