import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.agreement import agree
from programmes.nouns import Noun
from programmes.phrases import _french, check_text, fill
from programmes.vocabulary import DEFAULT, Vocabulary

WOMEN = Vocabulary.from_document(
    {"mentor": "mentore", "mentee": "mentorée", "meeting": "séance", "team": "cellule"}
)
PONTS = Vocabulary.from_document(
    {
        "mentee": "mentee",
        "mentoring": "mentoring",
        "meeting": "entretien",
        "team": {"singular": "bureau", "gender": "m"},
    }
)
ESCP = Vocabulary.from_document({"mentoring": "mentoring", "address_mentor": "tu"})
VOWELS = Vocabulary.from_document(
    {
        "mentor": {"singular": "accompagnatrice", "gender": "f"},
        "mentee": {"singular": "héros", "gender": "m", "elides": False},
        "pair": {"singular": "homologue", "gender": "m"},
        "english": {"mentor": "elder", "meeting": {"singular": "hour", "takes_an": True}},
    }
)


@pytest.mark.parametrize(
    ("text", "default", "women", "ponts"),
    [
        ("{le mentor}", "le mentor", "la mentore", "le mentor"),
        ("{Les mentors}", "Les mentors", "Les mentores", "Les mentors"),
        ("{un mentoré}", "un mentoré", "une mentorée", "un mentee"),
        ("{des mentorés}", "des mentorés", "des mentorées", "des mentees"),
        ("{de mentorés}", "de mentorés", "de mentorées", "de mentees"),
        ("{du mentor}", "du mentor", "de la mentore", "du mentor"),
        ("{au mentoré}", "au mentoré", "à la mentorée", "au mentee"),
        ("{aux mentorés}", "aux mentorés", "aux mentorées", "aux mentees"),
        ("{Mentorés}", "Mentorés", "Mentorées", "Mentees"),
        ("{votre mentor}", "votre mentor", "votre mentore", "votre mentor"),
        ("{ton mentor}", "votre mentor", "votre mentore", "votre mentor"),
        ("{Vos rencontres}", "Vos rencontres", "Vos séances", "Vos entretiens"),
        ("{aucun mentor}", "aucun mentor", "aucune mentore", "aucun mentor"),
        ("{la rencontre}", "la rencontre", "la séance", "l'entretien"),
        ("{de la rencontre}", "de la rencontre", "de la séance", "de l'entretien"),
        (
            "jusqu'{à la rencontre}",
            "jusqu'à la rencontre",
            "jusqu'à la séance",
            "jusqu'à l'entretien",
        ),
        ("{cette rencontre}", "cette rencontre", "cette séance", "cet entretien"),
        ("{sa rencontre}", "sa rencontre", "sa séance", "son entretien"),
        (
            "{la première rencontre}",
            "la première rencontre",
            "la première séance",
            "le premier entretien",
        ),
        (
            "{une nouvelle rencontre}",
            "une nouvelle rencontre",
            "une nouvelle séance",
            "un nouvel entretien",
        ),
        ("{l'autre rencontre}", "l'autre rencontre", "l'autre séance", "l'autre entretien"),
        ("{d'autres mentors}", "d'autres mentors", "d'autres mentores", "d'autres mentors"),
        (
            "{toutes les rencontres}",
            "toutes les rencontres",
            "toutes les séances",
            "tous les entretiens",
        ),
        ("{l'équipe}", "l'équipe", "la cellule", "le bureau"),
        ("{L'équipe}", "L'équipe", "La cellule", "Le bureau"),
        ("{de l'équipe}", "de l'équipe", "de la cellule", "du bureau"),
        ("{à l'équipe}", "à l'équipe", "à la cellule", "au bureau"),
        ("{votre équipe}", "votre équipe", "votre cellule", "votre bureau"),
        ("{équipes}", "équipes", "cellules", "bureaux"),
        ("{du mentorat}", "du mentorat", "du mentorat", "du mentoring"),
        ("{inscrit|mentor}", "inscrit", "inscrite", "inscrit"),
        ("{inscrit|mentors}", "inscrits", "inscrites", "inscrits"),
        ("{Invité|mentoré}", "Invité", "Invitée", "Invité"),
        ("{content/contente|mentor}", "content", "contente", "content"),
        ("{il/elle|mentors}", "ils", "elles", "ils"),
        ("{le/la/les/les|mentors} voir", "les voir", "les voir", "les voir"),
        ("{prévu|rencontre}", "prévue", "prévue", "prévu"),
    ],
)
def test_a_phrase_takes_the_words_of_its_programme(text, default, women, ponts):
    assert check_text(text) == []
    assert [fill(text, words) for words in (DEFAULT, WOMEN, PONTS)] == [default, women, ponts]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{le mentor}", "l'accompagnatrice"),
        ("{du mentor}", "de l'accompagnatrice"),
        ("{au mentor}", "à l'accompagnatrice"),
        ("{ce mentor}", "cette accompagnatrice"),
        ("{mon mentor}", "mon accompagnatrice"),
        ("{de mentors}", "d'accompagnatrices"),
        ("{le nouveau mentor}", "la nouvelle accompagnatrice"),
        ("{ma mentor}", "{ma mentor}"),
        ("{le mentoré}", "le héros"),
        ("{de mentorés}", "de héros"),
        ("{ce mentoré}", "ce héros"),
        ("{le binôme}", "l'homologue"),
        ("{ce binôme}", "cet homologue"),
        ("{le nouveau binôme}", "le nouvel homologue"),
        ("{le même binôme}", "le même homologue"),
    ],
)
def test_words_elide_before_a_vowel_and_a_mute_h(text, said):
    assert fill(text, VOWELS) == said


@pytest.mark.parametrize(
    ("adjective", "feminine", "masculine_plural", "feminine_plural"),
    [
        ("invité", "invitée", "invités", "invitées"),
        ("choisi", "choisie", "choisis", "choisies"),
        ("retenu", "retenue", "retenus", "retenues"),
        ("inscrit", "inscrite", "inscrits", "inscrites"),
        ("admis", "admise", "admis", "admises"),
        ("actif", "active", "actifs", "actives"),
        ("sérieux", "sérieuse", "sérieux", "sérieuses"),
        ("régulier", "régulière", "réguliers", "régulières"),
        ("demandeur", "demandeuse", "demandeurs", "demandeuses"),
        ("accompagnateur", "accompagnatrice", "accompagnateurs", "accompagnatrices"),
        ("supérieur", "supérieure", "supérieurs", "supérieures"),
        ("ancien", "ancienne", "anciens", "anciennes"),
        ("bénévole", "bénévole", "bénévoles", "bénévoles"),
        ("nouveau", "nouvelle", "nouveaux", "nouvelles"),
        ("actuel", "actuelle", "actuels", "actuelles"),
        ("seul", "seule", "seuls", "seules"),
        ("prêt", "prête", "prêts", "prêtes"),
        ("principal", "principale", "principaux", "principales"),
        ("public", "publique", "publics", "publiques"),
        ("tout", "toute", "tous", "toutes"),
        ("celui", "celle", "ceux", "celles"),
        ("discret", "discrète", "discrets", "discrètes"),
    ],
)
def test_adjectives_agree(adjective, feminine, masculine_plural, feminine_plural):
    assert agree(adjective, "m", plural=False) == adjective
    assert agree(adjective, "f", plural=False) == feminine
    assert agree(adjective, "m", plural=True) == masculine_plural
    assert agree(adjective, "f", plural=True) == feminine_plural


def test_tu_or_vous_depends_on_who_reads():
    text = "{Tu peux/Vous pouvez} joindre {votre mentoré} et {vos mentorés}."

    assert fill(text, ESCP, to="mentor") == "Tu peux joindre ton mentoré et tes mentorés."
    assert fill(text, ESCP, to="mentee") == "Vous pouvez joindre votre mentoré et vos mentorés."
    assert fill(text, ESCP) == "Vous pouvez joindre votre mentoré et vos mentorés."


def test_curly_apostrophes_and_no_break_spaces_are_understood():
    assert fill("d’accord avec {l’équipe} et {la rencontre}", PONTS) == (
        "d’accord avec le bureau et l’entretien"
    )
    assert fill("{le\u00a0mentor}", WOMEN) == "la mentore"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{The mentor} and {a mentee}", "The elder and a mentee"),
        ("{A mentor}, {mentors}, {the mentors}", "An elder, elders, the elders"),
        ("{a meeting} of {mentoring}", "an hour of mentoring"),
        ("{A team}, {charter}, {convention}, {cohorts}", "A team, charter, convention, cohorts"),
    ],
)
def test_english_texts_have_english_words(text, said):
    assert check_text(text, language="en") == []
    assert fill(text, VOWELS, language="en") == said


def test_a_text_not_yet_translated_keeps_its_french():
    assert fill("{Le mentor} est {inscrit|mentor}", WOMEN, language="en") == (
        "La mentore est inscrite"
    )


@pytest.mark.parametrize(
    ("text", "position", "reason"),
    [
        ("Oh {le mentro}", 3, "« {le mentro} » est inconnu ; vouliez-vous dire « {le mentor} » ?"),
        ("{la mentor}", 0, "« {la mentor} » est inconnu ; vouliez-vous dire « {le mentor} » ?"),
        ("{request.user}", 0, "« {request.user} » est inconnu"),
        ("{}", 0, "« {} » est inconnu"),
        ("a {mentor", 2, "une accolade ouverte n'est pas fermée"),
        ("a} mentor", 1, "une accolade fermée n'a pas été ouverte"),
        ("{a/b/c}", 0, "« {a/b/c} » : deux formes sont attendues, tu puis vous"),
        (
            "{invitée|mentor}",
            0,
            "« invitée » : écrire le masculin singulier, l'accord se fait tout seul",
        ),
        (
            "{inscrits|mentors}",
            0,
            "« inscrits » : écrire le masculin singulier, l'accord se fait tout seul",
        ),
        (
            "{a/b/c|mentor}",
            0,
            "« a/b/c » : écrire le masculin, ou masculin/féminin, ou ces deux-là et leurs pluriels",
        ),
    ],
)
def test_what_is_not_understood_is_told_with_its_place(text, position, reason):
    assert [(problem.position, problem.reason) for problem in check_text(text)] == [
        (position, reason)
    ]


def test_an_adjective_agrees_only_with_a_noun_of_the_dictionary():
    (problem,) = check_text("{inscrit|coach}")

    assert problem.reason.startswith(
        "« coach » n'est pas un des noms avec lesquels on accorde (mentor, mentors, mentoré,"
    )


def test_every_problem_of_a_text_is_told_in_order():
    assert [problem.position for problem in check_text("} {x} { {le mentor} {y}")] == [0, 2, 6, 20]


def test_what_is_not_understood_stays_as_it_is():
    assert fill("{x} {{ y }} {% z %} {", WOMEN) == "{x} {{ y }} {% z %} {"


def test_every_phrase_of_the_dictionary_says_itself_in_the_default_words():
    said = {
        phrase: fill(f"{{{phrase}}}", Vocabulary(address=address))
        for phrase in _french()
        for address in ["tu" if phrase.split()[0] in {"ton", "ta", "tes"} else "vous"]
    }

    assert said == {phrase: phrase for phrase in _french()}


@given(st.text(st.sampled_from("{}|/ 'lementoré")), st.sampled_from(["fr", "en"]))
def test_no_text_makes_filling_fail(text, language):
    filled = fill(text, WOMEN, language=language)

    if not check_text(text, language=language):
        assert "{" not in filled
        assert "}" not in filled


@given(
    st.sampled_from(sorted(_french())),
    st.builds(
        Noun,
        st.sampled_from(["ami", "marraine", "hôte", "onze"]),
        st.sampled_from(["m", "f"]),
        elides=st.booleans(),
    ),
)
def test_no_phrase_leaves_two_vowels_to_meet(phrase, noun):
    words = Vocabulary(**dict.fromkeys(("mentor", "mentee", "pair", "team"), noun))
    said = fill(f"{{{phrase}}}", words).split()

    if noun.elides and said[-1] in {noun.singular, noun.plural}:
        assert said[-2:-1] not in [
            [w] for w in ("le", "la", "de", "du", "au", "ce", "ma", "sa", "ta")
        ]


@pytest.mark.parametrize(
    ("name", "of", "that"),
    [
        ("Inès", "d'Inès", "qu'Inès"),
        ("Élodie", "d'Élodie", "qu'Élodie"),
        ("Hélène", "d'Hélène", "qu'Hélène"),
        ("Yvonne", "d'Yvonne", "qu'Yvonne"),
        ("Yann", "de Yann", "que Yann"),
        ("Øyvind", "d'Øyvind", "qu'Øyvind"),
        ("Işıl Demir", "d'Işıl Demir", "qu'Işıl Demir"),
        ("Œuvre", "d'Œuvre", "qu'Œuvre"),
        ("ESCP Europe Alumni", "d'ESCP Europe Alumni", "qu'ESCP Europe Alumni"),
        ("O&#x27;Neill", "d'O&#x27;Neill", "qu'O&#x27;Neill"),
        ("Nour", "de Nour", "que Nour"),
        ("Łukasz", "de Łukasz", "que Łukasz"),
        ("杏子", "de 杏子", "que 杏子"),
    ],
)
def test_de_and_que_are_elided_before_the_name_that_follows(name, of, that):
    assert fill(f"Le bilan {{de}} {name}.") == f"Le bilan {of}."
    assert fill(f"{{Que}} {name} réponde !") == f"{that[:1].upper()}{that[1:]} réponde !"


def test_an_elision_before_a_name_has_the_apostrophe_of_its_sentence():
    assert fill("L’accord {de} Inès") == "L’accord d’Inès"


def test_de_and_que_before_a_name_are_no_mistake_and_say_themselves_without_one():
    assert check_text("Le bilan {de} %(name)s, ce {que} %(name)s a dit") == []
    assert fill("Le bilan {de}") == "Le bilan de"
