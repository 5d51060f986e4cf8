"""An association's own lists, from two files to a signed convention, on screen.

The files are made here; where those of `BINOME_LISTS` are given (or stand in `shared/data` beside
the project), the same way is gone with them.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from charters import tasks
from matching.models import Run
from notifications import worker
from people import clock
from people.models import Organisation, Person
from programmes.enums import PairState
from programmes.models import Cohort, Coordinator, Enrolment, Pair
from programmes.policy.terms import Role
from tests.factories.charters import sign_on_page
from tests.factories.lists import as_csv, civil_servants, make_civil_service
from tests.factories.programmes import make_cohort

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data" / "mentor-match" / "large"
GIVEN = Path(os.environ.get("BINOME_LISTS", BESIDE))
LISTS = {
    "made here": {role: as_csv(civil_servants(role, 8)) for role in Role},
    **(
        {"given": {role: (GIVEN / f"{role}s.csv").read_bytes() for role in Role}}
        if GIVEN.is_dir()
        else {}
    ),
}

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cohort(organisation: Organisation, alix: Person) -> Cohort:
    programme = make_civil_service(organisation)
    Coordinator.objects.create(programme=programme, person=alix, may_sign=True)
    return make_cohort(programme, opens_on=clock.today(), starts_on=clock.today())


@pytest.mark.parametrize("lists", LISTS.values(), ids=LISTS)
def test_two_lists_become_pairs_and_one_pair_signs_its_convention(
    lists: dict[Role, bytes], cohort: Cohort, alix: Person
) -> None:
    team = signed_in(alix)
    entered = sum(import_list(team, cohort, role, content) for role, content in lists.items())
    mails_before_anyone_asked = worker.deliver_due(at=clock.now())

    team.post(reverse("programmes:import_welcome", args=[cohort.pk]))
    team.post(reverse("matching:run", args=[cohort.pk]))
    team.post(reverse("matching:retain", args=[Run.objects.get().pk]))
    worker.deliver_due(at=clock.now())
    pair = Pair.objects.order_by("pk").select_related("mentor__person", "mentee__person")[0]
    for enrolment in (pair.mentor, pair.mentee):
        own = come_in_by_code(enrolment.person.email)
        own.post(reverse("programmes:answer_proposal", args=[pair.pk]), {"answer": "accept"})
    for enrolment in (pair.mentor, pair.mentee):
        own = signed_in(enrolment.person)
        sign_on_page(own, pair.pk)
    sign_on_page(team, pair.pk)
    tasks.sweep()
    file = team.get(reverse("charters:convention_pdf", args=[pair.pk]))

    pair.refresh_from_db()
    assert entered == Enrolment.objects.filter(cohort=cohort, state="admitted").count()
    assert mails_before_anyone_asked == {}
    assert pair.state == PairState.ACTIVE
    assert file["Content-Type"] == "application/pdf"
    assert b"".join(file.streaming_content).startswith(b"%PDF-")


def import_list(team: Client, cohort: Cohort, role: Role, content: bytes) -> int:
    """Send a list, keep the guesses, admit everyone against whom nothing stands."""
    file = SimpleUploadedFile(f"{role}s.csv", content)
    address = reverse("programmes:import", args=[cohort.pk])
    columns = team.post(address, {"role": role, "file": file})["Location"]
    form = team.get(columns).context["form"]
    choices = {name: form[name].value() for name in form.fields if form[name].value()}
    preview = team.post(columns, choices)["Location"]
    lines = len(team.get(preview).context["plan"].people)
    team.post(preview, {"admit": "on"})
    return lines


def come_in_by_code(email: str) -> Client:
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": email})
    code = str(mail.outbox[-1].body).split("\n\n")[2].strip()
    client.post(reverse("account_confirm_login_code"), {"code": code})
    return client


def signed_in(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client
