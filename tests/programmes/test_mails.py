"""The mails of the way in speak each programme's words and link to the site."""

from datetime import date, timedelta

import pytest

from notifications import rendering
from notifications.messages import Message
from notifications.rendering import Rendered
from people.models import Organisation, Person
from programmes import messages
from programmes.enums import ConcernKind, EnrolmentState, PairState
from programmes.models import Concern, Invitation, Pair, Programme
from programmes.policy.terms import Role
from programmes.services import staff
from tests.factories.programmes import AT, make_cohort, make_enrolment, make_preset

PRESETS = (
    "escp-europe-alumni",
    "espace-jeunes-anne-frank",
    "ponts-alumni",
    "sciences-po-alumni",
    "wementoring",
)
SECRET = "je n'en dors plus"

pytestmark = pytest.mark.django_db


def make_pair(programme: Programme, camille: Person, nour: Person) -> Pair:
    cohort = make_cohort(programme)
    mentor = make_enrolment(cohort, camille, Role.MENTOR)
    mentee = make_enrolment(cohort, nour, Role.MENTEE)
    return Pair.objects.create(
        cohort=cohort,
        mentor=mentor,
        mentee=mentee,
        state=PairState.PROPOSED,
        created_at=AT,
        answer_by=date(2026, 10, 9),
    )


def every_mail(pair: Pair, alix: Person) -> list[Message]:
    """Each kind of mail, to each person who may get it."""
    mails: list[Message] = []
    for enrolment in (pair.mentor, pair.mentee):
        invitation = Invitation.objects.create(
            cohort=pair.cohort,
            role=enrolment.role,
            email=f"{enrolment.role}@example.org",
            token=f"t{enrolment.pk}",
            invited_by=alix,
            invited_at=AT,
            expires_at=AT + timedelta(days=30),
        )
        mails += [
            messages.InvitationToEnrol(invitation.pk, 1),
            messages.EnrolmentReceived(enrolment.pk, 2),
            messages.EnrolmentDecided(enrolment.pk, 3),
            messages.PairProposed(pair.pk, enrolment.person_id, 4),
            messages.RequestDeclined(pair.pk, enrolment.person_id, 8),
            messages.PairAccepted(pair.pk, enrolment.person_id, 5),
            messages.PairEnded(pair.pk, enrolment.person_id, 6),
        ]
    team = staff.add_to_team(
        pair.cohort.programme, email="team@example.org", may_sign=True, by=alix, at=AT
    )
    mails.append(messages.InvitationToTeam(team.pk, 7))
    for kind in ConcernKind:
        concern = Concern.objects.create(
            programme=pair.cohort.programme,
            enrolment=pair.mentee,
            pair=pair,
            kind=kind,
            message=SECRET,
            raised_at=AT,
        )
        mails.append(messages.ConcernRaised(concern.pk, alix.pk))
    return mails


def read(mail: Message) -> Rendered:
    person = Person.objects.get(pk=mail.recipient) if isinstance(mail.recipient, int) else None
    organisation = Organisation.objects.get(pk=mail.organisation_id)
    return rendering.render(mail, recipient=person, organisation=organisation)


@pytest.mark.parametrize("preset", PRESETS)
def test_every_mail_of_every_programme_is_filled_in_and_links_to_the_site(
    preset: str, organisation: Organisation, camille: Person, nour: Person, alix: Person
) -> None:
    pair = make_pair(make_preset(organisation, preset), camille, nour)

    for mail in every_mail(pair, alix):
        texts = read(mail)

        assert texts.subject
        _head, page = texts.html.split("</head>")
        assert set("{}|") & set(texts.subject + texts.body + page) == set()
        assert "http://testserver/" in texts.body
        assert 'class="button" href="http://testserver/' in texts.html
        assert SECRET not in texts.subject + texts.body + texts.html


def test_a_womens_network_reads_its_own_words(
    organisation: Organisation, camille: Person, nour: Person
) -> None:
    pair = make_pair(make_preset(organisation, "wementoring"), camille, nour)

    to_mentor = read(messages.PairProposed(pair.pk, camille.pk, 1))
    to_mentee = read(messages.PairProposed(pair.pk, nour.pk, 2))

    assert "vous propose une mentorée à accompagner" in to_mentor.body
    assert "vous propose une mentore dans le programme" in to_mentee.body


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (EnrolmentState.ADMITTED, "est admise"),
        (EnrolmentState.WAITLISTED, "est en liste d'attente"),
        (EnrolmentState.REFUSED, "n'a pas été retenue"),
        (EnrolmentState.DRAFT, "demande de compléter votre candidature"),
        (EnrolmentState.WITHDRAWN, "n'est plus active"),
    ],
)
def test_a_decision_is_told_as_it_is_with_the_message_of_the_team(
    state: EnrolmentState, said: str, organisation: Organisation, nour: Person
) -> None:
    cohort = make_cohort(make_preset(organisation, "ponts-alumni"))
    enrolment = make_enrolment(
        cohort, nour, Role.MENTEE, state=state, team_message="À l'an prochain !"
    )

    texts = read(messages.EnrolmentDecided(enrolment.pk, 1))

    assert said in texts.body
    assert "À l'an prochain !" in texts.body
    assert "\n\n\n" not in texts.body


def test_addresses_are_exchanged_only_once_both_have_accepted(
    organisation: Organisation, camille: Person, nour: Person
) -> None:
    """W6."""
    pair = make_pair(make_preset(organisation, "ponts-alumni"), camille, nour)

    proposed = read(messages.PairProposed(pair.pk, nour.pk, 1))
    accepted = read(messages.PairAccepted(pair.pk, nour.pk, 2))

    assert camille.email not in proposed.body + proposed.html
    assert camille.email in accepted.body
    assert camille.email in accepted.html


@pytest.mark.parametrize(
    ("preset", "is_said_to"), [("ponts-alumni", [Role.MENTEE]), ("wementoring", [])]
)
def test_who_has_the_initiative_is_told_where_the_programme_says_it(
    preset: str,
    is_said_to: list[Role],
    organisation: Organisation,
    camille: Person,
    nour: Person,
) -> None:
    """D11."""
    pair = make_pair(make_preset(organisation, preset), camille, nour)

    texts = {
        role: read(messages.PairAccepted(pair.pk, person.pk, 1)).body
        for role, person in ((Role.MENTOR, camille), (Role.MENTEE, nour))
    }

    assert [role for role, text in texts.items() if "c'est à" in text] == is_said_to


def test_i12_a_mentor_is_thanked_as_the_programme_says(
    organisation: Organisation, camille: Person, nour: Person
) -> None:
    pair = make_pair(make_preset(organisation, "escp-europe-alumni"), camille, nour)
    Pair.objects.filter(pk=pair.pk).update(
        state=PairState.COMPLETED, started_on=AT, agreed_at=AT, introduced_at=AT, ended_on=AT
    )

    to_mentor, to_mentee = (
        rendering.render(
            messages.PairEnded(pair.pk, person.pk, 1), recipient=person, organisation=organisation
        ).body
        for person in (camille, nour)
    )

    assert "Merci à toi pour le temps et l'attention que tu y as mis." in to_mentor
    assert "Merci à vous pour le temps et l'attention que vous y avez mis." in to_mentee
