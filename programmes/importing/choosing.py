"""The coordinator's decisions made from names: columns by heading or letters, targets by label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from people.spreadsheets import column_letters
from programmes.importing.columns import Column, Decisions, propose
from programmes.importing.targets import Target, find_target
from programmes.policy.terms import Role


class UnknownName(ValueError):
    """A column or a target that is not there; the message is a sentence."""


def choose(
    columns: Sequence[Column],
    targets: Sequence[Target],
    role: Role,
    *,
    mapped: Iterable[str] = (),
    sensitive: Iterable[str] = (),
    reason: str = "",
    repeated: Iterable[str] = (),
    incomplete: bool = False,
    all_alumni: bool = False,
) -> Decisions:
    """The guesses, changed by « column=target » (« column= » leaves it out); raise UnknownName."""
    mapping = dict(propose(columns, role).mapping)
    for one in mapped:
        heading, _equals, name = one.rpartition("=")
        column = _column(columns, heading)
        mapping = {key: number for key, number in mapping.items() if number != column.number}
        if name:
            mapping[_target(targets, name).key] = column.number
    return Decisions(
        role,
        mapping,
        sensitive={_column(columns, heading).number: reason for heading in sensitive},
        repeated=frozenset(_column(columns, heading).number for heading in repeated),
        incomplete=incomplete,
        all_alumni=all_alumni,
    )


def _column(columns: Sequence[Column], name: str) -> Column:
    for column in columns:
        if name.casefold() == column.heading.casefold():
            return column
    for column in columns:
        if name.upper() == column_letters(column.number + 1):
            return column
    raise UnknownName(
        _("Pas de colonne « %(name)s ». Colonnes : %(known)s.")
        % {"name": name, "known": ", ".join(column.heading for column in columns)}
    )


def _target(targets: Sequence[Target], name: str) -> Target:
    target = find_target(targets, name)
    if target is None:
        raise UnknownName(
            _(
                "« %(name)s » n'est pas demandé par le programme. Ce qui peut être importé : %(known)s."
            )
            % {"name": name, "known": ", ".join(one.label for one in targets)}
        )
    return target
