"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def product(request: HttpRequest) -> dict[str, Any]:
    """`is_demo`: whether this is the demonstration, which pages say at their top."""
    return {"is_demo": settings.DEMO}
