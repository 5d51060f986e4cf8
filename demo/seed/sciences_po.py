"""Sciences Po Alumni at the end of the five months: closing interviews, pairs that are done."""

from __future__ import annotations

from datetime import date

from demo.seed.story import Story
from programmes.enums import EnrolmentState
from programmes.policy.questionnaire import Answer
from programmes.policy.rules import PlaceKind
from programmes.policy.terms import Role
from sessions.services.endings import complete

MENTORS = (
    ("Margaux Delattre", 17, "Directrice de cabinet", ("public_affairs", "media")),
    ("Samir Bouzid", 21, "Associé d'un cabinet", ("law", "business")),
    ("Elena Rossi", 15, "Déléguée d'une organisation internationale", ("international",)),
    ("François-Xavier Blin", 29, "Directeur financier", ("finance",)),
)
MENTEES = (
    ("Rayan Chaoui", 2, "Chargé de mission", ("public_affairs",)),
    ("Clémence Faure", 4, "Juriste", ("law",)),
    ("Noah Okoye", 3, "Consultant", ("international", "solidarity")),
    ("Alice Zimmermann", 5, "Analyste", ("finance",)),
)


def tell(today: date) -> None:
    story = Story(
        "sciences-po-alumni",
        "Sciences Po Alumni",
        colour="#a0182b",
        coordinator="Ousmane Keïta",
        today=today,
    )
    cohort = story.open_cohort("Promotion de juin", opened=200, closes=160, starts=147)
    mentors, mentees = [], []
    for name, years, position, fields in MENTORS:
        answers: dict[str, Answer] = {
            "experience_years": years,
            "position": position,
            "fields": fields,
            "offer": "Relire un projet, préparer un choix.",
        }
        enrolment = story.enrol(
            cohort, name, Role.MENTOR, answers, ago=185, capacity=1, until=EnrolmentState.SUBMITTED
        )
        story.member(enrolment.person)
        mentors.append(enrolment)
    for name, years, position, fields in MENTEES:
        answers = {
            "experience_years": years,
            "position": position,
            "fields": fields,
            "expectations": "Quelqu'un qui me dise les choses franchement.",
            "project": "Changer de poste dans l'année, sans savoir encore vers quoi.",
        }
        enrolment = story.enrol(
            cohort, name, Role.MENTEE, answers, ago=182, until=EnrolmentState.SUBMITTED
        )
        story.member(enrolment.person)
        mentees.append(enrolment)
    story.admit_all(cohort, ago=170)
    pairs = [story.start(a, b, ago=146) for a, b in zip(mentors, mentees, strict=True)]
    for pair in pairs[:3]:
        for ago in (130, 101, 70, 41, 12):
            place = PlaceKind.VIDEO if ago == 70 else PlaceKind.PUBLIC
            story.meet(pair, ago=ago, place=place, where="Café des Arts", topic="progress")
    story.answer(pairs[0], "closing", ago=3, by=[Role.MENTEE])
    story.answer(pairs[1], "closing", ago=3)
    complete(pairs[1], by=story.coordinator, at=story.at(1))
    story.meet(pairs[3], ago=120, topic="acquaintance")
    story.renew_charter(
        "closing",
        "Au terme du programme, nous prenons part à l'entretien de clôture, ensemble ou chacun de son côté.",
        "When the programme ends, we take part in the closing interview, together or each on our own.",
        ago=8,
    )
