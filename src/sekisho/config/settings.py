"""Settings of the site. Everything that differs between installations is in the environment:

| variable | meaning | default |
|---|---|---|
| `SEKISHO_SECRET_KEY` | signs sessions and links; needed in production | a throw-away key in debug |
| `SEKISHO_DEBUG` | `1` on a developer's own machine | `0` |
| `SEKISHO_HOSTS` | comma-separated host names the site answers to | `localhost,127.0.0.1` |
| `DATABASE_URL` | any PostgreSQL ≥ 15, as the application's role | one of our own in the data folder |
| `DATABASE_OWNER_URL` | the same database as the role that owns its tables | as `DATABASE_URL` |
| `SEKISHO_DATA_DIR` | files and our own database | the user's data folder |
| `SEKISHO_PACK` | the pack that is live | `standard` |
| `SEKISHO_SITE_NAME` | how the site calls itself | `せきしょ` |
| `SEKISHO_MAIL_URL` | `smtp://user:password@host:port` | letters are kept in the outbox page |
| `SEKISHO_LINKAGE_KEY` | keys the hashes of contact identifiers; another key forgets what was linked | made from the secret key |
| `SEKISHO_BASE_URL` | how the site is reached from outside | `http://127.0.0.1:8000` |
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from sekisho.config.database import Access

DEBUG = os.environ.get("SEKISHO_DEBUG", "0") == "1"
SECRET_KEY = os.environ.get("SEKISHO_SECRET_KEY") or (secrets.token_urlsafe(50) if DEBUG else "")
ALLOWED_HOSTS = os.environ.get("SEKISHO_HOSTS", "localhost,127.0.0.1").split(",")
BASE_URL = os.environ.get("SEKISHO_BASE_URL", "http://127.0.0.1:8000")
SITE_NAME = os.environ.get("SEKISHO_SITE_NAME", "せきしょ")
SEKISHO_LINKAGE_KEY = os.environ.get("SEKISHO_LINKAGE_KEY", "")
SEKISHO_PACK = os.environ.get("SEKISHO_PACK", "standard")
DATA_DIR = Path(os.environ.get("SEKISHO_DATA_DIR") or Path.home() / ".local" / "share" / "sekisho")

_url = (
    os.environ.get("DATABASE_URL") or "postgresql:///sekisho"
)  # `sekisho` itself sets it when it runs its own
_pool = {"CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}
DATABASES = {
    "default": Access.from_url(_url).django | _pool,
    # The role that owns the tables: migrations and grants only.
    "owner": Access.from_url(os.environ.get("DATABASE_OWNER_URL") or _url, "DATABASE_OWNER_URL").django,
}

ROOMS = (
    "kernel",
    "files",
    "people",
    "linkage",
    "deals",
    "judging",
    "external",
    "profiles",
    "jobs",
    "ledger",
    "contracts",
    "messaging",
    "contact_requests",
    "personal_data",
)
INSTALLED_APPS = [
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
    "django.contrib.staticfiles", *(f"sekisho.market.{room}" for room in ROOMS),
]  # fmt: skip
AUTH_USER_MODEL = "people.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
TIME_ZONE = "Asia/Tokyo"
LANGUAGE_CODE = "ja"
LANGUAGES = [("ja", "日本語"), ("en", "English")]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
