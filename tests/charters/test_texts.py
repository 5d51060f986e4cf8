"""A charter is read from its programme's file, kept in versions, given back (I10, I11)."""

from __future__ import annotations

import tomllib
import unicodedata
from datetime import date, timedelta

import pytest

from charters.markdown import to_html, to_inline_html
from charters.models import CharterVersion
from charters.queries import current_charter
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
        "charter.edition : il faut une date, par exemple 2025-07-01 ; reçu : juillet",
        "charter.sections[1].voice : il faut l'une de ces valeurs : 'all', 'mentor', 'mentee', 'pair', 'organisation' ; reçu : everybody",
        "charter.sections[1].commitments[1].code : cette écriture n'est pas permise (forme attendue : ^[a-z][a-z0-9_]*$) ; reçu : Listen",
        "charter.sections[1].commitments[1].text : il faut un texte non vide ; reçu : ",
        "charter.sections[1].more : cette clé n'existe pas (faute de frappe ?)",
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
        "charter.sections[1].intro : « {le menteur} » est inconnu ; vouliez-vous dire « {le mentor} » ?",
        "charter.sections[1].commitments[1].text : une accolade ouverte n'est pas fermée",
    ]


def test_a_charter_has_something_to_say():
    assert problems_in(charter(sections=[])) == [
        "charter.sections : il faut au moins une partie ([[charter.sections]])"
    ]


def test_a_code_is_given_once():
    twice = [{"code": "listen", "text": "J'écoute."}]
    sections = [{"voice": "mentor", "commitments": twice}, {"voice": "pair", "commitments": twice}]

    assert problems_in(charter(sections=sections)) == [
        "charter.sections[2].commitments[1].code : le code « listen » est déjà pris"
    ]


def test_a_charter_to_accept_one_by_one_has_commitments_for_both():
    sections = [{"voice": "mentor", "commitments": [{"code": "listen", "text": "J'écoute."}]}]

    assert problems_in(charter(sections=sections), acceptance={"by_commitment": True}) == [
        "charter.sections : acceptance.by_commitment demande d'accepter engagement par engagement, et la charte n'en donne aucun pour « mentee »"
    ]


def test_the_digest_depends_on_the_words_alone():
    text = read_charter(CHARTER)
    said = unicodedata.normalize("NFD", "J'écoute {le mentoré}.")
    decomposed = CHARTER["sections"][0] | {"commitments": [{"code": "listen", "text": said}]}
    same = read_charter(charter(sections=[decomposed, *CHARTER["sections"][1:]]))
    other = read_charter(charter(preamble="Bonjour."))

    assert canonical(same) == canonical(text)
    assert digest_of(other.model_dump(mode="json")) != digest_of(text.model_dump(mode="json"))


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
    assert "charter" not in tomllib.loads(catalogue.export_programme(programme))


@pytest.mark.django_db
def test_a_file_without_a_charter_leaves_the_one_there_is(organisation):
    programme = make_programme(organisation, {"charter": CHARTER})

    make_programme(organisation)

    assert CharterVersion.objects.filter(programme=programme).count() == 1


def test_a_text_holds_no_html_of_its_own():
    assert to_html("<script>x</script> **gras** [lien](javascript:x) ![i](http://x/y.png)") == (
        "<p>&lt;script&gt;x&lt;/script&gt; <strong>gras</strong> [lien](javascript:x) "
        '!<a href="http://x/y.png" rel="noopener noreferrer">i</a></p>\n'
    )
    assert to_inline_html("*oui*") == "<em>oui</em>"
