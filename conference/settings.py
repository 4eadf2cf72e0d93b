"""The only settings file. Everything that differs between machines comes from the environment (see .env.example)."""

from datetime import datetime
from pathlib import Path

import environ

from conference.serving.databases import settings_of

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

# --- Who we are to the outside -------------------------------------------------------------------------------------
SECRET_KEY = env("SECRET_KEY")
# Older ones, which still open the links and sessions that they signed. Nothing new is signed with them.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Safe unless told otherwise: HTTPS=off is for a machine that is reached over plain HTTP, as in development.
HTTPS = env.bool("HTTPS", default=True)
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 2 * 365 * 24 * 3600 if HTTPS else 0
# These two bind other hosts, and cannot be taken back for months: only on the operator's word.
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS and env.bool("HSTS_SUBDOMAINS", default=False)
SECURE_HSTS_PRELOAD = SECURE_HSTS_INCLUDE_SUBDOMAINS and env.bool("HSTS_PRELOAD", default=False)
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]  # `check --deploy` asks for both
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if BEHIND_PROXY:  # only then may a header say that the visitor came over HTTPS, and from which address
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_AGE = 24 * 3600
SESSION_ENGINE = "conference.serving.sessions"
CSRF_FAILURE_VIEW = "registration.views.busy.csrf_failure"

# The sign-up form is about 8 KB when every answer is given at length; an agenda of 2,000 rows that staff paste, 600.
DATA_UPLOAD_MAX_MEMORY_SIZE = 800 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

# --- E-mail: without EMAIL_URL none is sent; people who are to be told something stand on the desk's call list -----
# For links in e-mails and on paper. Without one it is the address that bin/serve says, on whatever port.
SITE_URL = env("SITE_URL", default="") or f"http://localhost:{env('PORT', default='') or '8000'}"
SENDS_EMAIL = bool(env("EMAIL_URL", default=""))
if SENDS_EMAIL:
    _mail = env.email_url("EMAIL_URL")
    if _mail["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend":
        _mail["EMAIL_BACKEND"] = "registration.messages.smtp.EmailBackend"
    vars().update(_mail)
EMAIL_TIMEOUT = 10  # seconds, for each answer of the mail server
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="conference@localhost")
# Who is told of a hole in the site (conference/serving/well_known.py): an e-mail address, or that of a page.
SECURITY_CONTACT = env("SECURITY_CONTACT", default="")
# Off where `manage.py tend_registration --loop` runs as a process of its own.
OUTBOX_THREAD = env.bool("OUTBOX_THREAD", default=True)

# Opens /metrics to a program that watches the site; without it the page is not there.
METRICS_TOKEN = env("METRICS_TOKEN", default="")

# --- What it is made of --------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "conference",
    "agenda",
    "registration",
    # On top of these three, which know nothing of them: without them the site is whole (conference/rooms_above.py).
    *env.list("APPS_ON_TOP", default=["contributions", "hackathon"]),
    "crispy_forms",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "conference.keeping.caching.keep_whole_answers",
    "conference.serving.request_log.number_requests",
    "conference.serving.headers.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "conference.serving.errors.refuse_null_characters",
    "conference.serving.errors.RefuseOddValues",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "conference.keeping.kept.Gzip",
    "conference.keeping.kept.ConditionalGet",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "conference.accounts.gate.second_factor",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "registration.views.unreadable.SayUnreadable",
]

ROOT_URLCONF = "conference.urls"
WSGI_APPLICATION = "conference.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
X_FRAME_OPTIONS = "DENY"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "conference.templatetags.bilingual",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "conference.context_processors.edition",
                "registration.context_processors.intake",
            ],
        },
    }
]
CRISPY_TEMPLATE_PACK = "plain"
CRISPY_ALLOWED_TEMPLATE_PACKS = "plain"

# --- Database ------------------------------------------------------------------------------------------------------
DATABASES = {"default": settings_of(env("DATABASE_URL", default="sqlite:///var/db.sqlite3"), BASE_DIR)}

# Which participants asked to be erased, in a file beside the database: so a restored backup does not bring them back
# (registration/retention/ledger.py).
ERASURE_LEDGER_KEY = env("ERASURE_LEDGER_KEY", default="")  # without it, FIELD_ENCRYPTION_KEYS
ERASURE_LEDGER = BASE_DIR / env("ERASURE_LEDGER", default="var/erasures.txt")

# Copies of everything (registration/backups): where they lie, how many are kept, and to whom they are encrypted.
BACKUPS = ERASURE_LEDGER.with_name("backups")
BACKUPS_KEPT = env.int("BACKUPS_KEPT", default=14)
BACKUP_RECIPIENT = env("BACKUP_RECIPIENT", default="")  # of age; empty: not encrypted

# A rehearsal: at its first start the clock of the site stands at this moment, as in 2024-03-20T09:00, and runs on from
# there (conference/clock.py). None: the site lives in real time. The file keeps when that first start was.
_rehearsal = env("SITE_CLOCK", default="")
SITE_CLOCK = datetime.fromisoformat(_rehearsal) if _rehearsal else None
SITE_CLOCK_FILE = ERASURE_LEDGER.with_name("site-clock")

# Encrypts sensitive answers. Newest key first; older ones still open what they closed. Never derived from SECRET_KEY.
FIELD_ENCRYPTION_KEYS = env.list("FIELD_ENCRYPTION_KEYS", default=[])
# A start refuses keys that do not open what is stored. On: they are lost for good, and the site goes on without.
START_WITHOUT_KEYS = env.bool("START_WITHOUT_KEYS", default=False)

# Pictures of shared links are kept apart from the pages, so that neither pushes the other out.
_MEMORY = "conference.keeping.caches.SteadyCache"
CACHES = {
    "default": {"BACKEND": _MEMORY},
    "pictures": {"BACKEND": _MEMORY, "LOCATION": "pictures", "OPTIONS": {"MAX_ENTRIES": 200}},  # of about 30 KB
    # The last good copies of public pages, of a day: what is answered while the database is away.
    "copies": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": ERASURE_LEDGER.with_name("copies"),
        "TIMEOUT": 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
    # The agenda as PDF, of a day: to set Khmer takes about a second, and one process does it for all.
    "papers": {
        "BACKEND": "conference.keeping.caches.DiskCache",
        "LOCATION": ERASURE_LEDGER.with_name("papers"),
        "TIMEOUT": 24 * 3600,
        "OPTIONS": {"MAX_ENTRIES": 100},
    },
}

# Where several machines serve the site, one makes these for all: redis:// of Redis or Valkey. The values are pickled,
# so only the machines of the site may reach it. No person is in them. Without it each machine makes its own.
if _shared := env("CACHE_URL", default=""):
    _of_all = {"BACKEND": "conference.keeping.shared.SharedCache", "LOCATION": _shared, "TIMEOUT": 24 * 3600}
    CACHES |= {name: {**_of_all, "KEY_PREFIX": name} for name in ("pictures", "papers")}

# Public pages are kept for this long, in seconds; staff always see the live page.
PUBLIC_PAGE_SECONDS = 5
# Files by which the processes of a machine tell each other which page is being drawn.
DRAWING = ERASURE_LEDGER.with_name("drawing")

# --- Languages and formats -----------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("km", "ភាសាខ្មែរ")]
LANGUAGE_COOKIE_NAME = "language"
LOCALE_PATHS = [
    BASE_DIR / "locale",  # our own words
    BASE_DIR / "locale_django",  # Django's words, where its own Khmer is missing or wrong
]
FORMAT_MODULE_PATH = ["conference.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Phnom_Penh"

# --- Files ---------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "media/"
MEDIA_ROOT = BASE_DIR / env("MEDIA_ROOT", default="var/media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "conference.serving.static_files.StaticFiles"},
}

# --- Staff ---------------------------------------------------------------------------------------------------------
LOGIN_URL = "admin:login"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "conference.accounts.volunteers.DayBackend",  # volunteers at the desk
]
# Staff sign in with a code of an authenticator app as well (conference/accounts).
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=HTTPS)
PASSWORD_RESET_TIMEOUT = 24 * 3600  # a link for a new password
# The password of the first account, until its owner has chosen another.
FIRST_PASSWORD_FILE = ERASURE_LEDGER.with_name("first-password.txt")
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "conference.accounts.password_length.MinimumLength", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# --- Log: how each request went, and what went wrong; never what people answered -------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "conference.serving.logs.Discreet",
            "format": "{asctime} {levelname} {name}: {message}",
            "style": "{",
        },
        "as_it_is": {"format": "{message}", "style": "{"},
    },
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "line"},
        "requests": {"class": "logging.StreamHandler", "formatter": "as_it_is", "stream": "ext://sys.stdout"},
    },
    "loggers": {
        "django": {"handlers": ["console"], "level": "WARNING", "propagate": False},
        "conference.requests": {"handlers": ["requests"], "level": "INFO", "propagate": False},
    },
}
