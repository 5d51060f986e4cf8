"""The objectives a mentee sets, as rows of a theme and a sentence (I6 to I9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from programmes.models import Enrolment
from programmes.policy.evidence import ChosenObjective
from programmes.policy.terms import Role
from programmes.words import fill

# A theme of one's own; no code of a programme's list is written like this.
OWN_THEME = "-"
MOST_ROWS = 10
USUAL_ROWS = 3


@dataclass(frozen=True)
class ObjectiveRow:
    """The two fields of one objective; `theme` is missing where the programme has no list."""

    number: int
    theme: BoundField | None
    text: BoundField


class DraftForm(forms.Form):
    """A form that keeps what is there: nothing is required of a draft, what is wrong is told."""

    use_required_attribute = False

    def add_error(self, field: str | None, error: Any) -> None:
        if field is not None and getattr(error, "code", "") == "required":
            self.cleaned_data[field] = None
            return
        super().add_error(field, error)


class ObjectivesForm(DraftForm):
    """The objectives of one enrolment; empty rows do not count."""

    def __init__(
        self, enrolment: Enrolment, data: Mapping[str, Any] | None = None, *, more: bool = False
    ) -> None:
        self.enrolment = enrolment
        self.rules, self.role = enrolment.cohort.rules, enrolment.as_role
        self.vocabulary = enrolment.cohort.vocabulary
        super().__init__(data)
        self.row_count = self._count_rows(data, more) if self.asks_objectives else 0
        if self.asks_objectives:
            self._add_rows()

    @property
    def asks_objectives(self) -> bool:
        return self.role is Role.MENTEE and self.rules.objectives.are_asked

    @property
    def most_rows(self) -> int:
        terms = self.rules.objectives
        return terms.maximum or max(MOST_ROWS, terms.minimum)

    @property
    def may_have_more(self) -> bool:
        return 0 < self.row_count < self.most_rows

    def objective_rows(self) -> Iterator[ObjectiveRow]:
        for number in range(1, self.row_count + 1):
            theme = f"objective_{number}_theme"
            yield ObjectiveRow(
                number,
                self[theme] if theme in self.fields else None,
                self[f"objective_{number}_text"],
            )

    def objectives(self) -> list[ChosenObjective]:
        """The rows filled in; a row with a mistake stays as it was before."""
        rows = (self._objective(number) for number in range(1, self.row_count + 1))
        return [row for row in rows if row is not None]

    def _objective(self, number: int) -> ChosenObjective | None:
        theme_name, text_name = f"objective_{number}_theme", f"objective_{number}_text"
        if theme_name in self.errors or text_name in self.errors:
            saved = self._saved()
            return saved[number - 1] if number <= len(saved) else None
        theme = self.cleaned_data.get(theme_name) or ""
        text = (self.cleaned_data.get(text_name) or "").strip()
        if not theme and not text:
            return None
        return ChosenObjective("" if theme == OWN_THEME else theme, text)

    def _saved(self) -> list[ChosenObjective]:
        return [ChosenObjective(one.theme, one.text) for one in self.enrolment.objectives.all()]

    def _count_rows(self, data: Mapping[str, Any] | None, more: bool) -> int:
        terms, saved = self.rules.objectives, len(self._saved())
        shown = max(terms.minimum, min(USUAL_ROWS, self.most_rows), saved)
        while data is not None and f"objective_{shown + 1}_text" in data and shown < self.most_rows:
            shown += 1
        return max(min(shown + more, self.most_rows), saved)

    def _add_rows(self) -> None:
        terms, saved = self.rules.objectives, self._saved()
        for number in range(1, self.row_count + 1):
            known = saved[number - 1] if number <= len(saved) else None
            if terms.themes:
                self.fields[f"objective_{number}_theme"] = forms.ChoiceField(
                    choices=self._themes(),
                    label=_("Thème"),
                    required=False,
                    initial=(known.theme or OWN_THEME) if known else "",
                )
            self.fields[f"objective_{number}_text"] = forms.CharField(
                max_length=500,
                label=fill(
                    _("En une phrase, ce que {tu vises/vous visez}"), self.vocabulary, to=self.role
                ),
                required=False,
                initial=known.text if known else "",
                widget=forms.Textarea(attrs={"rows": 2}),
            )

    def _themes(self) -> list[tuple[str, str]]:
        terms = self.rules.objectives
        own = [(OWN_THEME, _("Un autre thème, à dire ci-dessous"))] if terms.other_theme else []
        return [
            ("", _("Choisir un thème…")),
            *((theme.code, theme.label) for theme in terms.themes),
            *own,
        ]
