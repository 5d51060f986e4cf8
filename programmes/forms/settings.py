"""The settings of a programme: its file, its cohorts, its team."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.fields import DayField
from programmes.forms.coordinator import DAY
from programmes.models import Cohort, Programme
from programmes.navigation import vocabulary_of
from programmes.policy.document import UnreadableRules
from programmes.queries.staff import asks_the_association_to_sign
from programmes.services.catalogue import LARGEST_FILE, ProgrammeFile, parse_programme
from programmes.words import fill

DATES = ("opens_on", "enrolment_ends_on", "starts_on", "ends_on")


class CohortForm(forms.ModelForm[Cohort]):
    """A run of a programme; the address of a new one is made from its name, and then stays."""

    slug: str  # of a new one, once its name is clean

    class Meta:
        model = Cohort
        fields = ["name", "opens_on", "enrolment_ends_on", "starts_on", "ends_on"]
        help_texts: dict[str, Any] = {
            "name": _("Par exemple « 2026 » ou « Automne 2026 »."),
            "enrolment_ends_on": _("Facultatif : sans date, les candidatures restent ouvertes."),
            "ends_on": _("Facultatif : sans date, la durée du programme suffit."),
        }
        widgets: dict[str, Any] = dict.fromkeys(DATES, DAY)
        field_classes: dict[str, Any] = dict.fromkeys(DATES, DayField)

    def __init__(
        self, data: Any = None, *, programme: Programme, instance: Cohort | None = None
    ) -> None:
        super().__init__(data, instance=instance)
        self.programme = programme

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.instance.pk is not None:
            return name
        slug = slugify(name)[:60]
        if not slug:
            raise forms.ValidationError(gettext("Il faut au moins une lettre ou un chiffre."))
        if self.programme.cohorts.filter(slug=slug).exists():
            raise forms.ValidationError(gettext("Ce nom est déjà pris dans ce programme."))
        self.slug = slug
        return name


class ProgrammeFileForm(forms.Form):
    """A programme file of this programme, checked from end to end."""

    file = forms.FileField(
        label=_("Fichier du programme"),
        help_text=_("Un fichier .toml, tel que le bouton « Télécharger » en donne."),
        widget=forms.FileInput(attrs={"accept": ".toml,text/plain"}),
    )

    def __init__(self, data: Any = None, files: Any = None, *, programme: Programme) -> None:
        super().__init__(data, files)
        self.programme = programme
        self.problems: list[str] = []

    def clean_file(self) -> ProgrammeFile:
        given: UploadedFile = self.cleaned_data["file"]
        if (given.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(gettext("Ce fichier est trop grand pour un programme."))
        try:
            read = parse_programme(given.read().decode("utf-8-sig"))
        except UnicodeDecodeError as error:
            text = gettext("Ce n'est pas un fichier de texte en UTF-8 (voir l'octet %(position)s).")
            raise forms.ValidationError(text % {"position": error.start + 1}) from None
        except UnreadableRules as error:
            self.problems = [str(problem) for problem in error.problems]
            text = gettext("Ce fichier ne peut pas être pris tel quel ; le détail est plus haut.")
            raise forms.ValidationError(text) from None
        if read.heading.slug != self.programme.slug:
            text = gettext("Ce fichier est celui de « %(slug)s », pas de « %(own)s ».")
            facts = {"slug": read.heading.slug, "own": self.programme.slug}
            raise forms.ValidationError(text % facts)
        return read


class TeamMemberForm(forms.Form):
    """An address to invite into the team; to sign as well where the association is a party."""

    email = forms.EmailField(
        label=_("Adresse e-mail"),
        help_text=_("La personne reçoit un lien ; elle est des vôtres dès qu'elle accepte."),
    )
    may_sign = forms.BooleanField(required=False)

    def __init__(self, data: Any = None, *, programme: Programme) -> None:
        super().__init__(data)
        if asks_the_association_to_sign(programme):
            label = fill(_("Signe au nom {de l'association}"), vocabulary_of(programme, None))
            self.fields["may_sign"].label = label
        else:
            del self.fields["may_sign"]
