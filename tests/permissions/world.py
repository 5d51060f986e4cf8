"""A small world in which every page has something to show and someone it must not be shown to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from charters.models import Convention, ConventionParty
from charters.queries import awaited_parties, may_sign_as
from charters.services.drafts import start_draft
from charters.services.texts import plain_charter, publish_charter
from matching.models import Ruling, RulingKind, Run
from matching.services.rulings import rule
from matching.services.runs import keep_run
from notifications.models import Job
from people import clock
from people.models import Membership, Organisation, OrganisationRole, Person
from programmes.enums import ConcernKind
from programmes.models import (
    Cohort,
    Concern,
    Coordinator,
    Enrolment,
    FeeAccount,
    ImportDraft,
    Invitation,
    Pair,
    Programme,
    Room,
    TeamInvitation,
)
from programmes.policy.terms import Role
from programmes.services import concerns, invitations, pairs, staff
from sessions.enums import MeetingState
from sessions.models import Meeting
from tests.factories.charters import put_text, sign
from tests.factories.imports import make_import_draft
from tests.factories.meetings import make_meeting
from tests.factories.people import (
    make_alix,
    make_camille,
    make_nour,
    make_organisation,
    make_person,
    make_robin,
    make_sacha,
)
from tests.factories.programmes import AT, make_cohort, make_enrolment, make_programme

TERMS = {
    "programme": {"name": "Programme entier", "slug": "entier"},
    "acceptance": {"due": "agreement"},
    "agreement": {
        "kind": "convention",
        "parties": [{"kind": "mentor"}, {"kind": "mentee"}, {"kind": "organisation", "order": 2}],
    },
    "membership": {"mentee": "member"},
    "fee": {"amount": "10.00"},
    "meetings": {"places": ["room", "public", "video"]},
    "matching": {"mentor_may_stop_after_first": True, "wishes": 3, "self_service": True},
    "questions": [{"code": "skills", "label": "Compétences", "required": False, "on_card": True}],
    "milestones": [
        {"code": "midway", "title": "Point d'étape", "kind": "review", "after_meetings": 0}
    ],
    "length": {"usual": "P6M"},
}


@dataclass
class World:
    """Who visits, and what there is to see."""

    visitors: dict[str, Person | None]
    organisation: Organisation
    programme: Programme
    cohort: Cohort
    enrolment: Enrolment  # Nour's, admitted
    draft_enrolment: Enrolment  # Nour's, still being written
    pair: Pair  # Camille and Nour, accepted by both
    proposal: Pair  # Camille and somebody else, waiting for answers
    drafted: Pair  # two others, which only the team knows of
    run: Run  # a calculation for the cohort
    ruling: Ruling  # two people whom the team keeps apart
    import_draft: ImportDraft  # a list that the team's member sent
    running: Pair  # Camille and Nour in the mentees' other year: active, with meetings
    planned: Meeting
    proposed: Meeting  # by Nour, for Camille to answer
    past: Meeting
    room: Room
    guardian: ConventionParty
    export: Job  # asked for by the team's member
    concern: Concern
    invitation: Invitation
    team_invitation: TeamInvitation


def make_signed_pair(mentor: Enrolment, mentee: Enrolment, *, team: Person) -> Pair:
    """A pair whose convention all three signed."""
    FeeAccount.objects.create(enrolment=mentee, amount=10, state="waived")
    pair = pairs.propose_pair(pairs.draft_pair(mentor, mentee, by=team, at=AT), by=team, at=AT)
    pairs.accept_proposal(pair, by=mentor.person, at=AT)
    pair = pairs.accept_proposal(pair, by=mentee.person, at=AT)
    for who in (mentor.person, mentee.person, team):
        convention = Convention.objects.get(pair=pair)
        party = next(one for one in awaited_parties(convention) if may_sign_as(who, one, pair))
        sign(convention, party, by=who, at=AT)
    pair.refresh_from_db()
    return pair


@contextmanager
def standing_world(blocker: DjangoDbBlocker, terms: Mapping[str, Any] = TERMS) -> Iterator[World]:
    """A world made once for all tests of a module; what each of them changes is undone after it."""
    with blocker.unblock(), transaction.atomic():
        yield make_world(terms)
        transaction.set_rollback(True)


def make_world(terms: Mapping[str, Any] = TERMS) -> World:
    organisation, elsewhere = (
        make_organisation(),
        make_organisation("Réseau Horizon", slug="reseau-horizon"),
    )
    programme = make_programme(organisation, terms)
    beside = make_programme(
        organisation, TERMS | {"programme": {"name": "À côté", "slug": "a-cote"}}
    )
    there = make_programme(elsewhere, TERMS)
    visitors = {
        "anonymous": None,
        "mentor": make_camille(),
        "mentee": make_nour(),
        "other pair": make_person("Dana", "Autre"),
        "stranger": make_sacha(),
        "team": make_alix(),
        "manager": make_person("Maud", "Responsable"),
        "other programme": make_person("Billie", "Voisine"),
        "elsewhere": make_robin(),
        "administrator": make_person("Root", "Plateforme", is_staff=True, is_superuser=True),
    }
    Coordinator.objects.create(programme=programme, person=visitors["team"], may_sign=True)
    OrganisationRole.objects.create(
        organisation=organisation, person=visitors["manager"], kind="manager"
    )
    Coordinator.objects.create(programme=beside, person=visitors["other programme"])
    Coordinator.objects.create(programme=there, person=visitors["elsewhere"])
    cohort = make_cohort(programme)
    team = visitors["team"]
    mentor = make_enrolment(cohort, visitors["mentor"], Role.MENTOR)
    mentee = make_enrolment(cohort, visitors["mentee"], Role.MENTEE)
    others = make_enrolment(cohort, visitors["other pair"], Role.MENTOR)
    second = make_enrolment(cohort, make_person("Eli", "Autre"), Role.MENTEE)
    third = make_enrolment(cohort, make_person("Fanny", "Autre"), Role.MENTEE)
    draft = make_enrolment(
        cohort,
        visitors["mentee"],
        Role.MENTOR,
        state="draft",
        submitted_at=None,
        charter_version=None,
        charter_accepted_at=None,
    )
    for number, one in enumerate((mentee, second, third), 1):
        Membership.objects.create(organisation=organisation, person=one.person)
        FeeAccount.objects.create(
            enrolment=one,
            amount=10,
            state="settled",
            settled_on=AT.date(),
            receipt_number=f"2026-{programme.pk}-{number:04d}",
        )
    pair = pairs.propose_pair(pairs.draft_pair(mentor, mentee, by=team, at=AT), by=team, at=AT)
    pairs.accept_proposal(pair, by=visitors["mentor"], at=AT)
    pair = pairs.accept_proposal(pair, by=visitors["mentee"], at=AT)
    proposal = pairs.propose_pair(pairs.draft_pair(mentor, third, by=team, at=AT), by=team, at=AT)
    drafted = pairs.draft_pair(others, second, by=team, at=AT)
    later = make_cohort(programme, slug="suite", name="Suite")
    running = make_signed_pair(
        make_enrolment(later, visitors["mentor"], Role.MENTOR),
        make_enrolment(later, visitors["mentee"], Role.MENTEE),
        team=team,
    )
    now = clock.now()
    planned = make_meeting(running, starts_at=now + timedelta(days=10), state=MeetingState.PLANNED)
    proposed = make_meeting(
        running, starts_at=now + timedelta(days=20), state=MeetingState.PROPOSED
    )
    make_meeting(running, starts_at=now - timedelta(days=30), state=MeetingState.HELD)
    past = make_meeting(running, starts_at=now - timedelta(days=10), state=MeetingState.PLANNED)
    put_text(pair.conventions.get())
    export = Job.objects.create(
        kind="conventions", requested_by=team, payload={"cohort": cohort.pk, "which": ""}
    )
    export.file.save("conventions", ContentFile(b"PK"))
    newer = plain_charter().model_copy(update={"title": "Notre {charte}"})
    publish_charter(programme, text=newer, by=team, at=AT)
    start_draft(programme, by=team, at=AT)
    guardian = ConventionParty.objects.create(
        convention=Convention.objects.get(pair=pair),
        kind="guardian",
        order=1,
        name="Un parent",
        email="parent@example.org",
    )
    return World(
        export=export,
        running=running,
        planned=planned,
        proposed=proposed,
        past=past,
        room=Room.objects.create(organisation=organisation, name="Salle"),
        guardian=guardian,
        visitors=visitors,
        organisation=organisation,
        programme=programme,
        cohort=cohort,
        enrolment=mentee,
        draft_enrolment=draft,
        pair=pair,
        proposal=proposal,
        drafted=drafted,
        run=keep_run(cohort, by=team, at=AT),
        ruling=rule(others, mentee, kind=RulingKind.FORBIDDEN, reason="Déjà vus.", by=team, at=AT),
        import_draft=make_import_draft(cohort, team),
        concern=concerns.raise_concern(
            mentee, kind=ConcernKind.HELP, message="Bonjour", pair=pair, at=AT
        ),
        invitation=invitations.invite(
            cohort, email="invitee@example.org", role=Role.MENTEE, by=team, at=AT
        ),
        team_invitation=staff.add_to_team(
            programme, email="colleague@example.org", may_sign=False, by=team, at=AT
        ),
    )
