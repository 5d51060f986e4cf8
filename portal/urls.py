from django.urls import path

from portal.views import commitments, home, space

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("espace/", space.space, name="space"),
    path("espace/binome/<int:pk>/", space.pair, name="pair"),
    path("espace/binome/<int:pk>/engagements/", commitments.ours, name="commitments"),
    path("equipe/binomes/<int:pk>/engagements/", commitments.theirs, name="team_commitments"),
]
