"""What a person reads is kept by no cache; what visitors read may be."""

from django.test import Client
from django.urls import reverse

from people.models import Organisation, Person
from tests.factories.programmes import make_programme


def test_pages_of_whoever_is_logged_in_are_not_kept(
    client: Client, organisation: Organisation, sacha: Person
) -> None:
    programme = make_programme(organisation)
    charter = reverse("charters:read", args=[organisation.slug, programme.slug])

    for_visitors = client.get(charter)
    client.force_login(sacha)
    for_sacha = client.get(charter)

    assert "no-store" not in for_visitors.headers.get("Cache-Control", "")
    assert "no-store" in for_sacha.headers["Cache-Control"]


def test_a_page_that_says_otherwise_is_believed(
    client: Client, organisation: Organisation, sacha: Person
) -> None:
    client.force_login(sacha)

    colours = client.get(reverse("organisation_colours", args=[organisation.slug]))

    assert "no-store" not in colours.headers["Cache-Control"]
