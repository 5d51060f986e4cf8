"""`manage.py match_choices`: ranked lists and places in, pairs out."""

import csv
from itertools import product

import pytest
from django.core.management import CommandError, call_command

CHOICES = """mentee,rank,mentor
Nour,1,Camille
Nour,2,Élodie
Zoé,1,Robin
Zoé,2,Camille
Yann,1,Camille
"""
PLACES = """mentor,capacity
Camille,1
Élodie,1
Robin,0
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "choices.csv").write_text(CHOICES)
    (tmp_path / "mentors.csv").write_text(PLACES)
    return tmp_path


def place(folder):
    output = folder / "pairs.csv"
    files = (folder / "choices.csv", folder / "mentors.csv", "-o", output)
    call_command("match_choices", *map(str, files))
    with output.open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def refusal(folder):
    with pytest.raises(CommandError) as refused:
        place(folder)
    assert not (folder / "pairs.csv").exists()
    return str(refused.value).splitlines()


def test_as_many_as_possible_are_placed_then_by_the_least_sum_of_ranks(folder, capsys):
    placed = place(folder)

    assert [(one["mentee"], one["mentor"], one["rank"]) for one in placed] == [
        ("Nour", "Élodie", "2"),
        ("Yann", "Camille", "1"),
    ]
    assert (
        capsys.readouterr().err
        == "Personne pour Zoé : toutes les places choisies vont à d'autres.\n"
    )


def test_the_result_is_the_best_of_all_there_are(folder):
    names, mentors = "ABCDE", {"P": 2, "Q": 1, "R": 1}
    ranks = {
        (name, mentor): 1 + (position * 7 + rank * 5) % 3
        for position, name in enumerate(names)
        for rank, mentor in enumerate(mentors)
        if (position + rank) % 4
    }
    lines = [f"{name},{rank},{mentor}" for (name, mentor), rank in ranks.items()]
    (folder / "choices.csv").write_text("\n".join(["mentee,rank,mentor", *lines]))
    (folder / "mentors.csv").write_text(
        "\n".join(["mentor,capacity", *(f"{name},{count}" for name, count in mentors.items())])
    )

    placed = place(folder)

    best = min(
        (-len(given), sum(ranks[one] for one in given))
        for choice in product([None, *mentors], repeat=len(names))
        for given in [[(n, m) for n, m in zip(names, choice, strict=True) if m]]
        if set(given) <= ranks.keys()
        and all(choice.count(mentor) <= count for mentor, count in mentors.items())
    )
    assert (-len(placed), sum(int(one["rank"]) for one in placed)) == best


def test_french_headings_and_semicolons_are_understood_and_kept(folder):
    (folder / "choices.csv").write_text("Mentoré;Rang;Mentor\nNour;1;Camille\n")
    (folder / "mentors.csv").write_text("Mentor;Places\nCamille;1\n")
    output = folder / "pairs.csv"

    call_command(
        "match_choices", *map(str, (folder / "choices.csv", folder / "mentors.csv", "-o", output))
    )

    assert output.read_text(encoding="utf-8-sig").splitlines() == [
        "Mentoré;Mentor;Rang",
        "Nour;Camille;1",
    ]


@pytest.mark.parametrize(
    ("choices", "places", "sentence"),
    [
        (
            "mentee,rank,mentor\nNour,1,Sacha\n",
            PLACES,
            "choices.csv, ligne 2, colonne C : « Sacha » n'est pas dans la liste des places.",
        ),
        (
            "mentee,rank,mentor\nNour,0,Camille\n",
            PLACES,
            "choices.csv, ligne 2, colonne B : 0 est trop petit : 1 au moins.",
        ),
        (
            "mentee,rank,mentor\nNour,,Camille\n",
            PLACES,
            "choices.csv, ligne 2, colonne B : Il manque un nombre.",
        ),
        (
            "mentee,rank,mentor\n,1,Camille\n",
            PLACES,
            "choices.csv, ligne 2, colonne A : Il manque un nom.",
        ),
        (
            "mentee,rank,mentor\nNour,1,Camille\nNour,2,Camille\n",
            PLACES,
            "choices.csv, ligne 3, colonne C : « Nour » a déjà choisi « Camille ».",
        ),
        (
            "mentee,mentor\nNour,Camille\n",
            PLACES,
            "choices.csv : Il manque la colonne « rang ». Colonnes : mentee, mentor.",
        ),
        (
            CHOICES,
            PLACES + "Camille,2\n",
            "mentors.csv, ligne 5, colonne A : « Camille » est déjà dans la liste.",
        ),
        (
            CHOICES,
            PLACES.replace("Robin,0", "Robin,deux"),
            "mentors.csv, ligne 4, colonne B : « deux » n'est pas un nombre entier.",
        ),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_written(folder, choices, places, sentence):
    (folder / "choices.csv").write_text(choices)
    (folder / "mentors.csv").write_text(places)

    told = refusal(folder)

    assert sentence in told
    assert told[-1] == "Rien n'a été écrit."
