"""What the environment says, read with its types; the settings are built from it."""

import os
import secrets
from pathlib import Path
from urllib.parse import unquote

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if os.environ.get("READ_DOT_ENV", "1") == "1":
    env.read_env(BASE_DIR / ".env")

DEVELOPMENT_KEY = "insecure-development-key"


def secret_key(*, debug: bool, demo: bool, kept_in: Path) -> str:
    """The signing key; a default exists on a development machine only.

    A demo makes its own and keeps it, so that one stays logged in across restarts.
    """
    key = env.str("SECRET_KEY", default="")
    if key and (debug or key != DEVELOPMENT_KEY):
        return key
    if debug:
        return DEVELOPMENT_KEY
    if demo:
        kept = kept_in / "demo-secret-key"
        if not kept.exists():
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(64))
        return kept.read_text()
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. In production give a random one of at least 50 characters; "
        "on a development machine set DEBUG=1."
    )


def database(url_variable: str, *, default: str) -> dict[str, object]:
    """The connection settings; SQLite gets what makes it safe with several threads writing."""
    settings: dict[str, object] = env.db(url_variable, default=default)
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
        }
    else:
        # A socket is written as in libpq: postgres://user@%2Frun%2Fpostgresql/name
        settings["HOST"] = unquote(str(settings["HOST"]))
        settings["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
        settings["CONN_HEALTH_CHECKS"] = True
    return settings


def file_storage() -> dict[str, object]:
    """Where convention files are kept: DATA_DIR, or a private bucket (needs django-storages[s3])."""
    bucket = env.str("S3_BUCKET", default="")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("S3_ENDPOINT_URL", default="") or None,
            "region_name": env.str("S3_REGION", default="") or None,
            "access_key": env.str("S3_ACCESS_KEY"),
            "secret_key": env.str("S3_SECRET_KEY"),
            "file_overwrite": False,
            "default_acl": "private",
        },
    }
