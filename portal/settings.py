"""Settings of the portal, one file, read from the environment.

Every variable is explained in `.env.example`. A missing secret stops the start with a sentence
that says what to do; nothing here falls back to a secret of its own.
"""

import os
from datetime import timedelta
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import urlsplit

import environ
import pghistory
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if (env_file := BASE_DIR / ".env").is_file():
    environ.Env.read_env(env_file)


def required(name: str, why: str) -> str:
    """The value of `name`, or a stop with a sentence that helps."""
    value = os.environ.get(name, "")
    if not value:
        raise ImproperlyConfigured(f"{name} is not set: {why} See .env.example, or start with `make run`.")
    return value


DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = required("SECRET_KEY", "it signs sessions, answer links and Message-IDs.")
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
IS_HTTPS = SITE_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- Apps -------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "portal.apps.PortalConfig",
    "members.apps.MembersConfig",
    "news.apps.NewsConfig",
    "meetings.apps.MeetingsConfig",
    "portal.apps.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "pgtrigger",
    "pghistory",
    "ckeditor",
    "csp",
    "axes",
]

MIDDLEWARE = [
    # Outermost, so that redirects to https, static files and errors carry number and headers too.
    "portal.logs.number_requests",
    "portal.middleware.audit_origin",
    "portal.middleware.hardening_headers",
    "portal.middleware.OnePolicy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "members.sessions.end_idle_session",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "axes.middleware.AxesMiddleware",
    "portal.middleware.refusals_in_words",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

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
            "builtins": ["portal.templatetags.portal"],
        },
    }
]

# --- Data -------------------------------------------------------------------------------------

DATABASES = {
    "default": env.db_url_config(required("DATABASE_URL", "the portal keeps its data in PostgreSQL."))
}
DATABASES["default"]["ENGINE"] = "portal.postgresql"
DATABASES["default"].setdefault("OPTIONS", {})
DATABASES["default"]["OPTIONS"].setdefault("connect_timeout", 5)
# A web process keeps a pool as large as its threads; workers and commands keep one connection,
# because Celery closes pools around every task (performance: a connection a request halves throughput).
if pool_size := env.int("DATABASE_POOL", default=0):
    DATABASES["default"]["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": pool_size,
        # A page waits this long for a connection, then as long for one of a fresh pool, then says that
        # the portal is away for a moment.
        "timeout": 2,
        # Then the pool gives up its attempt, so that the next page starts a fresh one. With the default
        # the pauses double up to minutes, and the portal stays away long after PostgreSQL is back.
        "reconnect_timeout": 2,
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = None
    # A connection that PostgreSQL closed at a restart is noticed before it is used; `portal.postgresql`
    # looks after those of the pool.
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Rows of history are looked up by whose they are and by nothing else: members/models/history.py.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)

REDIS_URL = required("REDIS_URL", "it is the broker of the background work and the cache.")
# One server, two databases: 0 carries the broker, 1 the cache.
if REDIS_URL.startswith("unix://"):
    CELERY_BROKER_URL = "redis+socket://" + REDIS_URL.removeprefix("unix://")
    CACHE_URL = REDIS_URL + "?db=1"
else:
    CELERY_BROKER_URL = REDIS_URL
    CACHE_URL = REDIS_URL.rstrip("/").removesuffix("/0") + "/1"
CACHES = {
    "default": {
        "BACKEND": "portal.cache.ForgivingRedisCache",
        "LOCATION": CACHE_URL,
        "OPTIONS": {"socket_timeout": 1, "socket_connect_timeout": 1},
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

# --- Background work --------------------------------------------------------------------------

CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SOFT_TIME_LIMIT = 360
CELERY_TASK_TIME_LIMIT = 420
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 330
# With prefork, Celery closes Django's connection around every task unless this is set.
CELERY_DB_REUSE_MAX = 1000
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Longer than the hard time limit, so that no living task is handed out a second time.
    "visibility_timeout": 600,
    "socket_timeout": 2,
    "socket_connect_timeout": 1,
}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1}
CELERY_TIMEZONE = "Asia/Ho_Chi_Minh"
CELERY_BEAT_SCHEDULE = {
    "drain-outbox": {
        "task": "portal.tasks.drain_outbox",
        "schedule": timedelta(seconds=15),
        "options": {"expires": 30},
    },
    "sweep-outbox": {
        "task": "portal.tasks.sweep_outbox",
        "schedule": timedelta(seconds=30),
        "options": {"expires": 30},
    },
    "seal-audit": {
        "task": "portal.tasks.seal_audit",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 50},
    },
    "check-audit": {
        "task": "portal.tasks.check_audit",
        "schedule": crontab(hour=3, minute=40),
        "options": {"expires": 3600},
    },
    "run-waiting-imports": {
        "task": "members.tasks.run_waiting_imports",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 50},
    },
    "forget-old-imports": {
        "task": "members.tasks.forget_old_imports",
        "schedule": timedelta(hours=12),
        "options": {"expires": 3600},
    },
    "tell-due-of-members": {
        "task": "members.tasks.tell_due",
        "schedule": crontab(hour="6-9", minute=20),
        "options": {"expires": 3600},
    },
    "remind-due": {
        "task": "meetings.tasks.remind_due",
        "schedule": timedelta(minutes=5),
        "options": {"expires": 240},
    },
    "tell-news": {
        "task": "meetings.tasks.tell_news",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 540},
    },
    "build-binders": {
        "task": "meetings.tasks.build_binders",
        "schedule": timedelta(seconds=30),
        "options": {"expires": 30},
    },
    "read-files": {
        "task": "portal.tasks.read_files",
        "schedule": timedelta(seconds=30),
        "options": {"expires": 60},
    },
    "rebuild-search": {
        "task": "portal.tasks.rebuild_search",
        "schedule": crontab(hour=2, minute=10),
        "options": {"expires": 3600},
    },
    "publish-due": {
        "task": "news.tasks.publish_due",
        "schedule": timedelta(seconds=15),
        "options": {"expires": 30},
    },
    "make-sizes": {
        "task": "news.tasks.make_sizes",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 55},
    },
    "keep-readers": {
        "task": "news.tasks.keep_readers",
        "schedule": crontab(hour="7-17", minute=30),
        "options": {"expires": 3600},
    },
    "send-digests": {
        "task": "news.tasks.send_digests",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 540},
    },
    "remind-overdue-articles": {
        "task": "news.tasks.remind_overdue",
        "schedule": timedelta(minutes=10),
        "options": {"expires": 540},
    },
    "check-outbox": {
        "task": "portal.tasks.check_outbox",
        "schedule": timedelta(minutes=5),
        "options": {"expires": 240},
    },
}
CELERY_BEAT_SCHEDULE_FILENAME = env.str("BEAT_SCHEDULE_FILE", default="/tmp/portal-beat-schedule")

# --- Mail -------------------------------------------------------------------------------------

EMAIL_URL = urlsplit(required("EMAIL_URL", "notices leave by this mail server."))
EMAIL_HOST = EMAIL_URL.hostname or "localhost"
EMAIL_PORT = EMAIL_URL.port or 25
EMAIL_HOST_USER = EMAIL_URL.username or ""
EMAIL_HOST_PASSWORD = EMAIL_URL.password or ""
EMAIL_USE_TLS = EMAIL_URL.scheme == "smtp+tls"
EMAIL_USE_SSL = EMAIL_URL.scheme == "smtp+ssl"
EMAIL_TIMEOUT = 60
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Văn phòng <van-phong@portal.invalid>")
EMAIL_DOMAIN = parseaddr(DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]

# What a sender waits for (reliability §3): the last one long, since giving up after the final dot
# is what makes a letter doubtful.
OUTBOX_CONNECT_SECONDS = 10
OUTBOX_COMMAND_SECONDS = 60
OUTBOX_DOT_SECONDS = 300
OUTBOX_BREAKER_SECONDS = 30
OUTBOX_SWEEP_SECONDS = 30
OUTBOX_RETRY_SECONDS = (10, 30, 60, 120, 300, 600, 900)
# A mass sending waits this long before anything leaves, and can be called back meanwhile.
OUTBOX_HOLD_SECONDS = 120
# Doubtful letters wait for a person; True sends them again by itself after 15 minutes.
OUTBOX_RESEND_DOUBTFUL = env.bool("OUTBOX_RESEND_DOUBTFUL", default=False)

# --- People and sessions ----------------------------------------------------------------------

AUTH_USER_MODEL = "members.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "members.backends.AccountBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "full_name", "email", "phone")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "members.passwords.ContextWordsValidator"},
]
LOGIN_URL = "account:sign_in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account:sign_in"

SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
CSRF_COOKIE_NAME = "__Host-csrf" if IS_HTTPS else "csrf"
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = timedelta(minutes=15)
# The pair, so that nobody can lock a colleague out from another machine.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_CALLABLE = "portal.views.errors.locked_out"
AXES_RESET_ON_SUCCESS = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False

# --- Answers carry these headers --------------------------------------------------------------

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_HTTPS
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_REDIRECT_EXEMPT = [r"^suc-khoe/$"]
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

# --- Language, time, files --------------------------------------------------------------------

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt")]
LOCALE_PATHS = [BASE_DIR / "portal" / "locale"]
FORMAT_MODULE_PATH = ["portal.formats"]
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = True
TIME_ZONE = "Asia/Ho_Chi_Minh"

STATIC_URL = "/static/"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    # Django's own finder, without the pages and plugins of CKEditor that nobody may reach.
    "portal.richtext.staticfiles.LockedDownFinder",
]
STATICFILES_DIRS = [BASE_DIR / "static", ("guide", BASE_DIR / "docs" / "guide" / "img")]
# No other origin reads our style sheets and scripts; WhiteNoise would let all.
WHITENOISE_ALLOW_ALL_ORIGINS = False
STATIC_ROOT = env.str("STATIC_ROOT", default=str(BASE_DIR / "static-collected"))
MEDIA_ROOT = env.str("MEDIA_ROOT", default=str(BASE_DIR / "var" / "media"))
# Uploads are never served from a folder: `portal.files` asks the owner first.
MEDIA_URL = ""
STORAGES = {
    "default": {"BACKEND": "portal.files.storage.PrivateStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1500
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FORM_RENDERER = "portal.forms.PortalRenderer"

# --- The editor -------------------------------------------------------------------------------

# Locked down for the reasons in docs/decisions/0005-ckeditor-behind-one-module.md; held by
# tests/test_richtext_editor.py. Never: fullPage, allowedContent True, script or style in
# extraAllowedContent (CVE-2024-24815). What comes out of the editor is cleaned all the same.
CKEDITOR_CONFIGS = {
    "default": {
        "height": 320,
        "width": "100%",
        "toolbar": [
            ["Format"],
            ["Bold", "Italic", "Underline", "Strike", "RemoveFormat"],
            ["NumberedList", "BulletedList", "Outdent", "Indent", "Blockquote"],
            ["JustifyLeft", "JustifyCenter", "JustifyRight", "JustifyBlock"],
            ["Link", "Unlink", "PortalPicture", "Table", "HorizontalRule", "SpecialChar"],
            ["Undo", "Redo", "Maximize"],
        ],
        "format_tags": "p;h2;h3;h4",
        # Without an editing frame no inline script is left, so `script-src` stays 'self'.
        "extraPlugins": "divarea,portalpicture",
        # They call outside services, open pages of their own or write what the cleaner drops.
        "removePlugins": (
            "about,codesnippet,codesnippetgeshi,div,docprops,elementspath,embed,embedbase,embedsemantic,"
            "exportpdf,filebrowser,flash,forms,iframe,iframedialog,language,mathjax,newpage,pagebreak,"
            "placeholder,preview,print,save,scayt,smiley,sourcearea,sourcedialog,templates,wsc"
        ),
        "removeDialogTabs": "image:advanced;image:Link;link:advanced;table:advanced",
        # What the cleaner keeps, so that loading a text into the editor loses none of it.
        "extraAllowedContent": (
            "sub sup u s figure figcaption caption thead tbody tfoot colgroup;"
            "p h2 h3 h4 li td th div{text-align,text-indent,margin-left,margin-right,padding-left};"
            # Each with its reason to be: Word wraps every word in spans that say nothing we keep.
            "span{!color}; span{!background-color}; span{!text-decoration}; span{!font-weight};"
            "span{!font-style};"
            "img[!src,alt,title,width,height]{width,height,float,margin-left,margin-right,vertical-align};"
            "table[border,cellpadding,cellspacing]{width,height,border,border-collapse,float,margin-left};"
            "td th[colspan,rowspan,scope]{width,height,border*,vertical-align,background-color};"
            "col colgroup[span]{width}; ol[start,type]{list-style-type}; ul{list-style-type}"
        ),
        # Letters as letters: "&agrave;" could not be searched.
        "entities": False,
        "basicEntities": True,
        "imageUploadUrl": "/anh/tai-len/",
        # The question about a newer version goes to the vendor's host (CVE-2024-43411).
        "versionCheck": False,
        "disableNativeSpellChecker": False,
    }
}
# On the minutes desk the text is one of several and written fast: a low box, few buttons.
CKEDITOR_CONFIGS["desk"] = CKEDITOR_CONFIGS["default"] | {
    "height": 130,
    "toolbar": [
        ["Bold", "Italic", "Underline"],
        ["NumberedList", "BulletedList"],
        ["Table", "PortalPicture"],
        ["Undo", "Redo"],
    ],
}

# --- Checks and logs --------------------------------------------------------------------------

SILENCED_SYSTEM_CHECKS = [
    # An intranet host is in no browser's preload list; includeSubDomains and max-age are set.
    "security.W021",
    # CKEditor 4.22.1 is end of life. Each published hole is closed and tested: see
    # docs/decisions and tests/test_richtext_editor.py, which also notices a change of the bundle.
    "ckeditor.W001",
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "portal.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {"django.server": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
