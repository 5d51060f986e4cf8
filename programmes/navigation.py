"""The workspace's frame: which places there are, and where one is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from people.models import Person
from programmes.enums import ConcernState, EnrolmentState
from programmes.models import Cohort, Enrolment, Programme
from programmes.policy.rules import PlaceKind, Standing
from programmes.queries.visibility import concerns_coordinated_by, programmes_coordinated_by
from programmes.vocabulary import DEFAULT, Vocabulary
from programmes.words import fill


@dataclass(frozen=True)
class Place:
    """A page of the side bar; `of` says which object its address takes."""

    key: str
    label: Any
    name: str
    icon: str
    of: str


PLACES = (
    Place(
        "dashboard", _("Tableau de bord"), "reporting:dashboard", "layout-dashboard", "programme"
    ),
    Place("enrolments", _("Candidatures"), "programmes:cohort_enrolments", "inbox", "cohort"),
    Place("invite", _("Inviter"), "programmes:invite", "send", "cohort"),
    Place("import", _("Importer une liste"), "programmes:import", "file-import", "cohort"),
    Place("board", _("Appariement"), "matching:board", "arrows-left-right", "cohort"),
    Place("pairs", _("{Binômes}"), "programmes:cohort_pairs", "users", "cohort"),
    Place("meetings", _("{Rencontres}"), "meetings:cohort_meetings", "calendar-event", "cohort"),
    Place("conventions", _("{Conventions}"), "charters:cohort_conventions", "signature", "cohort"),
    Place("concerns", _("Demandes d'aide"), "programmes:concerns", "lifebuoy", "programme"),
    Place("members", _("Adhésions"), "programmes:members", "id-badge", "programme"),
    Place("charter", _("{Charte}"), "charters:team_charter", "file-text", "programme"),
    Place("rooms", _("Salles"), "meetings:rooms", "door-enter", "programme"),
    Place("settings", _("Réglages"), "programmes:team_settings", "settings", "programme"),
)


def team_context(
    programme: Programme, cohort: Cohort | None, current: str, *, person: Person | None = None
) -> dict[str, Any]:
    """What `base_coordinator.html` needs: the side bar, with the place `current` marked.

    Without a cohort, the links lead to the first of `cohorts_of`. With the `person`, the other programmes
    they run are there to change to, and a badge counts what waits for the team.
    """
    cohorts = cohorts_of(programme)
    shown = cohort or (cohorts[0] if cohorts else None)
    vocabulary = vocabulary_of(programme, shown)
    badges = _badges(programme, shown, person) if person else {}
    return {
        "programme": programme,
        "organisation": programme.organisation,
        "cohort": cohort,
        "cohorts": cohorts,
        "vocabulary": vocabulary,
        "nav_items": [
            {
                "label": fill(place.label, vocabulary),
                "url": url,
                "icon": place.icon,
                "active": place.key == current,
                "badge": badges.get(place.key) or None,
            }
            for place in PLACES
            if _concerns(place, shown) and (url := _address(place, programme, shown))
        ],
        "programme_switcher": programme_switcher(person, programme) if person else [],
    }


def cohorts_of(programme: Programme) -> list[Cohort]:
    """The cohorts of a programme: those where people are first, newest first."""
    inhabited = Exists(Enrolment.objects.filter(cohort=OuterRef("pk")))
    return list(
        programme.cohorts.annotate(is_inhabited=inhabited)
        .select_related("programme__organisation", "rule_set")
        .order_by("-is_inhabited", "-starts_on", "-pk")
    )


def vocabulary_of(programme: Programme, cohort: Cohort | None) -> Vocabulary:
    """The words of a cohort, or of the programme's newest rules where it has no cohort yet."""
    if cohort is not None:
        return cohort.vocabulary
    newest = programme.rule_sets.first()
    return newest.vocabulary if newest else DEFAULT


def programme_switcher(person: Person, present: Programme | None) -> list[dict[str, Any]]:
    """The programmes this person runs, for the switcher; nothing if there is only one."""
    programmes = list(programmes_coordinated_by(person).order_by("organisation__name", "name"))
    if len(programmes) < 2:
        return []
    return [
        {
            "label": one.name,
            "detail": one.organisation.name,
            "url": home_of(one),
            "active": present is not None and one.pk == present.pk,
        }
        for one in programmes
    ]


def home_of(programme: Programme) -> str:
    """Where the workspace of a programme begins."""
    return reverse("reporting:dashboard", args=[programme.organisation.slug, programme.slug])


def _concerns(place: Place, cohort: Cohort | None) -> bool:
    """Whether the place has a meaning under these rules: conventions, say, only where some are signed."""
    if cohort is None:
        return place.of == "programme"
    rules = cohort.rules
    if place.key == "conventions":
        return rules.agreement.kind == "convention"
    if place.key == "members":
        return {rules.membership.mentor, rules.membership.mentee} != {Standing.NONE}
    if place.key == "rooms":
        return PlaceKind.ROOM in rules.meetings.places
    return True


def _address(place: Place, programme: Programme, cohort: Cohort | None) -> str:
    """The place's address; empty where no app brings the page."""
    arguments: list[Any] = [programme.organisation.slug, programme.slug]
    if place.of == "cohort":
        arguments = [cohort.pk] if cohort else []
    try:
        return reverse(place.name, args=arguments)
    except NoReverseMatch:
        return ""


def _badges(programme: Programme, cohort: Cohort | None, person: Person) -> dict[str, int]:
    return {
        "enrolments": Enrolment.objects.filter(
            cohort=cohort, state=EnrolmentState.SUBMITTED
        ).count(),
        "concerns": concerns_coordinated_by(person)
        .filter(programme=programme)
        .exclude(state=ConcernState.CLOSED)
        .count(),
    }
