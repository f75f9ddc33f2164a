"""Settings of every machine, read from the environment; the only reader of it.

`var/env` (made by `manage.py` in a fresh checkout) is read first and never overrides what is set.
"""

from pathlib import Path

import django_stubs_ext
import environ

django_stubs_ext.monkeypatch()  # lets ModelAdmin and others name what they hold, as the type checker asks

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = environ.Env()
environ.Env.read_env(VAR_DIR / "env")

# What the machine decides ------------------------------------------------------------------------

DEBUG: bool = env.bool("DEBUG", default=False)
SECRET_KEY: str = env.str("SECRET_KEY", default="debug-only" if DEBUG else environ.Env.NOTSET)
HTTPS: bool = env.bool("HTTPS", default=False)  # served behind TLS: secure cookies, HSTS, redirect
PORT: int = env.int("PORT", default=8000)
ALLOWED_HOSTS: list[str] = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", default=[])
DATABASE_URL: str = env.str("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'midband.sqlite3'}")
BROKER_URL: str = env.str("BROKER_URL", default="")  # empty: `manage.py work` does the jobs
EMAIL_URL: str = env.str("EMAIL_URL", default="")  # empty: mail is written to the log of the server
DEFAULT_FROM_EMAIL: str = env.str("DEFAULT_FROM_EMAIL", default="midband@localhost")
SITE_URL: str = env.str("SITE_URL", default=f"http://localhost:{PORT}")  # what links in mails begin with
# Proxies in front that may be believed about where a request comes from; each one counts.
TRUSTED_PROXIES: int = env.int("TRUSTED_PROXIES", default=0)
CACHE_URL: str = env.str("CACHE_URL", default="locmemcache://")
LOG_LEVEL: str = env.str("LOG_LEVEL", default="INFO")
SEARCHES_PER_MINUTE: int = env.int("SEARCHES_PER_MINUTE", default=600)
CALLS_PER_MINUTE: int = env.int("CALLS_PER_MINUTE", default=1200)

# Applications ------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "intake",
    "foods",
    "supplements",
    "learn",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "django_htmx",
    "simple_history",
    "rest_framework",
    "drf_spectacular",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.middleware.private_pages",
    "config.middleware.DeskRequests",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
APPEND_SLASH = True

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
            "builtins": ["intake.templatetags.midband"],
        },
    },
]

# Data --------------------------------------------------------------------------------------------

DATABASES = {"default": env.db_url_config(DATABASE_URL)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE: a transaction that reads, then writes, never fails half way with "database is locked".
    # FULL: what the page said is saved outlives a power cut.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000"
        ),
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    DATABASES["default"].setdefault("OPTIONS", {})["options"] = (
        "-c statement_timeout=10s -c lock_timeout=3s -c idle_in_transaction_session_timeout=30s"
        " -c jit=off"  # compiling costs more than any query here
    )
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": env.cache_url_config(CACHE_URL)}

# Accounts ----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "intake.User"
AUTHENTICATION_BACKENDS = ["intake.backends.PersonBackend"]
PASSWORD_HASHERS = [
    "intake.hashers.Argon2id",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "intake.hashers.MaximumLengthValidator"},
]
PASSWORD_RESET_TIMEOUT = 3600
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "intake:today"
LOGOUT_REDIRECT_URL = "account_login"
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION: str = env.str("ACCOUNT_EMAIL_VERIFICATION", default="none")
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SIGNUP_REDIRECT_URL = "intake:welcome"
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Midband: "
ACCOUNT_ADAPTER = "intake.adapters.AccountAdapter"
# Counted in CACHE_URL: with several processes, one cache they share.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/h/ip,10/h/key", "reset_password": "20/h/ip,5/h/key"}

EMAIL_CONFIG = (
    env.email_url_config(EMAIL_URL)
    if EMAIL_URL
    else {"EMAIL_BACKEND": "django.core.mail.backends.console.EmailBackend"}
)
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10

# Pages -------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
TIME_ZONE = "UTC"
USE_TZ = True
USE_I18N = False

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env.str(
            "STATICFILES_STORAGE", default="whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}

X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "midband_session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "midband_csrf"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31536000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

_SELF = ["'self'"]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": _SELF,
        "style-src": _SELF,
        "img-src": ["'self'", "data:"],
        "font-src": _SELF,
        "connect-src": _SELF,
        "form-action": _SELF,
        "manifest-src": _SELF,
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

# REST --------------------------------------------------------------------------------------------

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["intake.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["intake.parsers.StrictJSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": ["intake.throttling.CallThrottle"],
    "DEFAULT_THROTTLE_RATES": {
        "calls": f"{CALLS_PER_MINUTE}/min",
        "searches": f"{SEARCHES_PER_MINUTE}/min",
    },
    "EXCEPTION_HANDLER": "intake.api_errors.exception_handler",
    "NUM_PROXIES": TRUSTED_PROXIES,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Midband",
    "DESCRIPTION": "A magnesium diary: meals and supplements, days and weeks against a band.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_ADD_EXPLICIT_BLANK_NULL_CHOICE": False,
    "ENUM_NAME_OVERRIDES": {
        "BodyEnum": "intake.models.Body",
        "EntryKind": "intake.models.Kind",
        "ProductKind": "supplements.models.Product.Kind",
    },
}

LEARN_VOCABULARY = "intake.domain.told.vocabulary"  # whom the texts ask for figures and tables

# Background work ---------------------------------------------------------------------------------

BACKGROUND = "intake.jobs.enqueue"  # whom the foods ask for work
SPOOL_DIR = VAR_DIR / "spool"  # files to import, until they are done with
UPLOAD_MAX_MB: int = env.int("UPLOAD_MAX_MB", default=64)  # larger ones come by `manage.py import_foods`

CELERY = {
    "broker_url": BROKER_URL or None,
    "task_acks_late": True,
    "task_reject_on_worker_lost": True,
    "worker_prefetch_multiplier": 1,
    "worker_cancel_long_running_tasks_on_connection_loss": True,
    "task_soft_time_limit": 90,
    "task_time_limit": 120,
    "task_ignore_result": True,
    "accept_content": ["json"],
    "timezone": "UTC",
    "task_publish_retry_policy": {
        "max_retries": 1,
        "interval_start": 0,
        "interval_step": 0.2,
        "interval_max": 0.2,
    },
    "broker_connection_retry_on_startup": True,
    "broker_connection_max_retries": None,
    "worker_soft_shutdown_timeout": 30,
    "worker_max_tasks_per_child": 200,
    "worker_max_memory_per_child": 300_000,
}
if BROKER_URL.startswith("amqp"):
    CELERY |= {
        "task_default_queue_type": "quorum",
        "task_default_exchange_type": "topic",
        "broker_transport_options": {"confirm_publish": True},
    }
elif BROKER_URL:
    CELERY |= {
        "broker_transport_options": {
            "visibility_timeout": 300,
            "unacked_restore_interval": 5,
            "unacked_restore_throttle": 1,
            "socket_timeout": 5,
            "socket_connect_timeout": 2,
            "socket_keepalive": True,
        }
    }

# Logs: names of what happened, never what a person wrote --------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "config.logs.LineFormatter",
            "format": "{asctime} {levelname} {name} {message}",
            "style": "{",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
}
