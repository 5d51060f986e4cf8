"""One form field for each kind of question, and the answer it gives in the form the rules expect."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from people.fields import DayField
from programmes.policy.questionnaire import Answer, Choice, Question, QuestionKind

LINE, PARAGRAPH, LARGE = 300, 5000, 10**9
# Beyond so many choices a list that opens is easier than a column of buttons.
MOST_BUTTONS = 5

AT_LEAST, AT_MOST = _("Il faut au moins %(limit_value)s."), _("Il faut au plus %(limit_value)s.")


class TickedField(forms.MultipleChoiceField):
    """Several codes of a list, between so many and so many."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, minimum: int | None, maximum: int | None, **options: Any) -> None:
        self.minimum, self.maximum = minimum, maximum
        super().__init__(**options)

    def validate(self, value: list[str]) -> None:
        super().validate(value)
        facts = {"minimum": self.minimum, "maximum": self.maximum, "count": len(value)}
        if value and self.minimum is not None and len(value) < self.minimum:
            message = ngettext(
                "Cochez au moins %(minimum)s réponse (il y en a %(count)s).",
                "Cochez au moins %(minimum)s réponses (il y en a %(count)s).",
                self.minimum,
            )
            raise forms.ValidationError(message, code="few", params=facts)
        if self.maximum is not None and len(value) > self.maximum:
            message = ngettext(
                "Cochez au plus %(maximum)s réponse (il y en a %(count)s).",
                "Cochez au plus %(maximum)s réponses (il y en a %(count)s).",
                self.maximum,
            )
            raise forms.ValidationError(message, code="many", params=facts)


def field_for(
    question: Question, choices: tuple[Choice, ...], *, label: str, help_text: str
) -> forms.Field:
    """The field that asks this question; `choices` are those of its list."""
    common = {"label": label, "help_text": help_text, "required": question.required}
    pairs = [(choice.code, choice.label) for choice in choices]
    return _BUILDERS[question.kind](question, pairs, common)


def to_answer(question: Question, value: Any) -> Answer:
    """What the field gave, as the rules read it: int, bool, tuple of codes, ISO date, text or None."""
    if value in (None, "", []):
        return None
    if question.kind is QuestionKind.CHOICES:
        return tuple(value)
    if isinstance(value, date):
        return value.isoformat()
    answer: Answer = value
    return answer


def to_initial(question: Question, answer: Answer) -> Any:
    """What the field shows for an answer already given."""
    if question.kind is QuestionKind.YES_NO and isinstance(answer, bool):
        return "yes" if answer else "no"
    if isinstance(answer, tuple):
        return list(answer)
    return answer


Pairs = list[tuple[str, str]]
Common = Mapping[str, Any]


def _text(question: Question, pairs: Pairs, common: Common) -> forms.Field:
    return forms.CharField(max_length=LINE, **common)


def _long_text(question: Question, pairs: Pairs, common: Common) -> forms.Field:
    return forms.CharField(max_length=PARAGRAPH, widget=forms.Textarea(attrs={"rows": 5}), **common)


def _integer(question: Question, pairs: Pairs, common: Common) -> forms.Field:
    least = -LARGE if question.minimum is None else question.minimum
    most = LARGE if question.maximum is None else question.maximum
    bounds = {"min": question.minimum, "max": question.maximum}
    return forms.IntegerField(
        validators=[
            MinValueValidator(least, message=AT_LEAST),
            MaxValueValidator(most, message=AT_MOST),
        ],
        widget=forms.NumberInput(
            attrs={name: bound for name, bound in bounds.items() if bound is not None}
        ),
        **common,
    )


def _date(question: Question, pairs: Pairs, common: Common) -> forms.Field:
    return DayField(
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        **common,
    )


def _yes_no(question: Question, pairs: Pairs, common: Common) -> forms.Field:
    return forms.TypedChoiceField(
        choices=_with_no_answer(question, [("yes", _("Oui")), ("no", _("Non"))]),
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        **common,
    )


def _choice(question: Question, pairs: Pairs, common: Common) -> forms.Field:
    if len(pairs) > MOST_BUTTONS:
        return forms.ChoiceField(choices=[("", _("Choisir…")), *pairs], **common)
    return forms.ChoiceField(
        choices=_with_no_answer(question, pairs), widget=forms.RadioSelect, **common
    )


def _choices(question: Question, pairs: Pairs, common: Common) -> forms.Field:
    return TickedField(choices=pairs, minimum=question.minimum, maximum=question.maximum, **common)


def _with_no_answer(question: Question, pairs: list[Any]) -> list[Any]:
    """A button once chosen cannot be let go of; a question one need not answer offers a way back."""
    return pairs if question.required else [*pairs, ("", _("Ne pas répondre"))]


_BUILDERS: Mapping[QuestionKind, Callable[[Question, Pairs, Common], forms.Field]] = {
    QuestionKind.TEXT: _text,
    QuestionKind.LONG_TEXT: _long_text,
    QuestionKind.INTEGER: _integer,
    QuestionKind.DATE: _date,
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.CHOICE: _choice,
    QuestionKind.CHOICES: _choices,
}
