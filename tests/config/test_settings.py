"""What an installation is refused, and what it is given."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from config import env
from config.wsgi import refuse_a_broker_nobody_hears


@pytest.mark.parametrize("given", [None, "", env.DEVELOPMENT_KEY])
def test_production_refuses_to_run_without_a_key_of_its_own(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: str | None
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    if given is not None:
        monkeypatch.setenv("SECRET_KEY", given)

    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY is not set"):
        env.secret_key(debug=False, demo=False, kept_in=tmp_path)


def test_a_demo_makes_a_key_and_keeps_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)

    first = env.secret_key(debug=False, demo=True, kept_in=tmp_path)

    assert len(first) >= 50
    assert env.secret_key(debug=False, demo=True, kept_in=tmp_path) == first


def test_sqlite_is_given_what_makes_it_safe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/binome.sqlite3")

    assert env.database("DATABASE_URL", default="")["OPTIONS"] == {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
    }


def test_gunicorn_is_refused_a_broker_that_no_worker_hears() -> None:
    with pytest.raises(ImproperlyConfigured, match="set REDIS_URL"):
        refuse_a_broker_nobody_hears("memory://", "gunicorn/27.0.1")

    assert refuse_a_broker_nobody_hears("memory://", "") is None
    assert refuse_a_broker_nobody_hears("redis://127.0.0.1", "gunicorn/27.0.1") is None


def test_the_policy_allows_nothing_inline_and_no_other_host() -> None:
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]

    sources = {source for allowed in directives.values() for source in allowed}

    assert sources == {"'none'", "'self'", "data:"}
    assert [name for name, allowed in directives.items() if "data:" in allowed] == ["img-src"]


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/compte/login/", "/sante/", "/nulle-part/"])
def test_every_answer_carries_the_policy(client: Client, address: str) -> None:
    policy = client.get(address).headers["Content-Security-Policy"]

    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_the_demo_does_not_exist_outside_the_demo(client: Client) -> None:
    assert not settings.DEMO
    assert "demo" not in settings.INSTALLED_APPS
