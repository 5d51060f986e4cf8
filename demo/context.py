from typing import Any

from django.http import HttpRequest

from people import clock


def banner(request: HttpRequest) -> dict[str, Any]:
    """What the band at the top of each page of the demo says."""
    return {"banner_template": "demo/_banner.html", "demo_today": clock.today()}
