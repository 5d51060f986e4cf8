from django.urls import path

from charters.views import agreement, guardian, reading, team

app_name = "charters"

urlpatterns = [
    path("programmes/<slug:organisation>/<slug:slug>/charte/", reading.read, name="read"),
    path("candidatures/<int:pk>/charte/", reading.accept, name="accept"),
    path("binomes/<int:pk>/convention/", agreement.convention, name="convention"),
    path("binomes/<int:pk>/convention/pdf/", agreement.pdf, name="convention_pdf"),
    path("binomes/<int:pk>/convention/signer/", agreement.sign, name="sign"),
    path("binomes/<int:pk>/convention/refuser/", agreement.refuse, name="refuse"),
    path(
        "binomes/<int:pk>/convention/representant/",
        agreement.name_guardian,
        name="name_guardian",
    ),
    path("signature/<str:token>/", guardian.sign, name="guardian"),
    path("signature/<str:token>/pdf/", guardian.pdf, name="guardian_pdf"),
    path("signature/<str:token>/refuser/", guardian.refuse, name="guardian_refuse"),
    path("equipe/<slug:organisation>/<slug:slug>/charte/", team.charter, name="team_charter"),
    path(
        "equipe/campagnes/<int:pk>/conventions/",
        team.cohort_conventions,
        name="cohort_conventions",
    ),
    path("equipe/binomes/<int:pk>/convention/nouvelle/", team.renew, name="renew"),
]
