"""The team's pages."""

from django.urls import URLPattern, path

from programmes.views.coordinator import (
    concerns,
    decisions,
    drafting,
    enrolments,
    fees,
    invitations,
    memberships,
    pairs,
    settings,
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
    path("equipe/candidatures/<int:pk>/disponible/", decisions.be_available, name="team_available"),
    path("equipe/candidatures/<int:pk>/exclusion/", decisions.exclude, name="exclude"),
    path("equipe/candidatures/<int:pk>/retrait/", decisions.withdraw, name="team_withdraw"),
    path("equipe/candidatures/<int:pk>/frais/", fees.settle, name="settle_fee"),
    path("equipe/candidatures/<int:pk>/remise/", fees.waive, name="waive_fee"),
    path("equipe/candidatures/<int:pk>/recu/", fees.receipt, name="receipt"),
    path("equipe/candidatures/<int:pk>/adhesion/", memberships.membership, name="membership"),
    path("equipe/campagnes/<int:pk>/dates/", settings.change_cohort, name="change_cohort"),
    path("equipe/campagnes/<int:pk>/inviter/", invitations.invite, name="invite"),
    path("equipe/campagnes/<int:pk>/binomes/", pairs.cohort_pairs, name="cohort_pairs"),
    path("equipe/campagnes/<int:pk>/binomes/nouveau/", drafting.draft, name="draft_pair"),
    path("equipe/binomes/<int:pk>/", pairs.team_pair, name="team_pair"),
    path("equipe/binomes/<int:pk>/annulation/", pairs.cancel, name="cancel_pair"),
    path("equipe/demandes/<int:pk>/", concerns.concern, name="concern"),
    path("equipe/<slug:organisation>/<slug:slug>/demandes/", concerns.concerns, name="concerns"),
    path("equipe/<slug:organisation>/<slug:slug>/adhesions/", memberships.members, name="members"),
    path(
        "equipe/<slug:organisation>/<slug:slug>/reglages/",
        settings.team_settings,
        name="team_settings",
    ),
    path(
        "equipe/<slug:organisation>/<slug:slug>/reglages/fichier/",
        settings.programme_file,
        name="programme_file",
    ),
    path(
        "equipe/<slug:organisation>/<slug:slug>/reglages/nouvelle-version/",
        settings.new_rules,
        name="new_rules",
    ),
    path(
        "equipe/<slug:organisation>/<slug:slug>/reglages/equipe/",
        settings.add_member,
        name="add_member",
    ),
    path(
        "equipe/<slug:organisation>/<slug:slug>/reglages/equipe/<int:pk>/",
        settings.remove_member,
        name="remove_member",
    ),
    path(
        "equipe/<slug:organisation>/<slug:slug>/reglages/invitations/<int:pk>/",
        settings.recall_invitation,
        name="recall_invitation",
    ),
    path(
        "equipe/<slug:organisation>/<slug:slug>/campagnes/nouvelle/",
        settings.open_cohort,
        name="open_cohort",
    ),
]
