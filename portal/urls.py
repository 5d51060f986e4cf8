from django.urls import path

from portal.views import home, space

app_name = "portal"

urlpatterns = [
    path("", home.home, name="home"),
    path("espace/", space.space, name="space"),
    path("espace/binome/<int:pk>/", space.pair, name="pair"),
]
