"""Why a mentee has nobody, in the programme's words."""

import pytest

from matching.engine.certificate import Certificate
from matching.engine.explanations import Absence, Contribution, Obstacle
from matching.engine.reading import PREFERENCES, WAITING, WISHES
from matching.run_words import brought_in_words
from matching.telling import label_of, tell_absence, tell_proof
from programmes.policy.document import read_rules
from programmes.policy.entering import judge_standing_in_cohort
from programmes.policy.evidence import Candidate
from programmes.policy.terms import Role
from programmes.policy.verdict import Verdict
from programmes.vocabulary import DEFAULT, Vocabulary

WOMEN = Vocabulary.from_document({"mentor": "mentore", "mentee": "mentorée"})


@pytest.mark.parametrize(
    ("absence", "told"),
    [
        (
            Absence(ready=True, suited=0, obstacles=(Obstacle("format", "Format", 5, 3),)),
            [
                "Aucune mentore ayant une place ne remplit toutes les conditions.",
                "3 conviendraient sans la condition « Format ».",
            ],
        ),
        (
            Absence(ready=True, suited=1, obstacles=(Obstacle("gap", "Écart", 2, 1),)),
            [
                "1 mentore conviendrait, mais sa place va à quelqu'un d'autre.",
                "1 de plus conviendrait sans la condition « Écart ».",
            ],
        ),
        (
            Absence(ready=True, suited=0, obstacles=(Obstacle("gap", "Écart", 2, 0),)),
            [
                "Aucune mentore ayant une place ne remplit toutes les conditions.",
                "« Écart » en écarte 2, que d'autres conditions écartent aussi.",
            ],
        ),
        (Absence(ready=True, suited=0, obstacles=()), ["Aucune mentore n'a de place."]),
    ],
)
def test_an_absence_says_what_would_help_in_the_words_of_the_programme(absence, told):
    assert tell_absence(absence, WOMEN, Verdict()) == told


def test_who_is_not_ready_hears_which_of_the_conditions_is_missing():
    rules = read_rules({"membership": {"mentee": "paid_up"}, "acceptance": {"due": "match"}})
    standing = judge_standing_in_cohort(rules, Candidate(key=1, role=Role.MENTEE))
    unready = Absence(ready=False, suited=4, obstacles=())

    assert tell_absence(unready, WOMEN, standing) == [
        "La cotisation à l'association n'est pas à jour.",
        "La charte n'est pas encore acceptée.",
    ]
    assert tell_absence(unready, WOMEN, Verdict()) == [
        "Ne pouvait pas être appariée au moment du calcul."
    ]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        (
            {"above": "0", "weight": 2},
            "Prouvé sur 250 000 binômes imaginables : on ne peut ni donner une mentore à plus de "
            "monde, ni relever l'accord le plus faible, ni obtenir un meilleur total. Ce total compte "
            "davantage les accords faibles ; dans quelle mesure, le calcul le choisit sans le prouver.",
        ),
        (
            {},
            "Prouvé sur 250 000 binômes imaginables : on ne peut ni donner une mentore à plus de "
            "monde, ni obtenir un meilleur total.",
        ),
        ({"compared": 0}, "Personne n'attendait de mentore, ou aucune place n'était libre."),
    ],
)
def test_the_proof_claims_what_the_certificate_proves_and_no_more(changes, told):
    numbers = {"compared": 250_000, "matched": 0, "weight": 0, "low": 0, "floor": 0}
    texts = {"digest": "", "prices": "", "crowd": "", "above": ""}

    assert tell_proof(Certificate(**numbers | texts | changes), WOMEN) == told


@pytest.mark.parametrize(
    ("code", "points", "told"),
    [
        (WAITING, 50, "la plus longue"),
        (WAITING, 20, "plus courte"),
        (WAITING, 0, "aucune"),
        (WISHES, 50, "premier choix"),
        (WISHES, 20, "parmi les choix"),
        (PREFERENCES, 0, "pas parmi les choix"),
        ("sector", 50, "tout à fait"),
    ],
)
def test_what_is_no_resemblance_has_words_of_its_own(code, points, told):
    assert brought_in_words(Contribution(code, "", points, 50)) == told


def test_a_criterion_no_file_names_has_a_name_of_ours():
    assert label_of(WISHES, "", DEFAULT) == "Vœux des mentorés"
    assert label_of("sector", "Secteur", DEFAULT) == "Secteur"
