from django.urls import path

from charters.views import agreement, guardian, reading, team, verifying

app_name = "charters"

urlpatterns = [
    path("verifier/", verifying.verify, name="verify"),
    path("programmes/<slug:organisation>/<slug:slug>/charte/", reading.read, name="read"),
    path("candidatures/<int:pk>/charte/", reading.accept, name="accept"),
    path("candidatures/<int:pk>/charte/nouveautes/", reading.changes, name="changes"),
    path("binomes/<int:pk>/convention/", agreement.convention, name="convention"),
    path("binomes/<int:pk>/convention/pdf/", agreement.pdf, name="convention_pdf"),
    path("binomes/<int:pk>/convention/page/<int:number>/", agreement.page, name="page"),
    path("binomes/<int:pk>/convention/code/", agreement.send_code, name="send_code"),
    path("binomes/<int:pk>/convention/signer/", agreement.sign, name="sign"),
    path("binomes/<int:pk>/convention/refuser/", agreement.refuse, name="refuse"),
    path(
        "binomes/<int:pk>/convention/representant/",
        agreement.name_guardian,
        name="name_guardian",
    ),
    path("signature/<str:token>/", guardian.convention, name="guardian_convention"),
    path("signature/<str:token>/pdf/", guardian.pdf, name="guardian_convention_pdf"),
    path("signature/<str:token>/page/<int:number>/", guardian.page, name="guardian_page"),
    path("signature/<str:token>/code/", guardian.send_code, name="guardian_send_code"),
    path("signature/<str:token>/signer/", guardian.sign, name="guardian_sign"),
    path("signature/<str:token>/refuser/", guardian.refuse, name="guardian_refuse"),
    path("equipe/<slug:organisation>/<slug:slug>/charte/", team.charter, name="team_charter"),
    path(
        "equipe/campagnes/<int:pk>/conventions/",
        team.cohort_conventions,
        name="cohort_conventions",
    ),
    path("equipe/binomes/<int:pk>/convention/nouvelle/", team.renew, name="renew"),
]
