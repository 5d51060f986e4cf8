"""A pair's year on screen: what the five programmes' journeys have in common."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

from django.core import mail
from django.urls import reverse

from notifications import worker
from notifications.models import OutboxMessage
from people import clock
from people.clock import PARIS
from people.models import Person
from programmes.models import Cohort, Enrolment, Pair
from sessions.models import Meeting
from tests.factories.charters import code_in_mail
from tests.journeys.visitor import Visitor


def on(day: str, at: str = "10:00") -> None:
    """The clock of the product moves on; the site served follows."""
    when = datetime.combine(date.fromisoformat(day), time.fromisoformat(at), tzinfo=PARIS)
    clock.advance_to(when)


def in_a_form(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Answers under the names that the questionnaire gives its fields."""
    return {f"q_{code}": answer for code, answer in answers.items()}


def enrol(
    visitor: Visitor, cohort: Cohort, role: str, answers: Mapping[str, Any], *, begun: bool = False
) -> None:
    """From the programme's page to an enrolment handed in, charter included where it comes last."""
    programme = cohort.programme
    if not begun:
        where = [programme.organisation.slug, programme.slug, role]
        visitor.open(reverse("programmes:enrol", args=where))
        visitor.press("Commencer ma candidature")
    visitor.fill(answers)
    visitor.press("Continuer")
    if cohort.rules.acceptance.due == "submission":
        visitor.follow("Lire")
        visitor.tick_everything()
        visitor.press("Accepter et envoyer")
    else:
        visitor.press("Envoyer ma candidature")
    visitor.open(reverse("portal:space"))
    visitor.reads("envoyée")


def sign_up(visitor: Visitor, first_name: str, last_name: str, email: str) -> Person:
    """Make an account from the page that asks for one, and come back there."""
    visitor.follow("Créer mon compte")
    visitor.fill(
        {
            "first_name": first_name,
            "last_name": last_name,
            "email": email,
            "password1": "un-long-mot-de-passe",
        }
    )
    visitor.press("Créer mon compte")
    code = str(mail.outbox[-1].body).split("\n\n")[2].strip()
    visitor.fill({"code": code})
    visitor.press("Confirmer")
    return Person.objects.get(email=email)


def link_in_mail(kind: str) -> str:
    """The first link of the newest mail of that kind, once it has left."""
    worker.deliver_due(at=clock.now())
    row = OutboxMessage.objects.filter(kind=kind).latest("pk")
    assert row.state == "sent"
    body = next(m.body for m in reversed(mail.outbox) if row.address in m.to)
    return re.search(r"https?://[^/\s]+(/\S+)", str(body))[1]


def sign(visitor: Visitor) -> None:
    """The convention that is open before them."""
    visitor.press("Recevoir mon code")
    visitor.fill({"agreed": True, "code": code_in_mail()})
    visitor.press("Signer")


def admit(team: Visitor, cohort: Cohort, person: Person) -> None:
    """From the list of enrolments to the decision."""
    team.open(reverse("programmes:cohort_enrolments", args=[cohort.pk]))
    team.follow(str(person))
    team.press("Admettre")
    assert Enrolment.objects.get(cohort=cohort, person=person).state == "admitted"


def match(team: Visitor, cohort: Cohort) -> Pair:
    """The engine computes, the team sends."""
    team.open(reverse("matching:board", args=[cohort.pk]))
    team.press("Calculer une proposition")
    team.press("Envoyer la proposition")
    return Pair.objects.get(cohort=cohort)


def accept_each_other(mentor: Visitor, mentee: Visitor) -> None:
    for visitor in (mentor, mentee):
        visitor.next_step("propose")
        visitor.press("Oui, avec plaisir")


def meet(proposer: Visitor, other: Visitor, pair: Pair, day: str, **details: Any) -> None:
    """Proposed from the pair's home, accepted by what the other reads there, held and said so."""
    proposer.open(reverse("portal:pair", args=[pair.pk]))
    proposer.follow("Proposer une date")
    proposer.fill({"day": day, "time": "18:00", **details})
    proposer.press("Proposer")
    other.next_step("propose une date")
    other.press("Accepter")
    assert Meeting.objects.filter(pair=pair).latest("starts_at").state == "planned"
    on(day, "20:30")
    proposer.next_step("eu lieu ?")
    proposer.press("Oui, c'est fait")
    assert Meeting.objects.filter(pair=pair).latest("starts_at").state == "held"


def answer(visitor: Visitor, title: str, **answers: Any) -> None:
    """What is asked of this side, from the space on."""
    visitor.next_step(title)
    visitor.fill(answers)
    visitor.press("Envoyer mes réponses" if answers else "C'est fait")


def complete(team: Visitor, pair: Pair) -> None:
    """From the list of pairs, the team closes."""
    team.open(reverse("programmes:cohort_pairs", args=[pair.cohort_id]))
    team.follow(str(pair.mentee.person))
    team.follow("Clore")
    team.press("Clore")
    pair.refresh_from_db()
    assert pair.state == "completed"
