"""allauth's forms in our words: an address is « Adresse e-mail », a password's rules are one line."""

from typing import Any

from allauth.account import forms as theirs
from django import forms
from django.utils.translation import gettext_lazy as _


class InOurWords(forms.Form):
    """What each of the forms below changes of allauth's own."""

    address_label = _("Adresse e-mail")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)  # the label says it, and stays
            if isinstance(field, forms.EmailField):
                field.label = self.address_label
            if name == "password1":
                field.help_text = _(
                    "Au moins 8 caractères. Ni votre nom, ni un mot de passe courant, ni des chiffres seuls."
                )


class LoginForm(InOurWords, theirs.LoginForm):
    """The way in by password."""


class SignupForm(InOurWords, theirs.SignupForm):
    """A new account."""


class RequestLoginCodeForm(InOurWords, theirs.RequestLoginCodeForm):
    """The way in by a code."""


class AddEmailForm(InOurWords, theirs.AddEmailForm):
    """Another address for the account."""

    address_label = _("Nouvelle adresse e-mail")


class ChangeEmailForm(InOurWords, theirs.ChangeEmailForm):
    """A mistyped address, put right before it is verified."""

    address_label = _("Nouvelle adresse e-mail")


class ResetPasswordForm(InOurWords, theirs.ResetPasswordForm):
    """A forgotten password."""


class ResetPasswordKeyForm(InOurWords, theirs.ResetPasswordKeyForm):
    """A new password, from the link received."""


class ChangePasswordForm(InOurWords, theirs.ChangePasswordForm):
    """A new password instead of the present one."""


class SetPasswordForm(InOurWords, theirs.SetPasswordForm):
    """A first password, for who came in by a code."""
