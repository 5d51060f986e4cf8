"""How well a criterion is met, in numbers and in words."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def percent(closeness: float) -> int:
    return round(closeness * 100)


@register.filter
def in_degrees(closeness: float) -> str:
    """« tout à fait », « en partie »…, for a closeness of 0 to 1."""
    if closeness >= 0.99:
        return _("tout à fait")
    if closeness >= 0.6:
        return _("bien")
    if closeness > 0:
        return _("en partie")
    return _("pas du tout")
