"""A charter is read from its programme's file, kept in versions, given back (I10, I11)."""

from __future__ import annotations

import tomllib
import unicodedata
from datetime import date, timedelta

import pytest
from django.core.management import call_command

from charters.checking import problems_of
from charters.markdown import to_html, to_inline_html
from charters.models import CharterVersion
from charters.queries import current_charter
from charters.services.texts import publish_charter
from charters.text import canonical, digest_of, read_charter
from programmes.policy.document import UnreadableRules
from programmes.policy.terms import Role
from programmes.services import catalogue
from tests.factories.programmes import AT, make_programme

CHARTER = {
    "title": "Charte {du mentorat}",
    "edition": date(2026, 9, 1),
    "sections": [
        {
            "voice": "mentor",
            "intro": "Ce que fait {le mentor}.",
            "commitments": [{"code": "listen", "text": "J'écoute {le mentoré}."}],
        },
        {"voice": "mentee", "commitments": [{"code": "lead", "text": "Je propose les dates."}]},
        {"voice": "pair", "commitments": [{"code": "secret", "text": "Cela reste entre nous."}]},
        {"voice": "organisation", "commitments": [{"code": "help", "text": "Nous aidons."}]},
    ],
}


def charter(**changes):
    return CHARTER | changes


def problems_in(part, **rules):
    document = {"programme": {"name": "Un programme", "slug": "un-programme"}, "charter": part}
    with pytest.raises(UnreadableRules) as error:
        catalogue.read_programme(document | rules)
    return [str(problem) for problem in error.value.problems]


def test_each_role_gives_its_own_commitments_and_the_common_ones():
    text = read_charter(CHARTER)

    assert [one.code for one in text.commitments_for(Role.MENTOR)] == ["listen", "secret"]
    assert [one.code for one in text.commitments_for(Role.MENTEE)] == ["lead", "secret"]


def test_what_is_wrong_is_told_all_at_once_with_its_key():
    section = {"voice": "everybody", "commitments": [{"code": "Listen", "text": ""}], "more": 1}

    assert problems_in(charter(edition="juillet", sections=[section])) == [
        "charter.edition : il faut une date, par exemple 2025-07-01 ; reçu : juillet",
        "charter.sections[1].voice : il faut l'une de ces valeurs : 'all', 'mentor', 'mentee', 'pair', 'organisation' ; reçu : everybody",
        "charter.sections[1].commitments[1].code : il faut des petites lettres, des chiffres et des _, en commençant par une lettre ; reçu : Listen",
        "charter.sections[1].commitments[1].text : il faut un texte non vide ; reçu : ",
        "charter.sections[1].more : cette clé n'existe pas (faute de frappe ?)",
    ]


def test_words_that_are_not_the_vocabularys_are_told_with_their_key():
    sections = [
        {
            "voice": "all",
            "intro": "{le menteur}",
            "commitments": [{"code": "a", "text": "Avec {mon"}],
        },
    ]

    assert problems_in(charter(sections=sections)) == [
        "charter.sections[1].intro : « {le menteur} » est inconnu ; vouliez-vous dire « {le mentor} » ?",
        "charter.sections[1].commitments[1].text : une accolade ouverte n'est pas fermée",
    ]


def test_a_charter_has_something_to_say():
    assert problems_in(charter(sections=[])) == [
        "charter.sections : il faut au moins une partie ([[charter.sections]])"
    ]


def test_a_code_is_given_once():
    twice = [{"code": "listen", "text": "J'écoute."}]
    sections = [{"voice": "mentor", "commitments": twice}, {"voice": "pair", "commitments": twice}]

    assert problems_in(charter(sections=sections)) == [
        "charter.sections[2].commitments[1].code : le code « listen » est déjà pris"
    ]


def test_a_charter_to_accept_one_by_one_has_commitments_for_both():
    sections = [{"voice": "mentor", "commitments": [{"code": "listen", "text": "J'écoute."}]}]

    assert problems_in(charter(sections=sections), acceptance={"by_commitment": True}) == [
        "charter.sections : acceptance.by_commitment demande d'accepter engagement par engagement, et la charte n'en donne aucun pour « mentee »"
    ]


def test_the_digest_depends_on_the_words_alone():
    text = read_charter(CHARTER)
    said = unicodedata.normalize("NFD", "J'écoute {le mentoré}.")
    decomposed = CHARTER["sections"][0] | {"commitments": [{"code": "listen", "text": said}]}
    same = read_charter(charter(sections=[decomposed, *CHARTER["sections"][1:]]))
    other = read_charter(charter(preamble="Bonjour."))

    assert canonical(same) == canonical(text)
    assert digest_of(other.model_dump(mode="json")) != digest_of(text.model_dump(mode="json"))


def watching(voice="all", **commitment):
    return charter(
        sections=[{"voice": voice, "commitments": [{"code": "a", "text": "A."} | commitment]}]
    )


def test_what_watches_a_commitment_is_one_of_a_closed_list():
    [problem] = problems_in(watching(watch="everything"))

    assert problem.startswith(
        "charter.sections[1].commitments[1].watch : il faut l'une de ces valeurs : 'notice', "
    )


@pytest.mark.parametrize(
    ("watch", "rules", "missing"),
    [
        ("notice", {"meetings": {"notice_hours": 24}}, "meetings.notice_hours"),
        ("first_date", {"introduction": {"first_date_within": "P1M"}}, "introduction"),
        ("rhythm", {"quotas": [{"code": "q", "least": 1, "per": "P1M"}]}, "quotas.per"),
        ("meetings", {"quotas": [{"code": "q", "least": 4}]}, "quotas"),
        ("minutes", {"meetings": {"most_minutes": 120}}, "meetings.least_minutes"),
        ("calendar", {"meetings": {"planned_together": True}}, "meetings.planned_together"),
        ("regularity", {"meetings": {"silent_after": "P45D"}}, "meetings.silent_after"),
        ("length", {"length": {"usual": "P6M"}}, "length.usual"),
        ("places", {"meetings": {"places": ["public"]}}, "meetings.places"),
        ("first_place", {"meetings": {"first_places": ["room"]}}, "meetings.first_places"),
        ("objectives", {"objectives": {"minimum": 1, "other_theme": True}}, "objectives.minimum"),
        ("membership", {"membership": {"mentor": "member"}}, "membership"),
        ("fee", {"fee": {"amount": "150.00"}}, "fee"),
    ],
)
def test_what_watches_a_commitment_is_a_rule_of_the_programme(watch, rules, missing):
    document = {"programme": {"name": "Un programme", "slug": "un-programme"}}

    catalogue.read_programme(document | rules | {"charter": watching(watch=watch)})
    problems = problems_in(watching(watch=watch))

    assert problems == [
        f"charter.sections[1].commitments[1].watch : « {watch} » n'a rien à suivre : "
        f"le programme ne donne pas {missing}"
    ]


def test_rules_that_cannot_be_read_say_nothing_of_what_watches():
    assert problems_in(watching(watch="notice"), seats={"mentor": 0}) == [
        "seats.mentor : il faut au moins 1 ; reçu : 0"
    ]


def test_a_milestone_that_is_followed_is_one_of_the_programmes():
    milestones = {"milestones": [{"code": "midway", "title": "Point", "after_meetings": 2}]}
    named = watching(watch="milestone", milestone="half")

    assert problems_in(named, **milestones) == [
        "charter.sections[1].commitments[1].milestone : « half » n'est le code d'aucun milestone"
    ]
    assert problems_in(watching(watch="milestone"), **milestones) == [
        'charter.sections[1].commitments[1] : milestone va avec watch = "milestone", et avec lui seul'
    ]


def test_nothing_watches_over_the_organisation():
    assert problems_in(watching("organisation", watch="end")) == [
        "charter.sections[1].commitments[1].watch : seuls les engagements des deux personnes sont suivis"
    ]


def test_a_translation_is_whole_or_there_is_none():
    half = watching() | {"english": {"title": "Charter"}}
    headless = watching(english="A.")

    assert problems_in(half) == [
        "charter.sections[1].commitments[1].english : il manque la traduction anglaise de ce texte"
    ]
    assert problems_in(headless) == [
        "charter.english.title : il manque le titre anglais de la charte"
    ]
    assert problems_in(headless | {"language": "en", "title": "Charter"}) == [
        "charter.sections[1].commitments[1].english : la charte est déjà en anglais"
    ]


def test_a_text_of_several_lines_says_on_which_one_a_word_is_unknown():
    preamble = "Bonjour {le mentor}.\n\nVoici {le menteur}."

    assert problems_in(charter(preamble=preamble)) == [
        "charter.preamble : ligne 3 : « {le menteur} » est inconnu ; vouliez-vous dire « {le mentor} » ?"
    ]


@pytest.mark.django_db
def test_a_file_gives_back_the_charter_it_brought(organisation):
    programme = make_programme(organisation, {"charter": CHARTER})

    written = tomllib.loads(catalogue.export_programme(programme))

    assert read_charter(written["charter"]) == read_charter(CHARTER)
    assert written["charter"]["edition"] == date(2026, 9, 1)


@pytest.mark.django_db
def test_new_words_make_a_new_version_and_the_same_words_none(organisation):
    programme = make_programme(organisation, {"charter": CHARTER})
    make_programme(organisation, {"charter": CHARTER})
    make_programme(organisation, {"charter": charter(title="Notre charte")})

    versions = CharterVersion.objects.filter(programme=programme).order_by("number")

    assert [(one.number, one.text.title) for one in versions] == [
        (1, "Charte {du mentorat}"),
        (2, "Notre charte"),
    ]


@pytest.mark.django_db
def test_an_edition_to_come_is_not_in_force_yet(organisation):
    programme = make_programme(organisation, {"charter": CHARTER})
    make_programme(organisation, {"charter": charter(edition=date(2027, 9, 1))})

    before = current_charter(programme, date(2027, 8, 31))
    after = current_charter(programme, date(2027, 9, 1))

    assert (before and before.number, after and after.number) == (1, 2)
    assert current_charter(programme, AT.date() - timedelta(days=900)) == before


@pytest.mark.django_db
def test_a_programme_without_a_charter_has_a_plain_one_that_is_not_exported(organisation):
    programme = make_programme(organisation)

    plain = CharterVersion.objects.get(programme=programme)

    assert plain.text.commitments_for(Role.MENTOR)
    assert problems_of(plain.text, None) == []
    assert plain.text.in_english() is not None
    assert "charter" not in tomllib.loads(catalogue.export_programme(programme))


@pytest.mark.django_db
def test_a_file_without_a_charter_leaves_the_one_there_is(organisation):
    programme = make_programme(organisation, {"charter": CHARTER})

    make_programme(organisation)

    assert CharterVersion.objects.filter(programme=programme).count() == 1


def test_an_older_file_does_not_undo_a_newer_edition(organisation, tmp_path, capsys):
    programme = make_programme(organisation, {"charter": CHARTER})
    older = tmp_path / "older.toml"
    older.write_text(catalogue.export_programme(programme))
    newer = charter(title="Écrite sur le site", edition=date(2026, 10, 1))
    publish_charter(programme, text=read_charter(newer), by=None, at=AT)
    capsys.readouterr()

    call_command("programme", "load", str(older), organisation=organisation.slug)

    assert capsys.readouterr().out.splitlines()[1:] == [
        "La charte du fichier, édition du 1er septembre 2026, n'est pas prise : la version 2, édition du 1er octobre 2026, est plus récente et reste. Pour publier celle du fichier, changer sa date (charter.edition)."
    ]
    assert current_charter(programme, date(2026, 12, 1)).text.title == "Écrite sur le site"


def test_a_charter_of_ones_own_takes_the_place_of_the_plain_one(organisation):
    programme = make_programme(organisation, {})

    make_programme(organisation, {"charter": charter(edition=date(2019, 1, 1))})

    assert [one.number for one in programme.charter_versions.all()] == [2, 1]


def test_a_text_holds_no_html_of_its_own():
    assert to_html("<script>x</script> **gras** [lien](javascript:x)\x20![i](http://x/y.png)") == (
        "<p>&lt;script&gt;x&lt;/script&gt; <strong>gras</strong> [lien](javascript:x)&nbsp;"
        '!<a href="http://x/y.png" rel="noopener noreferrer">i</a></p>\n'
    )
    assert to_inline_html("*oui*") == "<em>oui</em>"


def test_a_line_never_begins_with_a_semicolon():
    assert to_inline_html("Oui\x20; c'est «\x20vrai\x20»\x20: là\x20!") == (
        "Oui&nbsp;; c'est «&nbsp;vrai&nbsp;»&nbsp;: là&nbsp;!"
    )
