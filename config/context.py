"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.navigation import portal_nav


def product(request: HttpRequest) -> dict[str, Any]:
    """`is_demo`: whether this is the demonstration, which pages say at their top.

    `nav_items`: the places of the portal, unless a view says otherwise; `side_links`: the same,
    for the foot of the workspace's side bar, where the view has said otherwise.
    """
    places = SimpleLazyObject(lambda: portal_nav(request))
    return {"is_demo": settings.DEMO, "nav_items": places, "side_links": places}
