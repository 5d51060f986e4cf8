"""The addresses that mails link to, as names only."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def page(request: HttpRequest, **which: object) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path(
        "",
        include(
            (
                [path("", page, name="home"), path("binome/<int:pair>/", page, name="pair")],
                "portal",
            )
        ),
    ),
    path(
        "",
        include(
            (
                [
                    path("invitation/<str:token>/", page, name="invitation"),
                    path("equipe/demandes/<int:concern>/", page, name="concern"),
                ],
                "programmes",
            )
        ),
    ),
]
