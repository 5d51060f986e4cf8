import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.spreadsheets import (
    Misread,
    Problem,
    Row,
    parse_date,
    parse_email,
    parse_integer,
    parse_list,
    parse_yes_no,
    read_cell,
)

PARSERS = [parse_date, parse_email, parse_integer, parse_yes_no]


@pytest.mark.parametrize("parse", PARSERS)
def test_an_empty_cell_says_nothing(parse):
    assert parse(" ") is None


@pytest.mark.parametrize(
    "text", ["oui", "OUI", "o", "Yes", "vrai", "VRAI", "true", "1", "x", " X "]
)
def test_yes_is_understood(text):
    assert parse_yes_no(text) is True


@pytest.mark.parametrize("text", ["non", "No", "n", "faux", "FALSE", "0", "-"])
def test_no_is_understood(text):
    assert parse_yes_no(text) is False


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("-3", -3),
        ("1 200", 1200),
        ("1\u202f200\u00a0000", 1_200_000),
        ("12,0", 12),
        ("12.00", 12),
        ("007", 7),
    ],
)
def test_integers_are_understood(text, number):
    assert parse_integer(text) == number


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31/12/2026", dt.date(2026, 12, 31)),
        ("1-2-2026", dt.date(2026, 2, 1)),
        ("01.02.2026", dt.date(2026, 2, 1)),
        ("2026-12-31", dt.date(2026, 12, 31)),
        ("2026-12-31T14:30:00Z", dt.date(2026, 12, 31)),
        ("31/12/2026 14:30", dt.date(2026, 12, 31)),
        ("31 décembre 2026", dt.date(2026, 12, 31)),
        ("1er août 2026", dt.date(2026, 8, 1)),
        ("3 Aug. 2026", dt.date(2026, 8, 3)),
        ("46387", dt.date(2026, 12, 31)),
        ("46387,5", dt.date(2026, 12, 31)),
    ],
)
def test_dates_are_understood(text, day):
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "address"),
    [
        (" Camille@Example.org ", "camille@example.org"),
        ("Camille Roy <camille@example.org>", "camille@example.org"),
        ("mailto:camille@example.org", "camille@example.org"),
    ],
)
def test_addresses_are_understood(text, address):
    assert parse_email(text) == address


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("a; b, c", ["a", "b", "c"]),
        ("Leadership\nRéseau ;; leadership", ["Leadership", "Réseau"]),
        (" ", []),
    ],
)
def test_lists_are_understood(text, items):
    assert parse_list(text) == items


@pytest.mark.parametrize(
    ("parse", "text", "sentence"),
    [
        (parse_yes_no, "peut-être", "« peut-être » n'est ni oui ni non."),
        (parse_integer, "douze", "« douze » n'est pas un nombre entier."),
        (parse_integer, "1,234", "« 1,234 » n'est pas un nombre entier."),
        (parse_integer, "12,5", "« 12,5 » n'est pas un nombre entier."),
        (parse_integer, "٣", "« ٣ » n'est pas un nombre entier."),
        (parse_date, "12/31/2026", "« 12/31/2026 » : le jour s'écrit avant le mois."),
        (parse_date, "31/02/2026", "« 31/02/2026 » : ce jour n'existe pas."),
        (parse_date, "31/12/26", "« 31/12/26 » : écrivez l'année en quatre chiffres."),
        (parse_date, "bientôt", "« bientôt » n'est pas une date comme 31/12/2026."),
        (parse_email, "camille@", "« camille@ » n'est pas une adresse e-mail."),
        (
            parse_email,
            "c" * 60,
            f"« {'c' * 39}… » n'est pas une adresse e-mail.",
        ),
    ],
)
def test_what_is_not_understood_is_told(parse, text, sentence):
    with pytest.raises(Misread) as misread:
        parse(text)

    assert str(misread.value) == sentence


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("0", "0 est trop petit : 1 au moins."), ("4", "4 est trop grand : 3 au plus.")],
)
def test_an_integer_may_be_bounded(text, sentence):
    with pytest.raises(Misread) as misread:
        parse_integer(text, minimum=1, maximum=3)

    assert str(misread.value) == sentence


def test_a_cell_that_is_not_understood_is_a_problem_with_its_place():
    problems: list[Problem] = []
    row = Row(7, ("a", "b", "demain"))

    assert read_cell(row, 2, parse_date, problems) is None
    assert [str(problem) for problem in problems] == [
        "ligne 7, colonne C : « demain » n'est pas une date comme 31/12/2026."
    ]


@pytest.mark.parametrize("parse", [*PARSERS, parse_list])
@given(text=st.text(max_size=30) | st.from_regex(r"[0-9]{1,6}[/.,-][0-9]{1,4}[/-]?[0-9]{0,4}"))
def test_no_text_does_worse_than_being_refused(parse, text):
    try:
        parse(text)
    except Misread as misread:
        assert str(misread)
