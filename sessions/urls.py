from django.urls import path

from sessions.views import appointments, coordinator, endings, meetings, milestones

app_name = "meetings"

urlpatterns = [
    # The two people.
    path("binomes/<int:pair>/rencontres/nouvelle/", appointments.propose, name="propose"),
    path("binomes/<int:pair>/rencontres/calendrier/", appointments.series, name="series"),
    path("binomes/<int:pair>/rencontres/deja-tenue/", appointments.log, name="log"),
    path("rencontres/<int:pk>/", meetings.meeting, name="meeting"),
    path("rencontres/<int:pk>/accepter/", meetings.accept, name="accept"),
    path("rencontres/<int:pk>/decliner/", meetings.decline, name="decline"),
    path("rencontres/<int:pk>/autre-date/", appointments.change, name="change"),
    path("rencontres/<int:pk>/annuler/", meetings.cancel, name="cancel"),
    path("rencontres/<int:pk>/preciser/", meetings.details, name="details"),
    path("rencontres/<int:pk>/a-eu-lieu/", meetings.held, name="held"),
    path("rencontres/<int:pk>/n-a-pas-eu-lieu/", meetings.missed, name="missed"),
    path("rencontres/<int:pk>/classer/", meetings.expire, name="expire"),
    path("rencontres/<int:pk>/agenda.ics", meetings.ics, name="ics"),
    path("binomes/<int:pair>/objectifs/", milestones.objectives, name="objectives"),
    path("binomes/<int:pair>/etapes/<slug:code>/", milestones.milestone, name="milestone"),
    path("binomes/<int:pair>/etapes/<slug:code>/approuver/", milestones.approve, name="approve"),
    path("binomes/<int:pair>/prolonger/", endings.extend, name="extend"),
    path("binomes/<int:pair>/arreter/", endings.stop_after_first, name="stop_after_first"),
    path("binomes/<int:pair>/fin/", endings.declare_end, name="declare_end"),
    # The team.
    path(
        "equipe/campagnes/<int:pk>/rencontres/", coordinator.cohort_meetings, name="cohort_meetings"
    ),
    path("equipe/binomes/<int:pk>/terminer/", coordinator.complete, name="complete"),
    path("equipe/binomes/<int:pk>/arreter/", coordinator.stop, name="stop"),
    path("equipe/binomes/<int:pk>/reponses/", coordinator.answers, name="answers"),
    path(
        "equipe/<slug:organisation>/<slug:slug>/salles/", coordinator.programme_rooms, name="rooms"
    ),
    path("equipe/<slug:organisation>/<slug:slug>/salles/<int:pk>/", coordinator.room, name="room"),
]
