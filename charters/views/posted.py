from __future__ import annotations

from django.http import HttpRequest, QueryDict


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is bound to: nothing until it is sent, even if it is sent empty."""
    return request.POST if request.method == "POST" else None
