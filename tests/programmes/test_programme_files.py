"""Programme files: checked with key and reason, loaded, written, and read back the same."""

import pytest
from django.core.management import CommandError, call_command

from programmes.models import Programme
from programmes.policy.document import UnreadableRules
from programmes.services import catalogue
from tests.factories.programmes import AT, make_cohort, make_preset, make_programme

FILES = {path.stem: path for path in catalogue.preset_files()}

SIXTH = """
[programme]
name = "Parrainage du Lycée"
slug = "parrainage-lycee"

[vocabulary]
mentor = { singular = "marraine", gender = "f" }

[minors]
admitted = true

[agreement]
kind = "convention"
parties = [ { kind = "mentor" }, { kind = "mentee" }, { kind = "guardian", order = 2 } ]

[[questions]]
code = "birth_date"
kind = "date"
label = "Date de naissance"
roles = ["mentee"]
"""


def test_five_programmes_come_with_the_product():
    assert sorted(FILES) == [
        "escp-europe-alumni",
        "espace-jeunes-anne-frank",
        "ponts-alumni",
        "sciences-po-alumni",
        "wementoring",
    ]


@pytest.mark.parametrize("stem", sorted(FILES))
def test_a_programme_written_to_a_file_loads_as_the_same(organisation, other_organisation, stem):
    programme = make_preset(organisation, stem)
    text = catalogue.export_programme(programme)

    again = catalogue.load_programme(
        catalogue.parse_programme(text), organisation=other_organisation, by=None, at=AT
    )

    assert catalogue.export_programme(again) == text
    assert again.rule_sets.get().rules == programme.rule_sets.get().rules
    assert again.rule_sets.get().digest == programme.rule_sets.get().digest


def test_loading_the_same_file_twice_makes_no_new_version(organisation):
    make_preset(organisation, "ponts-alumni")
    programme = make_preset(organisation, "ponts-alumni")

    assert programme.rule_sets.count() == 1


def test_a_changed_file_makes_a_new_version_and_an_open_cohort_keeps_its_own(organisation):
    programme = make_programme(organisation, {"length": {"usual": "P5M"}})
    cohort = make_cohort(programme)

    make_programme(organisation, {"length": {"usual": "P8M"}})

    assert str(cohort.rules.length.usual) == "P5M"
    assert str(programme.rule_sets.latest("version").rules.length.usual) == "P8M"


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("[programme", ["fichier"]),
        ("", ["programme.name", "programme.slug"]),
        (SIXTH + '[length]\nusal = "P6M"\n', ["length.usal"]),
        (SIXTH + '[length]\nusual = "6 mois"\n', ["length.usual"]),
        (SIXTH + "[seats]\nmentor = 0\n", ["seats.mentor"]),
        (
            SIXTH + '[[guides]]\nmoment = "place"\ntitle = "Où"\nitems = ["{le chef}"]\n',
            ["guides[1].items[1]"],
        ),
        (SIXTH.replace("admitted = true", "admitted = false"), ["agreement.parties"]),
        (SIXTH + '[acceptance]\nremind_every = "P7D"\n', ["acceptance.remind_every"]),
        (
            SIXTH + '[acceptance]\ndue = "agreement"\nremind_every = "P7D"\n',
            ["acceptance.remind_every"],
        ),
        (
            '[programme]\nname = "Simple"\nslug = "simple"\n[agreement]\nremind_every = "P7D"\n',
            ["agreement.remind_every"],
        ),
    ],
    ids=[
        "not TOML",
        "empty",
        "unknown key",
        "not a duration",
        "no seat",
        "unknown word",
        "guardian without minors",
        "reminder of what comes with the enrolment",
        "reminder of what the convention contains",
        "reminder of a signature nobody gives",
    ],
)
def test_what_is_wrong_in_a_file_is_named_by_its_key(text, problems):
    with pytest.raises(UnreadableRules) as error:
        catalogue.parse_programme(text)

    assert [problem.key for problem in error.value.problems] == problems


HEADING = '[programme]\nname = "Simple"\nslug = "simple"\n'


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        (
            HEADING
            + '[seats]\nmentor = "trois"\n[[guides]]\nmoment = "place"\ntitle = "{zut}"\nitems = ["a"]\n'
            + '[[questions]]\ncode = "q"\nlabel = "{abracadabra}"\n' * 2,
            [
                "ligne 5 : seats.mentor : il faut un nombre entier ; reçu : trois",
                "ligne 8 : guides[1].title : « {zut} » est inconnu",
                "ligne 10 : questions : le code « q » est donné 2 fois",
                "ligne 12 : questions[1].label : « {abracadabra} » est inconnu",
                "ligne 15 : questions[2].label : « {abracadabra} » est inconnu",
            ],
        ),
        (
            HEADING.replace("Simple", "Sim\\u0000ple") + "[seats]\nmentor = 10000000000000\n",
            [
                "ligne 2 : programme.name : le texte contient un caractère invisible (U+0000)",
                "ligne 5 : seats.mentor : ce nombre est trop grand (1000000 au plus)",
            ],
        ),
        (
            HEADING + '[length]\nusual = "P99999Y"\n[seats]\nmentor = nan\n',
            [
                "ligne 5 : length.usual : « P99999Y » dépasse cent ans",
                "ligne 7 : seats.mentor : il faut un nombre entier ; reçu : nan",
            ],
        ),
        (
            HEADING + '[objectives]\ndue = "bientôt"\n',
            [
                "ligne 5 : objectives.due : il faut l'une de ces valeurs : 'submission', 'first_meeting' ; reçu : bientôt"
            ],
        ),
        (
            HEADING + 'slug = "autre"\n',
            ["fichier : ligne 4 : cette clé ou cette section est donnée deux fois"],
        ),
        (
            HEADING
            + "[meetings]\nnotice_hours = true\nusual_minutes = 45.0\nplanned_together = 1\n"
            + '[charter]\ntitle = "Charte"\nedition = 0\nsections = []\n',
            [
                "ligne 5 : meetings.notice_hours : il faut un nombre entier ; reçu : true",
                "ligne 6 : meetings.usual_minutes : il faut un nombre entier ; reçu : 45.0",
                "ligne 7 : meetings.planned_together : il faut true ou false ; reçu : 1",
                "ligne 10 : charter.edition : il faut une date, par exemple 2025-07-01 ; reçu : 0",
            ],
        ),
        (
            HEADING + "[meetings]\nplaces = [\n",
            [
                "fichier : ligne 5, la dernière : le fichier s'arrête avant la fin (est-il coupé, manque-t-il un guillemet ou un crochet ?)"
            ],
        ),
        (HEADING + "x = " + "[" * 5000, ["fichier : ce n'est pas du TOML lisible"]),
        (HEADING + "x = " + "9" * 5000, ["fichier : ce n'est pas du TOML lisible"]),
    ],
    ids=[
        "of every kind",
        "what no database keeps",
        "beyond the calendar",
        "closed list",
        "twice",
        "other kinds",
        "cut short",
        "deep",
        "long",
    ],
)
def test_everything_wrong_is_told_at_once_in_french(text, problems):
    with pytest.raises(UnreadableRules) as error:
        catalogue.parse_programme(text)

    assert [str(problem) for problem in error.value.problems] == problems


def test_a_sixth_association_needs_no_code(organisation):
    file = catalogue.parse_programme(SIXTH)

    programme = catalogue.load_programme(file, organisation=organisation, by=None, at=AT)

    assert make_cohort(programme).vocabulary == file.vocabulary


def test_the_command_checks_loads_and_writes(organisation, tmp_path, capsys):
    path = tmp_path / "sixth.toml"
    path.write_text(SIXTH, encoding="utf-8")

    call_command("programme", "check", str(path))
    call_command("programme", "load", str(path), organisation=organisation.slug)
    call_command("programme", "export", "parrainage-lycee")

    assert Programme.objects.get().name == "Parrainage du Lycée"
    assert capsys.readouterr().out.endswith(
        '[[questions]]\ncode = "birth_date"\nkind = "date"\nlabel = "Date de naissance"\nroles = [\n    "mentee",\n]\n'
    )


def test_the_command_names_file_key_and_reason(tmp_path):
    path = tmp_path / "wrong.toml"
    path.write_text(SIXTH + '[length]\nusal = "P6M"\n', encoding="utf-8")

    with pytest.raises(CommandError) as error:
        call_command("programme", "check", str(path))

    assert (
        str(error.value)
        == f"{path} : ligne 22 : length.usal : cette clé n'existe pas (faute de frappe ?)"
    )


def test_a_file_too_large_for_a_programme_is_not_read(tmp_path):
    path = tmp_path / "large.toml"
    path.write_bytes(b"#" * (catalogue.LARGEST_FILE + 1))

    with pytest.raises(CommandError) as error:
        call_command("programme", "check", str(path))

    assert (
        str(error.value) == f"{path} : ce fichier est trop grand pour un programme (1 Mo au plus)."
    )
