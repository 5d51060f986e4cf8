"""How well a criterion is met, in numbers and in words."""

from django import template
from django.utils.formats import number_format

from matching.engine.explanations import Contribution
from matching.queries import out_of_100
from matching.run_words import brought_in_words, closeness_in_words, degree_of
from matching.telling import label_of
from programmes.vocabulary import Vocabulary

register = template.Library()


@register.filter
def percent(closeness: float) -> int:
    return round(closeness * 100)


@register.filter
def in_degrees(closeness: float) -> str:
    return closeness_in_words(closeness)


@register.filter
def of_100(points: float | None) -> str:
    """The engine's points as people read a score, without decimals; a dash where there is none."""
    return "–" if points is None else number_format(round(out_of_100(points)))


@register.filter
def in_words_of_its_own(part: Contribution) -> str:
    return brought_in_words(part)


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
