from django.conf import settings


def absolute(path: str) -> str:
    """The address of a page of this site, as an e-mail needs it."""
    return settings.SITE_URL.rstrip("/") + path
