"""At each moment of a pair there is one thing to do next, told to the one whose turn it is."""

from datetime import timedelta

import pytest
from django.urls import reverse

from charters.enums import RefusalReason
from charters.services import signing
from people.clock import PARIS
from portal.facts import facts_of, facts_of_one
from portal.next_step import next_step, other_asks
from portal.timeline import guides_now, timeline
from programmes.enums import StopReason
from programmes.services import pairs
from sessions.models import Review
from sessions.services.answering import cancel_meeting
from sessions.services.endings import declare_end
from tests.factories.charters import AT_HOME, put_text, sign
from tests.portal.conftest import START

REVIEW = {
    "code": "midway",
    "kind": "review",
    "title": "Point d'étape",
    "after_meetings": 1,
    "questions": [{"code": "well", "label": "Tout va bien ?"}],
}


def step_of(pair, person, *, days=1):
    now = START + timedelta(days=days)
    today = now.astimezone(PARIS).date()
    return next_step(facts_of_one(pair, person, now=now, today=today))


def told(pair, person, *, days=1):
    step = step_of(pair, person, days=days)
    return step.title, step.url


def path_of(pair, person, *, days=1):
    now = START + timedelta(days=days)
    facts = facts_of_one(pair, person, now=now, today=now.astimezone(PARIS).date())
    return [(step["label"], step["state"]) for step in timeline(facts)]


def test_a_proposal_waits_for_an_answer_of_each(make_proposal, camille, nour):
    pair = make_proposal()
    answer = reverse("programmes:answer_proposal", args=[pair.pk])

    assert told(pair, camille) == ("L'équipe vous propose Nour Haddad", answer)

    pair = pairs.accept_proposal(pair, by=camille, at=START)

    assert told(pair, camille) == ("Vous avez dit oui", "")
    assert told(pair, nour) == ("L'équipe vous propose Camille Moreau", answer)


def test_the_charter_is_accepted_by_each_where_it_is_not_yet(make_proposal, accept, camille, nour):
    pair = accept(make_proposal(mentee={"charter_version": None, "charter_accepted_at": None}))

    assert told(pair, nour) == (
        "La charte à accepter avant de commencer",
        reverse("charters:accept", args=[pair.mentee_id]),
    )
    assert step_of(pair, camille).text == (
        "De votre côté tout est fait. On attend encore : Nour Haddad."
    )


def test_the_convention_is_signed_where_the_programme_has_one(make_proposal, accept, camille):
    parties = [{"kind": "mentor"}, {"kind": "mentee"}]
    document = {"agreement": {"kind": "convention", "parties": parties}}
    pair = accept(make_proposal(document))

    assert step_of(pair, camille).label == "Lire et signer la convention"
    assert told(pair, camille)[1] == reverse("charters:convention", args=[pair.pk])


def test_who_signs_next_reads_who_has_signed(make_proposal, accept, camille, nour):
    parties = [{"kind": "mentor"}, {"kind": "mentee"}]
    document = {"agreement": {"kind": "convention", "parties": parties}}
    pair = accept(make_proposal(document))
    assert step_of(pair, nour).text == "C'est oui des deux côtés. Il manque encore votre accord."

    convention = pair.conventions.get()
    sign(convention, convention.parties.get(kind="mentor"), by=camille, at=START)

    assert step_of(pair, nour).text == "C'est déjà fait pour : Camille Moreau. À vous."


def test_who_signs_later_is_told_whose_turn_it_is(make_proposal, accept, camille, nour):
    parties = [{"kind": "mentee"}, {"kind": "mentor", "order": 2}, {"kind": "organisation"}]
    document = {"agreement": {"kind": "convention", "parties": parties}}
    pair = accept(make_proposal(document))

    text = step_of(pair, camille).text

    assert text.startswith("Ce n'est pas encore votre tour de signer. On attend d'abord : Nour")


def test_a_refusal_is_told_and_nobody_is_awaited_any_more(make_proposal, accept, camille, nour):
    parties = [{"kind": "mentor"}, {"kind": "mentee"}]
    pair = accept(make_proposal({"agreement": {"kind": "convention", "parties": parties}}))
    convention = put_text(pair.conventions.get())
    signing.refuse_convention(
        convention,
        party=convention.parties.get(kind="mentor"),
        by=camille,
        reason=RefusalReason.TIME,
        at=START,
        circumstances=AT_HOME,
    )
    pair.refresh_from_db()

    for person in (camille, nour):
        step = step_of(pair, person)
        assert (step.title, step.url) == ("La convention est à revoir", "")
        assert step.text == (
            "Une des parties ne souhaite pas signer ce texte. L'équipe reprend contact avec chacun."
        )


def test_an_end_that_one_declared_is_told_to_both(make_proposal, start, camille, nour):
    pair = start(make_proposal())

    declare_end(pair, by=nour, at=START)

    assert told(pair, nour) == ("Vous avez dit que c'est terminé", "")
    assert told(pair, camille) == (
        "Nour dit que c'est terminé",
        reverse("meetings:declare_end", args=[pair.pk]),
    )


def test_a_charter_accepted_with_the_enrolments_is_not_to_come(make_proposal, nour):
    assert ("La charte est acceptée", "done") in path_of(make_proposal(), nour)


def test_without_any_date_one_is_proposed(make_proposal, start, nour):
    pair = start(make_proposal())

    assert told(pair, nour) == (
        "La première rencontre",
        reverse("meetings:propose", args=[pair.pk]),
    )


def test_the_delay_for_a_first_date_is_told(make_proposal, start, nour, camille):
    document = {
        "introduction": {"first_date_within": "P1M"},
        "meetings": {"initiative": "mentee"},
    }
    pair = start(make_proposal(document))

    assert step_of(pair, nour).text == (
        "Une date est à proposer avant le 1er novembre ; Camille l'acceptera ou en proposera une autre."
    )
    assert step_of(pair, camille).text == (
        "C'est à Nour d'en prendre l'initiative ; rien n'empêche de proposer une date."
    )
    assert [step_of(pair, one).is_mine for one in (nour, camille)] == [True, False]
    assert step_of(pair, nour, days=40).text == (
        "Une date était attendue avant le 1er novembre : il est encore temps d'en proposer une."
    )


def test_a_date_that_fell_through_asks_for_another(
    make_proposal, start, make_meeting, camille, nour
):
    pair = start(make_proposal({"meetings": {"new_date_within": "P7D", "initiative": "mentee"}}))
    cancel_meeting(make_meeting(pair, "planned", days=3), by=camille, at=START)

    assert [step_of(pair, one).text for one in (camille, nour)] == [
        "Le rendez-vous prévu est annulé : une nouvelle date est à proposer d'ici le 8 octobre."
    ] * 2
    assert step_of(pair, nour, days=8).text == (
        "Une nouvelle date était attendue pour le 8 octobre : il est encore temps d'en proposer une."
    )


def test_objectives_come_before_the_first_meeting_where_they_are_due_then(
    make_proposal, start, nour, camille
):
    document = {"objectives": {"minimum": 2, "other_theme": True, "due": "first_meeting"}}
    pair = start(make_proposal(document))

    assert told(pair, nour) == (
        "Fixer vos objectifs",
        reverse("meetings:objectives", args=[pair.pk]),
    )
    assert told(pair, camille) == ("Les objectifs d'abord", "")


def test_a_date_proposed_is_answered_by_the_other(
    make_proposal, start, make_meeting, nour, camille
):
    pair = start(make_proposal())
    meeting = make_meeting(pair, "proposed", days=9)

    assert told(pair, camille) == (
        "Nour propose une date",
        reverse("meetings:meeting", args=[meeting.pk]),
    )
    assert told(pair, nour) == ("Une date est proposée", "")


def test_a_date_that_has_passed_is_reported(make_proposal, start, make_meeting, nour):
    pair = start(make_proposal({"vocabulary": {"meeting": "entretien"}}))
    meeting = make_meeting(pair, "planned", days=9)

    assert told(pair, nour) == (
        "Le prochain entretien",
        reverse("meetings:meeting", args=[meeting.pk]),
    )
    assert told(pair, nour, days=10)[0] == "L'entretien a-t-il eu lieu ?"


def test_a_milestone_is_asked_when_its_moment_comes(make_proposal, start, make_meeting, nour):
    pair = start(make_proposal({"milestones": [REVIEW]}))
    assert ("Point d'étape", "later") in path_of(pair, nour)

    make_meeting(pair, "held", days=5)

    assert told(pair, nour, days=6) == (
        "Point d'étape",
        reverse("meetings:milestone", args=[pair.pk, "midway"]),
    )
    assert ("Point d'étape", "now") in path_of(pair, nour, days=6)


def test_nothing_is_asked_of_a_pair_that_stopped(make_proposal, start, make_meeting, nour, alix):
    pair = start(make_proposal({"milestones": [REVIEW]}))
    make_meeting(pair, "held", days=5)
    pairs.stop_pair(pair, reason=StopReason.BY_AGREEMENT, by=alix, at=START + timedelta(days=20))
    pair.refresh_from_db()

    assert told(pair, nour, days=21) == ("Le binôme ne se poursuit pas", "")
    assert path_of(pair, nour, days=21)[-1] == ("Arrêt", "done")


def test_the_year_of_a_pair_from_top_to_bottom(make_proposal, start, nour):
    pair = start(make_proposal({"length": {"usual": "P6M"}, "milestones": [REVIEW]}))

    assert path_of(pair, nour) == [
        ("Le binôme est proposé", "done"),
        ("Les deux disent oui", "done"),
        ("La charte est acceptée", "done"),
        ("Les rencontres", "now"),
        ("Point d'étape", "later"),
        ("Fin", "later"),
    ]


@pytest.mark.parametrize(
    ("held", "titles"),
    [
        (0, ["Avant", "La première", "Où"]),
        (1, ["La deuxième", "Toujours", "Où"]),
        (2, ["Toujours", "Où"]),
    ],
)
def test_advice_comes_at_its_moment(make_proposal, start, make_meeting, nour, held, titles):
    moments = {
        "before_first": "Avant",
        "first_meeting": "La première",
        "second_meeting": "La deuxième",
        "meetings": "Toujours",
        "place": "Où",
        "closing": "À la fin",
    }
    guides = [{"moment": m, "title": t, "items": ["…"]} for m, t in moments.items()]
    pair = start(make_proposal({"guides": guides}))
    for number in range(held):
        make_meeting(pair, "held", days=number + 1)
    now = START + timedelta(days=20)

    [facts] = facts_of([pair], nour, now=now, today=now.date())

    assert [guide.title for guide in guides_now(facts)] == titles


def test_once_all_is_done_the_two_say_whether_they_stop_there(
    make_proposal, start, make_meeting, camille, nour
):
    bilan = REVIEW | {"code": "bilan", "kind": "bilan", "strength": "duty", "title": "Bilan"}
    pair = start(make_proposal({"milestones": [bilan]}))
    make_meeting(pair, "held", days=5)
    end = reverse("meetings:declare_end", args=[pair.pk])
    answers = {"milestone": "bilan", "answers": {"well": 4}, "done_at": START + timedelta(days=6)}
    Review.objects.create(pair=pair, role="mentee", person=nour, **answers)

    assert told(pair, nour, days=7)[0] == "La prochaine rencontre"

    Review.objects.create(pair=pair, role="mentor", person=camille, **answers)

    assert told(pair, nour, days=7) == ("Tout ce que le programme demande est fait", end)


def test_what_else_is_asked_stands_beside_the_next_step(make_proposal, start, make_meeting, nour):
    plan = {"code": "plan", "title": "Plan d'action", "after_meetings": 1}
    pair = start(make_proposal({"milestones": [REVIEW, plan]}))
    make_meeting(pair, "held", days=5)
    now = START + timedelta(days=6)

    facts = facts_of_one(pair, nour, now=now, today=now.date())

    assert next_step(facts).title == "Point d'étape"
    assert [ask.milestone.title for ask in other_asks(facts)] == ["Plan d'action"]
