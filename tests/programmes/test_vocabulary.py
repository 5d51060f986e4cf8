import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.nouns import EnglishNoun, Noun
from programmes.vocabulary import DEFAULT, EnglishWords, Vocabulary, VocabularyError

FILES = {
    "SPA": "",
    "PA": """
        mentee = "mentee"
        mentoring = "mentoring"
        meeting = "entretien"
        """,
    "WM": """
        mentor = "mentore"
        mentee = "mentorée"
        """,
    "IAF": """
        meeting = "rencontre"
        team = {singular = "centre", gender = "m"}
        """,
    "ESCP": """
        mentoring = "mentoring"
        address_mentor = "tu"
        team = {singular = "pôle carrière", plural = "pôles carrière", gender = "m"}
        cohort = "promotion"
        """,
}


def read(text: str) -> Vocabulary:
    return Vocabulary.from_document(tomllib.loads(text))


def reasons(table: object) -> dict[str, str]:
    with pytest.raises(VocabularyError) as refusal:
        Vocabulary.from_document(table)
    return {problem.key: problem.reason for problem in refusal.value.problems}


@pytest.mark.parametrize(
    ("programme", "mentor", "mentees", "mentoring"),
    [
        ("SPA", "mentor", "mentorés", "mentorat"),
        ("PA", "mentor", "mentees", "mentoring"),
        ("WM", "mentore", "mentorées", "mentorat"),
        ("IAF", "mentor", "mentorés", "mentorat"),
        ("ESCP", "mentor", "mentorés", "mentoring"),
    ],
)
def test_each_of_the_five_programmes_has_its_words(programme, mentor, mentees, mentoring):
    vocabulary = read(FILES[programme])

    assert vocabulary.mentor.singular == mentor
    assert vocabulary.mentee.plural == mentees
    assert vocabulary.mentoring.singular == mentoring


@pytest.mark.parametrize("programme", FILES)
def test_what_is_written_back_reads_the_same(programme):
    vocabulary = read(FILES[programme])

    assert Vocabulary.from_document(vocabulary.to_document()) == vocabulary


def test_default_words_need_no_table():
    assert Vocabulary.from_document({}) == DEFAULT
    assert DEFAULT.to_document() == {}


def test_a_file_that_gives_only_one_word_keeps_the_others():
    assert Vocabulary.from_document({"mentor": "mentore"}) == Vocabulary(
        mentor=Noun("mentore", "f")
    )


def test_mentors_may_be_told_tu_where_others_are_told_vous():
    vocabulary = Vocabulary.from_document({"address": "vous", "address_mentor": "tu"})

    assert [vocabulary.address_to(role) for role in ("mentor", "mentee", None)] == [
        "tu",
        "vous",
        "vous",
    ]


def test_the_team_is_told_vous_whatever_the_programme_says():
    assert Vocabulary.from_document({"address": "tu"}).address_to("team") == "vous"


def test_known_words_are_written_back_as_strings_and_others_as_tables():
    vocabulary = Vocabulary(
        mentor=Noun("marraine", "f"),
        pair=Noun("duo", "m", elides=True),
        meeting=Noun("hackathon", "m", elides=False),
        english=EnglishWords(meeting=EnglishNoun("hour", takes_an=True)),
    )

    assert vocabulary.to_document() == {
        "mentor": "marraine",
        "pair": {"singular": "duo", "gender": "m", "elides": True},
        "meeting": {"singular": "hackathon", "gender": "m", "elides": False},
        "english": {"meeting": {"singular": "hour", "takes_an": True}},
    }


def test_everything_wrong_with_a_table_is_told_at_once():
    assert reasons(
        {
            "mentor": "coach",
            "mentee": {"singular": "coaché"},
            "pair": {"singular": "<b>", "gender": "n", "plurals": "x"},
            "meeting": 3,
            "mentors": "mentors",
            "address": "on",
            "convention": {"singular": "pacte", "gender": "m", "elides": "non"},
            "english": {"mentor": "", "tutor": "tutor"},
        }
    ) == {
        "vocabulary.mentor": (
            'le genre manque : écrire {singular = "coach", gender = "m"}, ou « f »'
        ),
        "vocabulary.mentee.gender": "« m » ou « f » est attendu ici",
        "vocabulary.pair.plurals": "clé inconnue",
        "vocabulary.pair.gender": "« m » ou « f » est attendu ici",
        "vocabulary.pair.singular": "un mot est attendu ici (des lettres, 40 au plus)",
        "vocabulary.meeting": "une table est attendue ici",
        "vocabulary.mentors": "clé inconnue",
        "vocabulary.address": "« tu » ou « vous » est attendu ici",
        "vocabulary.convention.elides": "true ou false est attendu ici",
        "vocabulary.english.mentor": "un mot est attendu ici (des lettres, 40 au plus)",
        "vocabulary.english.tutor": "clé inconnue",
    }


@pytest.mark.parametrize("table", [None, [], "vous", 3])
def test_what_is_not_a_table_is_refused(table):
    assert reasons(table) == {"vocabulary": "une table est attendue ici"}


def test_the_key_tells_where_the_table_stands_in_its_file():
    with pytest.raises(VocabularyError, match=r"^programme\.words\.x : clé inconnue$"):
        Vocabulary.from_document({"x": 1}, path="programme.words")


LETTERS = st.text(st.sampled_from("abehlmotuxzéœ"), min_size=1, max_size=12)
NOUNS = st.builds(
    Noun, LETTERS, st.sampled_from(["m", "f"]), st.just("") | LETTERS, st.none() | st.booleans()
)
ENGLISH = st.builds(EnglishNoun, LETTERS, st.just("") | LETTERS, st.none() | st.booleans())
VOCABULARIES = st.builds(
    Vocabulary,
    mentor=NOUNS,
    mentee=NOUNS,
    team=NOUNS,
    address=st.sampled_from(["tu", "vous"]),
    address_mentee=st.none() | st.sampled_from(["tu", "vous"]),
    english=st.builds(EnglishWords, mentor=ENGLISH, cohort=ENGLISH),
)


@given(VOCABULARIES)
def test_any_vocabulary_survives_its_document(vocabulary):
    assert Vocabulary.from_document(vocabulary.to_document()) == vocabulary


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [*Vocabulary.__dataclass_fields__, "singular", "gender", "plural", "?"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


@given(JUNK)
def test_no_document_does_worse_than_being_refused_with_its_problems(table):
    try:
        assert isinstance(Vocabulary.from_document(table), Vocabulary)
    except VocabularyError as refusal:
        assert refusal.problems
