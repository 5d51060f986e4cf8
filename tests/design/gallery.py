"""Every component on one page, in both looks, for the tests of this folder."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import path

from config.urls import urlpatterns as product_urls
from people.models import Person

BODY = (Path(__file__).parent / "gallery.html").read_text(encoding="utf-8")


class GalleryForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label="Prénom", help_text="Tel que l'autre le lira.")
    level = forms.ChoiceField(label="Niveau", choices=[("", "Choisir…"), ("a", "Direction")])
    themes = forms.MultipleChoiceField(
        label="Thèmes",
        widget=forms.CheckboxSelectMultiple,
        choices=[("a", "Confiance en soi"), ("b", "Prise de poste")],
        help_text="Deux ou trois.",
    )
    place = forms.ChoiceField(
        label="Lieu", widget=forms.RadioSelect, choices=[("a", "En personne"), ("b", "À distance")]
    )
    hopes = forms.CharField(
        label="Attentes",
        widget=forms.Textarea(attrs={"placeholder": "Par exemple : y voir clair"}),
        required=False,
    )
    charter = forms.BooleanField(label="J'accepte la charte")
    fixed = forms.CharField(label="Numéro", disabled=True, initial="12", required=False)


def show(request: HttpRequest, look: str) -> HttpResponse:
    """The gallery; a POST shows the form refused."""
    messages.success(request, "C'est enregistré.")
    messages.error(request, "Ce créneau n'est plus libre.")
    template = engines["django"].from_string(
        f"{{% extends 'base_{look}.html' %}}{{% block content %}}{BODY}{{% endblock content %}}"
    )
    return HttpResponse(template.render(context(request), request))


def show_htmx(request: HttpRequest) -> HttpResponse:
    """A page with a part that htmx fetches."""
    template = engines["django"].from_string(
        "{% extends 'base_participant.html' %}{% block content %}"
        "<button hx-get='/sante/' hx-target='#part'>Chercher</button><p id='part'></p>"
        "{% endblock content %}"
    )
    return HttpResponse(template.render({"page_title": "Htmx", "uses_htmx": True}, request))


def context(request: HttpRequest) -> dict[str, Any]:
    return {
        "page_title": "Galerie",
        "page_intro": "Tout ce dont une page est faite.",
        "breadcrumb": [{"label": "Accueil", "url": "#a"}],
        "nav_items": [
            {"label": "Mon espace", "url": "#a", "icon": "home", "active": True},
            {"label": "Candidatures", "url": "#b", "icon": "inbox", "badge": 3},
        ],
        "programme_switcher": [{"label": "2026", "detail": "en cours", "url": "#a"}],
        "form": GalleryForm(request.POST or None),
        "breaches": ["La mentore a 9 ans de plus ; le programme en demande 10.", "Il manque…"],
        "advisories": ["Une rencontre par mois est recommandée."],
        "tones": ["neutral", "info", "success", "warning", "danger"],
        "tabs": [
            {"label": "À examiner", "url": "#a", "active": True, "badge": 3},
            {"label": "Admises", "url": "#b", "badge": 0},
        ],
        "steps": [
            {"label": "Candidature", "state": "done", "when": "le 3 octobre"},
            {"label": "Entretien", "state": "now", "url": "#a", "action": "Proposer une date"},
            {"label": "Bilan", "state": "later", "url": "#a"},
        ],
        "person": Person(first_name="Nour", last_name="Haddad"),
        "facts": [("Objectifs", "Prise de poste"), ("Téléphone", "")],
        "page_obj": Paginator(range(95), 20).page(2),
        "mail": {
            "sender": "equipe@example.org",
            "recipient": "nour@example.org",
            "subject": "Camille a accepté",
            "sent_at": datetime(2026, 10, 3, 9, 12, tzinfo=UTC),
            "body": "Bonjour Nour,\n\nCamille a accepté.",
        },
    }


urlpatterns = [
    *product_urls,
    path("galerie/<look>/", show, name="gallery"),
    path("htmx/", show_htmx),
]
