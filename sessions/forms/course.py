"""Milestones, going on, ending, rooms."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext_lazy as _

from people.fields import DayField
from programmes.enums import StopReason
from programmes.models import Pair, Room
from programmes.policy.rules import Milestone, ReviewQuestion
from programmes.policy.terms import Role
from programmes.words import fill
from sessions.forms.appointments import DayInput
from sessions.services.reviews import questions_for

SCALE = (
    (1, _("1, pas du tout")),
    (2, "2"),
    (3, _("3, moyennement")),
    (4, "4"),
    (5, _("5, tout à fait")),
)
YES_NO = ((True, _("Oui")), (False, _("Non")))

# The reasons a team chooses from; the others belong to events of their own.
TEAM_REASONS = [
    (reason.value, reason.label)
    for reason in (
        StopReason.NO_FIRST_DATE,
        StopReason.SILENT,
        StopReason.BY_AGREEMENT,
        StopReason.UNAVAILABLE,
        StopReason.REMATCH,
    )
]


class MilestoneForm(forms.Form):
    """The structured questions of a milestone; no field takes a text."""

    def __init__(
        self, *args: Any, milestone: Milestone, role: Role, pair: Pair, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        vocabulary = pair.cohort.vocabulary
        for question in questions_for(milestone, role):
            label = fill(question.label, vocabulary, to=role)
            self.fields[question.code] = _field(question, label)
        if milestone.may_stay_private:
            self.fields["is_private"] = forms.BooleanField(
                label=fill(
                    _("« %(title)s » reste entre nous deux : {l'équipe} ne lit pas nos réponses.")
                    % {"title": milestone.title},
                    vocabulary,
                ),
                required=False,
            )

    def answers(self) -> dict[str, Any]:
        return {code: value for code, value in self.cleaned_data.items() if code != "is_private"}


def answers_as_initial(answers: Mapping[str, Any]) -> dict[str, Any]:
    return {code: str(value) for code, value in answers.items()}


class ExtendForm(forms.Form):
    until = DayField(label=_("Jusqu'au"), widget=DayInput())

    def __init__(self, *args: Any, suggested: date | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("until", suggested)


class CompleteForm(forms.Form):
    """Where something is missing, the team says why it closes all the same."""

    despite = forms.CharField(
        label=_("Raison de clore malgré ces points"),
        help_text=_("Gardée au journal ; les deux personnes ne la lisent pas."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class StopForm(forms.Form):
    reason = forms.ChoiceField(label=_("Raison"), choices=TEAM_REASONS, widget=forms.RadioSelect)


class RoomForm(forms.ModelForm[Room]):
    class Meta:
        model = Room
        fields = ("name", "address", "seats", "is_available")
        help_texts = {
            "is_available": _(
                "Décochée, elle n'est plus proposée ; les réservations faites restent."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["seats"].validators.append(MinValueValidator(2))

    def clean_name(self) -> str:
        """The constraint itself cannot be asked: the organisation is not a field of this form."""
        name: str = self.cleaned_data["name"]
        known = Room.objects.filter(organisation=self.instance.organisation, name=name)
        if known.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Une autre salle porte déjà ce nom."))
        return name


def _field(question: ReviewQuestion, label: str) -> forms.Field:
    if question.kind == "scale":
        return forms.TypedChoiceField(
            label=label, choices=SCALE, coerce=int, widget=forms.RadioSelect
        )
    if question.kind == "yes_no":
        return forms.TypedChoiceField(
            label=label,
            choices=YES_NO,
            coerce=lambda value: value == "True",
            widget=forms.RadioSelect,
        )
    return forms.ChoiceField(
        label=label,
        choices=[(choice.code, choice.label) for choice in question.choices],
        widget=forms.RadioSelect,
    )
