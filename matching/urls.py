from django.urls import path

from matching.views import board, drafts, rulings, runs, wishes

app_name = "matching"
COHORT = "equipe/campagnes/<int:pk>/appariement/"

urlpatterns = [
    path("candidatures/<int:pk>/choix/", wishes.wishes, name="wishes"),
    path("candidatures/<int:pk>/choix/demande/", wishes.ask, name="ask"),
    path(COHORT, board.board, name="board"),
    path(f"{COHORT}calcul/", board.run, name="run"),
    path(f"{COHORT}envoi/", drafts.publish, name="publish"),
    path(f"{COHORT}decisions/", rulings.rulings, name="rulings"),
    path("equipe/appariement/decisions/<int:pk>/lever/", rulings.lift_ruling, name="lift_ruling"),
    path("equipe/appariement/calculs/<int:pk>/", runs.run, name="kept"),
    path("equipe/appariement/calculs/<int:pk>/retenir/", runs.retain, name="retain"),
    path("equipe/appariement/calculs/<int:pk>/autres/<int:mentee>/", runs.others, name="others"),
    path("equipe/appariement/calculs/<int:pk>/comparaison/", runs.compare, name="compare"),
    path("equipe/binomes/<int:pk>/proposer/", drafts.propose, name="propose"),
    path("equipe/binomes/<int:pk>/retirer/", drafts.drop, name="drop"),
    path("equipe/binomes/<int:pk>/changer/", drafts.change, name="change"),
]
