import pytest
from django.test import Client
from django.urls import reverse

from people.colours import legible
from people.models import Organisation

pytestmark = pytest.mark.django_db


def test_the_colour_of_an_association_is_a_style_sheet(
    client: Client, organisation: Organisation
) -> None:
    organisation.colour = "#aa3300"
    organisation.save()

    response = client.get(reverse("organisation_colours", args=[organisation.slug]))

    assert response.content.decode() == ":root { --organisation: #aa3300; }\n"
    assert response.headers["Content-Type"] == "text/css; charset=utf-8"


def test_an_unknown_association_has_no_colour(client: Client) -> None:
    assert client.get("/association/nulle-part/couleurs.css").status_code == 404


@pytest.mark.parametrize(
    ("colour", "read"),
    [
        ("#1f4e79", "#1f4e79"),
        ("#ffe94d", "#7e7323"),
        ("#ffffff", "#717171"),
        ("#000000", "#000000"),
    ],
)
def test_a_colour_too_pale_to_be_read_is_darkened(colour: str, read: str) -> None:
    assert legible(colour) == read
