"""Ledger accounts and transfers; fees; the payment port; verification."""
