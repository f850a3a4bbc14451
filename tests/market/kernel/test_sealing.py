"""What is sealed at rest: unreadable in the database, in keys of idempotency and in the audit; keys are changed by a list."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.db import connection
from django.test import override_settings

from sekisho.market.kernel import sealing
from sekisho.market.kernel.models import AuditEntry, IdempotencyKey, OutboxRow
from sekisho.market.kernel.verification import Seen
from sekisho.market.ledger import payouts
from sekisho.market.ledger.models import BankAccount
from sekisho.market.ledger.verification import sealed as check

ONE, TWO = Fernet.generate_key().decode(), Fernet.generate_key().decode()
DATA = {"bank": "0001", "branch": "123", "type_": "ordinary", "number": "7654321", "holder": "ヤマダ ハナコ"}


@pytest.fixture
def kept(cast: dict[str, Any]) -> BankAccount:
    with override_settings(SEKISHO_DATA_KEY=ONE):
        return payouts.set_bank_account(cast["hanako"].actor, None, **DATA, key="once")


def stored() -> bytes:
    """What stands in the table, as a thief of the database reads it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM ledger_bankaccount")
        return bytes(cursor.fetchone()[0])


def test_bank_data_stands_sealed_in_the_database_and_comes_back_whole(kept: BankAccount) -> None:
    assert b"7654321" not in stored()
    assert "ヤマダ".encode() not in stored()
    with override_settings(SEKISHO_DATA_KEY=ONE):
        assert BankAccount.objects.get().sealed["number"] == "7654321"
        assert BankAccount.objects.get().masked == "0001-123 ****321 ヤ***"


def test_bank_data_is_in_no_log_audit_row_outbox_row_or_key(
    cast: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        payouts.set_bank_account(cast["hanako"].actor, None, **DATA, key="k")
    rows = [list(model.objects.values()) for model in (AuditEntry, OutboxRow, IdempotencyKey)]
    told = json.dumps(rows, default=lambda value: value.hex() if isinstance(value, bytes) else str(value))
    log = "\n".join(record.getMessage() for record in caplog.records if not record.name.startswith("django.db"))
    for secret in ("7654321", "ヤマダ", "\\u30e4"):
        assert secret not in told
        assert secret not in log


def test_the_fingerprint_of_a_request_cannot_be_guessed_without_the_secret_key(kept: BankAccount) -> None:
    words = b"the same words"
    mine = sealing.keyed_hash(words)
    with override_settings(SECRET_KEY="another " * 10):
        assert sealing.keyed_hash(words) != mine


def test_a_new_key_in_front_seals_and_the_old_one_still_opens(cast: dict[str, Any], kept: BankAccount) -> None:
    with override_settings(SEKISHO_DATA_KEY=f"{TWO},{ONE}"):
        assert BankAccount.objects.get().sealed["number"] == "7654321"
        assert sealing.reseal() == 1
        assert sealing.reseal() == 0
    with override_settings(SEKISHO_DATA_KEY=TWO):
        assert BankAccount.objects.get().sealed["holder"] == "ヤマダ ハナコ"


def test_a_key_given_later_still_opens_what_the_secret_key_sealed(cast: dict[str, Any]) -> None:
    payouts.set_bank_account(cast["hanako"].actor, None, **DATA)
    with override_settings(SEKISHO_DATA_KEY=ONE):
        assert BankAccount.objects.get().sealed["number"] == "7654321"


def test_a_secret_key_of_before_still_opens(cast: dict[str, Any], settings_secret: str) -> None:
    payouts.set_bank_account(cast["hanako"].actor, None, **DATA)
    with override_settings(SECRET_KEY="new " * 20, SECRET_KEY_FALLBACKS=[settings_secret]):
        assert BankAccount.objects.get().sealed["number"] == "7654321"


@pytest.fixture
def settings_secret() -> str:
    from django.conf import settings

    return str(settings.SECRET_KEY)


def test_without_its_key_it_is_not_read_and_verify_says_so(kept: BankAccount) -> None:
    with override_settings(SEKISHO_DATA_KEY=TWO):
        with pytest.raises(sealing.NotReadable, match="earlier SEKISHO_DATA_KEY"):
            BankAccount.objects.get()
        assert len(list(check(Seen("bank accounts")))) == 1


@pytest.mark.parametrize("words", ["abc", f"{ONE},zzz", "=" * 44])
def test_a_data_key_that_is_none_is_named_and_never_shown(words: str) -> None:
    with override_settings(SEKISHO_DATA_KEY=words), pytest.raises(ValueError, match=r"key [12] is not") as error:
        sealing.keys()
    assert words not in str(error.value)
