"""Mon espace, the home of a pair, a proposal, a word to the team: what each person sees."""

import pytest
from django.urls import reverse

from programmes.enums import ConcernKind, PairState
from programmes.models import Concern, Coordinator, FeeAccount
from programmes.policy.terms import Role
from programmes.services import pairs
from tests.factories.people import make_person
from tests.factories.programmes import make_cohort, make_enrolment, make_programme
from tests.harness.queries import queries_of
from tests.portal.conftest import START
from tests.portal.reading import text_of

WOMEN = {
    "vocabulary": {"mentor": "mentore", "mentee": "mentorée", "meeting": "séance"},
    "length": {"usual": "P6M"},
    "questions": [
        {"code": "needs", "label": "Vos besoins", "roles": ["mentee"], "expectation": True},
        {"code": "secret", "label": "Pour l'équipe", "roles": ["mentee"]},
    ],
    "objectives": {"maximum": 3, "other_theme": True},
}
ANSWERS = {"answers": {"needs": "Oser demander", "secret": "Un souci de santé"}}


def test_the_one_proposed_is_read_without_an_address(client, make_proposal, camille):
    pair = make_proposal(WOMEN, mentee=ANSWERS)
    pair.mentee.objectives.create(position=1, text="Prendre la parole")
    client.force_login(camille)

    page = text_of(client.get(reverse("programmes:answer_proposal", args=[pair.pk])))

    assert "Oser demander" in page
    assert "Prendre la parole" in page
    assert "Un souci de santé" not in page
    assert "nour.haddad@example.org" not in page


def test_a_mentee_reads_and_changes_her_objectives(client, make_proposal, start, camille, nour):
    pair = make_proposal(WOMEN, mentee=ANSWERS)
    pair.mentee.objectives.create(position=1, text="Prendre la parole")
    start(pair)
    change = reverse("meetings:objectives", args=[pair.pk])
    pages = {}
    for person in (nour, camille):
        client.force_login(person)
        pages[person] = client.get(reverse("portal:pair", args=[pair.pk]))

    assert "Vos objectifs Modifier les objectifs Prendre la parole" in text_of(pages[nour])
    assert change in pages[nour].content.decode()
    assert "Ses objectifs Prendre la parole" in text_of(pages[camille])
    assert change not in pages[camille].content.decode()


def test_addresses_are_exchanged_once_both_said_yes(client, make_proposal, camille, nour):
    pair = make_proposal(WOMEN, mentee=ANSWERS)
    address = reverse("portal:pair", args=[pair.pk])
    for person in (camille, nour):
        client.force_login(person)
        assert "mailto:camille" not in client.get(address).content.decode()
        assert "mailto:nour" not in client.get(address).content.decode()
        client.post(reverse("programmes:answer_proposal", args=[pair.pk]), {"answer": "accept"})

    page = client.get(address)

    pair.refresh_from_db()
    assert pair.state == PairState.ACTIVE
    assert "mailto:camille.moreau@example.org" in page.content.decode()


def test_saying_no_asks_for_a_reason_and_tells_it_to_the_team_only(client, make_proposal, nour):
    pair = make_proposal()
    client.force_login(nour)
    address = reverse("programmes:answer_proposal", args=[pair.pk])

    unsaid = client.post(address, {"answer": "decline"})
    said = client.post(address, {"answer": "decline", "reason": "busy"})

    assert unsaid.status_code == 422
    assert said.headers["Location"] == reverse("portal:space")
    pair.refresh_from_db()
    assert (pair.state, pair.declined_by, pair.decline_reason) == ("declined", "mentee", "busy")


def test_an_answer_is_given_once(client, make_proposal, camille):
    pair = make_proposal()
    client.force_login(camille)
    address = reverse("programmes:answer_proposal", args=[pair.pk])
    client.post(address, {"answer": "accept"})

    again = client.post(address, {"answer": "decline", "reason": "busy"}, follow=True)

    assert "Cette étape a déjà été faite" in text_of(again)
    pair.refresh_from_db()
    assert pair.state == PairState.PROPOSED


def test_a_yes_is_taken_back_until_the_other_says_yes_too(client, make_proposal, camille, nour):
    pair = make_proposal()
    client.force_login(camille)
    address = reverse("programmes:answer_proposal", args=[pair.pk])
    client.post(address, {"answer": "accept"})
    assert "Revenir sur mon oui" in text_of(client.get(reverse("portal:pair", args=[pair.pk])))
    assert "Tant que Nour n’a pas répondu" in text_of(client.get(address))

    again = client.post(address, {"answer": "take_back"}, follow=True)

    pair.refresh_from_db()
    assert (pair.state, pair.mentor_accepted_at) == (PairState.PROPOSED, None)
    assert pair.journal.order_by("pk").last().event == "acceptance_taken_back"
    assert "Oui, avec plaisir" in text_of(again)


def test_a_yes_of_both_is_not_taken_back(client, make_proposal, accept, camille):
    pair = make_proposal()
    client.force_login(camille)
    accept(pair)

    client.post(reverse("programmes:answer_proposal", args=[pair.pk]), {"answer": "take_back"})

    pair.refresh_from_db()
    assert pair.state == PairState.ACTIVE
    assert pair.mentor_accepted_at is not None


@pytest.mark.parametrize("name", ["portal:pair", "programmes:answer_proposal"])
def test_a_pair_is_seen_by_its_two_people_only(client, make_proposal, camille, alix, sacha, name):
    address = reverse(name, args=[make_proposal().pk])
    client.force_login(camille)
    assert client.get(address).status_code == 200

    for stranger in (alix, sacha):
        client.force_login(stranger)
        assert client.get(address).status_code == 404


def test_a_pair_under_consideration_is_not_there_yet(client, make_proposal, camille):
    pair = make_proposal()
    pair.state = PairState.DRAFTED
    pair.save()
    client.force_login(camille)

    assert client.get(reverse("portal:pair", args=[pair.pk])).status_code == 404
    assert "Nour" not in text_of(client.get(reverse("portal:space")))


def test_a_womens_network_reads_its_own_words_everywhere(client, make_proposal, start, nour):
    pair = start(make_proposal(WOMEN, mentee=ANSWERS))
    client.force_login(nour)
    addresses = [
        reverse("portal:pair", args=[pair.pk]),
        reverse("programmes:enrolment", args=[pair.mentee_id]),
        reverse("programmes:ask_help", args=[pair.mentee_id]),
        reverse("programmes:withdraw", args=[pair.mentee_id]),
        reverse("programmes:public", args=[pair.cohort.programme.organisation.slug, "simple"]),
        reverse("portal:space"),
    ]

    for address in addresses:
        words = text_of(client.get(address)).replace("Programme simple", "").lower().split()
        assert [
            word for word in words if word.strip(".,:;") in {"mentor", "mentoré", "rencontre"}
        ] == []

    page = text_of(client.get(addresses[0]))
    assert "vous êtes mentorée" in page
    assert "La première séance" in page


def test_what_is_asked_of_the_team_stays_unseen_by_the_other(
    client, make_proposal, start, nour, camille, alix
):
    pair = start(make_proposal())
    client.force_login(nour)
    address = reverse("programmes:ask_help", args=[pair.mentee_id])

    page = text_of(client.get(address))
    empty = client.post(address, {"kind": "help", "message": ""})
    client.post(address, {"kind": "conduct", "message": "Il me demande de l'argent."})

    assert "Alix Bernard" in page
    assert "Camille Moreau ne le lira pas" in page
    assert empty.status_code == 422
    concern = Concern.objects.get()
    assert (concern.kind, concern.pair) == (ConcernKind.CONDUCT, pair)
    client.force_login(camille)
    assert "argent" not in text_of(client.get(reverse("portal:pair", args=[pair.pk])))


def test_a_mentor_of_several_says_whom_it_is_about(client, make_proposal, camille, sacha, alix):
    first = make_proposal()
    second = pairs.draft_pair(
        first.mentor, make_enrolment(first.cohort, sacha, Role.MENTEE), by=alix, at=START
    )
    pairs.propose_pair(second, by=alix, at=START)
    client.force_login(camille)

    client.post(
        reverse("programmes:ask_help", args=[first.mentor_id]),
        {"kind": "help", "pair": second.pk, "message": "Comment l'aider ?"},
    )

    assert Concern.objects.get().pair == second


def test_the_fee_still_due_is_told(client, organisation, nour):
    cohort = make_cohort(make_programme(organisation, {"fee": {"amount": "150.00"}}))
    enrolment = make_enrolment(cohort, nour, Role.MENTEE)
    FeeAccount.objects.create(enrolment=enrolment, amount=150)
    client.force_login(nour)

    assert "150 € à régler à l’association" in text_of(client.get(reverse("portal:space")))


def test_nobody_is_asked_to_pay_for_a_place_that_is_not_there(client, organisation, nour):
    cohort = make_cohort(make_programme(organisation, {"fee": {"amount": "150.00"}}))
    enrolment = make_enrolment(cohort, nour, Role.MENTEE, state="waitlisted")
    FeeAccount.objects.create(enrolment=enrolment, amount=150)
    client.force_login(nour)

    own = reverse("programmes:enrolment", args=[enrolment.pk])
    pages = [text_of(client.get(page)) for page in (reverse("portal:space"), own)]

    assert ["150 €" in page for page in pages] == [False, False]


def test_an_enrolment_that_is_sent_asks_for_the_charter_where_it_is_due(client, organisation, nour):
    cohort = make_cohort(make_programme(organisation, {"acceptance": {"due": "match"}}))
    mine = make_enrolment(
        cohort, nour, Role.MENTEE, state="submitted", charter_version=None, charter_accepted_at=None
    )
    client.force_login(nour)

    page = text_of(client.get(reverse("programmes:enrolment", args=[mine.pk])))

    assert ("Lire et accepter la charte" in page, "Rien à faire" in page) == (True, False)


def test_who_only_coordinates_is_led_to_the_workspace(client, organisation, alix):
    Coordinator.objects.create(programme=make_programme(organisation), person=alix)
    client.force_login(alix)

    assert client.get(reverse("portal:home")).headers["Location"] == reverse("portal:space")
    assert client.get(reverse("portal:space")).headers["Location"] == reverse(
        "programmes:workspace"
    )


def test_three_pairs_need_no_more_queries_than_one(client, make_proposal, accept, camille, alix):
    pair = accept(make_proposal())
    client.force_login(camille)
    space = reverse("portal:space")
    with_one = queries_of(lambda: client.get(space))

    for number in range(2):
        mentee = make_person(f"Lina{number}", "Kaci")
        other = pairs.draft_pair(
            pair.mentor, make_enrolment(pair.cohort, mentee, Role.MENTEE), by=alix, at=START
        )
        pairs.propose_pair(other, by=alix, at=START)

    assert queries_of(lambda: client.get(space)) == with_one


def test_three_enrolments_need_no_more_queries_than_one(client, organisation, nour):
    programme = make_programme(organisation)
    make_enrolment(make_cohort(programme), nour, Role.MENTEE)
    client.force_login(nour)
    space = reverse("portal:space")
    with_one = queries_of(lambda: client.get(space))

    for number in range(2):
        cohort = make_cohort(programme, slug=f"again-{number}")
        make_enrolment(cohort, nour, Role.MENTEE)

    assert queries_of(lambda: client.get(space)) == with_one


def test_three_programmes_need_no_more_queries_than_one(client, organisation):
    make_cohort(make_programme(organisation))
    home = reverse("portal:home")
    with_one = queries_of(lambda: client.get(home))

    for number in range(2):
        heading = {"name": f"Autre {number}", "slug": f"autre-{number}"}
        make_cohort(make_programme(organisation, {"programme": heading}))

    assert queries_of(lambda: client.get(home)) == with_one


def test_the_receipt_of_a_fee_is_opened_by_who_paid_it(client, make_proposal, start, nour):
    pair = make_proposal()
    fee = FeeAccount.objects.create(enrolment=pair.mentee, amount=50)
    client.force_login(nour)
    answers = reverse("programmes:enrolment", args=[pair.mentee_id])
    receipt = reverse("programmes:own_receipt", args=[pair.mentee_id])
    assert "50 € à régler" in text_of(client.get(answers))
    assert client.get(receipt).status_code == 404

    fee.state, fee.settled_on, fee.receipt_number = "settled", START.date(), "2026-1-0007"
    fee.save()

    assert receipt in client.get(answers).content.decode()
    assert "Reçu n° 2026-1-0007" in text_of(client.get(receipt))


def test_the_enrolment_of_someone_in_a_pair_searches_nobody(client, make_proposal, start, nour):
    pair = make_proposal()
    client.force_login(nour)
    answers = reverse("programmes:enrolment", args=[pair.mentee_id])
    assert "L'équipe vous propose Camille Moreau. Voir le binôme" in text_of(client.get(answers))

    start(pair)

    page = text_of(client.get(answers))
    assert "Vous formez un binôme avec Camille Moreau. Voir le binôme" in page
    assert "cherche la bonne personne" not in page
