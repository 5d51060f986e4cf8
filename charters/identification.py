"""How whoever accepts or signs was identified, as the log-in recorded it."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from django.http import HttpRequest

from charters.enums import IdentifiedBy
from charters.services.proving import Circumstances

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


def circumstances_of(request: HttpRequest, *, by_link: bool = False) -> Circumstances:
    """How the visitor was identified and where from; behind a proxy, as far as it is trusted."""
    adapter = get_adapter()
    return Circumstances(
        identified_by=IdentifiedBy.LINK if by_link else identification_of(request),
        address=adapter.get_client_ip(request),
        agent=adapter.get_http_user_agent(request),
    )
