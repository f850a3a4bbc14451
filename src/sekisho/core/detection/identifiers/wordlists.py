"""Word lists written as running text. Not a store: each list stands beside the parser that needs it."""


def words(text: str) -> frozenset[str]:
    """The words of ``text``, which are separated by white space."""
    return frozenset(text.split())
