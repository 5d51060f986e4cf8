"""How well a criterion is met, in numbers and in words."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from matching.engine.explanations import Contribution
from matching.queries import out_of_100
from matching.run_words import degree_of
from matching.telling import label_of
from programmes.vocabulary import Vocabulary

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


@register.filter
def of_100(points: float | None) -> str:
    """The engine's points as people read a score, without decimals; a dash where there is none."""
    return "–" if points is None else number_format(round(out_of_100(points)))


@register.filter
def part_of(points: int, most: int) -> float:
    """Points of a criterion as a closeness of 0 to 1."""
    return points / most


@register.filter
def as_degree(points: int) -> str:
    """« Très bon accord », for a score."""
    return degree_of(points)


@register.filter
def signed(points: float) -> str:
    """A gain or a loss of points, out of 100, with its sign: « −2,3 »."""
    value = out_of_100(points)
    sign = "+" if value > 0 else "−" if value < 0 else ""  # the minus sign, which is read aloud
    return sign + number_format(abs(value), decimal_pos=1)


@register.filter
def named(part: Contribution, vocabulary: Vocabulary) -> str:
    """A criterion's name; those that no programme file names have one in its words."""
    return label_of(part.code, part.label, vocabulary)
