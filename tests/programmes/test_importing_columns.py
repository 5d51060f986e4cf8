"""Which column becomes what: guessed, refused when it is sensitive, named in a command."""

from __future__ import annotations

import pytest

from people.spreadsheets import read_table
from programmes.importing.choosing import UnknownName, choose
from programmes.importing.columns import Decisions, look_at, objections
from programmes.importing.targets import targets_of
from programmes.policy.terms import Role
from programmes.vocabulary import DEFAULT
from tests.factories.clauses import rules_of
from tests.factories.lists import FRENCH, FRENCH_LINE, as_csv, civil_servants, civil_service_file

CIVIL_SERVICE = civil_service_file().rules


def test_sensitive_columns_are_never_guessed_nor_is_a_text_that_repeats_them() -> None:
    table = read_table(as_csv(civil_servants(Role.MENTOR, 4)))

    columns = look_at(table, targets_of(CIVIL_SERVICE, Role.MENTOR, DEFAULT))

    assert {column.heading: column.guess for column in columns} == {
        "first name": "first_name",
        "last name": "last_name",
        "email address": "email",
        "both mentor and mentee": "",
        "job title": "question:job_title",
        "grade": "question:grade",
        "organisation": "question:organisation",
        "profession": "question:profession",
        "characteristics": "",
        "biography": "",
    }
    assert [column.heading for column in columns if column.sensitive] == ["characteristics"]
    assert [one.sentence for column in columns for one in column.repetitions] == [
        "La colonne « biography » répète « characteristics », que vous n'importez pas, "
        "sur 2 des 2 lignes où elle est remplie (la première : ligne 3)."
    ]
    assert [column.examples for column in columns[-2:]] == [(), ()]


@pytest.mark.parametrize(
    ("choices", "sentences"),
    [
        (
            {"mapped": ["characteristics=Présentation"]},
            [
                "La colonne « characteristics » peut décrire une identité ou des caractéristiques "
                "protégées (RGPD, article 9). Pour l'importer, demandez-le expressément et dites "
                "pourquoi."
            ],
        ),
        (
            {
                "mapped": ["characteristics=Présentation"],
                "sensitive": ["characteristics"],
                "reason": "Étude interne, avec l'accord de chacun.",
            },
            [],
        ),
        (
            {"mapped": ["biography=Présentation"]},
            [
                "La colonne « biography » répète « characteristics », que vous n'importez pas, "
                "sur 2 des 2 lignes où elle est remplie (la première : ligne 3)."
            ],
        ),
        ({"mapped": ["biography=Présentation"], "repeated": ["biography"]}, []),
        ({"mapped": ["C="]}, ["Aucune colonne ne donne « Adresse e-mail »."]),
    ],
    ids=["unasked", "asked for", "repeats", "repeats and confirmed", "no address"],
)
def test_what_must_not_slip_in_has_to_be_asked_for(
    choices: dict[str, object], sentences: list[str]
) -> None:
    table = read_table(as_csv(civil_servants(Role.MENTOR, 4)))
    targets = targets_of(CIVIL_SERVICE, Role.MENTOR, DEFAULT)
    columns = look_at(table, targets)

    decisions = choose(columns, targets, Role.MENTOR, **choices)

    assert objections(table, columns, targets, decisions) == sentences


def test_an_unknown_column_or_target_is_named() -> None:
    table = read_table(as_csv([FRENCH_LINE], headings=FRENCH))
    targets = targets_of(CIVIL_SERVICE, Role.MENTEE, DEFAULT)
    columns = look_at(table, targets)

    with pytest.raises(UnknownName, match="Pas de colonne « Ville »"):
        choose(columns, targets, Role.MENTEE, mapped=["Ville=grade"])
    with pytest.raises(UnknownName, match="« taille » n'est pas demandé"):
        choose(columns, targets, Role.MENTEE, mapped=["Grade=taille"])


def test_decisions_survive_being_stored() -> None:
    decisions = Decisions(
        Role.MENTEE, {"email": 2}, {4: "Parce que."}, frozenset({5}), incomplete=True
    )

    assert Decisions.from_json(decisions.to_json()) == decisions


@pytest.mark.parametrize(
    ("stem", "role", "keys"),
    [
        ("ponts-alumni", Role.MENTOR, ["number", "joined_on", "paid_from", "paid_until"]),
        ("espace-jeunes-anne-frank", Role.MENTEE, ["objectives"]),
        ("escp-europe-alumni", Role.MENTOR, ["capacity"]),
    ],
)
def test_a_list_may_give_what_the_programme_asks_of_the_role(
    stem: str, role: Role, keys: list[str]
) -> None:
    offered = [target.key for target in targets_of(rules_of(stem), role, DEFAULT)]

    assert [key for key in keys if key not in offered] == []
    assert ("objectives" in offered) is (role is Role.MENTEE)
