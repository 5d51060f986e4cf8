"""What the team fills in about the matching."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from matching.models import RulingKind


class RulingForm(forms.Form):
    """Whether two people are kept together or apart, and why."""

    kind = forms.ChoiceField(
        label=_("Décision"),
        choices=[
            (RulingKind.LOCKED, _("Les garder ensemble à chaque calcul")),
            (RulingKind.FORBIDDEN, _("Ne jamais les proposer ensemble")),
        ],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Raison"),
        help_text=_("Les deux personnes ne la lisent pas. Obligatoire pour les écarter."),
        max_length=300,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("kind") == RulingKind.FORBIDDEN and not given.get("reason"):
            self.add_error("reason", _("Dites en quelques mots pourquoi les écarter."))
        return given
