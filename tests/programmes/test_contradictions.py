"""What a programme file may not say at once is refused in one sentence, with its line and key."""

from __future__ import annotations

import pytest

from programmes.policy.document import UnreadableRules
from programmes.services import catalogue
from programmes.toml_lines import Lines
from tests.factories.programmes import AT

HEADING = '[programme]\nname = "Simple"\nslug = "simple"\n'
MINORS = """[minors]
admitted = true
[agreement]
kind = "convention"
parties = [ { kind = "mentor" }, { kind = "mentee" }, { kind = "guardian" } ]
"""
YEARS = """[[questions]]
code = "years"
label = "Années"
kind = "integer"
minimum = 0
maximum = 10
"""
LEVELS = """[[lists]]
code = "levels"
choices = [ { code = "low", label = "Bas" }, { code = "high", label = "Haut" } ]
[[questions]]
code = "level"
label = "Niveau"
"""
ELIGIBILITY = '[[eligibility]]\ncode = "e"\nrole = "mentor"\n'
MILESTONE = '[[milestones]]\ncode = "m"\ntitle = "M"\n'
NO_ROLE = "il faut au moins un rôle : « mentor », « mentee » ou les deux"
NEVER_SEEN = "aucun lieu de meetings.places ne permet de se voir"


def problems_of(text: str) -> list[str]:
    with pytest.raises(UnreadableRules) as error:
        catalogue.parse_programme(HEADING + text)
    return [f"{one.line} {one.key} : {one.reason}" for one in error.value.problems]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (YEARS + "roles = []\n", f"10 questions[1].roles : {NO_ROLE}"),
        ("[length]\nextension_needs = []\n", f"5 length.extension_needs : {NO_ROLE}"),
        (
            "[meetings]\nplaces = []\n",
            "5 meetings.places : il faut au moins un lieu où se rencontrer",
        ),
        (
            '[meetings]\nplaces = ["video", "video"]\n',
            "5 meetings.places : « video » est donné 2 fois",
        ),
        (
            'contact_email = "ecrivez-nous"\n',
            "4 programme.contact_email : « ecrivez-nous » n'est pas une adresse e-mail",
        ),
        (
            '[meetings]\nplaces = ["video"]\n[[quotas]]\ncode = "q"\nleast = 2\nplace = "in_person"\n',
            f"9 quotas[1].place : {NEVER_SEEN}",
        ),
        (
            '[meetings]\nplaces = ["room"]\n[[quotas]]\ncode = "q"\nleast = 2\nplace = "remote"\n',
            "9 quotas[1].place : aucun lieu de meetings.places ne permet d'être à distance",
        ),
        (
            '[meetings]\nplaces = ["phone"]\nin_person_preferred = true\n',
            f"6 meetings.in_person_preferred : {NEVER_SEEN}",
        ),
        (
            "[meetings]\ntopic_from = 3\n",
            "5 meetings.topic_from : il faut dire qui propose le sujet : meetings.topic_by",
        ),
        (
            '[length]\nmost = "P2W"\n[meetings]\nnotice_hours = 400\n',
            "7 meetings.notice_hours : ce délai dépasse le programme, qui dure P2W au plus",
        ),
        (
            '[length]\nusual = "P1Y"\nmost = "P12M"\nextensions = 1\n',
            "7 length.extensions : P12M est déjà le plus long que permet length.most : rien ne peut être prolongé",
        ),
        (
            "[length]\nadaptable = true\n",
            "5 length.adaptable : il n'y a pas de durée (length.usual) à adapter",
        ),
        (
            '[length]\nusual = "P1M"\nextensions = 0\n[[quotas]]\ncode = "q"\nleast = 1\nper = "P2M"\n',
            "10 quotas[1].per : cette période dépasse le programme, qui dure P1M au plus",
        ),
        (
            '[membership]\nmentor = "member"\nthroughout = true\n',
            "6 membership.throughout : aucun rôle n'a d'adhésion à tenir à jour (paid_up)",
        ),
        (
            '[membership]\nmentor = "paid_up"\nremind_before = "P7D"\n',
            "6 membership.remind_before : on ne rappelle qu'une adhésion à tenir à jour jusqu'au bout : throughout = true, et paid_up",
        ),
        (
            "[agreement]\nwith_objectives = true\n",
            "5 agreement.with_objectives : seule une convention reprend les objectifs",
        ),
        (
            MINORS.replace('"guardian" } ]', '"guardian" } ]\nwith_objectives = true')
            + '[[questions]]\ncode = "birth_date"\nlabel = "Date"\nkind = "date"\n',
            "9 agreement.with_objectives : le programme ne demande pas d'objectifs (objectives)",
        ),
        (
            MINORS.replace('"guardian" } ]', '"guardian" } ]\nwith_objectives = true')
            + '[objectives]\nminimum = 1\nother_theme = true\ndue = "first_meeting"\n'
            + '[[questions]]\ncode = "birth_date"\nlabel = "Date"\nkind = "date"\n',
            '9 agreement.with_objectives : la convention se signe avant la première rencontre : fixer les objectifs plus tôt, objectives.due = "submission"',
        ),
        (
            MINORS + '[[questions]]\ncode = "birth_date"\nlabel = "Âge"\nkind = "integer"\n',
            '12 questions[1].kind : la date de naissance est une date : kind = "date"',
        ),
        (
            MINORS
            + '[[questions]]\ncode = "birth_date"\nlabel = "Date"\nkind = "date"\nrequired = false\n',
            "13 questions[1].required : sans réponse obligatoire, on ne saurait pas qui est mineur",
        ),
        (
            "[objectives]\nmaximum = 3\n",
            "4 objectives : il n'y a ni thèmes, ni thème libre (other_theme = true)",
        ),
        (
            LEVELS + "maximum = 3\n",
            "10 questions[1].maximum : une question de genre « text » n'a pas de bornes",
        ),
        (
            LEVELS + 'kind = "choices"\nlist = "levels"\nminimum = 3\n',
            "12 questions[1].minimum : la liste « levels » n'a que 2 choix",
        ),
        (
            YEARS + ELIGIBILITY + 'test = "range"\nquestions = ["years"]\nminimum = 18\n',
            "10 eligibility[1] : aucune réponse permise à « years » ne convient à ces bornes",
        ),
        (
            LEVELS
            + 'kind = "choice"\nlist = "levels"\n'
            + ELIGIBILITY
            + 'test = "at_least"\nquestions = ["level"]\nvalues = ["high"]\n',
            "16 eligibility[1].questions : la liste « levels » n'est pas ordonnée : écrire ranked = true",
        ),
        (
            YEARS
            + '[[criteria]]\ncode = "c"\nlabel = "C"\ntest = "gap"\nmentor = "years"\nmentee = "years"\nminimum = 11\n',
            "10 criteria[1] : avec les réponses que permet le questionnaire, personne n'y satisfait",
        ),
        (
            '[length]\nusual = "P6M"\nextensions = 0\n' + MILESTONE + 'after_start = "P8M"\n',
            "10 milestones[1].after_start : cette étape viendrait après la fin : P6M au plus",
        ),
        (
            '[length]\nusual = "P2M"\n' + MILESTONE + 'before_end = "P3M"\n',
            "9 milestones[1].before_end : cette étape viendrait avant le début : le programme dure P2M",
        ),
        (
            MILESTONE + 'after_end = "P3M"\nasks_extension = true\n',
            "8 milestones[1].asks_extension : après la fin, il n'y a plus rien à prolonger",
        ),
        (
            MILESTONE + 'after_meetings = 3\nroles = ["mentor"]\napproved_by_both = true\n',
            "9 milestones[1].approved_by_both : approuver à deux suppose que les deux rôles répondent",
        ),
        (
            MILESTONE
            + 'after_meetings = 3\nroles = ["mentor"]\nquestions = [{ code = "q", label = "Q", roles = ["mentee"] }]\n',
            "9 milestones[1].questions[1].roles : l'étape n'est pas demandée à ce rôle",
        ),
    ],
)
def test_what_contradicts_itself_is_refused_where_it_stands(text: str, told: str) -> None:
    assert problems_of(text) == [told]


def test_all_contradictions_are_told_at_once_in_the_order_of_the_file() -> None:
    text = (
        YEARS
        + ELIGIBILITY
        + 'test = "range"\nquestions = ["years"]\nminimum = 5\n'
        + ELIGIBILITY.replace('"e"', '"f"')
        + 'test = "range"\nquestions = ["years"]\nmaximum = 4\n'
        + '[meetings]\nplaces = []\n[[guides]]\nmoment = "place"\ntitle = "Où"\nitems = ["Ici"]\nroles = []\n'
    )

    assert problems_of(text) == [
        "16 eligibility[2] : personne ne peut convenir à la fois à ces bornes et à celles de eligibility[1]",
        "23 meetings.places : il faut au moins un lieu où se rencontrer",
        f"28 guides[1].roles : {NO_ROLE}",
    ]


def test_what_was_published_stays_readable(organisation) -> None:
    """Rules kept before a contradiction was known go on as they are."""
    programme = catalogue.load_programme(
        catalogue.parse_programme(HEADING), organisation=organisation, by=None, at=AT
    )
    kept = programme.rule_sets.get()
    kept.document = {"meetings": {"places": []}}
    kept.save()

    assert programme.rule_sets.get().rules.meetings.places == ()


def test_lines_of_a_file_are_found_through_texts_and_tables_of_all_kinds() -> None:
    lines = Lines(
        'a = 1\n# [x]\n[charter]\npreamble = """\n[not a table]\n"""\n'
        "[[charter.sections]]\r\nvoice = 'all'\n[charter.sections.english]\ntitle = 'T'\n"
        "[[charter.sections]]\n[[charter.sections.commitments]]\ncode = 'x'\ncites = [\n'a',\n]\n"
    )

    assert {
        key: lines.of(key)
        for key in (
            "a",
            "b",
            "charter.preamble",
            "charter.sections",
            "charter.sections[1].english.title",
            "charter.sections[2].text",
            "charter.sections[2].commitments[1].cites[1]",
        )
    } == {
        "a": 1,
        "b": None,
        "charter.preamble": 4,
        "charter.sections": 7,
        "charter.sections[1].english.title": 10,
        "charter.sections[2].text": 11,
        "charter.sections[2].commitments[1].cites[1]": 14,
    }
