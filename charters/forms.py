"""What people tick and choose; the rules judge elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from charters.drafting import statement_for
from charters.enums import RefusalReason, ShownIn
from charters.markdown import to_inline_html
from charters.models import CharterVersion, ConventionParty
from charters.scans import Scan
from charters.text import Commitment, Section
from programmes import words
from programmes.models import Enrolment
from programmes.phrases import fill
from programmes.vocabulary import Vocabulary


class AcceptanceForm(forms.Form):
    """The charter, ticked as a whole or commitment by commitment (I4)."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    language = forms.ChoiceField(choices=ShownIn, widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        ticks: QueryDict | None = None,
        *,
        charter: CharterVersion,
        enrolment: Enrolment,
        language: str | None = None,
    ) -> None:
        self.text = charter.text.read_in(language)
        super().__init__(ticks, initial={"version": charter.pk, "language": self.text.language})
        self.role = enrolment.as_role
        self.vocabulary: Vocabulary = enrolment.cohort.vocabulary
        self.by_commitment = enrolment.cohort.rules.acceptance.by_commitment
        if self.by_commitment:
            for commitment in self.text.commitments_for(self.role):
                self.fields[f"commitment_{commitment.code}"] = forms.BooleanField(
                    label=to_inline_html(self._said(commitment.text)),
                    error_messages={"required": _("Cochez cette case pour accepter.")},
                )
        else:
            self.fields["agreed"] = forms.BooleanField(
                label=words.fill(
                    _(
                        "J'ai lu {cette charte}, je l'accepte et je m'engage à {le/la|charte} respecter."
                    ),
                    self.vocabulary,
                ),
                error_messages={
                    "required": words.fill(
                        _("Cochez cette case pour accepter {la charte}."), self.vocabulary
                    )
                },
            )

    @property
    def shown_in(self) -> ShownIn:
        """The language in which the text was shown."""
        return ShownIn(self.cleaned_data["language"] or self.text.language)

    @property
    def ticked(self) -> list[str]:
        """The codes of the commitments accepted; all of them where one box stands for all."""
        return [
            commitment.code
            for commitment in self.text.commitments_for(self.role)
            if not self.by_commitment or self.cleaned_data[f"commitment_{commitment.code}"]
        ]

    def sections(self) -> Iterator[dict[str, Any]]:
        """The charter's sections in the programme's words, with the boxes to tick beside them."""
        for section in self.text.sections:
            asks = self.by_commitment and self.role in section.voice.roles
            yield {
                "voice": str(section.voice),
                "title": self._said(section.title),
                "intro": self._said(section.intro),
                "commitments": [] if asks else list(self._lines(section)),
                "boxes": [self._box(one) for one in section.commitments] if asks else [],
            }

    def _lines(self, section: Section) -> Iterator[dict[str, str]]:
        for commitment in section.commitments:
            yield {"code": commitment.code, "text": self._said(commitment.text)}

    def _box(self, commitment: Commitment) -> forms.BoundField:
        return self[f"commitment_{commitment.code}"]

    def _said(self, text: str) -> str:
        return fill(text, self.vocabulary, to=self.role, language=self.text.language)


class SignatureForm(forms.Form):
    """The statement that a party ticks and the code received; the judgement wants both."""

    agreed = forms.BooleanField(required=False)
    code = forms.CharField(
        label=_("Code reçu par e-mail"),
        required=False,
        max_length=20,
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "code-input"}
        ),
    )

    @classmethod
    def of(cls, party: ConventionParty, ticks: QueryDict | None = None) -> SignatureForm:
        form = cls(ticks)
        form.fields["agreed"].label = statement_for(party.as_kind, party.convention.pair)
        return form

    @property
    def has_ticked(self) -> bool:
        return self.is_valid() and bool(self.cleaned_data["agreed"])

    @property
    def typed_code(self) -> str:
        """The code without the blanks that people put between its digits."""
        return "".join(self.cleaned_data["code"].split()) if self.is_valid() else ""


class RefusalForm(forms.Form):
    """Why one does not sign, in polite words."""

    reason = forms.ChoiceField(
        label=_("Pourquoi ?"), choices=RefusalReason.choices, widget=forms.RadioSelect
    )

    @property
    def chosen(self) -> RefusalReason:
        return RefusalReason(self.cleaned_data["reason"])


class GuardianForm(forms.Form):
    """Who represents a mentee under age."""

    name = forms.CharField(label=_("Prénom et nom"), max_length=200)
    email = forms.EmailField(
        label=_("Son adresse e-mail"),
        help_text=_("Nous y envoyons un lien personnel pour lire et signer."),
    )


class ScanForm(forms.Form):
    """A copy signed by hand, as a scanner or a telephone made it."""

    LARGEST = 10 * 1024 * 1024
    STARTS = {b"%PDF-": ".pdf", b"\xff\xd8\xff": ".jpg", b"\x89PNG\r\n": ".png"}

    file = forms.FileField(
        label=_("L'exemplaire signé (PDF ou photo)"),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )
    signed_on = forms.DateField(
        label=_("Date de la dernière signature"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    checked = forms.BooleanField(
        label=_("J'ai vérifié que chacun a signé ce document, sans rature ni ajout."),
        error_messages={"required": _("Vérifiez l'exemplaire, puis cochez cette case.")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > self.LARGEST:
            raise forms.ValidationError(
                _("Ce fichier dépasse 10 Mo ; numérisez-le moins finement.")
            )
        content = file.read()
        self._suffix = next(
            (end for start, end in self.STARTS.items() if content.startswith(start)), ""
        )
        if not self._suffix:
            raise forms.ValidationError(_("Choisissez un PDF ou une photo JPEG ou PNG."))
        self._content = content
        return file

    @property
    def scan(self) -> Scan:
        return Scan(self._content, self._suffix, self.cleaned_data["signed_on"])


class VerificationForm(forms.Form):
    """A document to examine: the file itself, or the code printed at the bottom of its pages."""

    LARGEST = 20 * 1024 * 1024

    file = forms.FileField(
        label=_("Le document (PDF)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf,.pdf"}),
    )
    code = forms.CharField(
        label=_("Ou le code imprimé au bas de ses pages"), required=False, max_length=40
    )

    def clean_code(self) -> str:
        return "".join(sign for sign in self.cleaned_data["code"].upper() if sign.isalnum())

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > self.LARGEST:
            raise forms.ValidationError(
                _("Ce fichier dépasse 20 Mo ; ce n'est pas l'un des nôtres.")
            )
        return file

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not cleaned.get("file") and not cleaned.get("code"):
            raise forms.ValidationError(_("Choisissez un fichier, ou tapez un code."))
        return cleaned
