"""Django's settings. What an operator may change is in environment.py; the rest is decided here."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONCE, NONE, SELF

from handrail.config.environment import load

ENVIRONMENT = load()
PACKAGE = Path(__file__).resolve().parent.parent
CONTENT_DIR = PACKAGE.parent / "content"
DEMO = ENVIRONMENT.mode == "demo"

DEBUG = False
SECRET_KEY = ENVIRONMENT.secret_key
BASE_URL = ENVIRONMENT.base_url
_address = urlsplit(BASE_URL)
SECURE_COOKIES = _address.scheme == "https"
ALLOWED_HOSTS = [_address.hostname or "localhost", *ENVIRONMENT.hosts]
if DEMO:
    ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [BASE_URL]

INSTALLED_APPS = [
    "handrail.foundation.access",
    "handrail.foundation.audit",
    "handrail.foundation.idempotency",
    "handrail.foundation.keystore",
    "handrail.foundation.lifecycle",
    "handrail.foundation.mail",
    "handrail.foundation.jobs",
    "handrail.foundation.vault",
    "handrail.design",
    "handrail.capabilities.accounts",
    "handrail.capabilities.people",
    "handrail.capabilities.people.imports",
    "handrail.capabilities.people.custody",
    "handrail.capabilities.essentials",
    "handrail.capabilities.schemes",
    "handrail.capabilities.schemes.sign_up",
    "handrail.capabilities.schemes.set_up",
    "handrail.capabilities.schemes.joining",
    "handrail.capabilities.schemes.handover",
    "handrail.capabilities.schemes.ending",
    "handrail.capabilities.schemes.preparation",
    "handrail.capabilities.schemes.matching_runs",
    "handrail.capabilities.starting_point",
    "handrail.capabilities.starting_point.walkthroughs",
    "handrail.capabilities.starting_point.decisions",
    "handrail.capabilities.pairings",
    "handrail.capabilities.pairings.stories",
    "handrail.capabilities.pairings.agreement",
    "handrail.capabilities.pairings.closing",
    "handrail.capabilities.pairings.plan",
    "handrail.capabilities.pairings.busy",
    "handrail.capabilities.pairings.spreadsheets",
    "handrail.capabilities.pairings.proposals",
    "handrail.capabilities.participation",
    "handrail.capabilities.impact",
    "handrail.capabilities.installation",
    "handrail.capabilities.home",
    "handrail.demo",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "django_tasks",
    "django_tasks_db",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "handrail.foundation.access.methods.UsedMethods",
    "handrail.foundation.access.readable.PrintableCookies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "handrail.foundation.languages.middleware.LanguageMiddleware",  # before whatever may answer in words
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "handrail.foundation.vault.middleware.VaultMiddleware",
    "handrail.foundation.vault.carried.CarriedMiddleware",
    "handrail.foundation.access.middleware.AccessMiddleware",
    "handrail.foundation.idempotency.middleware.OnceMiddleware",
]

ROOT_URLCONF = "handrail.config.urls"
WSGI_APPLICATION = "handrail.config.wsgi.application"

_TEMPLATE_OPTIONS: dict[str, Any] = {
    "context_processors": [
        "django.template.context_processors.request",
        "django.template.context_processors.i18n",
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
        "csp.context_processors.nonce",
        "handrail.foundation.idempotency.context.once",
        "handrail.config.context.site",
    ],
}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [],
        "APP_DIRS": True,
        "OPTIONS": _TEMPLATE_OPTIONS,
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- databases -------------------------------------------------------------------------------------------------
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # FULL: with NORMAL, acknowledged writes were lost at simulated power cuts.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON; "
    "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000; PRAGMA journal_size_limit=27103364;",
}


def database(url: str, file_name: str) -> dict[str, Any]:
    """Django's description of the database at `url`, or of an SQLite file in the data folder."""
    url = url or f"sqlite:///{(ENVIRONMENT.data_dir / file_name).resolve()}"
    description: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=600, conn_health_checks=True))
    if description["ENGINE"].endswith("sqlite3"):
        description["OPTIONS"] = {**SQLITE_OPTIONS, **description.get("OPTIONS", {})}
    return description


DATABASES = {
    "default": database(ENVIRONMENT.database_url, "handrail.sqlite3"),
    "keystore": database(ENVIRONMENT.keystore_url, "keystore.sqlite3"),
}
DATABASE_ROUTERS = ["handrail.foundation.keystore.router.KeystoreRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- people and sign-in ------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Account"
AUTHENTICATION_BACKENDS = ["handrail.capabilities.accounts.backends.AccountBackend"]
SESSION_ENGINE = "handrail.foundation.access.sessions"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "handrail.capabilities.accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_RATE_LIMITS = {"letter": "10/5m/ip"}  # beside the library's own
ACCOUNT_EMAIL_VERIFICATION = "none"  # an account is made by the organisation; the code proves the address
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 15 * 60
ACCOUNT_FORMS = {
    "login": "handrail.capabilities.accounts.forms.SignInForm",
    "request_login_code": "handrail.capabilities.accounts.forms.AskForCodeForm",
    "confirm_login_code": "handrail.capabilities.accounts.forms.CodeOfMessageForm",
}
MFA_ADAPTER = "handrail.capabilities.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_FORMS = {
    "add_webauthn": "handrail.capabilities.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "handrail.capabilities.accounts.forms.RenamePasskeyForm",
    "login_webauthn": "handrail.capabilities.accounts.forms.PasskeySignInForm",
    "authenticate_webauthn": "handrail.capabilities.accounts.forms.PasskeyAsSecondProofForm",
    "reauthenticate_webauthn": "handrail.capabilities.accounts.forms.PasskeyAgainForm",
}
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not SECURE_COOKIES
USERSESSIONS_TRACK_ACTIVITY = False
SOCIALACCOUNT_ADAPTER = "handrail.capabilities.accounts.adapters.ProviderAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_FORMS = {"disconnect": "handrail.capabilities.accounts.forms.ProviderDisconnectForm"}
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
if ENVIRONMENT.oidc_url:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "organisation",
                "name": ENVIRONMENT.oidc_name or "your organisation",
                "client_id": ENVIRONMENT.oidc_client_id,
                "secret": ENVIRONMENT.oidc_client_secret,
                "settings": {"server_url": ENVIRONMENT.oidc_url},
            }
        ],
    }
OIDC_DOMAINS = ENVIRONMENT.oidc_domains
ACCESS_ROLES = "handrail.capabilities.people.queries.roles_of"
# Pairings stand above the starting point, which may be shared with a mentor: it asks them here.
TAKES_PART = "handrail.capabilities.pairings.standing.queries.takes_part"
SIDES_TAKEN = "handrail.capabilities.pairings.by_hand.queries.sides_taken"
STARTING_POINT_MENTORS = "handrail.capabilities.pairings.queries.mentors_of"
STARTING_POINT_SINCE = "handrail.capabilities.pairings.plan.queries.since_then"
# The starting point stands above sign-up: it tells what the words that a leader made ordinary suggest there, and who
# was invited.
SIGN_UP_SUGGESTIONS = "handrail.capabilities.starting_point.sharing.queries.suggested_for_sign_up"
INVITED_TO_JOIN = "handrail.capabilities.starting_point.invitations.queries.ids_invited_as"
CALENDARS_MAY_BE_INSIDE = False  # whether a connected calendar may lie on this machine: in tests only
ACCESS_SECOND_FACTOR = "handrail.capabilities.accounts.queries.has_second_factor"
SECOND_FACTOR_REQUIRED = ENVIRONMENT.second_factor and not DEMO

# --- security ----------------------------------------------------------------------------------------------------
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if SECURE_COOKIES else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Signing in at the provider begins with a form of ours; browsers hold its redirect against form-action too.
FORM_ACTION = [SELF, ENVIRONMENT.oidc_origin] if ENVIRONMENT.oidc_origin else [SELF]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": FORM_ACTION,
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
CSRF_FAILURE_VIEW = "handrail.capabilities.home.views.form_outlived_session"

# --- mail, jobs ----------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "handrail.foundation.mail.backend.OutboxBackend"
DEFAULT_FROM_EMAIL = SERVER_EMAIL = ENVIRONMENT.mail_from
MAIL_URL = ENVIRONMENT.mail_url
if MAIL_URL:
    _mail = urlsplit(MAIL_URL)
    EMAIL_HOST = _mail.hostname or ""
    EMAIL_PORT = _mail.port or {"smtp": 587, "smtps": 465, "smtp+plain": 25}[_mail.scheme]
    EMAIL_HOST_USER = unquote(_mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
    EMAIL_USE_TLS = _mail.scheme == "smtp"
    EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_TIMEOUT = 30
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": [], "ENQUEUE_ON_COMMIT": True}}
HOST, PORT = ENVIRONMENT.host, ENVIRONMENT.port
WORKER_INSIDE = ENVIRONMENT.worker == "inside"
DATA_DIR = ENVIRONMENT.data_dir
BACKUP_RECIPIENT = ENVIRONMENT.backup_recipient

# --- language, time, static files -------------------------------------------------------------------------------------
LANGUAGE_CODE = ENVIRONMENT.language
LANGUAGES = [("en", "English"), ("fr", "Français")]  # each by its own name
# The parts that are ready for a language: whatever they can show has its words, which a test holds. Pages and
# messages of any other part are in English as a whole.
SPOKEN = {
    "fr": (
        "allauth",
        "handrail.capabilities.accounts.adapters",
        "handrail.capabilities.accounts.emails",
        "handrail.capabilities.accounts.safekeeping",
        "handrail.capabilities.accounts.views",
        "handrail.capabilities.home",
        "handrail.capabilities.pairings.agreement",
        "handrail.capabilities.pairings.answering",
        "handrail.capabilities.pairings.busy",
        "handrail.capabilities.pairings.calendars",
        "handrail.capabilities.pairings.closing",
        "handrail.capabilities.pairings.emails",
        "handrail.capabilities.pairings.ending.emails",
        "handrail.capabilities.pairings.going_on",
        "handrail.capabilities.pairings.letters",
        "handrail.capabilities.pairings.notes",
        "handrail.capabilities.pairings.plan",
        "handrail.capabilities.pairings.safeguarding",
        "handrail.capabilities.pairings.sessions",
        "handrail.capabilities.pairings.views",
        "handrail.capabilities.people.custody",
        "handrail.capabilities.people.emails",
        "handrail.capabilities.people.views",
        "handrail.capabilities.schemes.ending.rules",
        "handrail.capabilities.schemes.joining.rules",
        "handrail.capabilities.schemes.set_up.queries",
        "handrail.capabilities.schemes.sign_up",
        "handrail.capabilities.starting_point.conversation",
        "handrail.capabilities.starting_point.invitations",
        "handrail.capabilities.starting_point.sharing",
        "handrail.demo",
    )
}
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 60 * 60 * 24 * 365
LANGUAGE_COOKIE_SECURE = SECURE_COOKIES
LANGUAGE_COOKIE_HTTPONLY = True
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = ENVIRONMENT.time_zone
USE_TZ = True
STATIC_URL = "/static/"
STATIC_ROOT = ENVIRONMENT.data_dir.resolve() / "static"
STATICFILES_DIRS = [("handrail", PACKAGE / "design" / "static" / "built")]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "handrail.config.assets.AssetStorage"},
}

# --- logs: never what a person typed ---------------------------------------------------------------------------------
DEFAULT_EXCEPTION_REPORTER_FILTER = "handrail.foundation.access.faults.NothingTyped"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"private": {"()": "handrail.foundation.access.faults.LogWithoutPrivateText"}},
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["private"]},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": [], "propagate": True},
        "django_tasks": {"level": "WARNING"},
        "fido2": {"level": "WARNING"},  # it would name the passkey that somebody signed in with
        "requests_hardened": {"level": "ERROR"},  # it would name the host of somebody's calendar
        "django_tasks_db": {"level": "WARNING"},
    },
}
