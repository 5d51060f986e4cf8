from django.urls import path

from charters.views import (
    agreement,
    editing,
    exporting,
    guardian,
    paper,
    reading,
    team,
    texts,
    verifying,
)

app_name = "charters"

_CHARTER = "equipe/<slug:organisation>/<slug:slug>/charte/"
_GUARDIAN = "representant/<int:pk>/"
_CONVENTIONS = "equipe/campagnes/<int:pk>/conventions/"

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
    path("signature/<str:token>/", guardian.enter, name="guardian_link"),
    path(_GUARDIAN, guardian.convention, name="guardian_convention"),
    path(f"{_GUARDIAN}pdf/", guardian.pdf, name="guardian_convention_pdf"),
    path(f"{_GUARDIAN}page/<int:number>/", guardian.page, name="guardian_page"),
    path(f"{_GUARDIAN}code/", guardian.send_code, name="guardian_send_code"),
    path(f"{_GUARDIAN}signer/", guardian.sign, name="guardian_sign"),
    path(f"{_GUARDIAN}refuser/", guardian.refuse, name="guardian_refuse"),
    path(_CHARTER, team.charter, name="team_charter"),
    path(f"{_CHARTER}comparer/", texts.compare, name="compare"),
    path(f"{_CHARTER}apercu/<slug:key>/", texts.preview, name="preview"),
    path(f"{_CHARTER}version/<int:number>/retirer/", editing.withdraw, name="withdraw"),
    path(f"{_CHARTER}brouillon/", editing.draft, name="draft"),
    path(f"{_CHARTER}brouillon/commencer/", editing.start, name="start_draft"),
    path(f"{_CHARTER}brouillon/en-tete/", editing.heading, name="edit_heading"),
    path(f"{_CHARTER}brouillon/partie/", editing.section, name="add_section"),
    path(f"{_CHARTER}brouillon/partie/<int:number>/", editing.section, name="edit_section"),
    path(f"{_CHARTER}brouillon/publier/", editing.publish, name="publish"),
    path(f"{_CHARTER}brouillon/abandonner/", editing.drop, name="drop_draft"),
    path(_CONVENTIONS, team.cohort_conventions, name="cohort_conventions"),
    path(f"{_CONVENTIONS}export/", exporting.start, name="start_export"),
    path(f"{_CONVENTIONS}export/<int:job>/", exporting.progress, name="export"),
    path(f"{_CONVENTIONS}export/<int:job>/fichier/", exporting.download, name="export_file"),
    path("equipe/binomes/<int:pk>/convention/nouvelle/", team.renew, name="renew"),
    path("equipe/binomes/<int:pk>/convention/papier/", paper.record, name="paper"),
]
