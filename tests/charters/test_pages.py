"""What people see and do about charters and conventions."""

from __future__ import annotations

import io
from html import unescape

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from charters import tasks
from charters.enums import ConventionState, IdentifiedBy
from charters.links import token_for
from charters.models import Acceptance, Convention, Signature
from charters.services import conventions
from notifications import rendering
from notifications.models import OutboxMessage
from people.models import OrganisationRole
from programmes.enums import EnrolmentState, PairState
from programmes.models import Coordinator
from programmes.policy.rules import PartyKind
from programmes.policy.terms import Role
from tests.charters.conftest import NOT_YET
from tests.factories.charters import code_in_mail, sign_by_all, sign_on_page
from tests.factories.people import make_person
from tests.factories.programmes import (
    AT,
    make_accepted_pair,
    make_cohort,
    make_enrolment,
    make_preset,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client):
    def as_person(person):
        client.force_login(person)
        return client

    return as_person


def page(name, *args):
    return reverse(f"charters:{name}", args=args)


@pytest.mark.parametrize(
    ("stem", "said"),
    [
        ("sciences-po-alumni", "ni son carnet d&#x27;adresses"),
        ("espace-jeunes-anne-frank", "mes connaissances et mon réseau"),
        ("escp-europe-alumni", "pas un service de recherche d&#x27;emploi"),
        ("ponts-alumni", "Le mentee"),
        ("wementoring", "La mentorée"),
    ],
)
def test_anyone_reads_a_charter_in_the_programmes_words(client, organisation, stem, said):
    programme = make_preset(organisation, stem)

    response = client.get(page("read", organisation.slug, programme.slug))

    text = response.content.decode().replace("&#39;", "&#x27;").replace("'", "&#x27;")
    assert response.status_code == 200
    assert said in text


def test_the_charter_of_a_closed_programme_is_for_its_own_people(
    signed_in, client, issy, pair, nour, sacha
):
    issy.programme.is_open = False
    issy.programme.save()
    address = page("read", issy.programme.organisation.slug, issy.programme.slug)

    visitor = client.get(address).status_code
    stranger = signed_in(sacha).get(address).status_code
    own = signed_in(nour).get(address).status_code

    assert (visitor, stranger, own) == (404, 404, 200)


def test_all_boxes_ticked_the_enrolment_is_handed_in(signed_in, draft, camille):
    client = signed_in(camille)
    shown = client.get(page("accept", draft.pk))
    fields = {name: "on" for name in shown.context["form"].fields if "commitment_" in name}

    response = client.post(
        page("accept", draft.pk), fields | {"version": shown.context["version"].pk}
    )

    draft.refresh_from_db()
    assert response["Location"] == reverse("programmes:enrolment", args=[draft.pk])
    assert draft.state == EnrolmentState.SUBMITTED


def test_the_courtesy_translation_is_shown_on_demand_and_the_language_recorded(
    signed_in, organisation, camille
):
    cohort = make_cohort(make_preset(organisation, "wementoring"))
    unsent = {"state": "draft", "submitted_at": None}
    answers = {"position": "Ingénieure", "subjects": ["career"]}
    enrolment = make_enrolment(cohort, camille, Role.MENTOR, **NOT_YET, **unsent, answers=answers)
    client = signed_in(camille)
    address = page("accept", enrolment.pk)
    french = client.get(address).content.decode()
    english = client.get(address + "?langue=en")
    form = english.context["form"]
    ticks = {name: "on" for name in form.fields if "commitment_" in name}

    client.post(address, ticks | {"version": english.context["version"].pk, "language": "en"})

    assert "I listen with kindness" not in french
    assert "I listen with kindness" in english.content.decode()
    assert "What is accepted is the French text." in english.content.decode()
    acceptance = Acceptance.objects.get(enrolment=enrolment)
    assert (acceptance.language, acceptance.digest) == ("en", acceptance.version.digest)


def test_a_box_left_empty_comes_back_with_its_sentence(signed_in, draft, camille):
    client = signed_in(camille)
    shown = client.get(page("accept", draft.pk))
    fields = {name: "on" for name in shown.context["form"].fields if "commitment_" in name}
    del fields["commitment_share"]

    response = client.post(
        page("accept", draft.pk), fields | {"version": shown.context["version"].pk}
    )

    assert response.context["form"].errors == {
        "commitment_share": ["Cochez cette case pour accepter."]
    }
    assert 'href="#id_commitment_share"' in response.content.decode()
    assert response.context["form"]["commitment_respect"].value() is True
    assert not Acceptance.objects.exists()


def test_nobody_opens_anothers_page_to_accept(signed_in, draft, alix, sacha):
    statuses = [signed_in(one).get(page("accept", draft.pk)).status_code for one in (alix, sacha)]

    assert statuses == [404, 404]


def test_how_the_session_was_opened_is_kept(client, organisation, camille, nour, alix):
    cohort = make_cohort(make_preset(organisation, "sciences-po-alumni"))
    for person in (camille, nour):
        organisation.memberships.create(person=person, is_alumnus=True)
    mentor = make_enrolment(cohort, camille, Role.MENTOR, **NOT_YET)
    mentee = make_enrolment(cohort, nour, Role.MENTEE)
    pair = make_accepted_pair(mentor, mentee, by=alix)
    client.post(reverse("account_login"), {"login": camille.email, "password": "motdepasse"})
    shown = client.get(page("accept", mentor.pk))

    response = client.post(
        page("accept", mentor.pk), {"version": shown.context["version"].pk, "agreed": "on"}
    )

    pair.refresh_from_db()
    assert response["Location"] == reverse("portal:pair", args=[pair.pk])
    assert Acceptance.objects.get().identified_by == IdentifiedBy.PASSWORD
    assert pair.state == PairState.ACTIVE


def test_each_signs_on_the_page_and_the_pair_starts(
    signed_in, convention, camille, nour, alix, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    pk = convention.pair_id

    for person in (camille, nour, alix):
        client = signed_in(person)
        assert client.get(page("convention", pk)).context["form"]
        sign_on_page(client, pk)

    tasks.sweep()
    convention.refresh_from_db()
    convention.pair.refresh_from_db()
    assert (convention.state, convention.pair.state) == ("signed", "active")
    assert convention.file.name


def test_without_the_tick_nothing_is_signed(signed_in, convention, camille):
    client = signed_in(camille)
    client.get(page("convention", convention.pair_id))

    response = client.post(page("sign", convention.pair_id), {})

    assert response.context["breaches"] == ["Cochez la déclaration pour signer."]
    assert not Signature.objects.exists()


def test_who_is_told_tu_is_refused_and_asked_with_tu(signed_in, convention, camille):
    rule_set = convention.pair.cohort.rule_set
    rule_set.words = rule_set.words | {"address": "tu"}
    rule_set.save()
    client = signed_in(camille)

    shown = client.get(page("convention", convention.pair_id))
    refused = client.post(page("sign", convention.pair_id), {})

    assert "il montre que c'est bien toi." in unescape(shown.content.decode())
    assert refused.context["breaches"] == ["Coche la déclaration pour signer."]


def test_the_association_waits_for_its_turn(signed_in, convention, alix):
    client = signed_in(alix)

    shown = client.get(page("convention", convention.pair_id))
    refused = client.post(page("sign", convention.pair_id), {"agreed": "on"})

    assert shown.context["form"] is None
    assert refused.context["breaches"] == [
        "Ce n'est pas encore votre tour : Camille Moreau, Nour Haddad d'abord."
    ]


def test_a_signatory_of_the_association_sees_its_conventions(signed_in, convention, organisation):
    other = make_person("Inès", "Signataire")
    OrganisationRole.objects.create(organisation=organisation, person=other, kind="signatory")

    response = signed_in(other).get(page("convention", convention.pair_id))

    assert response.status_code == 200


def test_a_stranger_and_another_team_find_nothing(
    signed_in, convention, sacha, robin, other_organisation
):
    elsewhere = make_preset(other_organisation, "espace-jeunes-anne-frank")
    Coordinator.objects.create(programme=elsewhere, person=robin, may_sign=True)
    names = ("convention", "convention_pdf", "sign", "refuse")

    statuses = {
        (who.first_name, name): signed_in(who).get(page(name, convention.pair_id)).status_code
        for who in (sacha, robin)
        for name in names
    }

    assert set(statuses.values()) == {404}


def test_a_refusal_is_confirmed_with_a_reason(signed_in, convention, nour):
    client = signed_in(nour)

    without = client.post(page("refuse", convention.pair_id), {})
    client.post(page("refuse", convention.pair_id), {"reason": "terms"})

    convention.refresh_from_db()
    assert without.context["form"].errors
    assert (convention.state, convention.refused_by) == (ConventionState.REFUSED, "mentee")


def test_the_signed_file_is_downloaded_by_those_who_may_see_it(
    signed_in, convention, nour, alix, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    sign_by_all(convention, for_organisation=alix, at=AT)
    tasks.make_files(convention.pk)

    response = signed_in(nour).get(page("convention_pdf", convention.pair_id))

    content = b"".join(response.streaming_content)
    assert response["Content-Disposition"] == (
        'attachment; filename="convention-de-mentorat-camille-moreau-nour-haddad.pdf"'
    )
    assert PdfReader(io.BytesIO(content)).metadata.title == (
        "Convention de mentorat – Camille Moreau & Nour Haddad"
    )


def test_a_guardian_named_by_the_mentee_signs_by_a_link(
    signed_in, client, minor_convention, camille, nour, alix, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    pk = minor_convention.pair_id
    fields = {"name": "Leïla Haddad", "email": "leila@example.org"}
    signed_in(nour).post(page("name_guardian", pk), fields)
    row = OutboxMessage.objects.get(address="leila@example.org")
    rendered = rendering.preview(row)
    client.logout()
    party = minor_convention.parties.get(kind=PartyKind.GUARDIAN)
    link = page("guardian_link", token_for(party))

    assert "Nour Haddad participe au programme Programme simple" in rendered.body
    assert link in rendered.body
    shown = client.get(link, follow=True)
    assert (shown.status_code, "no-store" in shown["Cache-Control"]) == (200, True)
    client.post(page("guardian_send_code", party.pk))
    client.post(page("guardian_sign", party.pk), {"agreed": "on", "code": code_in_mail()})
    for person in (camille, nour, alix):
        sign_on_page(signed_in(person), pk)

    minor_convention.refresh_from_db()
    signature = Signature.objects.get(party=party)
    assert (signature.name, signature.identified_by) == ("Leïla Haddad", IdentifiedBy.LINK)
    assert minor_convention.state == ConventionState.SIGNED


def test_a_minor_does_not_sign_as_their_own_guardian(signed_in, minor_convention, nour):
    response = signed_in(nour).post(
        page("name_guardian", minor_convention.pair_id),
        {"name": "Leïla Haddad", "email": nour.email.upper()},
    )

    assert response.context["breaches"] == [
        "Donnez l'adresse de votre représentant légal, pas la vôtre."
    ]


def test_a_link_dies_with_the_address_it_was_sent_to(client, minor_convention, nour):
    party = conventions.name_guardian(
        minor_convention, name="Leïla", email="leila@example.org", by=nour, at=AT
    )
    old = page("guardian_link", token_for(party))
    opened = page("guardian_convention", party.pk)
    assert client.get(old, follow=True).redirect_chain == [(opened, 302)]
    conventions.name_guardian(
        minor_convention, name="Leïla", email="autre@example.org", by=nour, at=AT
    )

    assert client.get(old).status_code == 404
    assert client.get(opened).status_code == 404
    assert client.get(page("guardian_link", "faux")).status_code == 404


def test_after_the_link_no_address_opens_anything_by_itself(client, minor_convention, nour):
    party = conventions.name_guardian(
        minor_convention, name="Leïla", email="leila@example.org", by=nour, at=AT
    )
    token = token_for(party)

    shown = client.get(page("guardian_link", token), follow=True)

    assert shown.status_code == 200 and token not in shown.content.decode()
    stranger = Client()
    for place in ("guardian_convention", "guardian_convention_pdf", "guardian_refuse"):
        seen = client.get(page(place, party.pk)), stranger.get(page(place, party.pk))
        assert [one.status_code for one in seen] == [200, 404]


def test_the_team_sees_whom_each_convention_waits_for(signed_in, convention, issy, alix):
    response = signed_in(alix).get(page("cohort_conventions", issy.pk))

    assert [row["awaited"] for row in response.context["rows"]] == ["Camille Moreau, Nour Haddad"]
    assert (
        not signed_in(alix)
        .get(page("cohort_conventions", issy.pk) + "?etat=signees")
        .context["rows"]
    )


def test_the_list_asks_as_little_for_many_as_for_few(
    signed_in, issy, alix, django_assert_num_queries, django_assert_max_num_queries
):
    def add(count):
        for number in range(count):
            mentor = make_person("Mentor", f"N{number}{count}")
            mentee = make_person("Mentee", f"N{number}{count}")
            make_accepted_pair(
                make_enrolment(issy, mentor, Role.MENTOR, **NOT_YET),
                make_enrolment(issy, mentee, Role.MENTEE, **NOT_YET),
                by=alix,
            )

    client = signed_in(alix)
    add(2)
    with django_assert_max_num_queries(40) as few:
        client.get(page("cohort_conventions", issy.pk))
    add(8)

    with django_assert_num_queries(len(few)):
        client.get(page("cohort_conventions", issy.pk))


def test_the_team_opens_a_new_text_after_a_refusal(signed_in, convention, nour, alix):
    signed_in(nour).post(page("refuse", convention.pair_id), {"reason": "mistake"})

    signed_in(alix).post(page("renew", convention.pair_id))

    states = Convention.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [ConventionState.REFUSED, ConventionState.OPEN]


def test_the_team_reads_every_version_of_the_charter(signed_in, issy, convention, alix):
    programme = issy.programme
    sign_by_all(convention, for_organisation=alix, at=AT)

    response = signed_in(alix).get(
        page("team_charter", programme.organisation.slug, programme.slug)
    )

    assert [one.number for one in response.context["versions"]] == [1]
    assert response.context["shown"] == response.context["current"]
    assert "1 convention signée" in response.content.decode()


def test_the_mail_leads_each_to_the_page_where_they_sign(convention, nour):
    row = OutboxMessage.objects.get(kind="agreement_to_give", recipient=nour)

    rendered = rendering.preview(row)

    assert rendered.subject == "La convention vous attend"
    assert f"http://testserver{page('convention', convention.pair_id)}" in rendered.body
    assert "le binôme commence avec la dernière signature" in rendered.html
    assert mail.outbox == []
