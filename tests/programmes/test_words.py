import pytest
from django.template import Context, Engine
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from programmes.phrases import check_text
from programmes.policy.criteria import Eligibility, try_eligibility
from programmes.policy.durations import Duration
from programmes.policy.terms import Role
from programmes.policy.verdict import Sentence
from programmes.sentences import every_in_words, in_words, tell
from programmes.vocabulary import Vocabulary
from programmes.words import fill, sentence

WOMEN = Vocabulary.from_document(
    {"mentor": "mentore", "english": {"mentor": "elder"}},
)
TUTOYANT = Vocabulary.from_document({"address_mentor": "tu"})


def render(template: str, **context: object) -> str:
    libraries = {"i18n": "django.templatetags.i18n", "words": "programmes.templatetags.words"}
    engine = Engine(libraries=libraries)
    return engine.from_string("{% load i18n words %}" + template).render(Context(context))


def test_templates_take_the_vocabulary_of_their_context():
    template = "<p>{% words _('Inviter {le mentor}') %}</p>"

    assert render(template, vocabulary=WOMEN) == "<p>Inviter la mentore</p>"
    assert render(template) == "<p>Inviter le mentor</p>"


def test_templates_may_name_the_vocabulary_and_the_reader():
    template = "{% words _('{Ton/Votre} choix') vocabulary=other to='mentor' as said %}[{{ said }}]"

    assert render(template, vocabulary=WOMEN, other=TUTOYANT) == "[Ton choix]"
    assert render("{% words _('{tu/vous}') %}", vocabulary=TUTOYANT, addressee="mentor") == "tu"


def test_a_filled_block_keeps_values_escaped():
    template = (
        "{% filled to='mentor' %}{% blocktrans %}{{ name }} sera {votre mentoré}."
        "{% endblocktrans %}{% endfilled %}"
    )

    assert render(template, vocabulary=TUTOYANT, name="<Nour>") == "&lt;Nour&gt; sera ton mentoré."


def test_a_filter_fills_a_stored_text_and_leaves_it_unsafe():
    assert render("{{ text|in_words:words }}", text="<b>{le mentor}", words=WOMEN) == (
        "&lt;b&gt;la mentore"
    )


def test_the_active_language_chooses_the_words():
    with translation.override("en"):
        assert fill(_("{the mentor}"), WOMEN) == "the elder"
    with translation.override("fr"):
        assert fill(_("{le mentor}"), WOMEN) == "la mentore"


def test_a_problem_is_told_in_the_active_language():
    (problem,) = check_text("{}")

    assert sentence(problem) == "« {} » est inconnu"


@pytest.mark.parametrize(
    ("length", "told"),
    [
        ("P1D", "chaque jour"),
        ("P1W", "chaque semaine"),
        ("P1M", "chaque mois"),
        ("P12M", "chaque année"),
        ("P45D", "tous les 45 jours"),
        ("P6W", "toutes les 6 semaines"),
    ],
)
def test_what_comes_again_is_told_as_one_says_it(length, told):
    assert every_in_words(Duration.parse(length)) == told


def test_weeks_stay_weeks():
    weeks = Duration.parse("P6W")

    assert str(weeks) == "P6W"
    assert in_words(weeks) == weeks.in_french() == "6 semaines"
    assert in_words(weeks.times(2)) == "12 semaines"
    assert weeks == Duration.parse("P42D")


def test_a_refusal_speaks_to_whoever_reads_it():
    text = Sentence("{Choisis/Choisissez} une salle.")

    assert tell(text, TUTOYANT, to=Role.MENTOR) == "Choisis une salle."
    assert tell(text, TUTOYANT, to=Role.MENTEE) == "Choisissez une salle."


def test_the_words_of_a_programme_may_hold_a_percent_sign():
    rule = Eligibility(
        code="here",
        role=Role.MENTEE,
        test="yes",
        questions=("here",),
        sentence="À 100 % sur place.",
    )

    outcome = try_eligibility(rule, {"here": False}, labels={}, ranks={})

    assert tell(outcome.sentence, WOMEN) == "À 100 % sur place."
