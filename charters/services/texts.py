"""Charters as programmes' texts: published in versions that never change (I11)."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path

from django.db import transaction

from charters.models import CharterVersion
from charters.text import CharterText, canonical, digest_of, read_charter
from people.models import Person
from programmes.models import Programme
from programmes.services.journal import lock, record


@transaction.atomic
def publish_charter(
    programme: Programme, *, text: CharterText, by: Person | None, at: datetime
) -> CharterVersion:
    """Keep this text as the programme's newest version; the same text makes no new version."""
    lock(programme)
    latest = CharterVersion.objects.filter(programme=programme).first()
    if latest is not None and canonical(latest.text) == canonical(text):
        return latest
    source = text.model_dump(mode="json")
    version = CharterVersion.objects.create(
        programme=programme,
        number=latest.number + 1 if latest else 1,
        edition=text.edition,
        source=source,
        digest=digest_of(source),
        published_at=at,
    )
    record("charter_published", by=by, at=at, programme=programme, version=version.number)
    return version


def newer_than(text: CharterText, programme: Programme) -> CharterVersion | None:
    """The programme's newest version, where a file holds an older edition or a former text."""
    versions = list(CharterVersion.objects.filter(programme=programme))
    newest = versions[0] if versions else None
    if newest is None or newest.text in (text, plain_charter()):
        return None
    is_former = any(version.text == text for version in versions)
    return newest if is_former or text.edition < newest.edition else None


def publish_plain_charter(programme: Programme, *, at: datetime) -> None:
    """Give a programme whose file brings no charter the plain one, unless it has one already."""
    if not CharterVersion.objects.filter(programme=programme).exists():
        publish_charter(programme, text=plain_charter(), by=None, at=at)


@cache
def plain_charter() -> CharterText:
    """The charter of a programme that brings none of its own."""
    path = Path(__file__).resolve().parent.parent / "plain_charter.toml"
    return read_charter(tomllib.loads(path.read_text(encoding="utf-8"))["charter"])
