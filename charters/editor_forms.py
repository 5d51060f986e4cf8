"""What the team fills in to write a charter, part by part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from charters.editing import code_for
from charters.places import VOICES
from charters.text import (
    CharterText,
    Commitment,
    HeadingInEnglish,
    Section,
    SectionInEnglish,
    Voice,
)
from charters.watching import Watch, lacks
from people.fields import DayField
from programmes.policy.rules import Rules
from programmes.policy.terms import BOTH
from programmes.vocabulary import Vocabulary
from programmes.words import fill

WATCHES = {
    Watch.NOTICE: _("prévenir à temps"),
    Watch.FIRST_DATE: _("proposer une première date à temps"),
    Watch.RHYTHM: _("le rythme {des rencontres}"),
    Watch.MEETINGS: _("le nombre {de rencontres}"),
    Watch.MINUTES: _("la durée {des rencontres}"),
    Watch.CALENDAR: _("une prochaine date fixée"),
    Watch.REGULARITY: _("pas de long silence"),
    Watch.LENGTH: _("la durée {du binôme}"),
    Watch.PLACES: _("les genres de lieu"),
    Watch.FIRST_PLACE: _("le lieu {de la première rencontre}"),
    Watch.OBJECTIVES: _("les objectifs fixés"),
    Watch.SUMMARY: _("le compte rendu après {chaque rencontre}"),
    Watch.MEMBERSHIP: _("l'adhésion"),
    Watch.FEE: _("les frais réglés"),
    Watch.END: _("la fin dite {à l'association}"),
}
MOST_COMMITMENTS = 40


def _words(label: Any, *, rows: int = 3, required: bool = False, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label, required=required, max_length=5000, widget=widget, **options
    )


class HeadingForm(forms.Form):
    """The charter's title and what comes before its parts."""

    title = forms.CharField(label=_("Titre"), max_length=200)
    preamble = _words(_("Préambule"), rows=5)
    english_title = forms.CharField(label=_("Titre en anglais"), max_length=200, required=False)
    english_preamble = _words(_("Préambule en anglais"), rows=5)
    seen = forms.CharField(widget=forms.HiddenInput)

    @staticmethod
    def initial_of(text: CharterText) -> dict[str, str]:
        english = text.english or HeadingInEnglish.model_construct(title="", preamble="")
        return {
            "title": text.title,
            "preamble": text.preamble,
            "english_title": english.title,
            "english_preamble": english.preamble,
        }

    def applied_to(self, text: CharterText) -> CharterText:
        given = self.cleaned_data
        english = None
        if given["english_title"] or given["english_preamble"]:
            english = HeadingInEnglish.model_construct(
                title=given["english_title"], preamble=given["english_preamble"]
            )
        own = {"title": given["title"], "preamble": given["preamble"], "english": english}
        return text.model_copy(update=own)


class SectionForm(forms.Form):
    """Who speaks in a part, and what is said before its commitments."""

    title = forms.CharField(
        label=_("Titre"),
        max_length=200,
        required=False,
        help_text=_("Sans titre, la partie porte le nom de qui parle."),
    )
    intro = _words(_("Introduction"))
    english_title = forms.CharField(label=_("Titre en anglais"), max_length=200, required=False)
    english_intro = _words(_("Introduction en anglais"))
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, vocabulary: Vocabulary, **options: Any) -> None:
        super().__init__(*args, **options)
        voices = [(str(voice), fill(label, vocabulary)) for voice, label in VOICES.items()]
        self.fields["voice"] = forms.ChoiceField(label=_("Qui parle"), choices=voices)
        self.order_fields(["voice"])

    @staticmethod
    def initial_of(section: Section) -> dict[str, str]:
        return {
            "voice": str(section.voice),
            "title": section.title,
            "intro": section.intro,
            "english_title": section.english.title,
            "english_intro": section.english.intro,
        }


class CommitmentForm(forms.Form):
    """One commitment; without a text it is left out."""

    code = forms.CharField(widget=forms.HiddenInput, required=False)
    text = _words(_("Engagement"), rows=2)
    english = _words(_("En anglais"), rows=2)

    def __init__(self, *args: Any, watches: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["watch"] = forms.ChoiceField(
            label=_("Règle qui le suit"), choices=watches, required=False
        )

    @staticmethod
    def initial_of(commitment: Commitment) -> dict[str, str]:
        watch = str(commitment.watch or "")
        return {
            "code": commitment.code,
            "text": commitment.text,
            "english": commitment.english,
            "watch": f"{watch}:{commitment.milestone}" if commitment.milestone else watch,
        }


commitment_rows = forms.formset_factory(
    CommitmentForm,
    extra=2,
    can_order=True,
    max_num=MOST_COMMITMENTS,
    validate_max=True,
)


def watches_of(rules: Rules, vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """What these rules can follow, to choose from."""
    followed = [
        (str(watch), fill(label, vocabulary))
        for watch, label in WATCHES.items()
        if not lacks(watch, rules, BOTH)
    ]
    milestones = [
        (f"{Watch.MILESTONE}:{one.code}", fill(one.title, vocabulary)) for one in rules.milestones
    ]
    return [("", str(_("aucune : cela se vit"))), *followed, *milestones]


def section_from(
    form: SectionForm,
    rows: forms.BaseFormSet[CommitmentForm],
    *,
    former: Section | None,
    taken: set[str],
) -> Section:
    """The part as it was given; a commitment that was there keeps its code and what it cites."""
    given = form.cleaned_data
    return Section(
        voice=Voice(given["voice"]),
        title=given["title"],
        intro=given["intro"],
        english=SectionInEnglish(title=given["english_title"], intro=given["english_intro"]),
        commitments=tuple(_commitments(rows, former, taken)),
        cites=former.cites if former else (),
    )


def _commitments(
    rows: forms.BaseFormSet[CommitmentForm], former: Section | None, taken: set[str]
) -> Iterator[Commitment]:
    known = {one.code: one for one in former.commitments} if former else {}
    codes = taken | known.keys()
    for row in _ranked(rows):
        code = row["code"]
        if code not in known:
            code = code_for(row["text"], codes)
            codes.add(code)
        watch, _colon, milestone = row["watch"].partition(":")
        yield Commitment(
            code=code,
            text=row["text"],
            english=row["english"],
            watch=Watch(watch) if watch else None,
            milestone=milestone,
            cites=known[code].cites if code in known else (),
        )


def _ranked(rows: forms.BaseFormSet[CommitmentForm]) -> list[dict[str, Any]]:
    """What was filled in, by rank; a row without one comes last."""
    filled = [row for form in rows if (row := form.cleaned_data).get("text")]
    return sorted(filled, key=lambda row: row.get("ORDER") or MOST_COMMITMENTS + 1)


class EditionForm(forms.Form):
    """From when on the new edition is in force."""

    edition = DayField(
        label=_("En vigueur à partir du"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
