"""The demo's own pages: entering as someone, the mails, the clock."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from demo import timeline
from demo.cast import by_programme
from demo.forms import DayForm
from demo.models import SentMail
from people import clock
from people.models import Person

LONGEST = timedelta(days=400)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    context = {
        "groups": by_programme(),
        "mail_count": SentMail.objects.count(),
        "form": DayForm(initial={"day": clock.today() + timedelta(days=1)}),
        "today": clock.today(),
    }
    return render(request, "demo/home.html", context)


@require_POST
def enter(request: HttpRequest) -> HttpResponse:
    """Enter as one of the people of the demo."""
    person = get_object_or_404(
        Person, email=request.POST.get("email", ""), email__endswith="example.org"
    )
    login(request, person, backend="allauth.account.auth_backends.AuthenticationBackend")
    if person.is_superuser:
        return redirect("admin:index")
    return redirect("portal:home")


@require_POST
def advance(request: HttpRequest) -> HttpResponse:
    """Move the clock forward, living each day."""
    form = DayForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for error in form.errors["day"]))
        return redirect("demo:home")
    day = min(form.cleaned_data["day"], clock.today() + LONGEST)
    before = SentMail.objects.count()
    try:
        timeline.advance_to(day)
    except ValueError as error:
        messages.error(request, str(error))
        return redirect("demo:home")
    messages.success(
        request,
        _("Nous sommes le %(day)s. Courriels partis entre-temps : %(count)s.")
        % {"day": date_format(day, "j F Y"), "count": SentMail.objects.count() - before},
    )
    return redirect("demo:home")


@require_safe
def mails(request: HttpRequest) -> HttpResponse:
    found = SentMail.objects.all()
    query = request.GET.get("q", "").strip()
    if query:
        found = found.filter(recipient__icontains=query) | found.filter(subject__icontains=query)
    page = Paginator(found, 25).get_page(request.GET.get("page"))
    context = {"page_obj": page, "search": query, "query": urlencode({"q": query}) if query else ""}
    return render(request, "demo/mails.html", context)


@require_safe
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "demo/mail.html", {"mail": get_object_or_404(SentMail, pk=pk)})
