"""The team looks at a charter before others do, and at what changed between two versions."""

from __future__ import annotations

from typing import NamedTuple

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from charters.comparing import compare as compared
from charters.drafting import text_words
from charters.models import CharterDraft
from charters.queries import charter_versions
from charters.text import CharterText
from people.dates import date_format
from programmes.models import Programme
from programmes.navigation import vocabulary_of
from programmes.policy.terms import Role
from programmes.views.coordinator.frame import find_programme, show

DRAFT = "brouillon"


class Edition(NamedTuple):
    """A text to look at: `key` stands in addresses."""

    key: str
    label: str
    text: CharterText


def editions_of(programme: Programme) -> list[Edition]:
    """The draft, if there is one, then every version, the newest first."""
    begun = CharterDraft.objects.filter(programme=programme).first()
    editions = [Edition(DRAFT, _("Le brouillon"), begun.text)] if begun else []
    for version in charter_versions(programme):
        label = _("Version %(number)s (%(edition)s)") % {
            "number": version.number,
            "edition": date_format(version.edition, "j F Y"),
        }
        editions.append(Edition(str(version.number), label, version.text))
    return editions


@login_required
def preview(request: HttpRequest, organisation: str, slug: str, key: str) -> HttpResponse:
    """A version or the draft, as the mentor or the mentee reads it."""
    programme = find_programme(request, organisation, slug)
    edition = _find(editions_of(programme), key)
    role = Role.MENTEE if request.GET.get("role") == Role.MENTEE else Role.MENTOR
    english = request.GET.get("langue") == "en" and edition.text.english is not None
    vocabulary = vocabulary_of(programme, None)
    return show(
        request,
        "charters/coordinator/preview.html",
        of=programme,
        place="charter",
        edition=edition,
        role=role,
        tabs=_tabs(
            role,
            english=english,
            edition=edition,
            mentor=vocabulary.mentor.singular,
            mentee=vocabulary.mentee.singular,
        ),
        own=[one.code for one in edition.text.commitments_for(role)],
        charter=text_words(edition.text.read_in("en" if english else None), vocabulary, to=role),
    )


@login_required
def compare(request: HttpRequest, organisation: str, slug: str) -> HttpResponse:
    """What changed between any two versions, or since one of them in the draft."""
    programme = find_programme(request, organisation, slug)
    editions = editions_of(programme)
    new = _find(editions, request.GET.get("a") or editions[0].key)
    old = _find(editions, request.GET.get("de") or editions[min(1, len(editions) - 1)].key)
    return show(
        request,
        "charters/coordinator/compare.html",
        of=programme,
        place="charter",
        editions=editions,
        old=old,
        new=new,
        parts=compared(old.text, new.text),
    )


def _find(editions: list[Edition], key: str) -> Edition:
    for edition in editions:
        if edition.key == key:
            return edition
    raise Http404


def _tabs(
    role: Role, *, english: bool, edition: Edition, mentor: str, mentee: str
) -> list[dict[str, object]]:
    """Who reads, and in which language."""
    tabs: list[dict[str, object]] = [
        {
            "label": word[:1].upper() + word[1:],
            "url": f"?role={one}",
            "active": role is one and not english,
        }
        for one, word in ((Role.MENTOR, mentor), (Role.MENTEE, mentee))
    ]
    if edition.text.english is not None:
        label, url = _("En anglais"), f"?role={role}&langue=en"
        tabs.append({"label": label, "url": url, "active": english})
    return tabs
