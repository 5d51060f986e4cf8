from django.urls import path

from matching import views

app_name = "matching"
urlpatterns = [
    path("equipe/campagnes/<int:pk>/appariement/", views.board, name="board"),
    path("equipe/campagnes/<int:pk>/appariement/calcul/", views.run, name="run"),
    path("equipe/campagnes/<int:pk>/appariement/envoi/", views.publish, name="publish"),
    path("equipe/binomes/<int:pk>/proposer/", views.propose, name="propose"),
    path("equipe/binomes/<int:pk>/retirer/", views.drop, name="drop"),
    path("equipe/binomes/<int:pk>/changer/", views.change, name="change"),
]
