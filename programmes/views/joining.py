"""Joining a programme's team, from the link of an invitation."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from people import clock
from people.adapter import prove_address
from programmes.models import TeamInvitation
from programmes.navigation import vocabulary_of
from programmes.queries.visibility import programmes_coordinated_by
from programmes.sentences import Refused
from programmes.services.staff import join_team
from programmes.views.context import of_programme, person_of


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def team_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Who invites into which team; POST joins it, with the address the link was sent to."""
    if "\0" in token:
        raise Http404  # no link of ours, and nothing to ask the database
    invited = get_object_or_404(
        TeamInvitation.objects.select_related("programme__organisation", "invited_by"), token=token
    )
    programme = invited.programme
    dashboard = reverse("reporting:dashboard", args=[programme.organisation.slug, programme.slug])
    is_open, is_theirs = invited.is_open(at=clock.now()), False
    if request.user.is_authenticated:
        person = person_of(request)
        is_theirs = person.email.lower() == invited.email
        if is_theirs and programmes_coordinated_by(person).filter(pk=programme.pk).exists():
            return redirect(dashboard)
    elif request.method == "POST":
        return redirect_to_login(request.path)
    elif is_open:
        prove_address(request, invited.email)  # the link came by e-mail
    if request.method == "POST" and is_theirs and is_open:
        try:
            join_team(invited, person=person, at=clock.now())
        except Refused:
            is_open = False
        else:
            return redirect(dashboard)
    here = {"next": request.path}
    context = {
        **of_programme(programme, vocabulary_of(programme, None)),
        "addressee": "team",
        "invitation": invited,
        "is_theirs": is_theirs,
        "is_over": not is_open,
        "signup_url": f"{reverse('account_signup')}?{urlencode({**here, 'email': invited.email})}",
        "login_url": f"{reverse('account_login')}?{urlencode(here)}",
    }
    return render(
        request,
        "programmes/coordinator/join.html",
        context,
        status=422 if request.method == "POST" else 200,
    )
