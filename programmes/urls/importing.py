"""The import of an association's own lists, step by step."""

from django.urls import URLPattern, path

from programmes.views import importing

urlpatterns: list[URLPattern] = [
    path("equipe/campagnes/<int:pk>/import/", importing.start, name="import"),
    path("equipe/campagnes/<int:pk>/import/personnes/", importing.imported, name="imported"),
    path("equipe/campagnes/<int:pk>/import/prevenir/", importing.welcome, name="import_welcome"),
    path("equipe/imports/<int:pk>/colonnes/", importing.columns, name="import_columns"),
    path("equipe/imports/<int:pk>/", importing.preview, name="import_preview"),
    path("equipe/imports/<int:pk>/lignes-a-corriger.csv", importing.rejects, name="import_rejects"),
    path("equipe/imports/<int:pk>/effacer/", importing.discard, name="import_discard"),
]
