from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.spreadsheets import (
    PERSON_SYNONYMS,
    find_repetitions,
    guess_mapping,
    read_table,
    sensitive_columns,
)

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "mentor-match"


@pytest.mark.parametrize(
    "headings",
    [
        ("Prénom", "Nom", "Courriel"),
        ("PRENOM", "NOM DE FAMILLE", "E-mail"),
        ("First name", "Last name", "Email address"),
        ("firstName", "last_name", "Mail"),
        ("Prénom (obligatoire)", "Votre nom", "Adresse e-mail *"),
        ("Given name", "Surname", "adresse électronique"),
    ],
)
def test_headings_are_recognised_in_french_and_in_english(headings):
    targets = {name: PERSON_SYNONYMS[name] for name in ("email", "last_name", "first_name")}

    assert guess_mapping(headings, targets) == {"first_name": 0, "last_name": 1, "email": 2}


def test_no_column_is_given_twice_and_the_nearest_wins():
    headings = ("Nom de l'entreprise", "Nom", "E-mail", "Adresse e-mail")
    targets = {"last_name": ("nom",), "other": ("nom",), "email": ("adresse e-mail", "e-mail")}

    assert guess_mapping(headings, targets) == {"last_name": 1, "email": 2}


@given(
    st.lists(st.sampled_from(["Nom", "nom", "Prénom", "Mail", "?", ""]), max_size=6),
    st.dictionaries(
        st.text(max_size=3), st.lists(st.sampled_from(["nom", "mail", ""])), max_size=4
    ),
)
def test_a_guess_never_gives_a_column_twice(headings, targets):
    mapping = guess_mapping(headings, targets)

    assert len(set(mapping.values())) == len(mapping)
    assert set(mapping) <= set(targets)


@pytest.mark.parametrize(
    "heading",
    [
        "Religion",
        "Origine ethnique",
        "Pays d'origine",
        "État de santé",
        "Situation de handicap",
        "RQTH",
        "Orientation sexuelle",
        "Sexual orientation",
        "Sexe",
        "Genre",
        "Gender identity",
        "Pronouns",
        "Syndicat",
        "Trade union",
        "Opinions politiques",
        "characteristics",
        "identity to match",
        "match with similar identity",
        "N° de sécurité sociale",
        "Casier judiciaire",
        "dietary_requirements",
    ],
)
def test_headings_of_protected_data_are_seen(heading):
    assert [found.heading for found in sensitive_columns([heading])] == [heading]


@pytest.mark.parametrize(
    "heading",
    [
        "Prénom",
        "Nom",
        "Orientation professionnelle",
        "École d'origine",
        "Partenaire",
        "Promotion",
        "Secteur d'activité",
        "Civilité",
        "Identifiant",
        "European Union",
    ],
)
def test_ordinary_headings_are_left_in_peace(heading):
    assert sensitive_columns([heading]) == ()


def test_a_sensitive_column_says_why():
    (found,) = sensitive_columns(["Nom", "Religion"])

    assert (found.column, found.sentence) == (
        1,
        "La colonne « Religion » peut révéler les convictions (RGPD, article 9).",
    )


def test_a_text_that_repeats_what_was_refused_is_counted():
    table = read_table(
        "nom;Religion;Bio;Note;Handicap\n"
        "a;Bouddhiste;Je suis BOUDDHISTE et ravi;x;non\n"
        "b;;Je suis bouddhiste;x;oui\n"
        "c;Quaker, Athée;athee depuis toujours;non;oui\n"
        "d;Quaker;Quakerisme;x;oui\n".encode()
    )

    repetitions = find_repetitions(table, {1, 4})

    assert [(r.heading, r.refused_heading, r.repeated, r.filled) for r in repetitions] == [
        ("Bio", "Religion", 2, 3)
    ]
    assert repetitions[0].sentence == (
        "La colonne « Bio » répète « Religion », que vous n'importez pas, sur 2 des 3 lignes "
        "où elle est remplie (la première : ligne 2)."
    )


@pytest.mark.parametrize(("size", "list_name"), [("small", "mentors"), ("large", "mentees")])
def test_real_lists_are_read_and_their_biographies_found_out(size, list_name):
    path = SHARED / size / f"{list_name}.csv"
    content = path.read_bytes() if path.exists() else MENTOR_MATCH.encode()

    table = read_table(content, path.name)
    refused = {found.column for found in sensitive_columns(table.headings)}

    assert table.problems == ()
    assert guess_mapping(table.headings, {"email": PERSON_SYNONYMS["email"]}) == {"email": 2}
    assert {r.heading for r in find_repetitions(table, refused)} == {"biography"}
    assert all(r.repeated == r.filled for r in find_repetitions(table, refused))


MENTOR_MATCH = """first name,last name,email address,characteristics,biography
mentor,000,mentor.000@example.org,"Quaker, Left-handed","I am a EO. I am Quaker, Left-handed."
mentor,001,mentor.001@example.org,,I am a EO. I am .
"""
