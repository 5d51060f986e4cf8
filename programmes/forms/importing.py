"""What the team fills in to import a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.spreadsheets import Table, UnreadableFile, column_letters, read_table
from programmes.forms.coordinator import RoleField
from programmes.importing.columns import Column, Decisions, objections, propose
from programmes.importing.targets import Target
from programmes.policy.rules import Standing
from programmes.policy.terms import Role
from programmes.services.importing import LIMITS
from programmes.vocabulary import Vocabulary


class ListForm(forms.Form):
    """A file, and the role of the people in it."""

    file = forms.FileField(
        label=_("Fichier"),
        help_text=_("CSV ou XLSX, une personne par ligne, les en-têtes sur la première ligne."),
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def __init__(self, data: Any = None, files: Any = None, *, vocabulary: Vocabulary) -> None:
        super().__init__(data, files)
        self.fields["role"] = RoleField(vocabulary, widget=forms.RadioSelect)
        self.order_fields(["role", "file"])

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        # Never more in memory than is allowed, whatever its announced size.
        self.content = file.read(LIMITS.bytes + 1)
        try:
            read_table(self.content, file.name or "", limits=LIMITS)
        except UnreadableFile as error:
            raise forms.ValidationError(str(error)) from None
        return file


@dataclass(frozen=True)
class ColumnRow:
    """One line of the form: a column of the file and its fields; those that do not apply are None."""

    column: Column
    letters: str
    target: forms.BoundField
    ask: forms.BoundField | None
    why: forms.BoundField | None
    keep: forms.BoundField | None


class ColumnsForm(forms.Form):
    """Which column becomes what; gives `decisions` once it is valid."""

    incomplete = forms.BooleanField(
        label=_("Les réponses obligatoires qui manquent seront données par les personnes"),
        help_text=_("Leur candidature reste alors à compléter, et à envoyer par elles-mêmes."),
        required=False,
    )
    all_alumni = forms.BooleanField(
        label=_("Toutes les personnes de la liste sont d'anciens élèves"), required=False
    )

    def __init__(
        self,
        data: Any = None,
        *,
        table: Table,
        columns: Sequence[Column],
        targets: Sequence[Target],
        role: Role,
        standing: Standing,
        decided: Decisions | None,
    ) -> None:
        super().__init__(data, use_required_attribute=False)
        self.table, self.columns, self.targets, self.role = table, columns, targets, role
        before = decided or propose(columns, role)
        chosen = {column: key for key, column in before.mapping.items()}
        choices = [("", _("Ne pas importer")), *_grouped(targets)]
        for column in columns:
            self._add_fields(column, choices, chosen.get(column.number, ""), before)
        self.fields["incomplete"].initial = before.incomplete
        self.fields["all_alumni"].initial = before.all_alumni
        if standing is not Standing.ALUMNUS:
            del self.fields["all_alumni"]

    def _add_fields(
        self, column: Column, choices: list[Any], chosen: str, before: Decisions
    ) -> None:
        number, name = column.number, {"name": column.heading}
        label = gettext("Ce que devient la colonne « %(name)s »") % name
        self.fields[f"target_{number}"] = forms.ChoiceField(
            label=label,
            # The line of the table is its visible label.
            widget=forms.Select(attrs={"class": "form-select", "aria-label": label}),
            choices=choices,
            initial=chosen,
            required=False,
        )
        if column.sensitive:
            self.fields[f"ask_{number}"] = forms.BooleanField(
                label=gettext("Je demande expressément à importer « %(name)s »") % name,
                initial=number in before.sensitive,
                required=False,
            )
            self.fields[f"why_{number}"] = forms.CharField(
                label=gettext("Pourquoi, et avec quel accord des personnes ?"),
                initial=before.sensitive.get(number, ""),
                max_length=300,
                required=False,
            )
        if column.repetitions:
            self.fields[f"keep_{number}"] = forms.BooleanField(
                label=gettext("Importer « %(name)s » malgré tout") % name,
                initial=number in before.repeated,
                required=False,
            )

    def rows(self) -> Iterator[ColumnRow]:
        for column in self.columns:
            yield ColumnRow(
                column,
                column_letters(column.number + 1),
                self[f"target_{column.number}"],
                self._field(f"ask_{column.number}"),
                self._field(f"why_{column.number}"),
                self._field(f"keep_{column.number}"),
            )

    def options(self) -> list[forms.BoundField]:
        return [self[name] for name in ("incomplete", "all_alumni") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        mapping: dict[str, int] = {}
        for column in self.columns:
            key = cleaned.get(f"target_{column.number}")
            if not key:
                continue
            if key in mapping:
                heading = self.columns[mapping[key]].heading
                text = gettext("C'est déjà ce que devient la colonne « %(name)s ».")
                self.add_error(f"target_{column.number}", text % {"name": heading})
            else:
                mapping[key] = column.number
        self.decisions = Decisions(
            self.role,
            mapping,
            sensitive={
                one.number: cleaned.get(f"why_{one.number}", "").strip()
                for one in self.columns
                if cleaned.get(f"ask_{one.number}")
            },
            repeated=frozenset(
                one.number for one in self.columns if cleaned.get(f"keep_{one.number}")
            ),
            incomplete=bool(cleaned.get("incomplete")),
            all_alumni=bool(cleaned.get("all_alumni")),
        )
        for sentence in objections(self.table, self.columns, self.targets, self.decisions):
            self.add_error(None, sentence)
        return cleaned

    def _field(self, name: str) -> forms.BoundField | None:
        return self[name] if name in self.fields else None


class ImportForm(forms.Form):
    """The last word before the people are entered."""

    only_valid = forms.BooleanField(
        label=_("Importer les lignes sans erreur et laisser les autres"),
        help_text=_("Les lignes laissées de côté restent à télécharger, avec les raisons."),
        required=False,
    )
    admit = forms.BooleanField(
        label=_("Admettre aussitôt les personnes qui remplissent toutes les conditions"),
        help_text=_("Les autres attendent votre décision. Personne n'est prévenu."),
        required=False,
    )

    def __init__(self, data: Any = None, *, has_problems: bool) -> None:
        super().__init__(data)
        if not has_problems:
            del self.fields["only_valid"]


def _grouped(targets: Sequence[Target]) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (group, [(target.key, target.label) for target in members])
        for group, members in groupby(targets, key=lambda target: target.group)
    ]
