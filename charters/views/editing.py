"""The team writes the next edition of the charter, part by part, and publishes it (I11)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from charters.comparing import compare
from charters.editing import codes_of, with_section, with_section_earlier, without_section
from charters.editor_forms import (
    CommitmentForm,
    EditionForm,
    HeadingForm,
    SectionForm,
    commitment_rows,
    section_from,
    watches_of,
)
from charters.models import Acceptance, CharterDraft, CharterVersion
from charters.places import problems_told
from charters.queries import awaited_conventions, charter_versions
from charters.services import drafts
from charters.text import CharterText
from charters.views.posted import posted
from people import clock
from programmes.models import Programme
from programmes.navigation import vocabulary_of
from programmes.policy.document import UnreadableRules
from programmes.sentences import Refused, tell_all
from programmes.views.coordinator.frame import carry_out, find_programme, person_of, show


@login_required
@require_POST
def start(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """Begin the next edition from the newest, or go on with the one begun."""
    programme = find_programme(request, organisation, slug)
    drafts.start_draft(programme, by=person_of(request), at=clock.now())
    return redirect("charters:draft", organisation, slug)


@login_required
def draft(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """The draft part by part; POST moves a part up or takes it away."""
    programme, begun = _find(request, organisation, slug)
    refusals: list[str] = []
    if request.method == "POST":
        number, act = _moved(request, begun.text)
        text = act(begun.text, number)
        refusals = _keep(request, begun, text, seen=request.POST.get("seen", ""))
        if not refusals:
            return redirect("charters:draft", organisation, slug)
    return _page(
        request,
        programme,
        "charters/coordinator/draft.html",
        draft=begun,
        refusals=refusals,
        is_behind=begun.based_on != charter_versions(programme).latest("number"),
    )


@login_required
def heading(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """Title, preamble and their translation."""
    programme, begun = _find(request, organisation, slug)
    initial = HeadingForm.initial_of(begun.text) | {"seen": begun.digest}
    form = HeadingForm(posted(request), initial=initial)
    refusals: list[str] = []
    if request.method == "POST" and form.is_valid():
        text = form.applied_to(begun.text)
        refusals = _keep(request, begun, text, seen=form.cleaned_data["seen"])
        if not refusals:
            return redirect("charters:draft", organisation, slug)
    return _page(
        request,
        programme,
        "charters/coordinator/edit_heading.html",
        form=form,
        refusals=refusals,
        seen=_seen(form, begun, refusals),
    )


@login_required
def section(
    request: HttpRequest, organisation: str, slug: str, number: int | None = None
) -> HttpResponse:
    """One part of the draft; without a number, a new one."""
    programme, begun = _find(request, organisation, slug)
    sections = begun.text.sections
    if number is not None and not 1 <= number <= len(sections):
        raise Http404
    former = sections[number - 1] if number is not None else None
    vocabulary = vocabulary_of(programme, None)
    form = SectionForm(
        posted(request),
        initial=(SectionForm.initial_of(former) if former else {}) | {"seen": begun.digest},
        vocabulary=vocabulary,
    )
    rows = commitment_rows(
        posted(request),
        initial=[CommitmentForm.initial_of(one) for one in former.commitments] if former else [],
        form_kwargs={"watches": watches_of(drafts.rules_of(programme), vocabulary)},
    )
    refusals: list[str] = []
    if request.method == "POST" and form.is_valid() and rows.is_valid():
        taken = codes_of(begun.text, but=number)
        text = with_section(
            begun.text, number, section_from(form, rows, former=former, taken=taken)
        )
        refusals = _keep(request, begun, text, seen=form.cleaned_data["seen"])
        if not refusals:
            return redirect("charters:draft", organisation, slug)
    return _page(
        request,
        programme,
        "charters/coordinator/edit_section.html",
        form=form,
        rows=rows,
        refusals=refusals,
        seen=_seen(form, begun, refusals),
        is_new=former is None,
    )


@login_required
def publish(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """From when on, what changes, and what becomes of those who accepted the former edition."""
    programme, begun = _find(request, organisation, slug)
    form = EditionForm(posted(request), initial={"edition": clock.today()})
    refusals: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            version = drafts.publish_draft(
                begun, edition=form.cleaned_data["edition"], by=person_of(request), at=clock.now()
            )
        except Refused as refusal:
            refusals = tell_all(refusal.verdict.breaches, vocabulary_of(programme, None))
        except UnreadableRules as error:
            refusals = problems_told(error.problems, begun.text, vocabulary_of(programme, None))
        else:
            done = _("La version %(number)s est publiée.") % {"number": version.number}
            messages.success(request, done)
            return redirect("charters:team_charter", organisation, slug)
    newest = charter_versions(programme).latest("number")
    return _page(
        request,
        programme,
        "charters/coordinator/publish.html",
        form=form,
        refusals=refusals,
        newest=newest,
        accepted=Acceptance.objects.filter(version__programme=programme).count(),
        to_sign=awaited_conventions().filter(pair__cohort__programme=programme).count(),
        asks_again=drafts.rules_of(programme).acceptance.ask_again,
        parts=compare(newest.text, begun.text),
    )


@login_required
def drop(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """Give the draft up, once confirmed."""
    programme, begun = _find(request, organisation, slug)
    if request.method == "POST":
        begun.delete()
        messages.success(request, _("Le brouillon est abandonné ; rien de publié n'a changé."))
        return redirect("charters:team_charter", organisation, slug)
    return _page(request, programme, "charters/coordinator/drop.html", draft=begun)


@login_required
def withdraw(request: HttpRequest, organisation: str, slug: str, number: int) -> HttpResponse:
    """Take back a version that is still to come, once confirmed."""
    programme = find_programme(request, organisation, slug)
    version = get_object_or_404(CharterVersion, programme=programme, number=number)
    refusals: list[str] = []
    if request.method == "POST":
        refusals = carry_out(
            request,
            lambda: drafts.withdraw_version(version, by=person_of(request), at=clock.now()),
            done=_("La version %(number)s est retirée.") % {"number": number},
            vocabulary=vocabulary_of(programme, None),
        )
        if not refusals:
            return redirect("charters:team_charter", organisation, slug)
    return _page(
        request,
        programme,
        "charters/coordinator/withdraw.html",
        version=version,
        breaches=refusals,
        has_draft=CharterDraft.objects.filter(programme=programme).exists(),
    )


def _find(request: HttpRequest, organisation: str, slug: str) -> tuple[Programme, CharterDraft]:
    programme = find_programme(request, organisation, slug)
    drafts_here = CharterDraft.objects.select_related("based_on", "changed_by")
    return programme, get_object_or_404(drafts_here, programme=programme)


def _moved(
    request: HttpRequest, text: CharterText
) -> tuple[int, Callable[[CharterText, int], CharterText]]:
    """Which part is moved or taken away."""
    act, _colon, number = request.POST.get("act", "").partition(":")
    acts = {"earlier": with_section_earlier, "remove": without_section}
    if act not in acts or not number.isdecimal() or not 1 <= int(number) <= len(text.sections):
        raise Http404
    return int(number), acts[act]


def _keep(request: HttpRequest, begun: CharterDraft, text: CharterText, *, seen: str) -> list[str]:
    """Keep the text; what comes back stands against it."""
    vocabulary = vocabulary_of(begun.programme, None)
    try:
        drafts.change_draft(begun, text=text, seen=seen, by=person_of(request), at=clock.now())
    except Refused as refusal:
        return tell_all(refusal.verdict.breaches, vocabulary)
    except UnreadableRules as error:
        return problems_told(error.problems, text, vocabulary)
    messages.success(request, _("Le brouillon est enregistré."))
    return []


def _seen(form: HeadingForm | SectionForm, begun: CharterDraft, refusals: list[str]) -> str:
    """The draft that whoever saves next has read: the present one, once a refusal told of it."""
    return begun.digest if refusals else str(form["seen"].value())


def _page(
    request: HttpRequest, programme: Programme, template: str, **context: Any
) -> HttpResponse:
    return show(request, template, of=programme, place="charter", **context)
