"""The same contact identifiers used by several accounts, as keyed hashes: never a copy of a contact."""
