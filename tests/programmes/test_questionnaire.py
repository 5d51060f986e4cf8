"""The questionnaire asks what the rules say, and gives answers in the form the rules read."""

import pytest

from programmes.enums import EnrolmentState
from programmes.forms.questionnaire import QuestionnaireForm
from programmes.models import Objective
from programmes.policy.evidence import ChosenObjective
from programmes.policy.terms import Role
from tests.factories.programmes import make_cohort, make_enrolment, make_programme

LISTS = [
    {
        "code": "colours",
        "choices": [
            {"code": "red", "label": "Rouge"},
            {"code": "blue", "label": "Bleu"},
            {"code": "green", "label": "Vert"},
        ],
    }
]


def draft(organisation, person, role=Role.MENTEE, **document):
    cohort = make_cohort(make_programme(organisation, {"lists": LISTS} | document))
    return make_enrolment(cohort, person, role, state=EnrolmentState.DRAFT, submitted_at=None)


def asking(organisation, person, **question):
    """A draft of a programme with one question."""
    entry = {"code": "it", "label": "Et alors ?"} | question
    return draft(organisation, person, questions=[entry])


@pytest.mark.parametrize(
    ("question", "typed", "answer"),
    [
        ({}, "  Chimiste ", "Chimiste"),
        ({"kind": "long_text"}, "Une ligne.\nUne autre.", "Une ligne.\nUne autre."),
        ({"kind": "integer"}, "12", 12),
        ({"kind": "integer"}, "0", 0),
        ({"kind": "date"}, "2005-02-28", "2005-02-28"),
        ({"kind": "date"}, "28/02/2005", "2005-02-28"),
        ({"kind": "yes_no"}, "yes", True),
        ({"kind": "yes_no"}, "no", False),
        ({"kind": "choice", "list": "colours"}, "blue", "blue"),
        ({"kind": "choices", "list": "colours"}, ["red", "blue"], ("red", "blue")),
    ],
)
def test_an_answer_has_the_type_that_the_rules_read(organisation, nour, question, typed, answer):
    enrolment = asking(organisation, nour, **question)

    form = QuestionnaireForm(enrolment, {"q_it": typed})

    assert form.errors == {}
    assert form.kept().answers == {"it": answer}
    assert type(form.kept().answers["it"]) is type(answer)


@pytest.mark.parametrize(
    "question",
    [
        {},
        {"kind": "long_text"},
        {"kind": "integer"},
        {"kind": "date"},
        {"kind": "yes_no"},
        {"kind": "choice", "list": "colours"},
        {"kind": "choices", "list": "colours", "minimum": 1},
    ],
)
def test_a_draft_may_leave_everything_open(organisation, nour, question):
    enrolment = asking(organisation, nour, **question)

    form = QuestionnaireForm(enrolment, {})

    assert form.errors == {}
    assert form.kept().answers == {}
    assert form["q_it"].field.required


@pytest.mark.parametrize(
    ("question", "typed", "error"),
    [
        ({"kind": "integer", "minimum": 3}, "2", "Il faut au moins 3."),
        ({"kind": "integer", "maximum": 60}, "61", "Il faut au plus 60."),
        ({"kind": "integer"}, "douze", "Saisissez un nombre entier."),
        ({"kind": "date"}, "hier", "Saisissez une date valide."),
        (
            {"kind": "choices", "list": "colours", "minimum": 2},
            ["red"],
            "Cochez au moins 2 réponses (il y en a 1).",
        ),
        (
            {"kind": "choices", "list": "colours", "maximum": 1},
            ["red", "blue"],
            "Cochez au plus 1 réponse (il y en a 2).",
        ),
        (
            {"kind": "choice", "list": "colours"},
            "pink",
            "Sélectionnez un choix valide. pink n’en fait pas partie.",
        ),
    ],
)
def test_what_cannot_be_an_answer_is_told_beside_its_field(
    organisation, nour, question, typed, error
):
    enrolment = asking(organisation, nour, **question)

    form = QuestionnaireForm(enrolment, {"q_it": typed})

    assert form.errors == {"q_it": [error]}


def test_a_mistake_keeps_the_former_answer_and_the_others(organisation, nour):
    enrolment = draft(
        organisation,
        nour,
        questions=[
            {"code": "years", "kind": "integer", "label": "Années"},
            {"code": "post", "label": "Poste"},
        ],
    )
    enrolment.answers = {"years": 7, "post": "Chimiste"}

    form = QuestionnaireForm(enrolment, {"q_years": "sept", "q_post": "Physicienne"})
    form.is_valid()

    assert form.kept().answers == {"years": 7, "post": "Physicienne"}


@pytest.mark.parametrize(
    ("question", "answer", "shown"),
    [
        ({}, "Chimiste", "Chimiste"),
        ({"kind": "yes_no"}, False, "no"),
        ({"kind": "date"}, "2005-02-28", "2005-02-28"),
        ({"kind": "choices", "list": "colours"}, ["red", "blue"], ["red", "blue"]),
    ],
)
def test_an_answer_given_is_shown_again(organisation, nour, question, answer, shown):
    enrolment = asking(organisation, nour, **question)
    enrolment.answers = {"it": answer}

    assert QuestionnaireForm(enrolment)["q_it"].value() == shown


def test_each_role_is_asked_its_own_questions_by_section(organisation, nour):
    enrolment = draft(
        organisation,
        nour,
        questions=[
            {"code": "post", "label": "Poste", "section": "Parcours"},
            {"code": "needs", "label": "Besoins", "section": "Attentes", "roles": ["mentee"]},
            {"code": "level", "label": "Niveau", "section": "Parcours", "unit": "ans"},
            {"code": "gifts", "label": "Apports", "section": "Attentes", "roles": ["mentor"]},
        ],
    )

    sections = QuestionnaireForm(enrolment).sections()

    assert [(s.title, [field.label for field in s.fields]) for s in sections] == [
        ("Parcours", ["Poste", "Niveau (ans)"]),
        ("Attentes", ["Besoins"]),
    ]


def test_the_form_says_which_answers_the_other_will_read(organisation, nour):
    enrolment = draft(
        organisation,
        nour,
        questions=[
            {"code": "post", "label": "Poste"},
            {"code": "needs", "label": "Besoins", "help": "En deux phrases.", "expectation": True},
            {"code": "sector", "label": "Secteur"},
            {"code": "employer", "label": "Employeur"},
        ],
        criteria=[
            {"code": "s", "label": "S", "test": "equal", "mentor": "sector", "mentee": "sector"},
            {
                "code": "e",
                "label": "E",
                "test": "differ",
                "mentor": "employer",
                "mentee": "employer",
            },
        ],
    )

    form = QuestionnaireForm(enrolment)

    note = "Lu aussi par la personne proposée."
    assert {name: field.help_text for name, field in form.fields.items()} == {
        "q_post": "",
        "q_needs": f"En deux phrases. {note}",
        "q_sector": note,
        "q_employer": "",
    }


OBJECTIVES = {
    "minimum": 2,
    "maximum": 4,
    "other_theme": True,
    "themes": [{"code": "career", "label": "Carrière"}, {"code": "balance", "label": "Équilibre"}],
}


@pytest.mark.parametrize(
    ("matching", "is_told"), [({"preferences": 2}, True), ({"wishes": 2}, False)]
)
def test_the_form_says_which_answers_stand_on_the_card_by_which_one_is_chosen(
    organisation, nour, matching, is_told
):
    questions = [
        {"code": "job", "label": "Métier", "on_card": True},
        {"code": "boss", "label": "Employeur"},
    ]
    mentee = draft(organisation, nour, questions=questions, matching=matching)

    form = QuestionnaireForm(mentee)

    assert ("Figure sur votre carte sans nom" in form["q_job"].help_text) is is_told
    assert "carte" not in form["q_boss"].help_text


def test_objectives_are_rows_and_empty_ones_do_not_count(organisation, nour):
    enrolment = draft(organisation, nour, objectives=OBJECTIVES)

    form = QuestionnaireForm(
        enrolment,
        {
            "objective_1_theme": "career",
            "objective_1_text": "Changer de métier",
            "objective_2_theme": "",
            "objective_2_text": "",
            "objective_3_theme": "-",
            "objective_3_text": "Apprendre à dire non",
        },
    )

    assert form.errors == {}
    assert form.row_count == 3
    assert form.kept().objectives == [
        ChosenObjective("career", "Changer de métier"),
        ChosenObjective("", "Apprendre à dire non"),
    ]


@pytest.mark.parametrize(
    ("terms", "saved", "more", "rows"),
    [
        (OBJECTIVES, 0, False, 3),
        (OBJECTIVES, 0, True, 4),
        (OBJECTIVES, 4, True, 4),
        (OBJECTIVES | {"maximum": 2}, 0, True, 2),
        ({"minimum": 5, "other_theme": True}, 0, False, 5),
        ({"other_theme": True}, 3, True, 4),
        ({}, 0, False, 0),
    ],
)
def test_there_are_as_many_rows_as_the_programme_allows(
    organisation, nour, terms, saved, more, rows
):
    enrolment = draft(organisation, nour, objectives=terms)
    for position in range(1, saved + 1):
        Objective.objects.create(enrolment=enrolment, position=position, text="Avancer")

    assert QuestionnaireForm(enrolment, more=more).row_count == rows


def test_a_row_with_a_mistake_stays_as_it_was(organisation, nour):
    enrolment = draft(organisation, nour, objectives=OBJECTIVES)
    Objective.objects.create(enrolment=enrolment, position=1, theme="career", text="Changer")

    form = QuestionnaireForm(
        enrolment, {"objective_1_theme": "fishing", "objective_1_text": "Pêcher"}
    )
    form.is_valid()

    assert list(form.errors) == ["objective_1_theme"]
    assert form.kept().objectives == [ChosenObjective("career", "Changer")]


@pytest.mark.parametrize(
    ("seats", "role", "is_asked"),
    [
        ({}, Role.MENTOR, True),
        ({"mentor": 2}, Role.MENTOR, True),
        ({"mentor": 1}, Role.MENTOR, False),
        ({}, Role.MENTEE, False),
        ({"mentee": 1}, Role.MENTEE, False),
        ({"mentee": 2}, Role.MENTEE, True),
    ],
)
def test_places_are_asked_of_who_may_have_several(organisation, nour, seats, role, is_asked):
    enrolment = draft(organisation, nour, role, seats=seats)

    assert ("capacity" in QuestionnaireForm(enrolment).fields) == is_asked


def test_a_mentor_offers_no_more_places_than_the_programme_permits(organisation, camille):
    enrolment = draft(organisation, camille, Role.MENTOR, seats={"mentor": 2})

    assert QuestionnaireForm(enrolment, {"capacity": "2"}).errors == {}
    assert QuestionnaireForm(enrolment, {"capacity": "3"}).errors == {
        "capacity": ["Il faut au plus 2."]
    }


def test_declarations_are_ticked_one_by_one(organisation, nour):
    enrolment = draft(
        organisation,
        nour,
        declarations=[
            {"code": "free", "text": "Je le fais librement."},
            {"code": "no_conflict", "text": "Pas de conflit.", "otherwise": "flag"},
        ],
    )

    form = QuestionnaireForm(enrolment, {"declaration_free": "on"})

    assert form.errors == {}
    assert form.kept().declarations == ["free"]
    assert [field.field.required for field in form.declarations()] == [True, False]
