"""Why a mentee has nobody, in the programme's words."""

import pytest

from matching.engine.explanations import Absence, Obstacle
from matching.engine.reading import WISHES
from matching.telling import label_of, tell_absence
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
        (
            Absence(ready=False, suited=4, obstacles=()),
            ["Ne peut pas encore être appariée : charte, cotisation ou frais à régler."],
        ),
    ],
)
def test_an_absence_says_what_would_help_in_the_words_of_the_programme(absence, told):
    assert tell_absence(absence, WOMEN) == told


def test_a_criterion_no_file_names_has_a_name_of_ours():
    assert label_of(WISHES, "", DEFAULT) == "Vœux des mentorés"
    assert label_of("sector", "Secteur", DEFAULT) == "Secteur"
