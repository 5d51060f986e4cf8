"""Ponts Alumni, four months in: good pairs, a silent one, someone who asks for help."""

from __future__ import annotations

from datetime import date

from demo.seed.story import Story
from programmes.enums import ConcernKind, EnrolmentState
from programmes.policy.questionnaire import Answer
from programmes.policy.rules import PlaceKind
from programmes.policy.terms import Role
from programmes.services.concerns import raise_concern

MENTORS = (
    (
        "Bertrand Oury",
        31,
        "Egis",
        ("transport", "public"),
        ("orientation", "progression", "network"),
    ),
    ("Anne-Laure Kowalski", 24, "Eiffage", ("construction",), ("teamwork", "confidence")),
    ("Thierry Nguyen", 28, "RTE", ("energy",), ("balance", "organisation", "progression")),
    (
        "Catherine Le Goff",
        35,
        "Ville de Nantes",
        ("public", "construction"),
        ("orientation", "relations"),
    ),
    ("Youssef El Amrani", 22, "Systra", ("transport",), ("development", "network")),
)
MENTEES = (
    (
        "Inès Belkacem",
        4,
        "Vinci",
        ("transport", "public"),
        (
            ("orientation", "Choisir entre la maîtrise d'ouvrage et le conseil."),
            ("network", "Rencontrer des personnes hors de mon entreprise."),
        ),
    ),
    (
        "Maxime Rousseau",
        6,
        "Bouygues",
        ("construction",),
        (
            ("teamwork", "Encadrer ma première équipe."),
            ("confidence", "Prendre la parole en comité."),
        ),
    ),
    (
        "Aminata Cissé",
        3,
        "EDF",
        ("energy",),
        (
            ("balance", "Tenir mes horaires sans me sentir coupable."),
            ("organisation", "Mieux répartir mon travail."),
        ),
    ),
    (
        "Gaspard Meyer",
        8,
        "Artelia",
        ("public",),
        (("relations", "Travailler avec des élus."), ("orientation", "Passer au secteur public.")),
    ),
    (
        "Yuki Sato",
        5,
        "Alstom",
        ("transport",),
        (
            ("development", "Me former à la direction de projet."),
            ("network", "Connaître le secteur ferroviaire."),
        ),
    ),
)


def tell(today: date) -> None:
    story = Story(
        "ponts-alumni", "Ponts Alumni", colour="#00594f", coordinator="Hélène Castaing", today=today
    )
    cohort = story.open_cohort("Campagne d'été", opened=180, closes=140, starts=130)
    mentors, mentees = [], []
    for name, years, employer, sectors, strengths in MENTORS:
        answers: dict[str, Answer] = {
            "experience_years": years,
            "employer": employer,
            "sectors": sectors,
            "strengths": strengths,
        }
        enrolment = story.enrol(
            cohort, name, Role.MENTOR, answers, ago=165, capacity=1, until=EnrolmentState.SUBMITTED
        )
        story.member(enrolment.person)
        mentors.append(enrolment)
    for name, years, employer, sectors, objectives in MENTEES:
        answers = {
            "experience_years": years,
            "employer": employer,
            "sectors": sectors,
            "expectations": "Prendre du recul avec quelqu'un qui a connu ce moment.",
        }
        enrolment = story.enrol(
            cohort,
            name,
            Role.MENTEE,
            answers,
            ago=160,
            objectives=objectives,
            until=EnrolmentState.SUBMITTED,
        )
        story.member(enrolment.person)
        mentees.append(enrolment)
    story.admit_all(cohort, ago=150)
    pairs = [story.start(a, b, ago=129) for a, b in zip(mentors, mentees, strict=True)]
    good, second, third, silent, young = pairs
    for number, ago in enumerate((115, 84, 55, 24)):
        topic = "orientation" if number % 2 == 0 else "network"
        story.meet(good, ago=ago, where="Café de la gare", topic=topic)
    story.plan(good, ago=-6, proposed=3, where="Café de la gare", topic="network")
    for ago in (110, 78, 47, 16):
        story.meet(second, ago=ago, place=PlaceKind.VIDEO, topic="teamwork")
    story.answer(second, "midway", ago=10)
    for ago in (100, 60, 20):
        story.meet(third, ago=ago, where="Bibliothèque municipale", topic="balance")
    story.meet(silent, ago=95, where="Place du Commerce", topic="relations")
    story.meet(young, ago=40, topic="development")
    raise_concern(
        third.mentee,
        kind=ConcernKind.HELP,
        pair=third,
        at=story.at(2),
        message="J'aimerais parler du rythme avec quelqu'un de l'équipe : je n'ose pas dire que c'est trop pour moi.",
    )
