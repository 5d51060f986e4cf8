"""The public page that says whether a document is one that we sealed, and unchanged."""

from __future__ import annotations

from allauth.account.adapter import get_adapter
from allauth.core import ratelimit
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from charters.forms import VerificationForm
from charters.models import Convention
from charters.verifying import examine
from charters.views.posted import posted


def verify(request: HttpRequest) -> HttpResponse:
    """A file to examine, or the code printed on a document; nothing of either is kept."""
    form = VerificationForm(posted(request), request.FILES or None)
    finding = known = None
    if form.is_valid() and not ratelimit.consume(request, action="verify_document"):
        form.add_error(None, get_adapter().validation_error("rate_limited"))
    if form.is_valid():
        file, code = form.cleaned_data["file"], form.cleaned_data["code"]
        if file is not None:
            finding = examine(file.read())
        else:
            known = Convention.objects.filter(code=code).first()
    return render(
        request,
        "charters/verify.html",
        {"form": form, "finding": finding, "known": known, "is_asked": form.is_valid()},
        status=429 if form.has_error(NON_FIELD_ERRORS, "rate_limited") else 200,
    )
