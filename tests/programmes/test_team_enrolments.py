"""The team reads enrolments and decides."""

from datetime import date
from functools import partial

import pytest
from django.urls import reverse

from notifications.models import OutboxMessage
from people.models import Membership
from programmes.enums import EnrolmentState, FeeState
from programmes.models import Derogation, Enrolment, FeeAccount
from programmes.policy.terms import Role
from tests.factories.people import make_person
from tests.factories.programmes import make_cohort, make_enrolment, make_programme
from tests.factories.team import make_coordinator
from tests.harness.queries import queries_of

DOCUMENT = {
    "vocabulary": {"mentor": "mentore", "mentee": "mentorée"},
    "membership": {"mentee": "paid_up"},
    "fee": {"role": "mentee", "amount": "150.00"},
    "questions": [
        {"code": "years", "kind": "integer", "label": "Années d'expérience", "unit": "ans"}
    ],
}


@pytest.fixture
def cohort(organisation, alix):
    programme = make_programme(organisation, DOCUMENT)
    make_coordinator(programme, alix)
    return make_cohort(programme)


@pytest.fixture
def submitted(cohort, nour):
    enrolment = make_enrolment(
        cohort, nour, Role.MENTEE, state=EnrolmentState.SUBMITTED, answers={"years": 12}
    )
    FeeAccount.objects.create(enrolment=enrolment, amount="150.00")
    return enrolment


@pytest.fixture
def desk(client, alix):
    client.force_login(alix)
    return client


def address(name: str, thing) -> str:
    return reverse(f"programmes:{name}", args=[thing.pk])


def test_the_page_shows_answers_with_their_labels_and_what_stands_against_admission(
    desk, submitted
):
    page = desk.get(address("decide", submitted)).content.decode()

    assert "Années d&#x27;expérience" in page
    assert "12 ans" in page
    assert "La cotisation à l&#x27;association n&#x27;est pas à jour." in page
    assert 'value="admit"' not in page


def test_nobody_is_admitted_against_the_rules(desk, submitted):
    response = desk.post(address("decide", submitted), {"act": "admit"})

    submitted.refresh_from_db()
    assert response.status_code == 422
    assert submitted.state == EnrolmentState.SUBMITTED


def test_a_derogation_needs_a_reason(desk, submitted):
    response = desk.post(address("derogate", submitted), {"breach": "membership", "reason": " "})

    assert response.status_code == 422
    assert not Derogation.objects.exists()


def test_with_a_derogation_on_the_record_the_enrolment_is_admitted(desk, submitted, alix):
    desk.post(
        address("derogate", submitted),
        {"breach": "membership", "reason": "Cotisation en cours de paiement."},
    )
    desk.post(address("decide", submitted), {"act": "admit", "message": "Bienvenue !"})

    submitted.refresh_from_db()
    derogation = Derogation.objects.get()
    assert (derogation.granted_by, derogation.reason) == (
        alix,
        "Cotisation en cours de paiement.",
    )
    assert (submitted.state, submitted.team_message) == (EnrolmentState.ADMITTED, "Bienvenue !")
    assert list(submitted.journal.order_by("pk").values_list("event", flat=True)) == [
        "derogation_granted",
        "enrolment_admitted",
    ]


def test_what_no_rule_lets_pass_gets_no_derogation(desk, submitted):
    desk.post(address("derogate", submitted), {"breach": "fee", "reason": "Par amitié."})

    assert not Derogation.objects.exists()


@pytest.mark.parametrize(
    ("act", "state"),
    [
        ("waitlist", EnrolmentState.WAITLISTED),
        ("refuse", EnrolmentState.REFUSED),
        ("reopen", EnrolmentState.DRAFT),
    ],
)
def test_the_other_decisions_are_taken_and_told(desk, submitted, act, state):
    desk.post(address("decide", submitted), {"act": act, "message": "Voici pourquoi."})

    submitted.refresh_from_db()
    assert (submitted.state, submitted.team_message) == (state, "Voici pourquoi.")
    assert list(OutboxMessage.objects.values_list("kind", "recipient")) == [
        ("enrolment_decided", submitted.person_id)
    ]


@pytest.mark.parametrize("act", ["refuse", "reopen"])
def test_a_refusal_says_why(desk, submitted, act):
    response = desk.post(address("decide", submitted), {"act": act, "message": ""})

    submitted.refresh_from_db()
    assert response.status_code == 422
    assert submitted.state == EnrolmentState.SUBMITTED


def test_a_decision_taken_twice_changes_nothing_more(desk, submitted):
    for _time in range(2):
        response = desk.post(
            address("decide", submitted), {"act": "refuse", "message": "Complet."}, follow=True
        )

    assert "Cette étape a déjà été faite" in response.content.decode()
    assert submitted.journal.count() == 1


def test_exclusion_asks_for_a_reason_and_holds_for_good(desk, submitted, cohort, nour):
    confirmation = desk.get(address("exclude", submitted))
    assert confirmation.status_code == 200
    assert desk.post(address("exclude", submitted), {"reason": ""}).status_code == 422

    desk.post(address("exclude", submitted), {"reason": "Démarchage commercial."})

    submitted.refresh_from_db()
    assert submitted.state == EnrolmentState.EXCLUDED
    assert cohort.programme.organisation.exclusions.get().reason == "Démarchage commercial."
    assert "Démarchage commercial." in desk.get(address("decide", submitted)).content.decode()
    desk.force_login(nour)
    own = desk.get(reverse("programmes:enrolment", args=[submitted.pk])).content.decode()
    assert "Démarchage" not in own


def test_the_team_records_that_someone_leaves(desk, submitted):
    desk.post(address("team_withdraw", submitted))

    submitted.refresh_from_db()
    assert submitted.state == EnrolmentState.WITHDRAWN


def test_a_settled_fee_makes_a_numbered_receipt(desk, submitted, cohort):
    assert desk.get(address("receipt", submitted)).status_code == 404

    desk.post(address("settle_fee", submitted), {"settled_on": "2026-09-14"})

    account = submitted.fee_account
    account.refresh_from_db()
    number = f"2026-{cohort.programme_id}-0001"
    assert (account.state, account.settled_on, account.receipt_number) == (
        FeeState.SETTLED,
        date(2026, 9, 14),
        number,
    )
    receipt = desk.get(address("receipt", submitted)).content.decode()
    assert number in receipt
    assert "150,00" in receipt


def test_a_fee_is_not_settled_in_the_future(desk, submitted):
    response = desk.post(address("settle_fee", submitted), {"settled_on": "2999-01-01"})

    assert response.status_code == 422
    assert FeeAccount.objects.get().state == FeeState.DUE


def test_a_fee_is_waived_with_a_reason_only(desk, submitted):
    assert desk.post(address("waive_fee", submitted), {"reason": ""}).status_code == 422

    desk.post(address("waive_fee", submitted), {"reason": "Demandeuse d'emploi."})

    account = FeeAccount.objects.get()
    assert (account.state, account.reason) == (FeeState.WAIVED, "Demandeuse d'emploi.")


def test_membership_is_told_where_the_programme_asks_for_it(desk, submitted, cohort, camille):
    mentor = make_enrolment(cohort, camille, Role.MENTOR)

    assert "Mettre l'adhésion à jour" in desk.get(address("decide", submitted)).content.decode()
    assert "Mettre l'adhésion à jour" not in desk.get(address("decide", mentor)).content.decode()


def test_a_paid_period_brings_the_membership_up_to_date(desk, submitted, organisation, nour):
    desk.post(
        address("membership", submitted), {"starts_on": "2020-01-01", "ends_on": "2999-12-31"}
    )

    membership = Membership.objects.get(organisation=organisation, person=nour)
    assert membership.paid_periods.get().ends_on == date(2999, 12, 31)
    assert "Rien ne s'oppose" in desk.get(address("decide", submitted)).content.decode()


def test_a_paid_period_does_not_end_before_it_begins(desk, submitted):
    response = desk.post(
        address("membership", submitted), {"starts_on": "2026-02-01", "ends_on": "2026-01-01"}
    )

    assert response.status_code == 422
    assert not Membership.objects.exists()


def test_alumni_are_marked_as_such(desk, submitted, organisation, nour):
    desk.post(
        address("membership", submitted),
        {"membership": "1", "is_alumnus": "on", "number": "A-12", "joined_on": ""},
    )

    membership = Membership.objects.get(organisation=organisation, person=nour)
    assert (membership.is_alumnus, membership.number) == (True, "A-12")


def test_the_list_filters_by_role_state_and_name(desk, cohort, submitted, camille):
    make_enrolment(cohort, camille, Role.MENTOR)
    url = address("cohort_enrolments", cohort)

    def found(**filters: str) -> list[str]:
        page = desk.get(url, filters).context["page"]
        return [enrolment.person.first_name for enrolment in page]

    assert found() == ["Nour", "Camille"]
    assert found(role="mentor") == ["Camille"]
    assert found(state="submitted") == ["Nour"]
    assert found(q="moreau cam") == ["Camille"]
    assert found(q="moreau", role="mentee") == []


def test_a_long_list_comes_in_pages(desk, cohort):
    _enrol_many(cohort, 30)
    url = address("cohort_enrolments", cohort)

    assert [len(desk.get(url, {"page": page}).context["page"]) for page in (1, 2)] == [25, 5]


def test_lists_ask_the_database_as_often_for_thirty_as_for_three(desk, cohort):
    addresses = [
        address("cohort_enrolments", cohort),
        reverse(
            "programmes:members", args=[cohort.programme.organisation.slug, cohort.programme.slug]
        ),
    ]
    _enrol_many(cohort, 3)
    for url in addresses:
        desk.get(url)
    few = [queries_of(partial(desk.get, url)) for url in addresses]

    _enrol_many(cohort, 27, start=3)

    assert [queries_of(partial(desk.get, url)) for url in addresses] == few


def test_answers_of_a_draft_stay_with_their_author(desk, cohort, sacha):
    draft = make_enrolment(
        cohort,
        sacha,
        Role.MENTEE,
        state=EnrolmentState.DRAFT,
        submitted_at=None,
        answers={"years": 77},
    )

    page = desk.get(address("decide", draft)).content.decode()

    assert "77 ans" not in page
    assert "pas encore envoyée" in page


def _enrol_many(cohort, number: int, *, start: int = 0) -> None:
    for index in range(start, start + number):
        person = make_person("Personne", f"Numéro{index}")
        enrolment = make_enrolment(
            cohort, person, Role.MENTEE, state=EnrolmentState.SUBMITTED, answers={"years": index}
        )
        FeeAccount.objects.create(enrolment=enrolment, amount="150.00")
    assert Enrolment.objects.filter(cohort=cohort).count() == start + number


def test_a_derogation_says_from_which_rule(organisation, alix, nour, desk):
    document = {
        "questions": [{"code": "years", "kind": "integer", "label": "Années d'expérience"}],
        "eligibility": [
            {
                "code": "senior",
                "role": "mentee",
                "test": "range",
                "questions": ["years"],
                "minimum": 8,
                "derogable": True,
            }
        ],
    }
    programme = make_programme(organisation, document)
    make_coordinator(programme, alix)
    enrolment = make_enrolment(
        make_cohort(programme),
        nour,
        Role.MENTEE,
        state=EnrolmentState.SUBMITTED,
        answers={"years": 5},
    )

    desk.post(
        address("derogate", enrolment),
        {"breach": "eligibility:senior", "reason": "Un parcours exceptionnel."},
    )

    page = desk.get(address("decide", enrolment)).content.decode()
    assert "<strong>Années d&#x27;expérience</strong>" in page
    assert "eligibility:senior" not in page
