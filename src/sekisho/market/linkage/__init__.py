"""What several accounts have in common (contacts, payout accounts, texts, pictures), as keyed hashes: never a copy of it."""
