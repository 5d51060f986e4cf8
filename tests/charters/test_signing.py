"""To sign is a real act: the document seen, the statement ticked, the code received (I5)."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from charters import evidence, judging
from charters.enums import ConventionState, ProofKind
from charters.models import Convention, Signature, SigningCode
from charters.services import codes, conventions, signing
from notifications.models import OutboxMessage
from people import clock
from programmes.policy.rules import PartyKind
from programmes.sentences import Refused, tell_all
from tests.factories.charters import AT_HOME, code_for, code_in_mail, put_text, read, sign
from tests.factories.programmes import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def ready(convention, camille):
    """The document is there and Camille has read it."""
    put_text(convention)
    read(convention, convention.parties.get(kind=PartyKind.MENTOR), by=camille)
    return convention


def mentor_of(convention):
    return convention.parties.get(kind=PartyKind.MENTOR)


def type_code(convention, code, *, by, kind=PartyKind.MENTOR, has_ticked=True):
    return signing.sign_convention(
        Convention.objects.get(pk=convention.pk),
        party=convention.parties.get(kind=kind),
        by=by,
        has_ticked=has_ticked,
        code=code,
        at=AT,
        circumstances=AT_HOME,
    )


def refusal_of(act):
    with pytest.raises(Refused) as refusal:
        act()
    return tell_all(refusal.value.verdict.breaches, Convention.objects.get().pair.cohort.vocabulary)


def another(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def at_once(*acts):
    """Do these at the same time, each on its own connection; what went wrong."""
    errors = []
    start = threading.Barrier(len(acts))

    def do(act):
        try:
            start.wait()
            act()
        except Exception as error:
            errors.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=do, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors


def test_whoever_read_ticked_and_typed_the_code_has_signed_this_document(ready, camille):
    code = code_for(ready, mentor_of(ready), by=camille)

    done = type_code(ready, code, by=camille)

    signature = Signature.objects.get()
    assert done.state == ConventionState.PARTLY_SIGNED
    assert (signature.person, signature.digest) == (camille, ready.text_sha256)
    assert [event.kind for event in ready.proof.order_by("number")] == [
        ProofKind.OPENED,
        ProofKind.RENDERED,
        ProofKind.SHOWN,
        ProofKind.CODE_VALIDATED,
        ProofKind.STATEMENT,
        ProofKind.SIGNED,
    ]


def test_who_has_not_opened_the_document_does_not_sign_it(convention, camille):
    put_text(convention)
    code = code_for(convention, mentor_of(convention), by=camille)

    assert refusal_of(lambda: type_code(convention, code, by=camille)) == [
        "Lisez d'abord le document : ouvrez la page où il s'affiche."
    ]


def test_nobody_signs_before_the_document_is_made(convention, camille):
    assert refusal_of(lambda: codes.issue_code(convention, party=mentor_of(convention), by=camille))
    assert refusal_of(lambda: type_code(convention, "123456", by=camille)) == [
        "Le document est en préparation ; réessayez dans un instant."
    ]


def test_a_document_that_was_replaced_on_the_disk_is_signed_by_nobody(ready, camille):
    code = code_for(ready, mentor_of(ready), by=camille)
    Path(default_storage.path(ready.text_file.name)).write_bytes(b"%PDF-1.7 autre")

    assert refusal_of(lambda: type_code(ready, code, by=camille)) == [
        "Le document gardé n'est plus celui qui a été établi ; prévenez l'équipe."
    ]


def test_no_code_was_asked_for(ready, camille):
    assert refusal_of(lambda: type_code(ready, "123456", by=camille)) == [
        "Demandez d'abord un code : il arrive par e-mail."
    ]


def test_a_wrong_code_is_counted_and_after_five_even_the_right_one_is_refused(ready, camille):
    code = code_for(ready, mentor_of(ready), by=camille)

    told = [refusal_of(lambda: type_code(ready, another(code), by=camille)) for _ in range(5)]

    assert told == [["Ce n'est pas le code envoyé en dernier à votre adresse."]] * 5
    assert SigningCode.objects.get().attempts == evidence.ATTEMPTS
    assert evidence.live_code(mentor_of(ready), camille, at=timezone.now()) is None
    assert refusal_of(lambda: type_code(ready, code, by=camille)) == [
        "Trop d'essais avec ce code ; demandez-en un nouveau."
    ]
    assert not Signature.objects.exists()


def test_a_code_is_good_for_ten_minutes(ready, camille):
    code = code_for(ready, mentor_of(ready), by=camille)
    sent = SigningCode.objects.get()
    SigningCode.objects.update(expires_at=timezone.now())

    assert timedelta(minutes=9) < sent.expires_at - sent.created_at <= timedelta(minutes=10)
    assert refusal_of(lambda: type_code(ready, code, by=camille)) == [
        "Ce code n'est plus valable ; demandez-en un nouveau."
    ]


def test_the_code_of_another_person_does_not_sign(ready, camille, nour):
    mentee = ready.parties.get(kind=PartyKind.MENTEE)
    read(ready, mentee, by=nour)
    of_nour = code_for(ready, mentee, by=nour)
    of_camille = code_for(ready, mentor_of(ready), by=camille)

    refused = refusal_of(lambda: type_code(ready, of_nour, by=camille))

    assert of_nour != of_camille
    assert refused == ["Ce n'est pas le code envoyé en dernier à votre adresse."]


def test_a_code_moved_to_another_row_opens_nothing(ready, camille, nour):
    """The mark binds the code to person and party, whatever the row says."""
    mentee = ready.parties.get(kind=PartyKind.MENTEE)
    code = code_for(ready, mentee, by=nour)
    SigningCode.objects.update(party=mentor_of(ready), person=camille)

    assert refusal_of(lambda: type_code(ready, code, by=camille)) == [
        "Ce n'est pas le code envoyé en dernier à votre adresse."
    ]


def test_the_code_of_a_former_text_does_not_sign_the_new_one(ready, camille, alix):
    code = code_for(ready, mentor_of(ready), by=camille)
    renewed = conventions.renew_convention(ready.pair, by=alix, at=AT)
    put_text(renewed)
    read(renewed, mentor_of(renewed), by=camille)
    SigningCode.objects.update(party=mentor_of(renewed))

    with pytest.raises(Refused) as refusal:
        type_code(renewed, code, by=camille)

    assert refusal.value.verdict.codes == ("code:wrong",)


def test_a_code_that_served_does_not_serve_again(ready, camille):
    code = code_for(ready, mentor_of(ready), by=camille)
    type_code(ready, code, by=camille)

    verdict = codes.use_code(ready, party=mentor_of(ready), by=camille, code=code)

    assert verdict.codes == ("code:used",)


def test_where_a_signature_was_deleted_nobody_signs_again(ready, camille):
    code = code_for(ready, mentor_of(ready), by=camille)
    type_code(ready, code, by=camille)
    Signature.objects.all().delete()

    assert refusal_of(lambda: type_code(ready, code, by=camille)) == [
        "Le fichier de preuve a été altéré ; prévenez l'équipe."
    ]


def test_a_new_code_replaces_the_one_before(ready, camille):
    first = codes.issue_code(ready, party=mentor_of(ready), by=camille)
    SigningCode.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    second = codes.issue_code(ready, party=mentor_of(ready), by=camille)

    refused = refusal_of(lambda: type_code(ready, first, by=camille))

    assert refused == ["Ce n'est pas le code envoyé en dernier à votre adresse."]
    assert type_code(ready, second, by=camille).state == ConventionState.PARTLY_SIGNED


def test_six_codes_an_hour_are_enough(ready, camille):
    party = mentor_of(ready)
    for _ in range(judging.CODES_AN_HOUR):
        codes.issue_code(ready, party=party, by=camille)
        SigningCode.objects.update(created_at=timezone.now() - timedelta(minutes=1))

    assert refusal_of(lambda: codes.issue_code(ready, party=party, by=camille)) == [
        "Beaucoup de codes sont déjà partis ; réessayez dans une heure."
    ]


def test_the_code_goes_by_mail_at_once_and_is_kept_nowhere(ready, camille, nour):
    waiting = OutboxMessage.objects.count()

    codes.send_code(ready, party=mentor_of(ready), by=camille, circumstances=AT_HOME)

    code = code_in_mail()
    rows = [str(row) for model in (SigningCode, OutboxMessage) for row in model.objects.values()]
    assert mail.outbox[-1].to == [camille.email]
    assert len(rows) == 1 + waiting == 1 + OutboxMessage.objects.count()
    assert [row for row in rows if code in row] == []
    assert ready.proof.last().kind == ProofKind.CODE_SENT


def test_a_second_click_sends_no_second_code(ready, camille):
    for _ in range(2):
        codes.send_code(ready, party=mentor_of(ready), by=camille, circumstances=AT_HOME)

    assert (len(mail.outbox), SigningCode.objects.count()) == (1, 1)


def test_a_code_that_cannot_leave_is_told_and_opens_nothing(ready, camille, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_PORT = 9

    told = refusal_of(
        lambda: codes.send_code(ready, party=mentor_of(ready), by=camille, circumstances=AT_HOME)
    )

    assert told == ["Le code n'a pas pu partir. Réessayez dans un instant."]
    assert SigningCode.objects.get().expires_at <= timezone.now()
    assert ready.proof.last().kind == ProofKind.SHOWN


@pytest.mark.parametrize("who", ["alix", "sacha", "nour", "superuser"])
def test_no_code_is_sent_to_sign_for_another(request, ready, who, django_user_model):
    signer = (
        django_user_model.objects.create_superuser("root@example.org", "x")
        if who == "superuser"
        else request.getfixturevalue(who)
    )

    assert refusal_of(lambda: codes.issue_code(ready, party=mentor_of(ready), by=signer)) == [
        "Chacun signe pour soi ; personne ne signe pour un autre."
    ]


def test_signing_again_changes_nothing(ready, camille):
    code = code_for(ready, mentor_of(ready), by=camille)
    type_code(ready, code, by=camille)

    type_code(ready, code, by=camille)

    assert Signature.objects.count() == 1
    assert ready.proof.filter(kind=ProofKind.SIGNED).count() == 1


def test_a_new_text_lets_every_signature_fall(convention, camille, alix):
    sign(convention, mentor_of(convention), by=camille, at=AT)

    renewed = conventions.renew_convention(convention.pair, by=alix, at=AT)

    assert renewed.state == ConventionState.OPEN
    assert not Signature.objects.filter(party__convention=renewed).exists()
    assert convention.proof.last().kind == ProofKind.WITHDRAWN


def test_the_page_shows_the_very_document_page_by_page(client, convention, camille):
    client.force_login(camille)

    shown = client.get(reverse("charters:convention", args=[convention.pair_id]))
    pictures = [client.get(address) for address in shown.context["pages"]]

    assert len(pictures) >= 2
    assert {one["Content-Type"] for one in pictures} == {"image/png"}
    beyond = reverse("charters:page", args=[convention.pair_id, len(pictures) + 1])
    assert client.get(beyond).status_code == 404


def test_the_page_tells_the_hour_of_the_clock_that_people_see(client, ready, camille):
    clock.advance_to(clock.now() + timedelta(days=90))
    client.force_login(camille)
    where = [ready.pair_id]
    client.get(reverse("charters:convention", args=where))
    client.post(reverse("charters:send_code", args=where))

    until = client.get(reverse("charters:convention", args=where)).context["code_until"]

    assert timedelta(minutes=9) < until - clock.now() <= timedelta(minutes=10)


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_fifty_clicks_at_once_make_one_signature(ready, camille):
    code = code_for(ready, mentor_of(ready), by=camille)

    errors = at_once(*[lambda: type_code(ready, code, by=camille)] * 50)

    assert (errors, Signature.objects.count()) == ([], 1)
    assert ready.proof.filter(kind=ProofKind.SIGNED).count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.postgresql
def test_two_parties_who_sign_at_once_both_count(ready, camille, nour, alix):
    read(ready, ready.parties.get(kind=PartyKind.MENTEE), by=nour)
    signers = {PartyKind.MENTOR: camille, PartyKind.MENTEE: nour}
    typed = {
        kind: code_for(ready, ready.parties.get(kind=kind), by=who) for kind, who in signers.items()
    }

    errors = at_once(
        *(
            lambda kind=kind: type_code(ready, typed[kind], by=signers[kind], kind=kind)
            for kind in signers
        )
    )

    done = sign(ready, ready.parties.get(kind=PartyKind.ORGANISATION), by=alix, at=AT)
    assert (errors, done.state) == ([], ConventionState.SIGNED)
