"""What visitors, mentors and mentees open."""

from django.urls import URLPattern, path

from programmes.views import public

urlpatterns: list[URLPattern] = [
    path("programmes/<slug:organisation>/<slug:slug>/", public.programme, name="public"),
    path(
        "programmes/<slug:organisation>/<slug:slug>/participer/<str:role>/",
        public.enrol,
        name="enrol",
    ),
    path("invitation/<str:token>/", public.invitation, name="invitation"),
]
