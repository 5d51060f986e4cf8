"""The coordinator's board: drafting, changing, proposing."""

import pytest
from django.urls import reverse

from matching.engine.explanations import Obstacle, absence
from matching.engine.table import Table
from matching.gather import gather_pool
from matching.models import Run
from matching.services.runs import draft_from_run, keep_run, propose_from_run
from programmes.enums import PairState
from programmes.models import Coordinator, Pair
from programmes.policy.terms import Role
from programmes.services import pairs
from tests.factories.people import make_person
from tests.factories.programmes import AT, make_cohort, make_enrolment, make_programme

TODAY = AT.date()


@pytest.fixture
def cohort(organisation, alix):
    document = {
        "seats": {"mentor": 1},
        "questions": [
            {"code": "years", "kind": "integer", "label": "Années d'expérience"},
            {"code": "sector", "label": "Secteur"},
        ],
        "criteria": [
            {
                "code": "gap",
                "label": "Écart d'expérience",
                "test": "gap",
                "mentor": "years",
                "mentee": "years",
                "minimum": 10,
                "counted_in": ["an d'expérience", "ans d'expérience"],
            },
            {
                "code": "sector",
                "label": "Même secteur",
                "test": "equal",
                "mentor": "sector",
                "mentee": "sector",
                "strength": "preference",
                "weight": 50,
            },
        ],
    }
    cohort = make_cohort(make_programme(organisation, document))
    Coordinator.objects.create(programme=cohort.programme, person=alix)
    return cohort


def make_mentor(cohort, person, years=20, sector="énergie"):
    return make_enrolment(cohort, person, Role.MENTOR, answers={"years": years, "sector": sector})


def make_mentee(cohort, person, years=5, sector="énergie"):
    return make_enrolment(
        cohort, person, Role.MENTEE, answers={"years": years, "sector": sector}, capacity=1
    )


def test_a_run_is_kept_drafted_and_a_second_run_moves_nobody(cohort, camille, nour, sacha, alix):
    mentor, other = make_mentor(cohort, camille), make_mentor(cohort, sacha, sector="santé")
    mentee = make_mentee(cohort, nour)

    first = keep_run(cohort, by=alix, at=AT)
    drafted = draft_from_run(first, by=alix, at=AT)
    second = keep_run(cohort, by=alix, at=AT)

    assert len(drafted.pairs) == 1
    assert [pair[:3] for pair in first.result["pairs"]] == [[mentee.pk, mentor.pk, 1000]]
    assert (second.result["pairs"], second.result["ready"]) == ([], 0)
    assert list(Pair.objects.values_list("mentor", "mentee", "score")) == [
        (mentor.pk, mentee.pk, 100.0)
    ]
    assert other.pairs_as_mentor.count() == 0


def test_who_said_no_is_not_proposed_the_same_person_again(cohort, camille, nour, alix):
    make_mentor(cohort, camille)
    make_mentee(cohort, nour)
    propose_from_run(keep_run(cohort, by=alix, at=AT), by=alix, at=AT)
    pairs.decline_proposal(Pair.objects.get(), by=nour, at=AT, reason="field")

    assert keep_run(cohort, by=alix, at=AT).result["pairs"] == []


def test_the_board_says_what_rules_the_mentors_out(cohort, camille, nour):
    make_mentor(cohort, camille, years=14, sector="santé")
    make_mentee(cohort, nour)

    pool = gather_pool(cohort, today=TODAY).pool

    assert absence(Table(pool), 0).obstacles == (Obstacle("gap", "Écart d'expérience", 1, 1),)


def test_the_coordinator_drafts_changes_and_proposes_on_the_screen(
    client, cohort, camille, nour, sacha, alix
):
    make_mentor(cohort, camille)
    other = make_mentor(cohort, sacha, sector="santé")
    make_mentee(cohort, nour)
    client.force_login(alix)
    board = reverse("matching:board", args=[cohort.pk])

    kept = client.post(reverse("matching:run", args=[cohort.pk]), follow=True).content.decode()
    client.post(reverse("matching:retain", args=[Run.objects.get().pk]), {"act": "draft"})
    draft = Pair.objects.get()
    page = client.get(board).content.decode()
    client.post(reverse("matching:change", args=[draft.pk]), {"mentor": other.pk})
    client.post(reverse("matching:publish", args=[cohort.pk]))

    assert "Camille Moreau" in kept
    assert "Camille Moreau" in page
    assert list(Pair.objects.order_by("pk").values_list("mentor__person__first_name", "state")) == [
        ("Camille", PairState.CANCELLED),
        ("Sacha", PairState.PROPOSED),
    ]


def test_a_change_that_the_rules_forbid_keeps_the_draft_and_says_why(
    client, cohort, camille, nour, sacha, alix
):
    make_mentor(cohort, camille)
    junior = make_mentor(cohort, sacha, years=9)
    make_mentee(cohort, nour)
    client.force_login(alix)
    draft_from_run(keep_run(cohort, by=alix, at=AT), by=alix, at=AT)
    draft = Pair.objects.get()

    page = client.post(reverse("matching:change", args=[draft.pk]), {"mentor": junior.pk})

    assert "4 ans d&#x27;expérience de plus" in page.content.decode()
    assert Pair.objects.get(state=PairState.DRAFTED).mentor.person == camille


@pytest.mark.parametrize("name", ["board", "run", "publish"])
def test_another_associations_coordinator_finds_no_board(client, cohort, robin, name):
    client.force_login(robin)
    address = reverse(f"matching:{name}", args=[cohort.pk])

    response = client.get(address) if name == "board" else client.post(address)

    assert response.status_code == 404


def test_the_board_asks_no_more_of_the_database_with_thirty_people(
    client, cohort, alix, django_assert_num_queries, django_assert_max_num_queries
):
    client.force_login(alix)
    address = reverse("matching:board", args=[cohort.pk])
    _fill(cohort, alix, 3)
    client.get(address)
    with django_assert_max_num_queries(60) as few:
        client.get(address)
    _fill(cohort, alix, 27, start=3)

    with django_assert_num_queries(len(few)):
        client.get(address)


def _fill(cohort, alix, count, start=0):
    for number in range(start, start + count):
        make_mentor(cohort, make_person("Mentor", f"n{number}"))
        make_mentee(cohort, make_person("Mentee", f"n{number}"))
        make_mentee(cohort, make_person("Reste", f"n{number}"), years=15)
    draft_from_run(keep_run(cohort, by=alix, at=AT), by=alix, at=AT)


def test_where_nobody_else_suits_the_draft_makes_room_for_a_pair_by_hand(
    client, cohort, camille, nour, alix
):
    make_mentor(cohort, camille)
    mentee = make_mentee(cohort, nour)
    draft_from_run(keep_run(cohort, by=alix, at=AT), by=alix, at=AT)
    pair = Pair.objects.get()
    client.force_login(alix)
    page = client.get(reverse("matching:change", args=[pair.pk])).content.decode()

    response = client.post(reverse("matching:drop", args=[pair.pk]), {"then": "compose"})

    pair.refresh_from_db()
    assert "Retirer cette étude et composer à la main" in page
    assert pair.state == PairState.CANCELLED
    assert response["Location"] == (
        f"{reverse('programmes:draft_pair', args=[cohort.pk])}?mentee={mentee.pk}"
    )
    assert client.get(response["Location"]).status_code == 200
