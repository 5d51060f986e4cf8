"""From a stranger to someone who has handed in an enrolment."""

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core import mail
from django.urls import reverse

from notifications.models import OutboxMessage
from programmes.enums import EnrolmentState
from programmes.models import Enrolment
from programmes.policy.terms import Role
from programmes.services import invitations, reopenings
from tests.factories.programmes import AT, make_cohort, make_enrolment, make_programme
from tests.portal.reading import text_of


@pytest.fixture
def programme(organisation):
    document = {
        "questions": [
            {"code": "years", "kind": "integer", "label": "Années d'expérience", "minimum": 1},
            {"code": "needs", "label": "Vos besoins", "roles": ["mentee"], "expectation": True},
        ],
        "objectives": {
            "minimum": 1,
            "maximum": 2,
            "themes": [{"code": "career", "label": "Carrière"}],
        },
        "membership": {"mentee": "member"},
    }
    return make_programme(organisation, document)


@pytest.fixture
def cohort(programme):
    return make_cohort(programme)


def enrol_url(programme, role="mentee"):
    return reverse("programmes:enrol", args=[programme.organisation.slug, programme.slug, role])


def sign_up(client, address, *, email):
    """Follow the page's own link to sign-up; return where it leads."""
    query = parse_qs(urlsplit(client.get(address).context["signup_url"]).query)
    page = client.post(
        reverse("account_signup"),
        {
            "first_name": "Lina",
            "last_name": "Kaci",
            "email": email,
            "password1": "un-long-mot-de-passe",
            "next": query["next"][0],
        },
    )
    return page.headers["Location"]


def test_sign_up_leads_back_to_the_enrolment(client, programme, cohort):
    code_page = reverse("account_email_verification_sent")
    assert sign_up(client, enrol_url(programme), email="lina@example.org") == code_page

    code = str(mail.outbox[-1].body).split("\n\n")[2].strip()
    page = client.post(code_page, {"code": code})

    assert page.headers["Location"] == enrol_url(programme)


def test_one_begins_answers_mends_and_hands_in(client, programme, cohort, nour):
    client.force_login(nour)

    begun = client.post(enrol_url(programme))
    enrolment = Enrolment.objects.get(person=nour)
    questionnaire = reverse("programmes:enrolment", args=[enrolment.pk])
    review = reverse("programmes:enrolment_review", args=[enrolment.pk])
    assert begun.headers["Location"] == questionnaire

    answered = client.post(questionnaire, {"q_years": "4"})
    assert answered.headers["Location"] == review

    page = client.get(review)
    assert page.context["breaches"] == [
        {
            "sentence": "Il manque votre réponse à « Vos besoins ».",
            "url": f"{questionnaire}#div_id_q_needs",
        },
        {
            "sentence": "Vous avez fixé 0 objectif ; le programme en demande au moins 1.",
            "url": f"{questionnaire}#objectifs",
        },
    ]
    assert page.context["advisories"] == ["L'adhésion à l'association n'est pas connue."]
    assert client.post(review).status_code == 422

    client.post(
        questionnaire,
        {"q_years": "4", "q_needs": "Oser", "objective_1_theme": "career"},
    )
    sent = client.post(review)

    enrolment.refresh_from_db()
    assert sent.headers["Location"] == questionnaire
    assert enrolment.state == EnrolmentState.SUBMITTED
    assert enrolment.answers == {"years": 4, "needs": "Oser"}
    assert OutboxMessage.objects.get().kind == "enrolment_received"


def test_a_draft_is_kept_for_later_with_what_is_right(client, cohort, nour):
    enrolment = make_enrolment(
        cohort, nour, Role.MENTEE, state=EnrolmentState.DRAFT, submitted_at=None
    )
    client.force_login(nour)
    address = reverse("programmes:enrolment", args=[enrolment.pk])

    refused = client.post(address, {"q_years": "quatre", "q_needs": "Oser", "later": "1"})
    kept = client.post(address, {"q_years": "5", "q_needs": "Oser", "later": "1"})

    assert refused.status_code == 422
    assert "Saisissez un nombre entier." in text_of(refused)
    assert kept.headers["Location"] == reverse("portal:space")
    enrolment.refresh_from_db()
    assert enrolment.answers == {"years": 5, "needs": "Oser"}
    assert enrolment.state == EnrolmentState.DRAFT


def test_one_more_objective_without_any_script(client, programme, nour):
    document = {"objectives": {"maximum": 5, "other_theme": True}}
    enrolment = make_enrolment(
        make_cohort(make_programme(programme.organisation, document), slug="other"),
        nour,
        Role.MENTEE,
        state=EnrolmentState.DRAFT,
        submitted_at=None,
    )
    client.force_login(nour)
    address = reverse("programmes:enrolment", args=[enrolment.pk])

    added = client.post(address, {"objective_1_text": "Oser", "more": "1"}, follow=True)

    assert added.redirect_chain == [(f"{address}?objectif=1#objectifs", 302)]
    assert added.context["form"].row_count == 4


def test_what_is_handed_in_can_only_be_read(client, cohort, nour):
    enrolment = make_enrolment(
        cohort, nour, Role.MENTEE, state=EnrolmentState.SUBMITTED, answers={"needs": "Oser"}
    )
    client.force_login(nour)
    address = reverse("programmes:enrolment", args=[enrolment.pk])

    page = client.get(address)
    changed = client.post(address, {"q_needs": "Ne rien oser"})

    assert "Oser" in text_of(page)
    assert "<textarea" not in page.content.decode()
    assert changed.status_code == 302
    enrolment.refresh_from_db()
    assert enrolment.answers == {"needs": "Oser"}


def test_one_cannot_begin_outside_the_dates(client, programme, nour):
    make_cohort(programme, opens_on="2041-01-01", starts_on="2041-02-01")
    client.force_login(nour)

    page = client.post(enrol_url(programme))

    assert page.status_code == 422
    assert "Les candidatures ouvrent le 1er janvier 2041." in text_of(page)
    assert not Enrolment.objects.exists()


def test_an_invitation_leads_a_newcomer_to_the_questionnaire(client, cohort, alix):
    invitation = invitations.invite(
        cohort, email="lina@example.org", role=Role.MENTOR, by=alix, at=AT.replace(year=2040)
    )
    address = reverse("programmes:invitation", args=[invitation.token])

    assert "Alix Bernard" in text_of(client.get(address))
    assert sign_up(client, address, email="lina@example.org") == address
    taken = client.post(address)

    enrolment = Enrolment.objects.get()
    assert (enrolment.person.email, enrolment.role) == ("lina@example.org", "mentor")
    assert taken.headers["Location"] == reverse("programmes:enrolment", args=[enrolment.pk])
    assert client.get(address).headers["Location"] == taken.headers["Location"]
    assert mail.outbox == []  # the invitation came by e-mail: no code besides


def test_the_link_of_an_invitation_proves_no_other_address(client, cohort, alix):
    invitation = invitations.invite(
        cohort, email="lina@example.org", role=Role.MENTOR, by=alix, at=AT.replace(year=2040)
    )
    address = reverse("programmes:invitation", args=[invitation.token])

    led_to = sign_up(client, address, email="someone.else@example.org")

    assert led_to == reverse("account_email_verification_sent")


def test_an_invitation_opens_what_is_closed_to_others(client, organisation, alix, nour):
    closed = make_cohort(make_programme(organisation), enrolment_ends_on=date(2026, 9, 10))
    client.force_login(nour)
    invitation = invitations.invite(
        closed, email=nour.email, role=Role.MENTEE, by=alix, at=AT.replace(year=2040)
    )

    client.post(reverse("programmes:invitation", args=[invitation.token]))

    assert Enrolment.objects.get().person == nour


def test_an_invitation_is_for_the_address_it_was_sent_to(client, cohort, alix, sacha):
    invitation = invitations.invite(
        cohort, email="lina@example.org", role=Role.MENTOR, by=alix, at=AT.replace(year=2040)
    )
    client.force_login(sacha)

    page = client.post(reverse("programmes:invitation", args=[invitation.token]))

    assert page.status_code == 422
    assert "pour une autre adresse" in text_of(page)
    assert not Enrolment.objects.exists()


def test_an_invitation_expires(client, cohort, alix, nour):
    invitation = invitations.invite(
        cohort, email=nour.email, role=Role.MENTOR, by=alix, at=AT.replace(year=2020)
    )
    client.force_login(nour)

    page = client.post(reverse("programmes:invitation", args=[invitation.token]))

    assert page.status_code == 422
    assert "n’est plus valable" in text_of(page)


def test_leaving_is_confirmed_first(client, cohort, nour):
    enrolment = make_enrolment(cohort, nour, Role.MENTEE)
    client.force_login(nour)
    address = reverse("programmes:withdraw", args=[enrolment.pk])

    client.get(address)
    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.ADMITTED
    client.post(address)

    enrolment.refresh_from_db()
    assert enrolment.state == EnrolmentState.WITHDRAWN


@pytest.mark.parametrize(
    "name", ["enrolment", "enrolment_review", "objectives", "withdraw", "ask_help"]
)
def test_nobody_else_sees_an_enrolment(client, cohort, nour, sacha, alix, name):
    enrolment = make_enrolment(cohort, nour, Role.MENTEE)
    address = reverse(f"programmes:{name}", args=[enrolment.pk])
    client.force_login(nour)
    assert client.get(address).status_code in (200, 302)

    for stranger in (sacha, alix):
        client.force_login(stranger)
        assert client.get(address).status_code == 404
        assert client.post(address).status_code == 404


def test_a_returned_enrolment_shows_the_teams_word(client, cohort, nour, alix):
    enrolment = make_enrolment(cohort, nour, Role.MENTEE, state=EnrolmentState.SUBMITTED)
    reopenings.reopen(enrolment, by=alix, at=AT, message="Dites-en un peu plus.")
    client.force_login(nour)

    page = client.get(reverse("programmes:enrolment", args=[enrolment.pk]))

    assert "Dites-en un peu plus." in text_of(page)
