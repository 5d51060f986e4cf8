"""The enrolment questionnaire, built from a programme's rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from programmes.forms.objectives import ObjectivesForm
from programmes.forms.questions import AT_LEAST, AT_MOST, field_for, to_answer, to_initial
from programmes.models import Enrolment
from programmes.policy.evidence import ChosenObjective
from programmes.policy.questionnaire import Answer, OnRefusal, Question
from programmes.policy.terms import Role
from programmes.profile import shown_to_other
from programmes.queries.candidates import answers_of
from programmes.words import fill

MOST_PLACES = 20


@dataclass(frozen=True)
class Section:
    """A part of the questionnaire; an empty title is the programme's own silence on it."""

    title: str
    fields: tuple[BoundField, ...]


@dataclass(frozen=True)
class Kept:
    """What of a form can be kept, as `services.enrolments.save_answers` takes it."""

    answers: Mapping[str, Answer]
    objectives: Sequence[ChosenObjective]
    declarations: Sequence[str]
    capacity: int | None


class QuestionnaireForm(ObjectivesForm):
    """Every question of one role, its objectives, places and declarations."""

    def __init__(
        self, enrolment: Enrolment, data: Mapping[str, Any] | None = None, *, more: bool = False
    ) -> None:
        super().__init__(enrolment, data, more=more)
        self.questions = self.rules.questions_for(self.role)
        self._add_questions()
        if self.asks_capacity:
            self.fields["capacity"] = self._capacity()
        self._add_declarations()

    @property
    def asks_capacity(self) -> bool:
        """Who may accompany several people says how many at most; so does a mentee where it is said."""
        limit = getattr(self.rules.seats, self.role)
        return limit != 1 if self.role is Role.MENTOR else limit is not None and limit > 1

    def sections(self) -> list[Section]:
        """The questions by section, in the order in which the sections first appear."""
        by_title: dict[str, list[BoundField]] = {}
        for question in self.questions:
            by_title.setdefault(question.section, []).append(self[name_of(question)])
        return [Section(self._said(title), tuple(fields)) for title, fields in by_title.items()]

    def declarations(self) -> list[BoundField]:
        return [self[f"declaration_{one.code}"] for one in self.rules.declarations_for(self.role)]

    def kept(self) -> Kept:
        """Everything that is right; where there is a mistake, what was there before."""
        answers = dict(answers_of(self.enrolment))
        for question in self.questions:
            name = name_of(question)
            if name not in self.errors:
                answers[question.code] = to_answer(question, self.cleaned_data.get(name))
        return Kept(
            answers={code: answer for code, answer in answers.items() if answer is not None},
            objectives=self.objectives(),
            declarations=[
                one.code
                for one in self.rules.declarations_for(self.role)
                if self.cleaned_data.get(f"declaration_{one.code}")
            ],
            capacity=self.enrolment.capacity
            if "capacity" in self.errors
            else self.cleaned_data.get("capacity"),
        )

    def _said(self, text: str) -> str:
        return fill(text, self.vocabulary, to=self.role)

    def _add_questions(self) -> None:
        answers = answers_of(self.enrolment)
        shown = {question.code for question in shown_to_other(self.rules, self.role)}
        for question in self.questions:
            field = field_for(
                question,
                self.rules.choices_of(question),
                label=self._label(question),
                help_text=self._help(question, is_shown=question.code in shown),
            )
            field.initial = to_initial(question, answers.get(question.code))
            self.fields[name_of(question)] = field

    def _label(self, question: Question) -> str:
        label = self._said(question.label)
        return f"{label} ({question.unit})" if question.unit else label

    def _help(self, question: Question, *, is_shown: bool) -> str:
        notes = [question.help]
        if is_shown:
            notes.append(_("Lu aussi par la personne proposée."))
        if question.on_card and self.rules.matching.choices_of(self.role.other):
            notes.append(_("Figure sur {ta/votre} carte sans nom, d'après laquelle on choisit."))
        return self._said(" ".join(filter(None, notes)))

    def _capacity(self) -> forms.Field:
        limit = getattr(self.rules.seats, self.role)
        label = _(
            "Combien de personnes, au plus, {souhaites-tu/souhaitez-vous} accompagner en même temps ?"
        )
        if self.role is Role.MENTEE:
            label = _(
                "Combien {de mentors}, au plus, {souhaites-tu/souhaitez-vous} en même temps ?"
            )
        note = _("Le programme en permet %(limit)s au plus.") % {"limit": limit} if limit else ""
        return forms.IntegerField(
            label=self._said(label),
            help_text=note,
            required=False,
            initial=self.enrolment.capacity or 1,
            validators=[
                MinValueValidator(1, message=AT_LEAST),
                MaxValueValidator(limit or MOST_PLACES, message=AT_MOST),
            ],
            widget=forms.NumberInput(attrs={"min": 1, "max": limit or MOST_PLACES}),
        )

    def _add_declarations(self) -> None:
        for one in self.rules.declarations_for(self.role):
            self.fields[f"declaration_{one.code}"] = forms.BooleanField(
                label=self._said(one.text),
                required=one.otherwise is OnRefusal.REFUSE,
                initial=one.code in self.enrolment.declarations,
            )


def name_of(question: Question) -> str:
    return f"q_{question.code}"
