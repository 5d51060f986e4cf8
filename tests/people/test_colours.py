import pytest
from django.test import Client
from django.urls import reverse

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
