"""Reading the charter, and accepting it."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from charters.comparing import compare
from charters.drafting import charter_words
from charters.editions import newer_edition
from charters.forms import AcceptanceForm
from charters.identification import identification_of
from charters.judging import is_acceptance_asked
from charters.models import CharterVersion
from charters.queries import acceptance_kept, current_charter, readable_programmes
from charters.services.acceptances import accept_charter
from charters.views.posted import posted
from people import clock
from programmes.enums import EnrolmentState
from programmes.lifecycle import ImpossibleTransition
from programmes.models import Enrolment
from programmes.navigation import vocabulary_of
from programmes.phrases import fill
from programmes.queries.visibility import own_enrolments, own_pairs
from programmes.sentences import Refused, tell_all
from programmes.views.context import of_cohort, of_programme, person_of, say


def read(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """The charter in force, for everyone (K2, K3, K4)."""
    person = person_of(request) if request.user.is_authenticated else None
    programme = get_object_or_404(
        readable_programmes(person), organisation__slug=organisation, slug=slug
    )
    charter = current_charter(programme, clock.today())
    if charter is None:
        raise Http404
    vocabulary = vocabulary_of(programme, None)
    context = of_programme(programme, vocabulary) | {
        "charter": charter_words(charter, vocabulary, language=_asked_language(request)),
        "version": charter,
    }
    return render(request, "charters/participant/read.html", context)


@login_required
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Read and accept the charter, for oneself; hands in the enrolment where that comes last (I3)."""
    person = person_of(request)
    enrolment = get_object_or_404(own_enrolments(person), pk=pk)
    charter = current_charter(enrolment.cohort.programme, clock.today())
    if charter is None:
        raise Http404
    if not is_acceptance_asked(enrolment, on=clock.today()):
        return _show_accepted(request, enrolment, charter)
    language = _asked_language(request)
    form = AcceptanceForm(posted(request), charter=charter, enrolment=enrolment, language=language)
    breaches: list[str] = []
    if request.method == "POST" and form.is_valid():
        version = get_object_or_404(
            CharterVersion, pk=form.cleaned_data["version"], programme=charter.programme_id
        )
        try:
            accept_charter(
                enrolment,
                version=version,
                commitments=form.ticked,
                by=person,
                at=clock.now(),
                identified_by=identification_of(request),
                language=form.shown_in,
            )
        except Refused as refusal:
            breaches = tell_all(
                refusal.verdict.breaches, enrolment.cohort.vocabulary, to=enrolment.as_role
            )
        except ImpossibleTransition:
            messages.warning(request, _("Cette étape a déjà été faite ; voici où l'on en est."))
            return redirect("charters:accept", enrolment.pk)
        else:
            return _after(request, enrolment)
    context = of_cohort(enrolment.cohort, role=enrolment.role) | {
        "enrolment": enrolment,
        "form": form,
        "version": charter,
        "charter": charter_words(
            charter, enrolment.cohort.vocabulary, to=enrolment.role, language=language
        ),
        "sections": list(form.sections()),
        "breaches": breaches,
        "hands_in": enrolment.is_draft,
        "newer": newer_edition(enrolment, clock.today()),
    }
    return render(request, "charters/participant/accept.html", context)


@login_required
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    """What is new in the edition in force, for someone who accepted a former one."""
    enrolment = get_object_or_404(own_enrolments(person_of(request)), pk=pk)
    newer = newer_edition(enrolment, clock.today())
    if newer is None:
        raise Http404
    said = partial(fill, vocabulary=enrolment.cohort.vocabulary, to=enrolment.role)
    context = of_cohort(enrolment.cohort, role=enrolment.role) | {
        "enrolment": enrolment,
        "newer": newer,
        "parts": compare(newer.former.text, newer.version.text, said=said, for_team=False),
    }
    return render(request, "charters/participant/changes.html", context)


def _asked_language(request: HttpRequest) -> str:
    """The language asked for in the address, or kept by the form that was posted."""
    return request.POST.get("language") or request.GET.get("langue", "")


def _show_accepted(
    request: HttpRequest, enrolment: Enrolment, current: CharterVersion
) -> HttpResponse:
    """What was accepted, as it was; or the text as it stands now."""
    acceptance = acceptance_kept(enrolment)
    shown = acceptance.version if acceptance else current
    context = of_cohort(enrolment.cohort, role=enrolment.role) | {
        "charter": charter_words(
            shown,
            enrolment.cohort.vocabulary,
            to=enrolment.role,
            language=_asked_language(request),
        ),
        "version": shown,
        "newer": newer_edition(enrolment, clock.today()),
        "acceptance": acceptance,
        "enrolment": enrolment,
    }
    return render(request, "charters/participant/read.html", context)


def _after(request: HttpRequest, enrolment: Enrolment) -> HttpResponse:
    """Back to where the person came from: the enrolment, or the pair that waited."""
    if enrolment.state == EnrolmentState.DRAFT:
        text = _("{La charte} est {accepté|charte} et {ta/votre} candidature envoyée.")
        say(request, text, enrolment.cohort, enrolment.role)
        return redirect("programmes:enrolment", enrolment.pk)
    say(request, _("{La charte} est {accepté|charte}, merci."), enrolment.cohort, enrolment.role)
    pairs = own_pairs(person_of(request))
    latest = (pairs.filter(mentor=enrolment) | pairs.filter(mentee=enrolment)).last()
    if latest is None:
        return redirect("programmes:enrolment", enrolment.pk)
    return redirect("portal:pair", latest.pk)
