"""The few places of the portal, above every page of someone who is logged in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from programmes.queries.visibility import own_enrolments, programmes_coordinated_by
from programmes.views.context import person_of


def portal_nav(request: HttpRequest) -> list[dict[str, Any]]:
    """Mon espace, the workspace for those who coordinate, the account; nothing for visitors.

    Someone who coordinates and takes part in nothing has no space of their own.

    A page of error may be shown before anyone was recognised: then there is no `request.user`.
    """
    if not hasattr(request, "user") or not request.user.is_authenticated:
        return []
    person = person_of(request)
    coordinates = programmes_coordinated_by(person).exists()
    places = []
    if not coordinates or own_enrolments(person).exists():
        places.append(("portal:space", _("Mon espace"), "home"))
    if coordinates:
        places.append(("programmes:workspace", _("Programmes"), "layout-dashboard"))
    places.append(("people:profile", _("Mon compte"), "user"))
    items = []
    for name, label, icon in places:
        url = reverse(name)
        items.append(
            {"label": label, "url": url, "icon": icon, "active": request.path.startswith(url)}
        )
    return items
