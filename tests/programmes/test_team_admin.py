"""The platform's administrator sees what exists, never what people wrote."""

import pytest
from django.urls import reverse

from programmes.enums import ConcernKind
from programmes.models import Concern, Exclusion, FeeAccount, JournalEntry, Objective, Pair
from programmes.policy.terms import Role
from programmes.services.invitations import invite
from programmes.services.staff import add_to_team
from tests.factories.programmes import AT, make_cohort, make_enrolment, make_programme

LISTED = "programme ruleset cohort room enrolment pair invitation teaminvitation exclusion journalentry".split()
SECRET = "mot-que-personne-ne-lit"


@pytest.fixture
def administrator(client, sacha):
    sacha.is_staff = sacha.is_superuser = True
    sacha.save()
    client.force_login(sacha)
    return client


@pytest.fixture
def everything(organisation, camille, nour, alix):
    """One of each, with a word that must not show."""
    programme = make_programme(organisation)
    cohort = make_cohort(programme)
    mentor = make_enrolment(cohort, camille, Role.MENTOR, answers={"why": SECRET})
    mentee = make_enrolment(cohort, nour, Role.MENTEE, team_message=SECRET)
    Objective.objects.create(enrolment=mentee, position=1, text=SECRET)
    FeeAccount.objects.create(enrolment=mentee, amount="10.00", state="waived", reason=SECRET)
    pair = Pair.objects.create(cohort=cohort, mentor=mentor, mentee=mentee, created_at=AT)
    Concern.objects.create(
        programme=programme,
        enrolment=mentee,
        pair=pair,
        kind=ConcernKind.HELP,
        message=SECRET,
        raised_at=AT,
    )
    invitation = invite(cohort, email="ana@example.org", role=Role.MENTOR, by=alix, at=AT)
    asked = add_to_team(programme, email="bo@example.org", may_sign=True, by=alix, at=AT)
    exclusion = Exclusion.objects.create(
        organisation=organisation, email="x@example.org", reason=SECRET, decided_at=AT
    )
    entry = JournalEntry.objects.create(
        programme=programme, event="pair_completed", at=AT, facts={"despite": SECRET}
    )
    return {
        "programme": programme,
        "ruleset": programme.rule_sets.get(),
        "cohort": cohort,
        "enrolment": mentor,
        "pair": pair,
        "invitation": invitation,
        "teaminvitation": asked,
        "exclusion": exclusion,
        "journalentry": entry,
    }


def test_lists_and_pages_open_and_show_nothing_that_people_wrote(administrator, everything):
    pages = [
        administrator.get(reverse(f"admin:programmes_{name}_changelist")) for name in LISTED
    ] + [
        administrator.get(reverse(f"admin:programmes_{name}_change", args=[thing.pk]))
        for name, thing in everything.items()
    ]

    assert {page.status_code for page in pages} == {200}
    contents = [page.content.decode() for page in pages]
    assert any("Camille Moreau" in content for content in contents)
    assert [content for content in contents if SECRET in content] == []
    assert [content for content in contents if everything["invitation"].token in content] == []


@pytest.mark.parametrize("name", ["enrolment", "pair", "journalentry", "cohort"])
def test_what_services_write_is_not_written_here(administrator, everything, name):
    assert administrator.get(reverse(f"admin:programmes_{name}_add")).status_code == 403


def test_concerns_are_not_there(administrator, everything):
    assert administrator.get("/admin/programmes/concern/").status_code == 404
