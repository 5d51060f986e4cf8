"""What the team settles of two people holds in every run."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from matching.gather import gather_pool
from matching.models import Ruling, RulingKind
from matching.records import pairs_of
from matching.services.rulings import rule
from matching.services.runs import keep_run
from people.models import Organisation, Person
from programmes.models import Cohort, Enrolment
from programmes.sentences import Refused
from programmes.services import pairs
from tests.factories.matching import make_mentee, make_mentor, make_pool
from tests.factories.programmes import AT


@pytest.fixture
def cohort(organisation: Organisation, alix: Person) -> Cohort:
    return make_pool(organisation, alix)


@pytest.fixture
def three(
    cohort: Cohort, camille: Person, sacha: Person, nour: Person
) -> tuple[Enrolment, Enrolment, Enrolment]:
    """The mentor who suits Nour best, another one, and Nour."""
    return (
        make_mentor(cohort, camille),
        make_mentor(cohort, sacha, town="Lille"),
        make_mentee(cohort, nour),
    )


def mentors_found(cohort: Cohort, by: Person) -> list[int]:
    return [pair.mentor for pair in pairs_of(keep_run(cohort, by=by, at=AT))]


def test_two_people_to_be_kept_together_are_together_in_the_next_run(
    cohort: Cohort, alix: Person, three: tuple[Enrolment, ...]
) -> None:
    best, other, mentee = three
    assert mentors_found(cohort, alix) == [best.pk]

    rule(other, mentee, kind=RulingKind.LOCKED, by=alix, at=AT)

    run = keep_run(cohort, by=alix, at=AT)
    assert [(pair.mentor, pair.locked) for pair in pairs_of(run)] == [(other.pk, True)]
    assert run.inputs["locked"] == [[mentee.pk, other.pk]]


def test_two_people_kept_apart_are_not_proposed(
    client: Client, cohort: Cohort, alix: Person, three: tuple[Enrolment, ...]
) -> None:
    best, other, mentee = three
    client.force_login(alix)
    address = reverse("matching:rulings", args=[cohort.pk])
    given = {"mentor": best.pk, "mentee": mentee.pk, "kind": "forbidden"}

    without_reason = client.post(address, given)
    client.post(address, given | {"reason": "Ils sont cousins."})

    assert without_reason.status_code == 422
    assert "pourquoi les écarter" in without_reason.content.decode()
    assert Ruling.objects.get().reason == "Ils sont cousins."
    assert mentors_found(cohort, alix) == [other.pk]


def test_a_decision_lifted_leaves_them_to_the_calculation(
    client: Client, cohort: Cohort, alix: Person, three: tuple[Enrolment, ...]
) -> None:
    best, other, mentee = three
    ruling = rule(other, mentee, kind=RulingKind.LOCKED, by=alix, at=AT)
    client.force_login(alix)

    client.post(reverse("matching:lift_ruling", args=[ruling.pk]))

    assert mentors_found(cohort, alix) == [best.pk]


def test_the_rules_come_before_what_the_team_would_like(
    client: Client, cohort: Cohort, alix: Person, three: tuple[Enrolment, ...]
) -> None:
    best, _, mentee = three
    best.answers["years"] = 9
    best.save()
    client.force_login(alix)

    page = client.post(
        reverse("matching:rulings", args=[cohort.pk]),
        {"mentor": best.pk, "mentee": mentee.pk, "kind": "locked"},
    )

    assert page.status_code == 422
    assert "4 ans d&#x27;expérience de plus" in page.content.decode()
    assert Ruling.objects.count() == 0


def test_a_mentee_is_kept_with_one_mentor_only(
    cohort: Cohort, alix: Person, three: tuple[Enrolment, ...]
) -> None:
    best, other, mentee = three
    rule(other, mentee, kind=RulingKind.LOCKED, by=alix, at=AT)

    with pytest.raises(Refused):
        rule(best, mentee, kind=RulingKind.LOCKED, by=alix, at=AT)

    with pytest.raises(IntegrityError), transaction.atomic():
        Ruling.objects.create(mentor=best, mentee=mentee, kind=RulingKind.LOCKED, by=alix, at=AT)


def test_a_decision_that_cannot_be_followed_any_more_stops_no_run(
    cohort: Cohort, alix: Person, three: tuple[Enrolment, ...]
) -> None:
    best, other, mentee = three
    ruling = rule(other, mentee, kind=RulingKind.LOCKED, by=alix, at=AT)
    pair = pairs.propose_pair(pairs.draft_pair(other, mentee, by=alix, at=AT), by=alix, at=AT)
    pairs.decline_proposal(pair, by=mentee.person, at=AT, reason="field")

    gathered = gather_pool(cohort, today=AT.date())

    assert gathered.idle == (ruling,)
    assert mentors_found(cohort, alix) == [best.pk]


def test_nobody_of_the_team_decides_of_themselves(
    cohort: Cohort, alix: Person, nour: Person
) -> None:
    mentor, mentee = make_mentor(cohort, alix), make_mentee(cohort, nour)

    with pytest.raises(Refused) as refusal:
        rule(mentor, mentee, kind=RulingKind.FORBIDDEN, reason="Non.", by=alix, at=AT)

    assert refusal.value.verdict.codes == ("pair:own",)


def test_nobody_of_the_team_lifts_what_was_settled_of_themselves(
    client: Client, cohort: Cohort, alix: Person, nour: Person, sacha: Person
) -> None:
    mentor, mentee = make_mentor(cohort, alix), make_mentee(cohort, nour)
    ruling = rule(mentor, mentee, kind=RulingKind.FORBIDDEN, reason="Non.", by=sacha, at=AT)
    client.force_login(alix)

    answer = client.post(reverse("matching:lift_ruling", args=[ruling.pk]), follow=True)

    assert "décide de ce binôme" in answer.content.decode()
    assert Ruling.objects.filter(pk=ruling.pk).exists()
