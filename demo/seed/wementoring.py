"""WeMentoring, open for enrolment: to be read, to be finished, to be admitted."""

from __future__ import annotations

from datetime import date

from demo.seed.story import Story
from programmes.enums import EnrolmentState
from programmes.policy.terms import Role

MENTORS = (
    ("Fatoumata Diarra", "Directrice de projet", 19, ("career", "management")),
    ("Ingrid Svensson", "Fondatrice d'une entreprise", 14, ("creation", "confidence")),
    ("Béatrice Fontaine", "Magistrate", 27, ("career", "return")),
    ("Priya Raman", "Chercheuse", 16, ("studies", "confidence")),
)
MENTEES = (
    (
        "Élodie Charpentier",
        "Infirmière",
        ("return", "career"),
        "Reprendre après trois ans à la maison.",
    ),
    ("Salomé Attali", "Étudiante en design", ("studies",), "Choisir un master."),
    ("Oksana Petrenko", "Comptable", ("creation",), "Me mettre à mon compte."),
)


def tell(today: date) -> None:
    story = Story(
        "wementoring", "WeMentoring", colour="#6b2f8a", coordinator="Solène Marchetti", today=today
    )
    cohort = story.open_cohort("Promotion d'hiver", opened=25, closes=-20, starts=-35)
    for number, (name, position, years, subjects) in enumerate(MENTORS):
        story.enrol(
            cohort,
            name,
            Role.MENTOR,
            {"position": position, "experience_years": years, "subjects": subjects},
            ago=20 - number,
            capacity=2,
            until=EnrolmentState.SUBMITTED if number in (0, 3) else EnrolmentState.ADMITTED,
        )
    for number, (name, position, wanted, needs) in enumerate(MENTEES):
        story.enrol(
            cohort,
            name,
            Role.MENTEE,
            {"position": position, "subjects": wanted, "needs": needs},
            ago=12 - number,
            until=EnrolmentState.ADMITTED if number == 0 else EnrolmentState.SUBMITTED,
        )
    story.enrol(
        cohort,
        "Camila Ortega",
        Role.MENTEE,
        {"position": "Cheffe de rang"},
        ago=3,
        until=EnrolmentState.DRAFT,
    )
