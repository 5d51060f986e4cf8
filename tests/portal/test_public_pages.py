"""What visitors see before they have an account."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from people import clock
from tests.factories.programmes import make_cohort, make_programme
from tests.portal.reading import text_of

SEPTEMBER = datetime(2031, 9, 20, 8, 0, tzinfo=UTC)


@pytest.fixture
def in_september():
    clock.advance_to(SEPTEMBER)


@pytest.fixture
def programme(organisation):
    document = {
        "vocabulary": {"mentor": "mentore", "mentee": "mentorée"},
        "length": {"usual": "P6M", "most": "P12M"},
        "seats": {"mentor": 2, "mentee": 1},
        "quotas": [{"code": "monthly", "least": 1, "per": "P1M"}],
        "guides": [
            {"moment": "orientation", "title": "Et le coaching ?", "items": ["C'est autre chose."]}
        ],
    }
    return make_programme(organisation, document)


def page_of(programme):
    return reverse("programmes:public", args=[programme.organisation.slug, programme.slug])


def test_each_association_shows_its_own_programmes(client, programme, other_organisation):
    make_programme(other_organisation)

    page = client.get(reverse("portal:home"))

    assert [
        (group["name"], [item["programme"].organisation for item in group["programmes"]])
        for group in page.context["organisations"]
    ] == [
        (programme.organisation.name, [programme.organisation]),
        (other_organisation.name, [other_organisation]),
    ]


def test_a_programme_tells_its_rules_in_its_own_words(client, programme, in_september):
    make_cohort(programme)

    page = client.get(page_of(programme))

    assert [(told.label, told.text) for told in page.context["course"]] == [
        ("Durée", "6 mois, 1 an au plus."),
        ("Rythme", "Une rencontre par mois (conseillé)."),
        (
            "Places",
            "Une mentorée a une seule mentore à la fois ; une mentore accompagne 2 personnes au plus à la fois.",
        ),
        ("Engagement", "Chaque personne accepte la charte du programme."),
    ]
    assert "Devenir mentore" in text_of(page)
    assert "Trouver une mentore" in text_of(page)
    assert "Et le coaching ?" in text_of(page)


@pytest.mark.parametrize(
    ("dates", "said", "may_enrol"),
    [
        ({}, "Toute l’année", True),
        ({"enrolment_ends_on": "2031-10-15"}, "Jusqu’au mercredi 15 octobre 2031", True),
        ({"opens_on": "2031-10-02"}, "Elles ouvrent le jeudi 2 octobre 2031", False),
        ({"enrolment_ends_on": "2031-09-10"}, "Les candidatures sont closes", False),
    ],
)
def test_the_dates_of_the_cohort_are_told(client, programme, in_september, dates, said, may_enrol):
    make_cohort(programme, **dates)

    page = client.get(page_of(programme))

    assert said in text_of(page)
    enrol_url = reverse("programmes:enrol", args=[programme.organisation.slug, "simple", "mentor"])
    assert (enrol_url in page.content.decode()) == may_enrol


def test_a_hidden_programme_is_not_there(client, programme):
    assert client.get(page_of(programme)).status_code == 200
    programme.is_open = False
    programme.save()

    assert client.get(page_of(programme)).status_code == 404
