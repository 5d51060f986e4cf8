"""Lists as associations keep them, and the programme of docs/examples they are made for."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

from people.models import Organisation
from programmes.models import Programme
from programmes.policy.terms import Role
from programmes.services import catalogue
from programmes.services.catalogue import ProgrammeFile
from tests.factories.programmes import AT

GRADES = ("AA", "AO", "EO", "HEO", "SEO", "Grade 7", "Grade 6", "SCS1", "SCS2", "SCS3", "SCS4")
DEPARTMENTS = ("Ministry of Peace", "Ministry of Joy", "Ministry of Truth")
PROFESSIONS = ("Policy", "Operations", "DDaT", "Security", "HR")
TRAITS = ("", "Gay", "Transgender", "")

HEADINGS = (
    "first name",
    "last name",
    "email address",
    "both mentor and mentee",
    "job title",
    "grade",
    "organisation",
    "profession",
    "characteristics",
    "biography",
)


# The same list as a French association would head it.
FRENCH = ("Prénom", "Nom", "Courriel", "Intitulé du poste", "Grade", "Ministère", "Métier")
FRENCH_LINE = ("Zoé", "Çelik", "zoe.celik@example.org", "Juriste", "Grade 7", "Justice", "policy")


def civil_service_file() -> ProgrammeFile:
    path = Path(__file__).resolve().parents[2] / "docs" / "examples" / "civil-service.toml"
    return catalogue.parse_programme(path.read_text(encoding="utf-8"))


def make_civil_service(organisation: Organisation) -> Programme:
    return catalogue.load_programme(civil_service_file(), organisation=organisation, by=None, at=AT)


def civil_servants(role: Role, count: int) -> list[list[str]]:
    """So many lines under HEADINGS; the biography repeats the characteristics."""
    rows = []
    for number in range(count):
        # Mentors from EO on, mentees up to SCS1: most can be matched.
        grade = GRADES[2 + number % 9] if role is Role.MENTOR else GRADES[number % 8]
        trait = TRAITS[number % 4]
        rows.append(
            [
                str(role),
                f"{number:03}",
                f"{role}.{number:03}@example.org",
                "yes" if number % 2 else "no",
                "Some role",
                grade,
                DEPARTMENTS[number % 3],
                PROFESSIONS[number % 5],
                trait,
                f"I am a {grade}. My characteristics is/are {trait}. ",
            ]
        )
    return rows


def as_csv(
    rows: Sequence[Sequence[str]],
    *,
    headings: Sequence[str] = HEADINGS,
    separator: str = ",",
    encoding: str = "utf-8",
) -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=separator).writerows([headings, *rows])
    return text.getvalue().encode(encoding)
