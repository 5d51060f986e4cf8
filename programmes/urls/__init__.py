"""The addresses of programmes: those of the people who take part, those of the team."""

from programmes.urls import coordinator, importing, participant

app_name = "programmes"

urlpatterns = [*participant.urlpatterns, *coordinator.urlpatterns, *importing.urlpatterns]
