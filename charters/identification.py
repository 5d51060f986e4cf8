"""How whoever accepts or signs was identified, as the log-in recorded it."""

from __future__ import annotations

from django.http import HttpRequest

from charters.enums import IdentifiedBy

_METHODS = {
    "password": IdentifiedBy.PASSWORD,
    "code": IdentifiedBy.CODE,
    "socialaccount": IdentifiedBy.PROVIDER,
}


def identification_of(request: HttpRequest) -> IdentifiedBy:
    """The first way this session was opened; just « session ouverte » if that is not known."""
    for record in request.session.get("account_authentication_methods", []):
        if record.get("method") in _METHODS:
            return _METHODS[record["method"]]
    return IdentifiedBy.SESSION
