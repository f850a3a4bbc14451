"""Search for Japanese words with an index, for the migrations to install. Rooms write the queries; nothing runs here.

PostgreSQL's own search splits text at spaces, which Japanese does not have. `pg_trgm` indexes three characters in a row,
but the usual word has two: for 翻訳 it reads the whole table (measured with 18.6 and 15.18 on 100,000 texts of some 60
characters: 32-62 ms, and 760 ms when forced to use its index of 122-150 MB). So the index here holds pairs of
characters: 5-10 ms for the same word, 53-76 MB, no extension, which managed servers may not offer.

The functions compare folded text (NFKC, lower case): line finds ＬＩＮＥ. Install them as the owner, then

    CREATE INDEX ... ON jobs USING gin (sekisho_pairs(title));
    SELECT ... FROM jobs WHERE sekisho_matches(title, '翻訳');

`sekisho_matches` is plain SQL that the planner unfolds, which is why it finds the index. A single character is found
as well, by reading the table. An empty query matches everything.
"""

SEARCH_SQL = """
CREATE OR REPLACE FUNCTION sekisho_fold(given text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN lower(normalize(given, NFKC));

-- Uses nothing but built-in functions: a restore computes the index before other functions can be found.
CREATE OR REPLACE FUNCTION sekisho_pairs(given text) RETURNS text[]
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    RETURN (
        SELECT coalesce(array_agg(DISTINCT substr(folded, place, 2)), '{}')
        FROM (SELECT lower(normalize(given, NFKC)) AS folded) AS text, generate_series(1, length(folded) - 1) AS place
    );

-- Not STRICT: PostgreSQL would no longer unfold it.
CREATE OR REPLACE FUNCTION sekisho_matches(given text, wanted text) RETURNS boolean
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN sekisho_pairs(given) @> sekisho_pairs(wanted)
        AND strpos(sekisho_fold(given), sekisho_fold(wanted)) > 0;
"""
"""Idempotent; PostgreSQL 15 and newer, any locale, encoding UTF-8."""
