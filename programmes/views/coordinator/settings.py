"""The settings of a programme: rules in words, cohorts, team, file."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import clock
from programmes.forms.settings import CohortForm, ProgrammeFileForm, TeamMemberForm
from programmes.models import Cohort, Programme
from programmes.navigation import vocabulary_of
from programmes.permissions import may_manage_team
from programmes.queries.staff import coordinators_of, managers_of, team_invitations_of
from programmes.rules_in_words import tell_rules
from programmes.services import catalogue, staff
from programmes.views.coordinator.frame import (
    carry_out,
    find_cohort,
    find_programme,
    person_of,
    show,
)
from programmes.words import fill


@login_required
@require_safe
def team_settings(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    return _page(request, find_programme(request, organisation, slug))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_cohort(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """Open a new run of the programme, under its newest rules (I11)."""
    programme = find_programme(request, organisation, slug)
    fresh = Cohort(opens_on=clock.today())
    form = CohortForm(request.POST or None, programme=programme, instance=fresh)
    vocabulary = vocabulary_of(programme, None)
    if request.method == "POST" and form.is_valid():
        act = partial(
            catalogue.open_cohort,
            programme,
            **form.cleaned_data,
            slug=form.slug,
            by=person_of(request),
            at=clock.now(),
        )
        done = fill(_("{La campagne} est {ouvert|campagne}."), vocabulary)
        carry_out(request, act, done=done, vocabulary=vocabulary)
        return redirect("programmes:team_settings", organisation, slug)
    return show(
        request,
        "programmes/coordinator/open_cohort.html",
        of=programme,
        place="settings",
        status=422 if form.errors else 200,
        form=form,
        rule_set=programme.rule_sets.first(),
        breadcrumb=_trail(programme),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_cohort(request: HttpRequest, pk: int) -> HttpResponse:
    """Other dates for a run of the programme: prolong its enrolments, close them, end it."""
    cohort = find_cohort(request, pk)
    programme = cohort.programme
    form = CohortForm(request.POST or None, programme=programme, instance=cohort)
    if request.method == "POST" and form.is_valid():
        changes = form.cleaned_data
        act = partial(
            catalogue.change_cohort, cohort, **changes, by=person_of(request), at=clock.now()
        )
        carry_out(request, act, done=_("C'est enregistré."), vocabulary=cohort.vocabulary)
        return redirect("programmes:team_settings", programme.organisation.slug, programme.slug)
    cohort.refresh_from_db()  # a form that was refused has changed it
    return show(
        request,
        "programmes/coordinator/change_cohort.html",
        of=cohort,
        place="settings",
        status=422 if form.errors else 200,
        form=form,
        breadcrumb=_trail(programme),
    )


@login_required
@require_safe
def programme_file(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """The programme as a file that loads back as the same programme."""
    programme = find_programme(request, organisation, slug)
    return HttpResponse(
        catalogue.export_programme(programme),
        content_type="application/toml; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{programme.slug}.toml"'},
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_rules(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """Give the programme a new version of its rules; every problem of the file is shown at once."""
    programme = find_programme(request, organisation, slug)
    posted = request.method == "POST"
    form = ProgrammeFileForm(
        request.POST if posted else None, request.FILES if posted else None, programme=programme
    )
    if posted and form.is_valid():
        file = form.cleaned_data["file"]
        act = partial(
            catalogue.load_programme,
            file,
            organisation=programme.organisation,
            by=person_of(request),
            at=clock.now(),
        )
        done = _("Les règles sont à jour ; ce qui est ouvert garde les siennes.")
        carry_out(request, act, done=done, vocabulary=vocabulary_of(programme, None))
        for remark in catalogue.remarks_on(file, programme):
            messages.warning(request, remark)
        return redirect("programmes:team_settings", organisation, slug)
    return show(
        request,
        "programmes/coordinator/new_rules.html",
        of=programme,
        place="settings",
        status=422 if form.errors else 200,
        form=form,
        breadcrumb=_trail(programme),
    )


@login_required
@require_POST
def add_member(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """Invite an address into the team; oneself and members are entitled at once."""
    programme = _managed(request, organisation, slug)
    form = TeamMemberForm(request.POST, programme=programme)
    if not form.is_valid():
        return _page(request, programme, member=form)
    act = partial(
        staff.add_to_team,
        programme,
        email=form.cleaned_data["email"],
        may_sign=form.cleaned_data.get("may_sign", False),
        by=person_of(request),
        at=clock.now(),
    )
    done = _("C'est enregistré ; à une adresse nouvelle, une invitation est envoyée.")
    carry_out(request, act, done=done, vocabulary=vocabulary_of(programme, None))
    return redirect("programmes:team_settings", organisation, slug)


@login_required
@require_POST
def recall_invitation(request: HttpRequest, organisation: str, slug: str, pk: int) -> HttpResponse:
    """Take back an invitation into the team."""
    programme = _managed(request, organisation, slug)
    # One that was accepted while the page was read is found too, and the reason told.
    invitation = get_object_or_404(programme.team_invitations, pk=pk)
    act = partial(staff.recall_invitation, invitation, by=person_of(request), at=clock.now())
    done = _("L'invitation de %(email)s est retirée.") % {"email": invitation.email}
    for told in carry_out(request, act, done=done, vocabulary=vocabulary_of(programme, None)):
        messages.warning(request, told)
    return redirect("programmes:team_settings", organisation, slug)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def remove_member(request: HttpRequest, organisation: str, slug: str, pk: int) -> HttpResponse:
    """Take someone out of the team, once confirmed."""
    programme = _managed(request, organisation, slug)
    member = get_object_or_404(coordinators_of(programme), pk=pk)
    if request.method == "POST":
        act = partial(staff.remove_from_team, member, by=person_of(request), at=clock.now())
        done = _("%(person)s n'est plus dans {l'équipe}.") % {"person": member.person}
        carry_out(request, act, done=done, vocabulary=vocabulary_of(programme, None))
        return redirect("programmes:team_settings", organisation, slug)
    return show(
        request,
        "programmes/coordinator/remove_member.html",
        of=programme,
        place="settings",
        member=member,
        breadcrumb=_trail(programme),
    )


def _managed(request: HttpRequest, organisation: str, slug: str) -> Programme:
    programme = find_programme(request, organisation, slug)
    if not may_manage_team(person_of(request), programme):
        raise Http404
    return programme


def _page(
    request: HttpRequest, programme: Programme, *, member: TeamMemberForm | None = None
) -> HttpResponse:
    rule_set = programme.rule_sets.first()
    return show(
        request,
        "programmes/coordinator/settings.html",
        of=programme,
        place="settings",
        status=422 if member else 200,
        rule_set=rule_set,
        sections=tell_rules(rule_set.rules, rule_set.vocabulary) if rule_set else [],
        coordinators=coordinators_of(programme),
        managers=managers_of(programme.organisation),
        may_manage=may_manage_team(person_of(request), programme),
        team_invitations=team_invitations_of(programme),
        member=member or TeamMemberForm(programme=programme),
        now=clock.now(),
        today=clock.today(),
    )


def _trail(programme: Programme) -> list[dict[str, Any]]:
    address = reverse(
        "programmes:team_settings", args=[programme.organisation.slug, programme.slug]
    )
    return [{"label": _("Réglages"), "url": address}]
