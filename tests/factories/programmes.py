"""Programmes, cohorts and enrolments for tests; only what a test says differs from these."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from people.models import Organisation, Person
from programmes.enums import EnrolmentState
from programmes.models import Cohort, Enrolment, Pair, Programme
from programmes.policy.evidence import CharterAcceptance
from programmes.policy.terms import Role
from programmes.services import catalogue, pairs
from tests.factories.charters import sign_by_all

AT = datetime(2026, 9, 15, 8, 0, tzinfo=UTC)

PLAIN: dict[str, Any] = {
    "programme": {"name": "Programme simple", "slug": "simple"},
    "acceptance": {"due": "agreement"},
}


def make_programme(organisation: Organisation, document: dict[str, Any] | None = None) -> Programme:
    file = catalogue.read_programme(PLAIN | (document or {}))
    return catalogue.load_programme(file, organisation=organisation, by=None, at=AT)


def make_preset(organisation: Organisation, stem: str) -> Programme:
    """One of the programmes that come with the product, by its file's name."""
    path = next(path for path in catalogue.preset_files() if path.stem == stem)
    file = catalogue.parse_programme(path.read_text())
    return catalogue.load_programme(file, organisation=organisation, by=None, at=AT)


def make_cohort(programme: Programme, **changes: Any) -> Cohort:
    values: dict[str, Any] = {
        "name": "Campagne 2026",
        "slug": "2026",
        "opens_on": date(2026, 9, 1),
        "starts_on": date(2026, 10, 1),
    }
    return catalogue.open_cohort(programme, **(values | changes), by=None, at=AT)


def make_enrolment(cohort: Cohort, person: Person, role: Role, **changes: Any) -> Enrolment:
    """An enrolment already admitted, whatever the programme would say of it."""
    values: dict[str, Any] = {
        "state": EnrolmentState.ADMITTED,
        "created_at": AT,
        "submitted_at": AT,
        "charter_version": 1,
        "charter_accepted_at": AT,
    }
    return Enrolment.objects.create(cohort=cohort, person=person, role=role, **(values | changes))


def make_acceptance(role: Role, *, at: datetime = AT) -> CharterAcceptance:
    return CharterAcceptance(version=1, digest="0" * 64, role=role, accepted_at=at)


def make_accepted_pair(
    mentor: Enrolment, mentee: Enrolment, *, by: Person, at: datetime = AT
) -> Pair:
    """A pair that both accepted; it runs at once where the charter was accepted before."""
    pair = pairs.draft_pair(mentor, mentee, by=by, at=at)
    pairs.propose_pair(pair, by=by, at=at)
    pairs.accept_proposal(pair, by=mentor.person, at=at)
    return pairs.accept_proposal(pair, by=mentee.person, at=at)


def make_running_pair(
    mentor: Enrolment, mentee: Enrolment, *, by: Person, at: datetime = AT
) -> Pair:
    """A pair that went all the way from draft to start, its convention signed if there is one."""
    pair = make_accepted_pair(mentor, mentee, by=by, at=at)
    for convention in pair.conventions.all():
        sign_by_all(convention, for_organisation=by, at=at)
    pair.refresh_from_db()
    return pair
