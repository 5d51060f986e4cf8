"""The participants' pages as a reader meets them: on a phone, by keyboard."""

from django.urls import reverse
from playwright.sync_api import expect

from programmes.enums import EnrolmentState
from programmes.policy.terms import Role
from tests.factories.programmes import make_enrolment
from tests.harness.axe import problems_on

DOCUMENT = {
    "acceptance": {"due": "submission"},
    "questions": [
        {"code": "years", "kind": "integer", "label": "Années", "section": "Parcours"},
        {"code": "alumna", "kind": "yes_no", "label": "Diplômée ?", "section": "Parcours"},
        {"code": "themes", "kind": "choices", "list": "themes", "label": "Thèmes"},
        {"code": "needs", "kind": "long_text", "label": "Besoins", "expectation": True},
    ],
    "objectives": {
        "minimum": 1,
        "other_theme": True,
        "themes": [{"code": "career", "label": "Carrière"}],
    },
    "declarations": [{"code": "free", "text": "Je participe librement."}],
    "guides": [{"moment": "orientation", "title": "Et le coaching ?", "items": ["Autre chose."]}],
}


def test_every_page_can_be_read_on_a_phone(page, log_in, make_proposal, accept, nour, sacha):
    pair = make_proposal(DOCUMENT, mentee={"answers": {"needs": "Oser"}})
    programme = pair.cohort.programme
    draft = make_enrolment(
        pair.cohort,
        sacha,
        Role.MENTEE,
        state=EnrolmentState.DRAFT,
        submitted_at=None,
        charter_version=None,
        charter_accepted_at=None,
    )
    slugs = [programme.organisation.slug, programme.slug]
    visits = [
        (None, reverse("portal:home")),
        (None, reverse("programmes:public", args=slugs)),
        (None, reverse("programmes:enrol", args=[*slugs, "mentor"])),
        (sacha, reverse("portal:space")),
        (sacha, reverse("programmes:enrolment", args=[draft.pk])),
        (sacha, reverse("programmes:enrolment_review", args=[draft.pk])),
        (sacha, reverse("programmes:withdraw", args=[draft.pk])),
        (nour, reverse("programmes:answer_proposal", args=[pair.pk])),
        (nour, reverse("portal:pair", args=[pair.pk])),
        (nour, reverse("programmes:ask_help", args=[pair.mentee_id])),
        (nour, reverse("programmes:enrolment", args=[pair.mentee_id])),
    ]

    page.set_viewport_size({"width": 390, "height": 844})
    found = {}
    for person, address in visits:
        if person is not None:
            log_in(person)
        page.goto(address)
        found[address] = problems_on(page)

    accept(pair)
    page.goto(reverse("portal:pair", args=[pair.pk]))
    found["a pair under way"] = problems_on(page)
    page.goto(reverse("portal:commitments", args=[pair.pk]))
    found["its commitments"] = problems_on(page)
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_a_questionnaire_is_filled_in_by_keyboard_and_mended(page, log_in, make_proposal, sacha):
    pair = make_proposal(DOCUMENT)
    draft = make_enrolment(
        pair.cohort, sacha, Role.MENTEE, state=EnrolmentState.DRAFT, submitted_at=None
    )
    log_in(sacha)
    page.goto(reverse("programmes:enrolment", args=[draft.pk]))

    page.get_by_label("Besoins").fill("Oser")
    page.get_by_role("button", name="Continuer").press("Enter")
    page.wait_for_url("**/relire/")
    page.get_by_role("link", name="Il manque votre réponse à « Années ».").press("Enter")

    expect(page.get_by_label("Besoins")).to_have_value("Oser")
    expect(page.locator("#div_id_q_years")).to_be_in_viewport()
