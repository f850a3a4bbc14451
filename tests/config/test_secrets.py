"""A site that others reach does not start with a key that is missing, weak or a default, nor in debug."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sekisho.config import site
from sekisho.interfaces.cli.main import main

GOOD = "k3J-" * 5 + "0123456789abcdefghijklmnopqrstuvwxyz"


@pytest.fixture
def public(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    monkeypatch.setenv("SEKISHO_BASE_URL", "https://market.example")
    monkeypatch.setenv("SEKISHO_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("SEKISHO_DEBUG", "0")
    monkeypatch.setenv("SEKISHO_SECRET_KEY", GOOD)
    return monkeypatch


@pytest.mark.parametrize("key", ["", "short", "a" * 80, "abab" * 20, "django-insecure-" + GOOD])
def test_a_public_site_refuses_a_key_that_is_missing_weak_or_a_default(
    public: pytest.MonkeyPatch, key: str
) -> None:
    public.setenv("SEKISHO_SECRET_KEY", key)
    with pytest.raises(site.NoSecret, match="SEKISHO_SECRET_KEY is") as refusal:
        site._own_secret()
    assert not key or key not in str(refusal.value)


def test_a_public_site_starts_with_a_good_key_and_not_in_debug(public: pytest.MonkeyPatch) -> None:
    site._own_secret()
    public.setenv("SEKISHO_DEBUG", "1")
    with pytest.raises(site.NoSecret, match="SEKISHO_DEBUG"):
        site._own_secret()


def test_on_ones_own_machine_a_key_is_made_once(public: pytest.MonkeyPatch, tmp_path: Path) -> None:
    public.setenv("SEKISHO_BASE_URL", "http://127.0.0.1:8000")
    for _ in range(2):
        public.setenv("SEKISHO_SECRET_KEY", "")
        site._own_secret()
    assert len((tmp_path / "secret_key").read_text()) >= 50
    assert (tmp_path / "secret_key").stat().st_mode & 0o77 == 0


def test_a_data_key_that_is_none_stops_the_start(public: pytest.MonkeyPatch) -> None:
    from sekisho.market.kernel import sealing

    def none() -> None:
        raise ValueError("SEKISHO_DATA_KEY: key 1 is not 32 bytes")

    public.setattr(sealing, "keys", none)
    with pytest.raises(site.NoSecret, match="SEKISHO_DATA_KEY"):
        site._readable_data_key()


def test_a_site_with_the_settings_of_ones_own_machine_listens_to_nobody_else(public: pytest.MonkeyPatch) -> None:
    public.delenv("SEKISHO_BASE_URL")
    ran = CliRunner().invoke(main, ["serve", "--host", "0.0.0.0"])
    assert ran.exit_code == 2
    assert "SEKISHO_BASE_URL" in ran.output
