"""The payment port: what a provider of payments must do. It reads and writes the bank's files; it moves no money in the ledger.

The ledger matches what a provider reads with clients and payouts, and keeps what came of it (`imports`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Movement:
    """One row of the bank's record of the house's account.

    `line`: in the file, from 1. `amount`: whole yen, above 0. `codes`: well-formed references found in `text`.
    `fingerprint`: the same row of the bank has the same one in every file, and no other row has it (at most 90 characters).
    """

    line: int
    date: date
    incoming: bool
    amount: int
    text: str
    codes: tuple[str, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Order:
    """One payout for the bank to make."""

    code: str
    amount: int
    bank: str
    branch: str
    type: str
    number: str
    holder: str


@dataclass(frozen=True, slots=True)
class File:
    """A file to be downloaded."""

    name: str
    media_type: str
    content: bytes


class Provider(Protocol):
    """A way money comes in and goes out."""

    def new_deposit_code(self) -> str:
        """A fresh reference for a client: 12 digits. May be taken; the ledger asks again."""

    def new_payout_code(self) -> str:
        """A fresh reference for a payout: 12 digits that no deposit code can be."""

    def read(self, content: bytes) -> list[Movement]:
        """The rows of a file of the bank. Raises `Problem("bad_statement")` naming every faulty line; then nothing is read."""

    def write(self, orders: Iterable[Order], on: date) -> File:
        """The list the operator hands to the bank."""
