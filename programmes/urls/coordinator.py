"""The team's pages."""

from django.urls import URLPattern, path

from programmes.views.coordinator import (
    decisions,
    enrolments,
    fees,
    memberships,
    workspace,
)

urlpatterns: list[URLPattern] = [
    path("equipe/", workspace.workspace, name="workspace"),
    path(
        "equipe/campagnes/<int:pk>/candidatures/",
        enrolments.cohort_enrolments,
        name="cohort_enrolments",
    ),
    path("equipe/candidatures/<int:pk>/", decisions.decide, name="decide"),
    path("equipe/candidatures/<int:pk>/derogation/", decisions.derogate, name="derogate"),
    path("equipe/candidatures/<int:pk>/exclusion/", decisions.exclude, name="exclude"),
    path("equipe/candidatures/<int:pk>/retrait/", decisions.withdraw, name="team_withdraw"),
    path("equipe/candidatures/<int:pk>/frais/", fees.settle, name="settle_fee"),
    path("equipe/candidatures/<int:pk>/remise/", fees.waive, name="waive_fee"),
    path("equipe/candidatures/<int:pk>/recu/", fees.receipt, name="receipt"),
    path("equipe/candidatures/<int:pk>/adhesion/", memberships.membership, name="membership"),
    path("equipe/<slug:organisation>/<slug:slug>/adhesions/", memberships.members, name="members"),
]
