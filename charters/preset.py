"""The `[charter]` of a programme file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from charters.checking import check_charter
from charters.models import CharterVersion
from charters.services.texts import plain_charter, publish_charter, publish_plain_charter
from charters.text import read_charter, to_file
from programmes.models import Programme
from programmes.policy.coherence import Problem
from programmes.policy.rules import Rules


class CharterSection:
    """Checks, stores and gives back the charter's text."""

    def check(self, part: Mapping[str, Any], rules: Rules | None) -> list[Problem]:
        return check_charter(part, rules)

    def store(self, programme: Programme, part: Mapping[str, Any] | None, at: datetime) -> None:
        if part is None:
            publish_plain_charter(programme, at=at)
        else:
            publish_charter(programme, text=read_charter(part), by=None, at=at)

    def export(self, programme: Programme) -> Mapping[str, Any] | None:
        newest = CharterVersion.objects.filter(programme=programme).first()
        if newest is None or newest.text == plain_charter():
            return None
        return to_file(newest.text)
