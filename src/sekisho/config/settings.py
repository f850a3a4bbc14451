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
| `SEKISHO_LINKAGE_KEY` | keys the hashes of contacts; a new one goes before the old, with a comma | made from the secret key |
| `SEKISHO_DATA_KEY` | Fernet keys for bank data: the first seals, all open (`migrate --reseal`) | made from the secret key |
| `SEKISHO_EARLIER_SECRET_KEYS` | comma-separated secret keys of before: what they signed or sealed still counts | none |
| `SEKISHO_HOUSE_BANK` | the house's bank account, as clients read it before a transfer | not shown |
| `SEKISHO_BASE_URL` | how the site is reached from outside | `http://127.0.0.1:8000` |
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sekisho.config import logs
from sekisho.config.database import Access

DEBUG = os.environ.get("SEKISHO_DEBUG", "0") == "1"
SECRET_KEY = os.environ.get("SEKISHO_SECRET_KEY") or (secrets.token_urlsafe(50) if DEBUG else "")
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("SEKISHO_EARLIER_SECRET_KEYS", "").split(",") if key]
SEKISHO_DATA_KEY = os.environ.get("SEKISHO_DATA_KEY", "")
ALLOWED_HOSTS = os.environ.get("SEKISHO_HOSTS", "localhost,127.0.0.1").split(",")
BASE_URL = os.environ.get("SEKISHO_BASE_URL", "http://127.0.0.1:8000")
SITE_NAME = os.environ.get("SEKISHO_SITE_NAME", "せきしょ")
SEKISHO_LINKAGE_KEY = os.environ.get("SEKISHO_LINKAGE_KEY", "")
HOUSE_BANK = os.environ.get("SEKISHO_HOUSE_BANK", "")
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
    "exposure",
    "safety",
    "notices",
)
INSTALLED_APPS = [
    "sekisho.interfaces.web",  # before allauth, whose pages it dresses
    "django.contrib.auth", "django.contrib.contenttypes", "django.contrib.sessions", "django.contrib.messages",
    "django.contrib.staticfiles", "django.contrib.humanize", "django.contrib.postgres", "allauth", "allauth.account",
    "allauth.mfa", "csp", *(f"sekisho.market.{room}" for room in ROOMS)
]  # fmt: skip
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "sekisho.interfaces.web.second_factor.SecondFactorMiddleware",
    "sekisho.interfaces.web.problems.ProblemMiddleware",
]
ROOT_URLCONF = "sekisho.config.urls"
WSGI_APPLICATION = "sekisho.config.wsgi.application"
TEMPLATES = [{
    "BACKEND": "django.template.backends.django.DjangoTemplates",
    "APP_DIRS": True,
    "OPTIONS": {"context_processors": [
        "django.template.context_processors.request", "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages", "sekisho.interfaces.web.context.site",
    ]},
}]  # fmt: skip

AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
     "OPTIONS": {"user_attributes": ("email", "display_name")}},
]  # fmt: skip
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_URL, LOGIN_REDIRECT_URL, LOGOUT_REDIRECT_URL = "account_login", "home", "front"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_SIGNUP_FORM_CLASS = "sekisho.interfaces.web.forms.SignUp"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_USER_DISPLAY = "sekisho.interfaces.web.context.display_name"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]

LOGGING = logs.settings()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"}}
USE_TZ, TIME_ZONE = True, "Asia/Tokyo"
LANGUAGE_CODE, LANGUAGES = "ja", [("ja", "日本語"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True  # files come from the package itself: nothing to collect

# Nothing inline: a text shown by mistake as markup still runs nothing.
CONTENT_SECURITY_POLICY = {"DIRECTIVES": {
    "default-src": ["'none'"], "script-src": ["'self'"], "style-src": ["'self'"], "img-src": ["'self'", "data:"],
    "font-src": ["'self'"], "connect-src": ["'self'"], "form-action": ["'self'"], "frame-ancestors": ["'none'"],
    "base-uri": ["'none'"],
}}  # fmt: skip
SESSION_COOKIE_HTTPONLY, SESSION_COOKIE_SAMESITE = True, "Lax"
CSRF_COOKIE_HTTPONLY, CSRF_COOKIE_SAMESITE = True, "Lax"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
_secure = BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _secure
SECURE_HSTS_SECONDS = 31_536_000 if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = _secure
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if _secure else None
CSRF_TRUSTED_ORIGINS = [BASE_URL]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = [
    "sekisho.interfaces.web.uploads.Bounded", "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]  # fmt: skip

_mail = urlsplit(os.environ.get("SEKISHO_MAIL_URL", ""))
if _mail.hostname:
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _mail.hostname, _mail.port or 587
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
    EMAIL_USE_TLS, EMAIL_TIMEOUT = _mail.scheme != "smtp+plain", 20
else:
    EMAIL_BACKEND = "sekisho.market.notices.mailbox.LocalOutbox"
DEFAULT_FROM_EMAIL = os.environ.get("SEKISHO_MAIL_FROM", "noreply@sekisho.example")
# Staff need a second factor wherever others can reach the site.
SECOND_FACTOR_NEEDED = urlsplit(BASE_URL).hostname not in ("127.0.0.1", "localhost", "::1")
