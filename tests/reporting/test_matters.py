"""Every number of the dashboard leads to exactly what it counts."""

import re
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest
from django.urls import reverse

from people import clock
from people.models import Membership, OrganisationRole, PaidPeriod
from programmes.enums import ConcernKind, EnrolmentState
from programmes.models import Concern, FeeAccount, Pair, Room
from programmes.policy.terms import Role
from programmes.services import pairs
from reporting.matter_kinds import KINDS
from reporting.queries.matters import matters_of, waiting_in
from sessions.enums import MeetingState
from sessions.models import EndDeclaration
from tests.factories.charters import sign
from tests.factories.meetings import make_meeting
from tests.factories.people import make_person
from tests.factories.programmes import (
    AT,
    make_accepted_pair,
    make_cohort,
    make_enrolment,
    make_programme,
    make_running_pair,
)
from tests.factories.team import make_coordinator

TERMS = {
    "length": {"usual": "P6M"},
    "membership": {"mentee": "paid_up", "throughout": True},
    "fee": {"role": "mentee", "amount": "150.00"},
    "introduction": {"first_date_within": "P1M"},
    "meetings": {"silent_after": "P45D", "places": ["room", "video"], "first_places": ["room"]},
    "agreement": {
        "kind": "convention",
        "parties": [{"kind": "mentor"}, {"kind": "mentee"}, {"kind": "organisation", "order": 2}],
    },
}
NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
# Addresses of single things, as opposed to the frame's and to what can be done with them.
NUMBERS = count(1)
A_THING = re.compile(r'href="(/equipe/(?:binomes|candidatures|demandes)/\d+/(?:adhesion/)?)"')


@pytest.fixture
def cohort(organisation, alix):
    programme = make_programme(organisation, TERMS)
    make_coordinator(programme, alix, may_sign=True)
    return make_cohort(programme)


def two_people(cohort, *, paid_until: date = date(2030, 1, 1)):
    mentor = make_enrolment(cohort, make_person("Ada", f"N{next(NUMBERS)}"), Role.MENTOR)
    mentee = make_enrolment(cohort, make_person("Bo", f"N{next(NUMBERS)}"), Role.MENTEE)
    FeeAccount.objects.create(enrolment=mentee, amount="150.00", state="waived")
    membership = Membership.objects.create(
        organisation=cohort.programme.organisation, person=mentee.person
    )
    PaidPeriod.objects.create(membership=membership, starts_on=date(2026, 1, 1), ends_on=paid_until)
    return mentor, mentee


def running(cohort, by, **changes) -> Pair:
    return make_running_pair(*two_people(cohort, **changes), by=by)


def heard_of(pair: Pair) -> Pair:
    make_meeting(pair, starts_at=NOW - timedelta(days=2), state=MeetingState.HELD)
    return pair


def everything_waits(cohort, alix) -> None:
    """Of each kind one thing or more, and beside it others of the same state that do not wait."""
    running(cohort, alix)  # late for a first date, and silent
    silent = running(cohort, alix)
    make_meeting(silent, starts_at=AT + timedelta(days=20))
    heard_of(running(cohort, alix))
    ended = heard_of(running(cohort, alix))
    EndDeclaration.objects.create(
        pair=ended, role=Role.MENTOR, person=ended.mentor.person, declared_at=AT
    )
    over = heard_of(running(cohort, alix))
    Pair.objects.filter(pk=over.pk).update(planned_end_on=date(2027, 1, 31))
    pairs.freeze_pair(heard_of(running(cohort, alix)), by=alix, at=AT)
    heard_of(running(cohort, alix, paid_until=date(2026, 12, 31)))
    pairs.draft_pair(*two_people(cohort), by=alix, at=AT)
    for proposed_at in (AT, NOW):
        draft = pairs.draft_pair(*two_people(cohort), by=alix, at=AT)
        pairs.propose_pair(draft, by=alix, at=proposed_at)
    make_accepted_pair(*two_people(cohort), by=alix)
    signed_by_two = make_accepted_pair(*two_people(cohort), by=alix).conventions.get()
    for party in signed_by_two.parties.filter(order=1):
        sign(signed_by_two, party, by=party.person, at=AT)
    two_people(cohort)
    for state in (EnrolmentState.SUBMITTED, EnrolmentState.ADMITTED):
        one = make_enrolment(
            cohort, make_person("Cy", f"N{next(NUMBERS)}"), Role.MENTEE, state=state
        )
        FeeAccount.objects.create(enrolment=one, amount="150.00")
    Concern.objects.create(
        programme=cohort.programme, enrolment=one, kind=ConcernKind.HELP, message="…", raised_at=AT
    )


def test_each_row_leads_to_exactly_what_it_counts(client, cohort, alix):
    everything_waits(cohort, alix)
    alix.coordinated.update(may_sign=False)
    clock.advance_to(NOW)
    client.force_login(alix)
    matters = matters_of(cohort.programme, [cohort], person=alix, today=clock.today())
    waiting = list(waiting_in(cohort.programme, [cohort], person=alix, today=clock.today()))

    assert len(matters) == len(KINDS)
    for kind, matter in zip(KINDS, matters, strict=True):
        page = client.get(matter.url).content.decode()
        listed = set(A_THING.findall(page))
        expected = {one.url for one in waiting if one.kind == kind}
        if kind == "drafted":  # the board, where a draft is a card with its acts
            assert page.count('aria-labelledby="draft-') == len(expected)
        elif kind == "to_sign":
            assert all(f'href="{address}"' in page for address in expected)
            assert page.count('<th scope="row">') == len(expected)
        elif kind not in ("rooms", "signatory"):
            assert listed == expected, kind


def test_each_number_of_a_cohort_leads_to_as_many(client, cohort, alix):
    everything_waits(cohort, alix)
    make_meeting(Pair.objects.filter(state="active").first(), starts_at=NOW + timedelta(days=9))
    clock.advance_to(NOW)
    client.force_login(alix)
    page = client.get(_dashboard(cohort)).content.decode()
    numbers = re.findall(r'<a href="(/equipe/campagnes/[^"]+role=[^"]+)">(\d+)<', page)

    assert len(numbers) == 3  # mentors admitted, mentees admitted, mentees to review
    for address, number in numbers:
        listed = set(A_THING.findall(client.get(address.replace("&amp;", "&")).content.decode()))
        assert len(listed) == int(number), address


def test_a_room_is_asked_for_where_a_meeting_needs_one(client, cohort, alix):
    told = "Aucune salle à proposer, alors qu'une rencontre doit s'y tenir"

    def said() -> list[str]:
        found = matters_of(cohort.programme, [cohort], person=alix, today=date(2026, 9, 20))
        return [matter.sentence for matter in found]

    assert said() == [told]
    room = Room.objects.create(organisation=cohort.programme.organisation, name="Salle bleue")
    assert said() == []
    room.is_available = False
    room.save()
    assert said() == [told]


def test_no_room_is_asked_for_where_meetings_can_be_elsewhere(organisation, alix):
    cohort = make_cohort(make_programme(organisation, {"meetings": {"places": ["room", "video"]}}))

    assert matters_of(cohort.programme, [cohort], person=alix, today=date(2026, 9, 20)) == []


def test_somebody_entitled_to_sign_is_asked_for_where_the_association_signs(client, cohort, alix):
    alix.coordinated.update(may_sign=False)
    address = reverse(
        "programmes:add_member", args=[cohort.programme.organisation.slug, cohort.programme.slug]
    )

    def said() -> list[str]:
        found = matters_of(cohort.programme, [cohort], person=alix, today=date(2026, 9, 20))
        return [matter.sentence for matter in found if matter.icon == "signature"]

    assert said() == ["Personne ne peut encore signer une convention au nom de l'association"]
    OrganisationRole.objects.create(
        organisation=cohort.programme.organisation, person=alix, kind="manager"
    )
    client.force_login(alix)
    client.post(address, {"email": alix.email, "may_sign": "on"})
    assert said() == []


def test_a_kind_that_does_not_exist_is_not_there(client, cohort, alix):
    client.force_login(alix)

    assert client.get(_matter(cohort, "silent")).status_code == 200
    assert client.get(_matter(cohort, "anything")).status_code == 404


def test_what_was_seen_to_in_the_meantime_is_said_so(client, cohort, alix):
    client.force_login(alix)

    page = client.get(_matter(cohort, "silent")).content.decode()

    assert "Plus rien n'attend ici" in page


def _dashboard(cohort) -> str:
    programme = cohort.programme
    return reverse("reporting:dashboard", args=[programme.organisation.slug, programme.slug])


def _matter(cohort, kind: str) -> str:
    programme = cohort.programme
    return reverse("reporting:matter", args=[programme.organisation.slug, programme.slug, kind])


def test_who_waits_for_a_mentor_leads_to_the_board(client, cohort, alix):
    two_people(cohort)
    clock.advance_to(NOW)
    client.force_login(alix)

    page = client.get(f"{_matter(cohort, 'alone')}?campagne={cohort.pk}").content.decode()

    assert "1 mentoré admis sans mentor" in page
    assert f'href="{reverse("matching:board", args=[cohort.pk])}">Aller à' in page


def test_nobody_waits_in_a_campaign_that_is_over(cohort, alix):
    cohort.ends_on = date(2026, 12, 1)
    cohort.save()
    two_people(cohort)

    def kinds(today: date) -> list[str]:
        return [
            one.kind for one in waiting_in(cohort.programme, [cohort], person=alix, today=today)
        ]

    assert kinds(date(2026, 12, 1)) == ["rooms", "alone"]
    assert kinds(date(2026, 12, 2)) == []
