"""The market: every stored fact of a protected marketplace, one Django app a room. Pages and JSON live above it."""
