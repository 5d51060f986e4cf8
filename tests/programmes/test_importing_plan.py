"""What a list would become: columns guessed and refused, cells read, every wrong line named."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook

from people.spreadsheets import Table, read_table
from programmes.importing.choosing import choose
from programmes.importing.columns import Decisions, look_at, objections
from programmes.importing.plan import Known, Plan, plan_import
from programmes.importing.rejects import write_rejects
from programmes.importing.targets import targets_of
from programmes.policy.document import read_rules
from programmes.policy.evidence import ChosenObjective
from programmes.policy.rules import Rules
from programmes.policy.terms import Role
from programmes.vocabulary import DEFAULT
from tests.factories.clauses import rules_of
from tests.factories.lists import (
    FRENCH,
    FRENCH_LINE,
    HEADINGS,
    as_csv,
    civil_servants,
    civil_service_file,
)

TODAY = date(2026, 9, 15)
CIVIL_SERVICE = civil_service_file().rules
RULES = read_rules(
    {
        "acceptance": {"due": "agreement"},
        "objectives": {
            "minimum": 1,
            "maximum": 2,
            "themes": [
                {"code": "network", "label": "Réseau, entraide"},
                {"code": "trust", "label": "Confiance en soi"},
            ],
        },
        "lists": [
            {
                "code": "sectors",
                "choices": [
                    {"code": "finance", "label": "Banque, assurance, finance"},
                    {"code": "energy", "label": "Énergie"},
                ],
            }
        ],
        "questions": [
            {"code": "years", "kind": "integer", "label": "Années d'expérience", "maximum": 60},
            {"code": "born_on", "kind": "date", "label": "Né le", "required": False},
            {"code": "in_post", "kind": "yes_no", "label": "En poste", "required": False},
            {"code": "sectors", "kind": "choices", "list": "sectors", "label": "Secteurs"},
        ],
        "declarations": [{"code": "free", "text": "Je participe gratuitement."}],
    }
)
FULL = ("Prénom", "Nom", "E-mail", "Années d'expérience", "Né le", "En poste", "Secteurs", "Thèmes")


def plan_of(
    content: bytes,
    rules: Rules = CIVIL_SERVICE,
    *,
    role: Role = Role.MENTEE,
    known: Known | None = None,
    **choices: object,
) -> tuple[Plan, Table, Decisions]:
    table = read_table(content)
    targets = targets_of(rules, role, DEFAULT)
    columns = look_at(table, targets)
    decisions = choose(columns, targets, role, **choices)
    assert objections(table, columns, targets, decisions) == []
    plan = plan_import(
        table,
        targets,
        decisions,
        rules=rules,
        vocabulary=DEFAULT,
        known=known or Known(),
        today=TODAY,
    )
    return plan, table, decisions


def said(plan: Plan) -> list[str]:
    return [str(problem) for problem in plan.problems]


def as_workbook(*rows: tuple[str, ...]) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        as_csv([FRENCH_LINE], headings=FRENCH),
        as_csv([FRENCH_LINE], headings=FRENCH, separator=";", encoding="cp1252"),
        as_csv([FRENCH_LINE], headings=FRENCH, separator=";", encoding="utf-8-sig"),
        as_csv([FRENCH_LINE], headings=FRENCH, separator="\t", encoding="utf-16"),
        as_workbook(FRENCH, FRENCH_LINE),
    ],
    ids=["UTF-8", "Windows-1252", "UTF-8 with a mark", "UTF-16", "XLSX"],
)
def test_the_same_list_is_read_alike_whatever_wrote_it(content: bytes) -> None:
    plan, _table, _decisions = plan_of(content)

    [person] = plan.people
    assert (person.values["first_name"], person.values["last_name"]) == ("Zoé", "Çelik")
    assert person.answers == {
        "job_title": "Juriste",
        "grade": "g7",
        "organisation": "Justice",
        "profession": "policy",
    }


def test_every_kind_of_answer_is_read() -> None:
    line = ("Nour", "Haddad", "Nour <nour@example.org>", "12", "31/12/1990", "oui")

    plan, _table, _decisions = plan_of(
        as_csv(
            [(*line, "énergie, BANQUE, assurance, finance", "reseau, entraide ; trust")],
            headings=FULL,
        ),
        RULES,
    )

    [person] = plan.people
    assert person.email == "nour@example.org"
    assert person.answers == {
        "years": 12,
        "born_on": "1990-12-31",
        "in_post": True,
        "sectors": ("energy", "finance"),
    }
    assert person.objectives == (ChosenObjective("network"), ChosenObjective("trust"))
    assert [breach.code for breach in person.left] == ["declaration:free"]


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({2: "nour"}, ["ligne 2, colonne C : « nour » n'est pas une adresse e-mail."]),
        ({0: ""}, ["ligne 2, colonne A : Il manque : Prénom."]),
        ({3: "douze"}, ["ligne 2, colonne D : « douze » n'est pas un nombre entier."]),
        ({3: "61"}, ["ligne 2, colonne D : 61 est trop grand : 60 au plus."]),
        (
            {3: ""},
            ["ligne 2, colonne D : Il manque la réponse à « Années d'expérience »."],
        ),
        ({4: "31/02/1990"}, ["ligne 2, colonne E : « 31/02/1990 » : ce jour n'existe pas."]),
        ({5: "peut-être"}, ["ligne 2, colonne F : « peut-être » n'est ni oui ni non."]),
        (
            {6: "pêche"},
            [
                "ligne 2, colonne G : « pêche » n'est pas dans la liste : "
                "Banque, assurance, finance, Énergie."
            ],
        ),
        (
            {7: "voyages"},
            [
                "ligne 2, colonne H : « voyages » n'est pas dans la liste : "
                "Réseau, entraide, Confiance en soi."
            ],
        ),
        (
            {2: "nour", 3: "douze", 7: ""},
            [
                "ligne 2, colonne C : « nour » n'est pas une adresse e-mail.",
                "ligne 2, colonne D : « douze » n'est pas un nombre entier.",
                "ligne 2 : Vous avez fixé 0 objectif ; le programme en demande au moins 1.",
            ],
        ),
    ],
)
def test_each_mistake_is_told_with_its_line_and_column(
    changes: dict[int, str], sentences: list[str]
) -> None:
    line = ["Nour", "Haddad", "nour@example.org", "12", "", "", "énergie", "trust"]
    for column, text in changes.items():
        line[column] = text

    plan, _table, _decisions = plan_of(as_csv([line], headings=FULL), RULES)

    assert said(plan) == sentences
    assert plan.people == ()


def test_a_person_is_entered_once_and_not_after_an_exclusion() -> None:
    lines = [list(FRENCH_LINE) for _ in range(4)]
    lines[2][2], lines[3][2] = "deja@example.org", "exclue@example.org"
    known = Known(frozenset({"deja@example.org"}), frozenset({"exclue@example.org"}))

    plan, _table, _decisions = plan_of(as_csv(lines, headings=FRENCH), known=known)

    assert said(plan) == [
        "ligne 3, colonne C : Cette adresse est déjà à la ligne 2.",
        "ligne 4, colonne C : Cette personne est déjà candidate dans ce rôle.",
        "ligne 5, colonne C : Cette personne a été exclue définitivement des programmes de "
        "l'association.",
    ]
    assert [person.line for person in plan.people] == [2]


def test_what_a_list_does_not_say_may_be_left_to_the_people() -> None:
    content = as_csv([("Nour", "Haddad", "nour@example.org")], headings=FULL[:3])

    strict, _table, _decisions = plan_of(content, RULES)
    lenient, _table, _decisions = plan_of(content, RULES, incomplete=True)

    assert said(strict) == [
        "ligne 2 : Il manque la réponse à « Années d'expérience ».",
        "ligne 2 : Il manque la réponse à « Secteurs ».",
        "ligne 2 : Vous avez fixé 0 objectif ; le programme en demande au moins 1.",
    ]
    assert [breach.code for breach in lenient.people[0].left] == [
        "answer:years",
        "answer:sectors",
        "objectives:few",
        "declaration:free",
    ]


def test_a_line_too_short_is_left_out_but_a_nameless_column_is_only_noted() -> None:
    content = b"Nom;Courriel;;Prenom\nHaddad;nour@example.org;x;Nour\nMoreau;camille@example.org\n"

    plan, _table, _decisions = plan_of(
        content, rules_of("espace-jeunes-anne-frank"), incomplete=True
    )

    assert [str(note) for note in plan.notes] == [
        "ligne 1, colonne C : Cette colonne n'a pas d'en-tête."
    ]
    assert said(plan) == [
        "ligne 3 : Cette ligne n'a que 2 cellules pour 4 en-têtes.",
        "ligne 3, colonne D : Il manque : Prénom.",
    ]
    assert [person.line for person in plan.people] == [2]


def test_the_lines_left_out_can_be_mended_in_a_spreadsheet_and_sent_again() -> None:
    lines = civil_servants(Role.MENTOR, 3)
    lines[1][5], lines[1][4] = "Grade 9", "=1+1"

    plan, table, decisions = plan_of(as_csv(lines), role=Role.MENTOR)
    rejects = write_rejects(table, decisions, plan)

    again = read_table(rejects)
    assert again.headings == (
        "ligne du fichier",
        "raisons",
        *(heading for heading in HEADINGS if heading in _taken(table, decisions)),
    )
    [row] = again.rows
    assert row.cells[:2] == (
        "3",
        "grade : « Grade 9 » n'est pas dans la liste : AA, AO, EO, HEO, SEO, Grade 7, Grade 6, SCS1, SCS2, SCS3 et 1 autre.",
    )
    assert "'=1+1" in row.cells
    assert "Gay" not in rejects.decode()


def _taken(table: Table, decisions: Decisions) -> set[str]:
    return {table.headings[column] for column in decisions.mapping.values()}
