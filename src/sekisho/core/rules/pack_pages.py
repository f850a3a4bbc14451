"""The page that says in what each pack differs from the one it extends, and by what right, as Markdown. Writes no files.

The same packs give the same page, byte for byte.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sekisho.core.rules.model import Action, Label, Outcome, Pack, Stage
from sekisho.core.rules.names import LANGUAGES, name_of
from sekisho.core.rules.policy import Difference, Setting

_WORDS: dict[str, tuple[str, str]] = {
    "title": ("ルール集の違い", "How the packs differ"),
    "intro": (
        "同梱のルール集は、言葉・文脈・ルールを `standard` と共有し、以下の点だけが異なります。"
        "右端は根拠のページとその確認時期です。規約は変わるため、利用者に示す前に確かめてください。",
        "The packs that come along share their words, scopes and rules with `standard`; they differ in what is listed here "
        "and in nothing else. The last column is the page that says so and when it did: terms change, so check before you "
        "rely on one.",
    ),
    "setting": ("項目", "Setting"),
    "was": ("元のルール集", "Below"),
    "value": ("このルール集", "Here"),
    "why": ("理由", "Why"),
    "source": ("出典", "Source"),
    "official": ("公式", "official page"),
    "reported": ("公式以外", "reported by others"),
    "approved_tool": ("承認されたツール", "an approved tool"),
    "first": ("措置（初回）", "action, first time"),
    "repeated": ("措置（繰り返し）", "action, repeated"),
    "token_contract_yen": ("契約とみなす最低額（円）", "least sum that counts as a contract, in yen"),
    "before_contract": ("契約前の承認を認める", "an approval counts without a contract"),
    "outside_tools": ("外部ツールの承認を認める", "outside tools can be approved"),
    "decided_by": ("承認する人", "who approves"),
    "unsure_action": ("判定できないときの措置", "action when unsure"),
    "counterparty": ("相手方", "the other side"),
    "operator": ("運営", "the operator"),
    "true": ("はい", "yes"),
    "false": ("いいえ", "no"),
    "over": ("元のルール集", "extends"),
}


def packs_page(packs: Sequence[tuple[Pack, str]], lang: str) -> str:
    """The page of `packs`, each with the id of the pack it extends, in `lang`, "ja" or "en", else `ValueError`."""
    if lang not in LANGUAGES:
        raise ValueError(f"no pages in language {lang!r}; there are {', '.join(LANGUAGES)}")
    say = {key: words[LANGUAGES.index(lang)] for key, words in _WORDS.items()}
    lines = ["<!-- generated; edit packs/*/pack.toml -->", "", f"# {say['title']}", "", say["intro"]]
    for pack, base in packs:
        lines += ["", f"## {pack.title[lang]}", "", f"`{pack.id}` {pack.version} · {say['over']}: `{base}`", ""]
        lines += _table(pack, lang, say)
    return "\n".join(lines) + "\n"


def _table(pack: Pack, lang: str, say: dict[str, str]) -> Iterator[str]:
    head = ("setting", "was", "value", "why", "source")
    yield "| " + " | ".join(say[key] for key in head) + " |"
    yield "|" + " --- |" * len(head)
    for difference in pack.differences:
        cells = (
            _setting(difference, pack, lang, say),
            _value(difference, difference.was, lang, say),
            _value(difference, difference.value, lang, say),
            difference.why[lang],
            f"[{say[difference.grade]}]({difference.source}), {difference.seen}",
        )
        yield "| " + " | ".join(" ".join(cell.split()).replace("|", "\\|") for cell in cells) + " |"


def _setting(difference: Difference, pack: Pack, lang: str, say: dict[str, str]) -> str:
    """What a field is called: whose row, and which column of it."""
    part, *path = difference.field.split(".")
    column = path[-1] if path else part
    name = name_of(Stage(column), lang) if column in Stage.__members__.values() else say[column]
    if part == "table":
        return f"{name_of(Label(path[0]), lang)}: {name}"
    if part == "rule":
        return f"{pack.rules[path[0]].title[lang]} (`{path[0]}`): {name}"
    return name


def _value(difference: Difference, value: Setting, lang: str, say: dict[str, str]) -> str:
    if isinstance(value, bool):
        return say[str(value).lower()]
    if isinstance(value, int):
        return f"{value:,}"
    actions = difference.field.endswith((".first", ".repeated", "unsure_action"))
    closed = Action if actions else Outcome
    return name_of(closed(value), lang) if value in closed.__members__.values() else say[value]
