from django.urls import path

from programmes.views.coordinator import workspace

urlpatterns = [
    path("equipe/", workspace.workspace, name="workspace"),
]
