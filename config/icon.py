"""Browsers ask for /favicon.ico, whatever the page says."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static


def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("images/favicon.svg"))
