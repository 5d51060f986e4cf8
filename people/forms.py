from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.models import Person


class SignupNamesForm(forms.Form):
    """What sign-up asks besides an address and a password."""

    first_name = forms.CharField(
        label=_("Prénom"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Nom"),
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )

    field_order = ["first_name", "last_name", "email", "password1"]

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Called by allauth once the account exists; its adapter has saved the names already."""


class ProfileForm(forms.ModelForm[Person]):
    """What a person may change of the account."""

    class Meta:
        model = Person
        fields = ["first_name", "last_name", "language"]
        widgets: dict[str, Any] = {
            "first_name": forms.TextInput(attrs={"autocomplete": "given-name"}),
            "last_name": forms.TextInput(attrs={"autocomplete": "family-name"}),
        }
