"""The Espace Jeunes Anne Frank in autumn: conventions signed and to be signed, rooms, first meetings."""

from __future__ import annotations

from datetime import date

from demo.seed.story import Story
from programmes.enums import EnrolmentState
from programmes.models import Room
from programmes.policy.questionnaire import Answer
from programmes.policy.rules import PlaceKind
from programmes.policy.terms import Role

MENTORS = (
    ("Philippe Garnier", "Ingénieur informatique", ("internship", "first_job")),
    ("Nadia Benali", "Avocate", ("studies", "plan")),
    ("Olivier Dupuis", "Responsable des ressources humaines", ("first_job", "plan")),
    ("Grâce Mbemba", "Médecin", ("studies", "internship")),
)
MENTEES = (
    (
        "Kylian Moreau",
        "BUT informatique",
        "2005-04-12",
        (("internship", "Trouver un stage de fin d'études."),),
    ),
    (
        "Linh Tran",
        "Licence de droit",
        "2006-01-30",
        (("plan", "Savoir si le métier d'avocate est pour moi."), ("", "Oser parler en public.")),
    ),
    (
        "Eva Popescu",
        "Master de gestion",
        "2003-09-05",
        (("first_job", "Préparer mes premiers entretiens."),),
    ),
    (
        "Ismaël Diallo",
        "Première année de médecine",
        "2007-06-18",
        (("studies", "Tenir le rythme des études."),),
    ),
    ("Chloé Martin", "Licence d'histoire", "2006-11-02", (("plan", "Imaginer la suite."),)),
)


def tell(today: date) -> None:
    story = Story(
        "espace-jeunes-anne-frank",
        "Espace Jeunes Anne Frank",
        colour="#8a2d5d",
        coordinator="Mariama Sow",
        today=today,
    )
    blue = Room.objects.create(
        organisation=story.organisation, name="Salle bleue", address="Au premier étage", seats=4
    )
    Room.objects.create(
        organisation=story.organisation, name="Petit bureau", address="Au rez-de-chaussée", seats=2
    )
    cohort = story.open_cohort("Année scolaire", opened=100, closes=-20, starts=70, ends=-220)
    mentors = [
        story.enrol(
            cohort,
            name,
            Role.MENTOR,
            {"profession": profession, "experience": True, "helps_with": helps_with},
            ago=90,
            capacity=1,
        )
        for name, profession, helps_with in MENTORS
    ]
    mentees = []
    for name, studies, birth_date, objectives in MENTEES:
        answers: dict[str, Answer] = {
            "lives_in_town": True,
            "studies_in_town": False,
            "is_student": True,
            "birth_date": birth_date,
            "studies": studies,
            "expectations": "Parler avec quelqu'un qui travaille.",
        }
        until = EnrolmentState.SUBMITTED if name == "Chloé Martin" else EnrolmentState.ADMITTED
        mentees.append(
            story.enrol(
                cohort, name, Role.MENTEE, answers, ago=85, objectives=objectives, until=until
            )
        )
    running = story.start(mentors[0], mentees[0], ago=62)
    story.meet(running, ago=50, place=PlaceKind.ROOM, room=blue)
    story.meet(running, ago=18, place=PlaceKind.VIDEO)
    story.plan(running, ago=-9, proposed=4, place=PlaceKind.ROOM, room=blue)
    unsigned = story.introduce(mentors[1], mentees[1], ago=12)
    story.sign(unsigned, ago=8, by=[mentors[1].person])
    waiting = story.introduce(mentors[2], mentees[2], ago=20)
    story.sign(waiting, ago=5, by=[mentors[2].person, mentees[2].person])
