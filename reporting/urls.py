from django.urls import path

from reporting import views

app_name = "reporting"

urlpatterns = [
    path("equipe/<slug:organisation>/<slug:slug>/", views.dashboard, name="dashboard"),
    path(
        "equipe/<slug:organisation>/<slug:slug>/a-faire/<slug:kind>/", views.matter, name="matter"
    ),
]
