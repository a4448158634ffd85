"""Every setting of Towpath, read once from the environment. `.env.example` explains each."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONCE, NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from whitenoise.compress import Compressor

from practice import env
from practice.encryption.keyring import keys_from_environment

BASE_DIR = Path(__file__).resolve().parent.parent
TOWPATH_HOME = Path(env.text("TOWPATH_HOME", default=str(BASE_DIR / ".towpath")))
# Written when the table of resources changes; read without the database.
HELP_FOLDER = TOWPATH_HOME / "help-now"

DEBUG = False
DEMO = env.switch("TOWPATH_DEMO", default=False)
SECRET_KEY = env.text("TOWPATH_SECRET_KEY")
RECORD_KEYS = keys_from_environment()
ALLOWED_HOSTS = env.words("TOWPATH_HOSTS", default="127.0.0.1,localhost")
HTTPS = env.switch("TOWPATH_HTTPS", default=True)
SITE = env.text("TOWPATH_SITE", default=f"{'https' if HTTPS else 'http'}://{ALLOWED_HOSTS[0]}")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if HTTPS]

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "rest_framework",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "django_htmx",
    "csp",
    "practice.apps.PracticeConfig",
    "clients.apps.ClientsConfig",
    "sessions.apps.SessionsConfig",
]

MIDDLEWARE = [
    "practice.web.middleware.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "practice.web.middleware.HelpNowMiddleware",
    "practice.audit.middleware.TrailMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "practice.people.middleware.MemberMiddleware",
    "practice.people.middleware.ClockMiddleware",
    "clients.intake.middleware.ResumedMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "practice.people.middleware.EnrolmentMiddleware",
    "practice.people.middleware.TriesMiddleware",
    "practice.people.middleware.LastUsedMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "practice.web.middleware.PrivateCacheMiddleware",
    "practice.web.middleware.WrongMethodMiddleware",
    "practice.encryption.middleware.ReadingMiddleware",
]

ROOT_URLCONF = "practice.urls"
WSGI_APPLICATION = "practice.wsgi.application"

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
                "csp.context_processors.nonce",
                "practice.web.context.shell",
            ],
            "builtins": ["practice.web.templatetags.towpath"],
        },
    }
]


def database(url: str) -> dict[str, Any]:
    """Django's settings for `postgresql://user:password@host:port/name?host=/socket/folder`."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured("DATABASE_URL must begin with postgresql://")
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": query.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or query.pop("port", "")),
        "CONN_HEALTH_CHECKS": False,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 12, "timeout": 10}, "prepare_threshold": 5, **query},
    }


DATABASES = {"default": database(env.text("DATABASE_URL"))}
DATABASE_OWNER = database(owner) if (owner := env.text("DATABASE_OWNER_URL", default="")) else None
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "practice.User"
AUTHENTICATION_BACKENDS = ["practice.people.backends.MemberBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "practice.people.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_FORMS = {"reset_password": "practice.people.adapters.LetterForm"}
ACCOUNT_RATE_LIMITS = MFA_RATE_LIMITS = (
    False  # `people.attempts` counts in the database, which holds in parallel
)
MFA_ADAPTER = "practice.people.factors.MFAAdapter"
MFA_FORMS = {
    "authenticate": "practice.people.factors.CodeForm",
    "reauthenticate": "practice.people.factors.CodeAgainForm",
    "authenticate_webauthn": "practice.people.factors.PasskeyStepForm",
    "login_webauthn": "practice.people.factors.PasskeySignInForm",
    "reauthenticate_webauthn": "practice.people.factors.PasskeyAgainForm",
}
MFA_TOTP_TOLERANCE = 1  # a clock half a minute off; each code is good once all the same
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Towpath"
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the practice itself writes the address down; nobody claims one
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
USERSESSIONS_TRACK_ACTIVITY = True
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TOWPATH_TRUSTED_PROXIES", default=0, least=0, most=5)

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "__Host-towpath" if HTTPS else "towpath"
SESSION_COOKIE_AGE = 24 * 3600  # no longer than the longest sign-in: see `people.clock`
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_SAMESITE = "Lax"
MESSAGE_STORAGE = "practice.web.notices.NoticeStorage"
CSRF_COOKIE_HTTPONLY = False
CSRF_FAILURE_VIEW = "practice.web.errors.csrf_failure"
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ALLAUTH_TRUSTED_PROXY_COUNT else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "EXCLUDE_URL_PREFIXES": [],
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF, NONCE],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    },
}

LANGUAGE_CODE = env.text("TOWPATH_LANGUAGE", default="en-gb")
TIME_ZONE = env.text("TOWPATH_TIME_ZONE", default="Europe/London")
USE_I18N = USE_TZ = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "practice" / "web" / "static"]
STATIC_ROOT = Path(env.text("TOWPATH_STATIC", default=str(TOWPATH_HOME / "static")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = [*Compressor.SKIP_COMPRESS_EXTENSIONS, "map"]

EMAIL_BACKEND = (
    "django.core.mail.backends.dummy.EmailBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = env.text("TOWPATH_MAIL_HOST", default="127.0.0.1")
EMAIL_PORT = env.number("TOWPATH_MAIL_PORT", default=25, least=1, most=65535)
EMAIL_HOST_USER = env.text("TOWPATH_MAIL_USER", default="")
EMAIL_HOST_PASSWORD = env.text("TOWPATH_MAIL_PASSWORD", default="")
EMAIL_USE_TLS = env.switch("TOWPATH_MAIL_TLS", default=False)
DEFAULT_FROM_EMAIL = env.text("TOWPATH_MAIL_FROM", default="towpath@practice.example")

REDIS_URL = env.text("REDIS_URL", default="")
LARGEST_FILE_BYTES = 20 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FILES = 4
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_TEMP_DIR = env.private_folder(TOWPATH_HOME / "tmp")
FILE_UPLOAD_HANDLERS = [
    "practice.web.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["practice.people.gate.MemberMay"],
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "practice.people.authentication.BearerToken",
        "practice.people.authentication.SignedInBrowser",
    ],
    "DEFAULT_PARSER_CLASSES": ["practice.web.parsers.BoundedJSON"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "practice.web.pages.NewestFirst",
    "DEFAULT_SCHEMA_CLASS": "practice.spectacular.SaysNo",
    "EXCEPTION_HANDLER": "practice.web.problems.as_problem",
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "rest_framework.negotiation.DefaultContentNegotiation",
    "UNAUTHENTICATED_USER": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Towpath",
    "DESCRIPTION": "The same actions, permissions and refusals as the pages.",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["practice.people.gate.Anyone"],
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "REDOC_DIST": "SIDECAR",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "Effort": "clients.runs.models.RunLog.Effort",
        "Decision": "clients.screening.models.Clearance.Decision",
        "Mode": "clients.screening.models.Clearance.Mode",
        "ExportKind": "clients.lifecycle.models.Export.Kind",
        "MovingMode": "clients.screening.decision_shapes.MODES",
        "LetterKind": "clients.letters.models.Letter.Kind",
        "AgreedAbout": "clients.consents.choices.About",
        "DataKind": "clients.consents.api.DATA_KINDS",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.text("TOWPATH_LOG_LEVEL", default="WARNING")},
}
