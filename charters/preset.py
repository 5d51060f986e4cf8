"""The `[charter]` of a programme file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from charters.checking import check_charter
from charters.models import CharterVersion
from charters.services.texts import (
    newer_than,
    plain_charter,
    publish_charter,
    publish_plain_charter,
)
from charters.text import read_charter, to_file
from people.dates import date_format
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
            return
        text = read_charter(part)
        if newer_than(text, programme) is None:
            publish_charter(programme, text=text, by=None, at=at)

    def remark(self, programme: Programme, part: Mapping[str, Any]) -> str:
        text = read_charter(part)
        newer = newer_than(text, programme)
        if newer is None:
            return ""
        words = _(
            "La charte du fichier, édition du %(edition)s, n'est pas prise : la version %(number)s, édition du %(newer)s, est plus récente et reste. Pour publier celle du fichier, changer sa date (charter.edition)."
        )
        return words % {
            "edition": date_format(text.edition, "j F Y"),
            "number": newer.number,
            "newer": date_format(newer.edition, "j F Y"),
        }

    def export(self, programme: Programme) -> Mapping[str, Any] | None:
        newest = CharterVersion.objects.filter(programme=programme).first()
        if newest is None or newest.text == plain_charter():
            return None
        return to_file(newest.text)
