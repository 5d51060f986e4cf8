"""The short forms of the people who take part: answering a proposal, asking for help."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from programmes.enums import ConcernKind, DeclineReason
from programmes.models import Pair


class DeclineForm(forms.Form):
    """Saying no, politely: a reason, which the other does not read."""

    reason = forms.ChoiceField(
        label=_("Pourquoi non ?"),
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choisissez une raison, même « une autre raison ».")},
    )


class ConcernForm(forms.Form):
    """A word to the team, unseen by the other (K1, K5)."""

    kind = forms.ChoiceField(
        label=_("De quoi s'agit-il ?"),
        choices=[
            (ConcernKind.HELP, _("J'ai besoin d'un conseil ou d'un coup de main")),
            (ConcernKind.CONDUCT, _("Je signale un comportement qui pose problème")),
        ],
        initial=ConcernKind.HELP,
        widget=forms.RadioSelect,
    )
    message = forms.CharField(
        label=_("Que se passe-t-il ?"),
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Dites en quelques mots ce qui se passe.")},
    )

    def __init__(self, data: Any = None, *, pairs: Sequence[tuple[Pair, str]] = ()) -> None:
        super().__init__(data)
        self.pairs = {pair.pk: pair for pair, _name in pairs}
        if len(pairs) > 1:
            names = [(pair.pk, name) for pair, name in pairs]
            self.fields["pair"] = forms.TypedChoiceField(
                label=_("Avec qui ?"),
                choices=[("", _("Personne en particulier")), *names],
                coerce=int,
                empty_value=None,
                required=False,
            )
            self.order_fields(["kind", "pair", "message"])

    def chosen_pair(self) -> Pair | None:
        """The pair named; the only one there is where nothing was to be chosen."""
        if "pair" not in self.fields:
            return next(iter(self.pairs.values()), None)
        return self.pairs.get(self.cleaned_data["pair"])
