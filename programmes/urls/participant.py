"""What visitors, mentors and mentees open."""

from django.urls import URLPattern, path

from programmes.views import joining, pairs, participant, public

PROGRAMME = "programmes/<slug:organisation>/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path(PROGRAMME, public.programme, name="public"),
    path(f"{PROGRAMME}participer/<str:role>/", public.enrol, name="enrol"),
    path("invitation/<str:token>/", public.invitation, name="invitation"),
    path("invitation/equipe/<str:token>/", joining.team_invitation, name="team_invitation"),
    path("candidatures/<int:pk>/", participant.enrolment, name="enrolment"),
    path("candidatures/<int:pk>/relire/", participant.enrolment_review, name="enrolment_review"),
    path("candidatures/<int:pk>/objectifs/", participant.objectives, name="objectives"),
    path("candidatures/<int:pk>/recu/", participant.receipt, name="own_receipt"),
    path("candidatures/<int:pk>/retrait/", participant.withdraw, name="withdraw"),
    path("candidatures/<int:pk>/reprise/", participant.apply_again, name="apply_again"),
    path("candidatures/<int:pk>/disponible/", participant.be_available, name="be_available"),
    path("candidatures/<int:pk>/aide/", pairs.ask_help, name="ask_help"),
    path("binomes/<int:pk>/reponse/", pairs.answer_proposal, name="answer_proposal"),
]
