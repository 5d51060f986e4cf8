"""ESCP Europe Alumni: a run to read, answers awaited, a no, somebody who waits, fees due, first dates."""

from __future__ import annotations

from datetime import date

from demo.seed.story import Story
from matching.services.runs import keep_run
from programmes.enums import DeclineReason, EnrolmentState
from programmes.models import Enrolment
from programmes.policy.questionnaire import Answer
from programmes.policy.rules import PlaceKind
from programmes.policy.terms import Role
from programmes.services.enrolments import waitlist
from programmes.services.pairs import decline_proposal
from sessions.services.answering import cancel_meeting

MENTORS = (
    ("Kenji Watanabe", 24, "executive", "luxury", "marketing", ("leadership", "international"), 2),
    ("Valérie Dumont", 20, "executive", "finance", "finance", ("strategy", "influence"), 1),
    ("Marco Bianchi", 22, "director", "industry", "operations", ("conflict", "leadership"), 1),
    (
        "Stéphanie Okafor",
        19,
        "executive",
        "digital",
        "general",
        ("networks", "balance", "strategy"),
        2,
    ),
    ("Jean-Baptiste Rey", 23, "director", "consulting", "hr", ("influence", "owner"), 1),
)
MENTEES = (
    ("Sofia Lindqvist", 14, "director", "luxury", "marketing", "leadership"),
    ("Thomas Abitbol", 12, "director", "finance", "finance", "strategy"),
    ("Mei Zhang", 15, "large_teams", "industry", "operations", "conflict"),
    ("Karim Haddad", 11, "director", "digital", "general", "networks"),
    ("Ludivine Pasquier", 16, "director", "consulting", "hr", "influence"),
    ("Adrien Lemaître", 13, "executive", "digital", "it", "balance"),
    ("Nathalie Perrin", 10, "director", "industry", "finance", "networks"),
)


def tell(today: date) -> None:
    story = Story(
        "escp-europe-alumni",
        "ESCP Europe Alumni",
        colour="#0d3b66",
        coordinator="Aurélie Vasseur",
        today=today,
    )
    cohort = story.open_cohort("Promotion en cours", opened=90, closes=-10, starts=60)
    mentors = {
        name: story.enrol(
            cohort,
            name,
            Role.MENTOR,
            {
                "experience_years": years,
                "level_held": level,
                "sector": sector,
                "function": function,
                "skills": skills,
            },
            ago=80,
            capacity=capacity,
        )
        for name, years, level, sector, function, skills, capacity in MENTORS
    }
    mentees: dict[str, Enrolment] = {}
    for name, years, level, sector, function, theme in MENTEES:
        answers: dict[str, Answer] = {
            "experience_years": years,
            "in_post": True,
            "trajectory": "within_two_years",
            "level_aimed": level,
            "sector": sector,
            "function": function,
            "expectations": "Un regard extérieur sur mes choix.",
            "motivations": "Prendre une direction dans de bonnes conditions.",
        }
        mentees[name] = story.enrol(
            cohort,
            name,
            Role.MENTEE,
            answers,
            ago=78,
            objectives=[(theme, "Progresser dans l'année.")],
            until=EnrolmentState.SUBMITTED,
        )
        story.member(mentees[name].person, paid_until=-20 if name == "Mei Zhang" else -200)
    waitlist(mentees["Nathalie Perrin"], by=story.coordinator, at=story.at(76))
    story.admit_all(cohort, ago=75)
    for name in (
        "Sofia Lindqvist",
        "Thomas Abitbol",
        "Mei Zhang",
        "Karim Haddad",
        "Ludivine Pasquier",
    ):
        story.settle_fee(mentees[name], ago=70)
    sofia = story.start(mentors["Kenji Watanabe"], mentees["Sofia Lindqvist"], ago=56)
    story.meet(
        sofia,
        ago=40,
        where="Au bureau de la rue de Turenne",
        place=PlaceKind.PROFESSIONAL,
        topic="leadership",
    )
    prevented = story.plan(sofia, ago=1, proposed=10, where="Café du Marché", topic="leadership")
    cancel_meeting(prevented, by=mentees["Sofia Lindqvist"].person, at=story.at(1, hour=9))
    mei = story.start(mentors["Marco Bianchi"], mentees["Mei Zhang"], ago=50)
    story.meet(mei, ago=30, place=PlaceKind.VIDEO, topic="conflict")
    story.meet(mei, ago=9, where="Bibliothèque", topic="conflict")
    story.start(mentors["Stéphanie Okafor"], mentees["Karim Haddad"], ago=36)
    declined = story.propose(mentors["Valérie Dumont"], mentees["Thomas Abitbol"], ago=20)
    decline_proposal(
        declined,
        by=mentees["Thomas Abitbol"].person,
        at=story.at(17),
        reason=DeclineReason.ACQUAINTED,
    )
    story.propose(mentors["Kenji Watanabe"], mentees["Ludivine Pasquier"], ago=3)
    keep_run(cohort, by=story.coordinator, at=story.at(1))
