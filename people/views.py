from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from people.forms import ProfileForm
from people.models import Organisation, Person


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    """The person's own account: name and language."""
    person = get_object_or_404(Person, pk=request.user.pk)
    form = ProfileForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Votre profil est enregistré."))
        return redirect("people:profile")
    return render(request, "people/profile.html", {"form": form})


@require_safe
@cache_control(public=True, max_age=600)
def organisation_colours(request: HttpRequest, slug: str) -> HttpResponse:
    """The association's colour as a style sheet: the policy forbids a style inside a page."""
    organisation = get_object_or_404(Organisation, slug=slug)
    sheet = f":root {{ --organisation: {organisation.colour}; }}\n"
    return HttpResponse(sheet, content_type="text/css; charset=utf-8")
