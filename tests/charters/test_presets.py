"""What the five charters say, clause by clause (docs/charters.md); in our own words."""

from __future__ import annotations

import re

import pytest

from charters.text import CharterText, Voice, read_charter
from charters.watching import Watch
from programmes.phrases import fill
from programmes.policy.terms import Role
from programmes.services import catalogue
from tests.harness import tree

SPA, PA, WM = "sciences-po-alumni", "ponts-alumni", "wementoring"
IAF, ESCP = "espace-jeunes-anne-frank", "escp-europe-alumni"
ALL = (SPA, PA, WM, IAF, ESCP)


def file_of(stem):
    path = next(path for path in catalogue.preset_files() if path.stem == stem)
    return catalogue.parse_programme(path.read_text(encoding="utf-8"))


def charter_of(stem) -> CharterText:
    return read_charter(file_of(stem).others["charter"])


def said(stem, code):
    """A commitment in the programme's words, and in whose voice."""
    vocabulary = file_of(stem).vocabulary
    return next(
        (section.voice, fill(one.text, vocabulary))
        for section in charter_of(stem).sections
        for one in section.commitments
        if one.code == code
    )


CLAUSES = [
    ("P17", SPA, "by_choice", Voice.ALL, "personne n'est payé"),
    ("P17", PA, "volunteer", Voice.ALL, "bénévolement, par choix"),
    ("P17", WM, "free", Voice.ALL, "librement"),
    ("P17", IAF, "voluntary", Voice.ALL, "volontaire et bénévole"),
    ("P17", ESCP, "unpaid", Voice.MENTOR, "J'accompagne bénévolement"),
    ("P18", SPA, "by_choice", Voice.ALL, "le programme est gratuit"),
    ("P18", WM, "free", Voice.ALL, "aucun argent ne passe entre nous"),
    ("P19", ESCP, "fee", Voice.MENTEE, "les frais de participation"),
    ("C1", SPA, "secrecy", Voice.ALL, "Rien de ce que nous nous confions ne sort d'ici"),
    ("C1", PA, "between_us", Voice.ALL, "strictement pour nous"),
    ("C1", WM, "confidential", Voice.ALL, "strictement confidentiel"),
    ("C1", IAF, "secrecy", Voice.ALL, "strictement confidentiels"),
    ("C1", ESCP, "confidential", Voice.ALL, "strictement confidentiel"),
    ("C2", SPA, "secrecy", Voice.ALL, "sauf si nous en sommes d'accord tous les deux"),
    ("C3", IAF, "review", Voice.PAIR, "reste entre nous si nous le souhaitons"),
    ("C4", IAF, "assessment", Voice.ORGANISATION, "sans rien dévoiler"),
    ("C5", WM, "own_measure", Voice.MENTOR, "ma propre mesure de la discrétion"),
    ("D13", ESCP, "punctual", Voice.ALL, "au moins 24 heures avant"),
    ("W1", SPA, "places", Voice.ALL, "un lieu public ou professionnel"),
    ("W2", IAF, "at_the_centre", Voice.PAIR, "La première rencontre a lieu au centre"),
    ("K1", WM, "no_business", Voice.ALL, "exclusion définitive, signalée sur mon profil"),
    ("K2", SPA, "no_address_book", Voice.MENTEE, "ni son carnet d'adresses, ni mon prochain poste"),
    ("K2", SPA, "no_result", Voice.MENTEE, "aucun résultat ne m'est dû"),
    ("K3", ESCP, "not_job_search", Voice.MENTEE, "pas un service de recherche d'emploi"),
    ("K4", IAF, "no_substitute", Voice.MENTOR, "Je ne remplace aucun enseignant"),
    ("K4", IAF, "no_promise", Voice.MENTEE, "ni stage ni emploi"),
    ("K5", PA, "plain_talk", Voice.ALL, "j'en parle franchement"),
    ("K5", IAF, "support", Voice.ORGANISATION, "chacun, séparément"),
    ("K6", SPA, "attention", Voice.ALL, "à l'écoute et avec bienveillance"),
    ("K6", WM, "kindness", Voice.ALL, "sur un pied d'égalité"),
    ("K6", IAF, "listening", Voice.ALL, "ne jugeons pas"),
    ("K6", ESCP, "punctual", Voice.ALL, "ponctuels"),
    ("K7", IAF, "bring", Voice.MENTOR, "mes connaissances et mon réseau"),
    ("K8", IAF, "no_harm", Voice.ALL, "nuirait à l'autre"),
    ("K9", SPA, "no_deciding", Voice.MENTOR, "je ne décide jamais à la place du mentoré"),
    ("K10", IAF, "frame", Voice.MENTOR, "Je réponds du cadre"),
    ("K10", IAF, "decide", Voice.MENTEE, "j'en assume les résultats"),
    ("K11", WM, "shared_success", Voice.ALL, "la réussite de notre relation"),
    ("K11", IAF, "shared", Voice.ALL, "la réussite de la relation"),
    ("K12", SPA, "attention", Voice.ALL, "disponibles, vraiment présents"),
    ("K12", WM, "available", Voice.ALL, "l'esprit présent"),
    ("K12", IAF, "present", Voice.ALL, "disponibles, et présents"),
    ("K13", ESCP, "concrete", Voice.MENTOR, "dans mon domaine de compétence"),
    ("K14", ESCP, "serious", Voice.MENTEE, "je fais confiance au mentor"),
    ("B2", SPA, "closing", Voice.ALL, "l'entretien de clôture"),
    ("B3", PA, "joint_text", Voice.PAIR, "Le dernier entretien sert à écrire ensemble"),
    ("B4", PA, "testimony", Voice.PAIR, "chacun dit à quoi il consent"),
    ("B7", ESCP, "tell_the_end", Voice.ALL, "le dit à l'association"),
    ("B8", ESCP, "news", Voice.MENTEE, "je donne de mes nouvelles au mentor"),
    ("B11", ESCP, "not_job_search", Voice.MENTEE, "coaching de carrière"),
]


@pytest.mark.parametrize(("clause", "stem", "code", "voice", "words"), CLAUSES)
def test_the_charter_says_it(clause, stem, code, voice, words):
    whose, text = said(stem, code)

    assert (clause, whose) == (clause, voice)
    assert words in text


def test_p18_only_the_escp_charter_speaks_of_a_fee():
    speaking = {
        stem
        for stem in ALL
        for section in charter_of(stem).sections
        for one in section.commitments
        if "frais" in one.text
    }

    assert speaking == {ESCP}


def test_k2_and_k7_say_the_opposite_and_each_belongs_to_its_programme():
    _voice, excluded = said(SPA, "no_address_book")
    _voice, promised = said(IAF, "bring")

    assert excluded.startswith("Je n'attends du mentor")
    assert promised.startswith("J'apporte")
    assert "réseau" not in " ".join(
        one.text for section in charter_of(SPA).sections for one in section.commitments
    )


@pytest.mark.parametrize("stem", ALL)
def test_i10_a_charter_speaks_to_each_in_turn(stem):
    own = {
        SPA: [Voice.ORGANISATION],
        PA: [Voice.PAIR],
        WM: [],
        IAF: [Voice.PAIR, Voice.ORGANISATION],
        ESCP: [Voice.ORGANISATION],
    }

    voices = [section.voice for section in charter_of(stem).sections]

    assert voices == [Voice.ALL, Voice.MENTOR, Voice.MENTEE, *own[stem]]


def test_i4_the_mentor_and_the_mentee_each_have_a_list_of_their_own():
    charter = charter_of(WM)
    mentor = {one.code for one in charter.commitments_for(Role.MENTOR)}
    mentee = {one.code for one in charter.commitments_for(Role.MENTEE)}

    assert mentor - mentee == {"clarify", "constructive", "own_measure"}
    assert mentee - mentor == {"speak_up", "receive", "project", "action_plans"}


def test_i11_the_ponts_charter_is_of_july_2025():
    edition = charter_of(PA).edition

    assert (edition.year, edition.month) == (2025, 7)


def test_p15_the_womens_network_reads_its_own_words():
    vocabulary = file_of(WM).vocabulary

    assert said(WM, "clarify")[1].startswith("J'aide ma mentorée")
    assert [fill(section.title, vocabulary) for section in charter_of(WM).sections] == [
        "Toutes les deux",
        "La mentore",
        "La mentorée",
    ]


ROWS = re.findall(
    r"^\| ([A-Z]\d+) \| ([^|]+) \|",
    (tree.ROOT / "docs" / "charters.md").read_text(encoding="utf-8"),
    re.MULTILINE,
)
SHORT = {SPA: "SPA", PA: "PA", WM: "WM", IAF: "IAF", ESCP: "ESCP"}


def cited_by(charter: CharterText) -> list[str]:
    return [
        clause
        for part in (
            charter,
            *charter.sections,
            *(one for section in charter.sections for one in section.commitments),
        )
        for clause in part.cites
    ]


@pytest.mark.parametrize("stem", ALL)
def test_every_row_of_the_programme_stands_in_its_charter_and_no_other(stem):
    asked = {clause for clause, who in ROWS if who == "all" or SHORT[stem] in who.split(", ")}

    assert len(asked) > 20
    assert set(cited_by(charter_of(stem))) == asked


@pytest.mark.parametrize("stem", ALL)
def test_the_english_of_a_charter_says_the_ids_words_and_numbers_of_the_french(stem):
    french = charter_of(stem)
    english = french.in_english()

    assert english is not None
    for own, translated in zip(french.sections, english.sections, strict=True):
        pairs = [(own.title, translated.title), (own.intro, translated.intro)]
        pairs += [
            (one.text, other.text)
            for one, other in zip(own.commitments, translated.commitments, strict=True)
        ]
        for said, courtesy in pairs:
            assert bool(said) == bool(courtesy)
            assert re.findall(r"\d+", said) == re.findall(r"\d+", courtesy)
            assert not said or said != courtesy


WATCHED = {
    SPA: {Watch.MEMBERSHIP, Watch.LENGTH, Watch.CALENDAR, Watch.PLACES, "closing"},
    PA: {
        Watch.MEMBERSHIP,
        Watch.OBJECTIVES,
        Watch.LENGTH,
        Watch.CALENDAR,
        Watch.RHYTHM,
        "feedback",
        "midway",
        "bilan",
        "testimony",
    },
    WM: {Watch.RHYTHM, Watch.MINUTES, Watch.CALENDAR, "action_plan"},
    IAF: {
        Watch.OBJECTIVES,
        Watch.LENGTH,
        Watch.RHYTHM,
        Watch.REGULARITY,
        Watch.FIRST_PLACE,
        Watch.PLACES,
        "bilan",
    },
    ESCP: {
        Watch.MEETINGS,
        Watch.MINUTES,
        Watch.LENGTH,
        Watch.NOTICE,
        Watch.END,
        Watch.REGULARITY,
        Watch.MEMBERSHIP,
        Watch.FEE,
        Watch.OBJECTIVES,
        Watch.FIRST_DATE,
        Watch.SUMMARY,
        "news",
    },
}


@pytest.mark.parametrize("stem", ALL)
def test_where_a_rule_exists_it_watches_a_commitment(stem):
    watched = [
        one.milestone or one.watch
        for section in charter_of(stem).sections
        for one in section.commitments
        if one.watch
    ]

    assert len(watched) == len(set(watched))
    assert set(watched) == WATCHED[stem]
