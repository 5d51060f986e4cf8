"""What whoever signs sees and does, the same by account and by link."""

from __future__ import annotations

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from charters import files, pictures
from charters.enums import ProofKind
from charters.forms import RefusalForm, SignatureForm
from charters.models import Convention
from charters.presentation import page_context
from charters.queries import signature_of
from charters.services import codes, proving, signing
from charters.services.conventions import MAKE_FILES
from charters.views.posted import posted
from charters.views.visit import Visit
from notifications import bell
from people import clock
from programmes.views.coordinator.frame import carry_out
from programmes.words import fill

# Every two seconds: for two minutes, while the sweep passes each minute.
ASKED_AT_MOST = 60


def show(
    visit: Visit, *, form: SignatureForm | None = None, breaches: list[str] | None = None
) -> HttpResponse:
    """The exact document page by page, who has signed, who is awaited, and the form to sign."""
    convention = visit.convention
    files.keep_text(convention)
    content = files.shown_document(convention)
    if content is not None:
        _record_reading(visit, ProofKind.SHOWN)
    count = pictures.count_pages(content) if content is not None else 0
    context = page_context(convention, visit.party, by=visit.by, form=form, breaches=breaches)
    code = context["code"]
    context |= {
        # At the clock of the page, which the demo moves; a code keeps the machine's.
        "code_until": clock.now() + (code.expires_at - timezone.now()) if code else None,
        "urls": visit.addresses,
        "by_link": visit.by_link,
        "pages": [visit.address("page", number) for number in range(1, count + 1)],
    }
    return render(visit.request, "charters/participant/convention.html", {**visit.frame, **context})


def show_page(visit: Visit, number: int) -> HttpResponse:
    """One page of the document as a picture, which any device can show."""
    content = files.shown_document(visit.convention)
    if content is None or not 1 <= number <= pictures.count_pages(content):
        raise Http404
    return HttpResponse(pictures.picture_of(content, number), content_type="image/png")


def send_code(visit: Visit) -> HttpResponse:
    """Have a one-time code sent to whoever is about to sign."""
    convention, party = visit.convention, visit.own_party
    if visit.request.method != "POST":
        return redirect(_here(visit))
    breaches = carry_out(
        visit.request,
        lambda: codes.send_code(
            convention, party=party, by=visit.by, circumstances=visit.circumstances
        ),
        done=_("Un code à six chiffres est parti par e-mail."),
        vocabulary=convention.pair.cohort.vocabulary,
        to=visit.addressee,
    )
    if breaches:
        return show(visit, breaches=breaches)
    return redirect(f"{_here(visit)}#signer")


def sign(visit: Visit) -> HttpResponse:
    """Sign for oneself."""
    convention, party = visit.convention, visit.own_party
    form = SignatureForm.of(party, posted(visit.request))
    if not form.is_bound:
        return redirect(_here(visit))
    breaches = carry_out(
        visit.request,
        lambda: signing.sign_convention(
            convention,
            party=party,
            by=visit.by,
            has_ticked=form.has_ticked,
            code=form.typed_code,
            at=clock.now(),
            circumstances=visit.circumstances,
        ),
        done=_("{Ta/Votre} signature est enregistrée, merci."),
        vocabulary=convention.pair.cohort.vocabulary,
        to=visit.addressee,
    )
    if breaches:
        return show(visit, form=form, breaches=breaches)
    return redirect(_here(visit))


def refuse(visit: Visit) -> HttpResponse:
    """Say no, politely; asked to confirm."""
    convention, party = visit.convention, visit.own_party
    if not convention.is_awaited or signature_of(party) is not None:
        raise Http404
    form = RefusalForm(posted(visit.request))
    breaches: list[str] = []
    if visit.request.method == "POST" and form.is_valid():
        breaches = carry_out(
            visit.request,
            lambda: signing.refuse_convention(
                convention,
                party=party,
                by=visit.by,
                reason=form.chosen,
                at=clock.now(),
                circumstances=visit.circumstances,
            ),
            done=_("{Ta/Votre} réponse est enregistrée ; {l'équipe} la voit."),
            vocabulary=convention.pair.cohort.vocabulary,
            to=visit.addressee,
        )
        if not breaches:
            return redirect(_here(visit))
    context = {"form": form, "breaches": breaches, "convention": convention, "back": _here(visit)}
    return render(visit.request, "charters/participant/refuse.html", {**visit.frame, **context})


def download(visit: Visit) -> HttpResponseBase:
    """The complete document once it is there, the text to sign before; `AlteredFile` is never given.

    A page asks again by itself for the one that a worker is making.
    """
    convention = visit.convention
    if files.is_in_the_making(convention) or visit.request.headers.get("HX-Request"):
        return _wait(visit)
    try:
        if convention.file_sha256:
            return _attached(files.read_file(convention), convention)
        if convention.text_sha256:
            content = files.read_text(convention)
            _record_reading(visit, ProofKind.DOWNLOADED)
            return _attached(content, convention)
    except (files.AlteredFile, OSError):
        text = _(
            "Le document gardé n'est plus celui qui a été établi ; {préviens/prévenez} {l'équipe}."
        )
    else:
        text = _("Il n'y a pas de document : {la convention} a pris fin avant qu'il soit établi.")
    messages.error(visit.request, fill(text, convention.pair.cohort.vocabulary, to=visit.addressee))
    return redirect(_here(visit))


def _wait(visit: Visit) -> HttpResponse:
    """What a worker is asked for is awaited for a while, and never for ever."""
    convention = visit.convention
    asked = visit.request.GET.get("demande", "")
    times = int(asked) if asked.isdecimal() and len(asked) < 4 else 0
    if times == 0:
        bell.ask_for(MAKE_FILES, convention.pk)
    context = {
        "convention": convention,
        "is_ready": not files.is_in_the_making(convention),
        "next": times + 1 if times < ASKED_AT_MOST else 0,
        "urls": visit.addresses,
        "back": _here(visit),
        "uses_htmx": True,
    }
    is_part = visit.request.headers.get("HX-Request")
    name = "_awaited_file" if is_part else "awaited_file"
    return render(visit.request, f"charters/participant/{name}.html", {**visit.frame, **context})


def _record_reading(visit: Visit, kind: ProofKind) -> None:
    """Readings of the parties are proofs; the team's are not."""
    convention, party = visit.convention, visit.party
    if party is not None and convention.is_awaited and signature_of(party) is None:
        proving.record_reading(
            convention,
            kind,
            party=party,
            by=visit.by,
            circumstances=visit.circumstances,
            document=convention.text_sha256,
        )


def _here(visit: Visit) -> str:
    return visit.address("convention")


def _attached(content: bytes, convention: Convention) -> FileResponse:
    pair = convention.pair
    name = slugify(f"{convention.document['title']} {pair.mentor.known_as} {pair.mentee.known_as}")
    return FileResponse(
        BytesIO(content),
        as_attachment=True,
        filename=f"{name}.pdf",
        content_type="application/pdf",
    )
