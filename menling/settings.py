"""Django's settings. What a machine may choose comes from its environment; everything else is decided here.

| variable | meaning |
| --- | --- |
| `DATABASE_URL` | a PostgreSQL of your own; without it the embedded one |
| `MENLING_PREPARE` | `0` when a pooler that knows no prepared statements stands before that server |
| `MENLING_PURPOSE` | which embedded database: `office` (default) or `test` |
| `MENLING_DATA` | the folder of databases, files and the secret key |
| `MENLING_SECRET_KEY` | the signing key; without it one is made and kept in the data folder |
| `MENLING_HOSTS` | host names served, separated by commas; localhost without it |
| `MENLING_HTTPS` | `1` when browsers reach the server by HTTPS |
| `MENLING_SITE` | the address people open in the browser, such as `https://menling.example`; links in groups begin so |
| `MENLING_CLOCK` | the instant at which a demonstration begins, such as `2026-11-20T10:04+08:00` |
| `MENLING_DEBUG` | `1` for Django's own error pages |
"""

import os
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict

from menling.embedded import Place, Server
from menling.secrets import secret_key

ROOT = Path(__file__).resolve().parent.parent
PURPOSE = os.environ.get("MENLING_PURPOSE", "office")
TESTING = PURPOSE == "test"
HOME = Place.of(PURPOSE).home

DEBUG = os.environ.get("MENLING_DEBUG") == "1"
SECRET_KEY = secret_key(HOME)
ALLOWED_HOSTS = os.environ.get("MENLING_HOSTS", "localhost,127.0.0.1").split(",")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "axes",
    "procrastinate.contrib.django",
    "menling.premises",
    "menling.policies",
    "menling.journal",
    "menling.catalogue",
    "menling.agreements",
    "menling.orders",
    "menling.money",
    "menling.calls",
    "menling.shifts",
    "menling.errands",
    "menling.pads",
    "menling.commission",
    "menling.tracking",
    "menling.closing",
    "menling.imports",
    "menling.mail",
    "menling.web",
    "menling.portal",
    "menling.doorstep",
]
AUTH_USER_MODEL = "premises.Staff"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "menling.web.signed_in.PasswordBackend",
    "menling.web.pins.PinBackend",
]
LOGIN_URL = "web:login"
SESSION_ENGINE = "menling.web.signed_in"
SESSION_COOKIE_AGE = 12 * 3600
CSRF_FAILURE_VIEW = "menling.web.views.errors.page_too_old"

# Six wrong passwords or PINs of one person from one machine: a quarter of an hour's rest.
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_FORM_FIELD = "number"
AXES_SENSITIVE_PARAMETERS = ["pin"]
AXES_RESET_ON_SUCCESS = True
AXES_DISABLE_ACCESS_LOG = True
AXES_VERBOSE = False
AXES_LOCKOUT_CALLABLE = "menling.web.views.entry.locked_out"

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "menling.web.frame.surroundings",
            ],
        },
    }
]

ROOT_URLCONF = "menling.urls"
WSGI_APPLICATION = "menling.wsgi.application"


def _database() -> dict[str, object]:
    if "DATABASE_URL" not in os.environ:
        return Server(PURPOSE, Place.of(PURPOSE)).django_settings()
    given = conninfo_to_dict(os.environ["DATABASE_URL"])
    named = {"NAME": "dbname", "USER": "user", "PASSWORD": "password", "HOST": "host", "PORT": "port"}
    database = {key: str(given.pop(part, "") or "") for key, part in named.items()}
    return {"ENGINE": "django.db.backends.postgresql", **database, "OPTIONS": given}


DATABASES = {"default": _database()}
DATABASES["default"]["TEST"] = {"NAME": os.environ.get("MENLING_TEST_DATABASE", "test_menling")}
DATABASES["default"].setdefault("OPTIONS", {})
# A statement is planned once for a connection and then only told its values: half the database's work for a step.
PREPARED_AFTER = None if os.environ.get("MENLING_PREPARE") == "0" else 5
DATABASES["default"]["OPTIONS"] |= {"server_side_binding": True, "prepare_threshold": PREPARED_AFTER}  # type: ignore[operator]
if not TESTING:
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 16, "timeout": 10}  # type: ignore[index]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [ROOT / "menling" / "locale"]
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"

STATIC_URL = "/static/"
BUNDLES = {"": ROOT / "frontend" / "dist", "doorstep": ROOT / "doorstep-app" / "dist"}
STATICFILES_DIRS = [(prefix, folder) if prefix else folder for prefix, folder in BUNDLES.items() if folder.is_dir()]
WHITENOISE_USE_FINDERS = True
MEDIA_ROOT = HOME / "media"
MEDIA_URL = "/media/"

HTTPS = os.environ.get("MENLING_HTTPS") == "1"
SITE = os.environ.get("MENLING_SITE", "").rstrip("/")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "INFO" if not TESTING else "WARNING"},
    "loggers": {"procrastinate.blueprints": {"level": "WARNING"}},
}
