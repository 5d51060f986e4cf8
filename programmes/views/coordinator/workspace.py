from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from programmes.navigation import home_of, programme_switcher
from programmes.queries.desk import programmes_at_a_glance
from programmes.views.coordinator.frame import person_of


@login_required
def workspace(request: HttpRequest) -> HttpResponse:
    """The programmes one runs; straight to the only one."""
    person = person_of(request)
    programmes = list(programmes_at_a_glance(person))
    if len(programmes) == 1:
        return redirect(home_of(programmes[0]))
    return render(
        request,
        "programmes/coordinator/workspace.html",
        {
            "programmes": [(programme, home_of(programme)) for programme in programmes],
            "programme_switcher": programme_switcher(person, None),
        },
    )
