"""Django's settings, all of them; what differs by installation comes from the environment."""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from collegium.config import embedded, environment, keys, signin
from collegium.config.signin import *  # noqa: F403 - Django reads sign-in's settings by name from here

ENVIRONMENT = environment.read(os.environ)

MODE = ENVIRONMENT.mode
DEMO_PICKER = MODE == "demo"
DEBUG = ENVIRONMENT.debug
DATA = ENVIRONMENT.data
BASE_URL = ENVIRONMENT.base_url
ACCENT_COLOR = ENVIRONMENT.accent_color
COUNCIL_TIME_ZONE = ENVIRONMENT.time_zone
SECRET_KEY = ENVIRONMENT.secret_key or keys.kept(DATA, "secret")
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SERVED_SECURELY = BASE_URL.startswith("https://")

# --- what it is made of

INSTALLED_APPS = [
    "collegium.design",
    "collegium.core.access",
    "collegium.core.trail",
    "collegium.core.notices",
    "collegium.core.entries",
    "collegium.core.files",
    "collegium.core.people",
    "collegium.core.groups",
    "collegium.core.calls",
    "collegium.core.search",
    "collegium.core.mail",
    "collegium.rooms.discussions",
    "collegium.rooms.archives",
    "collegium.rooms.ballots",
    "collegium.rooms.positions",
    # After positions, which its demonstration refers to.
    "collegium.rooms.signons",
    "collegium.web",
    "collegium.config",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "django_htmx",
    "lucide",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "collegium.config.requests.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "collegium.config.requests.ContentPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "collegium.core.access.middleware.ViewerMiddleware",
    "collegium.web.zones.ZoneMiddleware",
    "collegium.web.refusals.RefusedMiddleware",
    "collegium.config.requests.LargestRequestMiddleware",
]

ROOT_URLCONF = "collegium.config.urls"
WSGI_APPLICATION = "collegium.config.wsgi.application"
AUTH_USER_MODEL = "people.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LOADERS = ["django.template.loaders.filesystem.Loader", "django.template.loaders.app_directories.Loader"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    LOADERS if DEBUG else [("collegium.design.pages.Loader", LOADERS)],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "collegium.web.house.house",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
            ],
        },
    }
]

# --- the database, the cache that all processes share, jobs

# Only the commands that change tables come as their owner; see `collegium.config.command`.
AS_OWNER = os.environ.get("COLLEGIUM_ROLE") == "owner"
EMBEDDED = ENVIRONMENT.database is None
DATABASE = (AS_OWNER and ENVIRONMENT.owner_database) or ENVIRONMENT.database
if DATABASE is None:
    DATABASE = embedded.cluster(DATA).connection(embedded.OWNER if AS_OWNER else embedded.SERVE)
# Each of the web's few threads keeps its connection: a pool costs every request 50 µs more, and gains nothing here.
KEPT_FOR = 600 if os.environ.get("COLLEGIUM_PROCESS") == "web" else 0
DATABASES = {"default": {**DATABASE, "ATOMIC_REQUESTS": False, "CONN_MAX_AGE": KEPT_FOR}}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "config_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = "collegium.config.queue.use_prepared_statements"

# --- sign-in, sessions and what browsers are told

globals().update(signin.by_address(BASE_URL))
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SERVED_SECURELY
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_NAME = "__Host-session" if SERVED_SECURELY else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SERVED_SECURELY else "csrf"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SERVED_SECURELY else 0
# Whether browsers are to know this host before their first visit is the owner's decision: it cannot be taken back.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_HSTS_INCLUDE_SUBDOMAINS = SERVED_SECURELY
SECURE_SSL_REDIRECT = SERVED_SECURELY
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Nothing inline, nothing evaluated, nothing from elsewhere, framed by nobody.
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)

# --- language, time, files, letters

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
USE_I18N = USE_TZ = True
TIME_ZONE = COUNCIL_TIME_ZONE

STATIC_URL = "static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": ENVIRONMENT.files,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o600
ATTACHMENT_BYTES = 20_000_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
# A form with the words and as many files as a post takes.
LARGEST_REQUEST = DATA_UPLOAD_MAX_MEMORY_SIZE + 20 * ATTACHMENT_BYTES

# The relay is read by core.mail, through which every letter goes; nothing else sends.
MAIL_RELAY = ENVIRONMENT.relay
# Which server's word on a sender counts, where letters come in, and for how many days what they said is kept.
MAIL_AUTHSERV_ID = ENVIRONMENT.mail_authserv_id
MAIL_DOOR = ENVIRONMENT.mail_door
MAIL_KEPT_FOR_DAYS = ENVIRONMENT.mail_kept_for_days
MAIL_SENT_KEPT_FOR_DAYS = ENVIRONMENT.mail_sent_kept_for_days
# Whether small pictures stand in the letters of groups that have not decided on it.
MAIL_SHOWS_PICTURES = ENVIRONMENT.mail_shows_pictures
# The domain of the groups' addresses, of those that take answers, and of those to which bounces come.
MAIL_DOMAIN = ENVIRONMENT.mail_domain
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_RELAY.sender if MAIL_RELAY else "collegium@localhost"

LOGGING_CONFIG = "collegium.config.logs.configure"
LOGGING = {"json": MODE == "production"}

SOURCE = Path(__file__).resolve().parent.parent
