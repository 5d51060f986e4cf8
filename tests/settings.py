"""The settings of a test run: those of production, on a database and in a folder of its own.

The first process of a run (the controller, under xdist) starts what is missing and says so in
the environment, which its workers inherit.
"""

import atexit
import importlib
import os
import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from charters import authority
from tests.harness import postgres

if "BINOME_TEST_RUN" not in os.environ:
    folder = tempfile.mkdtemp(prefix="binome-tests-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    os.environ["BINOME_TEST_RUN"] = folder
    authority.make_proof_key(Path(folder, "keys"))
    authority.make_seal(Path(folder, "keys"), name="Binôme (tests)", at=datetime.now(UTC))
    os.environ["BINOME_TEST_REDIS_URL"] = os.environ.pop("REDIS_URL", "")
    if not os.environ.get("DATABASE_URL"):
        try:
            os.environ["DATABASE_URL"] = postgres.start_private_server()
        except postgres.NoPostgres:
            os.environ["DATABASE_URL"] = "sqlite:///without-postgresql.sqlite3"
            os.environ["BINOME_TEST_WITHOUT_POSTGRES"] = "1"

os.environ.update(
    READ_DOT_ENV="0",
    SECRET_KEY="a-long-enough-key-which-only-the-tests-of-this-product-use",
    DEBUG="0",
    HTTPS="0",
    COLLECTED_STATIC="0",
    EMAIL_URL="memorymail://",
    SITE_URL="http://testserver",
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    DATA_DIR=os.environ["BINOME_TEST_RUN"],
    KEYS_DIR=os.environ["BINOME_TEST_RUN"] + "/keys",
    LOG_LEVEL="WARNING",
)
for absent in ("CELERY_BROKER_URL", "OIDC_SERVER_URL", "TRUSTED_PROXY_COUNT", "PROOF_KEY"):
    os.environ.pop(absent, None)

# Read only now, since these settings are made from the environment.
product = importlib.import_module("config.settings")
globals().update({name: value for name, value in vars(product).items() if name.isupper()})

DATABASES = product.DATABASES
DATABASES["default"]["CONN_MAX_AGE"] = 0
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": f"{os.environ['BINOME_TEST_RUN']}/test.sqlite3"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# Each client of a test would read all static files anew; they are looked up when asked for.
WHITENOISE_AUTOREFRESH = True
