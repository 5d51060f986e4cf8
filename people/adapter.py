"""How log-in and sign-up fit this product's accounts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from people.models import Person

_PROVEN = "proven_address"  # in the session


def prove_address(request: HttpRequest, email: str) -> None:
    """Whoever visits has followed a link sent to this address: an account of it needs no code."""
    request.session[_PROVEN] = email.lower()


class AccountAdapter(DefaultAccountAdapter):
    """Accounts have an address and a name, no user name; addresses are kept in lower case."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "incorrect_code": _("Ce n'est pas le bon code. Recopiez celui du dernier message reçu."),
        "email_password_mismatch": _("L'adresse et le mot de passe ne vont pas ensemble."),
        "too_many_login_attempts": _("Trop d'essais à la suite. Attendez quelques minutes."),
        "rate_limited": _("Trop de demandes à la suite. Attendez quelques minutes."),
    }

    def clean_email(self, email: str) -> str:
        cleaned: str = super().clean_email(email)
        return cleaned.lower()

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        return bool(email.lower() == request.session.get(_PROVEN))

    def save_user(
        self, request: HttpRequest, user: Person, form: Any, commit: bool = True
    ) -> Person:
        """Keep the language the person signed up in."""
        language = getattr(request, "LANGUAGE_CODE", Person.Language.FRENCH)
        if language in Person.Language.values:
            user.language = language
        saved: Person = super().save_user(request, user, form, commit)
        return saved
