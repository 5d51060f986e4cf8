"""What the team fills in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.fields import DayField
from people.models import Membership, PaidPeriod
from programmes.enums import EnrolmentState, PairState
from programmes.models import Cohort
from programmes.policy.terms import Role
from programmes.queries.standing import excluded_among
from programmes.vocabulary import Vocabulary

MOST_ADDRESSES = 200
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class RoleField(forms.ChoiceField):
    """A role, in the programme's own words."""

    def __init__(self, vocabulary: Vocabulary, *, blank: Any = None, **options: Any) -> None:
        roles = [(role.value, vocabulary.noun(role.value).singular.capitalize()) for role in Role]
        choices = [("", blank), *roles] if blank else roles
        super().__init__(choices=choices, label=_("Rôle"), **options)


class EnrolmentFilter(forms.Form):
    """Which enrolments of a cohort to list."""

    q = forms.CharField(
        label=_("Nom ou adresse"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(
        required=False, choices=[("", ""), *EnrolmentState.choices], widget=forms.HiddenInput
    )

    def __init__(self, data: Any, *, vocabulary: Vocabulary) -> None:
        super().__init__(data)
        self.fields["role"] = RoleField(vocabulary, blank=_("Tous les rôles"), required=False)
        self.order_fields(["q", "role", "state"])


class NameFilter(forms.Form):
    """Which members to list."""

    q = forms.CharField(
        label=_("Nom ou adresse"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    lapsed = forms.BooleanField(label=_("Seulement à régulariser"), required=False)


class PairFilter(forms.Form):
    """Which pairs of a cohort to list; `running` stands for all that are under way."""

    q = forms.CharField(
        label=_("Nom"), required=False, widget=forms.TextInput(attrs={"type": "search"})
    )
    state = forms.ChoiceField(
        required=False,
        choices=[("", ""), ("running", ""), *PairState.choices],
        widget=forms.HiddenInput,
    )


class DecisionForm(forms.Form):
    """What the team decides of an enrolment; `acts` are those its state allows."""

    act = forms.ChoiceField(choices=[])
    message = forms.CharField(
        label=_("Message à la personne"),
        help_text=_(
            "Joint au courriel qui annonce la décision, et gardé au dossier. "
            "Nécessaire pour refuser, rendre ou reprendre une candidature."
        ),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )
    NEEDS_MESSAGE = ("refuse", "reopen", "reconsider")

    def __init__(self, data: Any = None, *, acts: tuple[str, ...]) -> None:
        super().__init__(data)
        self.fields["act"] = forms.ChoiceField(
            choices=[(act, act) for act in acts], label=_("Décision")
        )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("act") in self.NEEDS_MESSAGE and not cleaned.get("message"):
            self.add_error(
                "message",
                gettext("Dites à la personne pourquoi : ce message accompagne la décision."),
            )
        return cleaned


class ReasonForm(forms.Form):
    """Why: kept on the record, for the team alone."""

    reason = forms.CharField(
        label=_("Raison"),
        help_text=_("Gardée au dossier, avec votre nom et la date ; la personne ne la lit pas."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
    )

    def __init__(self, data: Any = None, *, label: Any = None) -> None:
        super().__init__(data)
        self.fields["reason"].label = label or self.fields["reason"].label


class DerogationForm(ReasonForm):
    """Let a breach pass, with a reason."""

    breach = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(self, data: Any = None, *, breach: str = "") -> None:
        super().__init__(data)
        self.fields["breach"].initial = breach
        self.fields["reason"].widget.attrs["id"] = f"id_reason_{breach.replace(':', '_')}"


class SettleFeeForm(forms.Form):
    """The day a fee was paid."""

    settled_on = DayField(label=_("Réglés le"), widget=DAY)

    def __init__(self, data: Any = None, *, today: date) -> None:
        super().__init__(data, initial={"settled_on": today})
        self.today = today

    def clean_settled_on(self) -> date:
        day: date = self.cleaned_data["settled_on"]
        if day > self.today:
            raise forms.ValidationError(gettext("Cette date n'est pas encore venue."))
        return day


class MembershipForm(forms.ModelForm[Membership]):
    """What the association knows of someone as a member."""

    class Meta:
        model = Membership
        fields = ["is_alumnus", "number", "joined_on"]
        labels: dict[str, Any] = {"joined_on": _("Adhère depuis le")}
        widgets: dict[str, Any] = {"joined_on": DAY}
        field_classes: dict[str, Any] = {"joined_on": DayField}


class PaidPeriodForm(forms.ModelForm[PaidPeriod]):
    """A period for which the membership fee was paid."""

    class Meta:
        model = PaidPeriod
        fields = ["starts_on", "ends_on"]
        labels: dict[str, Any] = {"starts_on": _("Payée du"), "ends_on": _("Au (inclus)")}
        widgets: dict[str, Any] = {"starts_on": DAY, "ends_on": DAY}
        # A membership for life ends on any far day that its list wrote.
        field_classes: dict[str, Any] = {"starts_on": DayField}

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("starts_on"), cleaned.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", gettext("La cotisation finit avant d'avoir commencé."))
        return cleaned


class PairActForm(forms.Form):
    """What the team does with a pair."""

    act = forms.ChoiceField(choices=[])

    def __init__(self, data: Any = None, *, acts: tuple[str, ...]) -> None:
        super().__init__(data)
        self.fields["act"] = forms.ChoiceField(choices=[(act, act) for act in acts])


class OutcomeForm(forms.Form):
    """What came of a request for help or a report."""

    outcome = forms.CharField(
        label=_("Suite donnée"),
        help_text=_("Gardée au dossier ; les personnes ne la lisent pas."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
    )


class InviteForm(forms.Form):
    """Addresses to invite in one role, one a line; every wrong line is named."""

    addresses = forms.CharField(
        label=_("Adresses e-mail"),
        help_text=_(
            "Une par ligne, %(most)s au plus. Rien ne part tant qu'une ligne est à corriger."
        )
        % {"most": MOST_ADDRESSES},
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "autocapitalize": "off"}),
    )

    def __init__(self, data: Any = None, *, cohort: Cohort) -> None:
        super().__init__(data)
        self.fields["role"] = RoleField(cohort.vocabulary)
        self.order_fields(["role", "addresses"])
        self.cohort = cohort

    def clean_addresses(self) -> list[str]:
        lines = [
            (number, line.strip().lower())
            for number, line in enumerate(self.cleaned_data["addresses"].splitlines(), 1)
            if line.strip()
        ]
        if len(lines) > MOST_ADDRESSES:
            raise forms.ValidationError(
                gettext("%(n)s adresses, c'est trop pour une fois ; il en faut %(most)s au plus.")
                % {"n": len(lines), "most": MOST_ADDRESSES}
            )
        excluded = excluded_among(self.cohort, [address for _number, address in lines])
        seen: dict[str, int] = {}
        wrong = []
        for number, address in lines:
            if reason := _wrong(address, seen, excluded):
                text = gettext("Ligne %(number)s, « %(address)s » : %(reason)s")
                wrong.append(text % {"number": number, "address": address, "reason": reason})
            seen.setdefault(address, number)
        if wrong:
            raise forms.ValidationError([forms.ValidationError(one) for one in wrong])
        return [address for _number, address in lines]


def _wrong(address: str, seen: dict[str, int], excluded: frozenset[str]) -> str:
    """Why this address cannot be invited; empty where it can."""
    try:
        validate_email(address)
    except forms.ValidationError:
        return gettext("ce n'est pas une adresse e-mail.")
    if address in seen:
        return gettext("déjà donnée à la ligne %(number)s.") % {"number": seen[address]}
    if address in excluded:
        return gettext("cette personne est exclue de tous les programmes.")
    return ""
