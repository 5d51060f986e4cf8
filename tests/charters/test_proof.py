"""The proof file of a convention: only ever added to, and whatever is done to it is found (I5)."""

from __future__ import annotations

import json
import random
import shutil
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, models, transaction

from charters import authority, keys
from charters.enums import ConventionState, ProofKind
from charters.files import keep_file
from charters.models import ProofEvent, ProofHead
from charters.services import conventions
from charters.services.proving import check_chain, record_proof
from charters.text import digest_of
from programmes.sentences import Refused
from tests.factories.charters import put_file, put_text, read, sign, sign_by_all
from tests.factories.programmes import AT

pytestmark = pytest.mark.django_db

CHANGES = 1000
EVENTS = ProofEvent._meta.db_table
HEADS = ProofHead._meta.db_table


@pytest.fixture
def proved(convention, alix):
    """A convention signed by three, whose document is complete; and each end its chain ever had."""
    ends = []
    for number in range(3):
        ends.append(ProofHead.objects.get(convention=convention))
        party = convention.parties.all()[number]
        sign(convention, party, by=party.person or alix, at=AT)
    convention.refresh_from_db()
    put_file(convention)
    return convention, ends


@pytest.fixture
def unguarded():
    """What the owner of the database can do: PostgreSQL lets go of its guard."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {EVENTS} DISABLE TRIGGER USER")


def run(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def changed(value, chance):
    """Another value of the same kind."""
    if isinstance(value, bool) or value is None or isinstance(value, int):
        return (value or 0) + chance.randint(1, 9)
    if isinstance(value, str):
        place = chance.randrange(len(value)) if value else 0
        return value[:place] + chance.choice("XYZ") + value[place + 1 :]
    return value + timedelta(microseconds=chance.randint(1, 10**9))


def change_a_field(events, chance, people):
    event = chance.choice(events)
    name = chance.choice(
        [f for f in ProofEvent._meta.concrete_fields if f.name not in ("id", "convention")]
    ).name
    if name == "person":
        other = chance.choice([pk for pk in [*people, None] if pk != event.person_id])
        run(f"UPDATE {EVENTS} SET person_id = %s WHERE id = %s", other, event.pk)
    elif name == "facts":
        run(
            f"UPDATE {EVENTS} SET facts = %s WHERE id = %s",
            json.dumps({"x": chance.randint(1, 99)}),
            event.pk,
        )
    elif name == "number":
        run(f"UPDATE {EVENTS} SET number = number + 100 WHERE id = %s", event.pk)
    else:
        value = changed(getattr(event, name), chance)
        run(f"UPDATE {EVENTS} SET {name} = %s WHERE id = %s", value, event.pk)


def delete_one(events, chance, people):
    run(f"DELETE FROM {EVENTS} WHERE id = %s", chance.choice(events[:-1]).pk)


def delete_the_end(events, chance, people):
    run(f"DELETE FROM {EVENTS} WHERE number > %s", chance.randrange(len(events)))


def delete_the_end_and_mend_the_head(events, chance, people):
    kept = chance.randrange(1, len(events))
    run(f"DELETE FROM {EVENTS} WHERE number > %s", kept)
    run(f"UPDATE {HEADS} SET length = %s, last = %s", kept, events[kept - 1].mac)


def delete_everything(events, chance, people):
    run(f"DELETE FROM {EVENTS}")
    run(f"DELETE FROM {HEADS}")


def swap_two(events, chance, people):
    one, other = chance.sample(events, 2)
    run(f"UPDATE {EVENTS} SET number = 1000 WHERE id = %s", one.pk)
    run(f"UPDATE {EVENTS} SET number = %s WHERE id = %s", one.number, other.pk)
    run(f"UPDATE {EVENTS} SET number = %s WHERE id = %s", other.number, one.pk)


def add_one(events, chance, people):
    """A copy at the end, as a program without the key could write it."""
    model = chance.choice(events)
    copy = {f.attname: getattr(model, f.attname) for f in ProofEvent._meta.concrete_fields[1:]}
    end = {"number": len(events) + 1, "previous": events[-1].mac}
    models.Model.save(ProofEvent(**copy | end))


def change_the_head(events, chance, people):
    name = chance.choice(["length", "last", "mark"])
    value = changed(getattr(ProofHead.objects.get(), name), chance)
    run(f"UPDATE {HEADS} SET {name} = %s", value)


WAYS = (
    change_a_field,
    change_a_field,
    delete_one,
    delete_the_end,
    delete_the_end_and_mend_the_head,
    delete_everything,
    swap_two,
    add_one,
    change_the_head,
)


def test_a_thousand_changes_are_all_found(proved, unguarded, camille, nour, alix):
    convention, _ = proved
    events = list(convention.proof.order_by("number"))
    people, chance = [camille.pk, nour.pk, alix.pk], random.Random(20261001)
    assert check_chain(convention) == []

    missed = []
    for number in range(CHANGES):
        way = WAYS[number % len(WAYS)]
        with transaction.atomic():
            way(events, chance, people)
            if not check_chain(convention):
                missed.append((number, way.__name__))
            transaction.set_rollback(True)

    assert missed == []
    assert check_chain(convention) == []


def test_a_deleted_end_is_found_even_with_an_old_copy_of_the_head(proved, unguarded):
    convention, ends = proved

    for end in ends:
        with transaction.atomic():
            run(f"DELETE FROM {EVENTS} WHERE number > %s", end.length)
            run(
                f"UPDATE {HEADS} SET length = %s, last = %s, mark = %s",
                end.length,
                end.last,
                end.mark,
            )
            faults = check_chain(convention)
            transaction.set_rollback(True)
        assert "signatures: 0 in the chain, 3 beside it" in faults or any(
            fault.startswith("sealed") for fault in faults
        )


def test_a_signature_changed_beside_the_chain_is_found(proved):
    convention, _ = proved
    party = convention.parties.get(kind="mentee")
    type(party.signature).objects.filter(party=party).update(name="Quelqu'un d'autre")

    assert check_chain(convention) == ["signature of mentee: not as the chain tells it"]


def test_a_refusal_that_the_chain_does_not_tell_is_found(convention):
    convention.state = ConventionState.REFUSED

    assert check_chain(convention) == ["refused: the chain does not tell how it came to that"]


@pytest.mark.parametrize("name", ["statement", "email", "identified_by", "signed_at"])
def test_whatever_a_signature_says_is_told_by_the_chain(proved, name):
    signature = proved[0].parties.get(kind="mentee").signature
    values = {"signed_at": AT - timedelta(days=1), "identified_by": "link"}
    type(signature).objects.filter(pk=signature.pk).update(**{name: values.get(name, "autre")})

    assert check_chain(proved[0]) == ["signature of mentee: not as the chain tells it"]


def test_another_text_under_the_same_signatures_is_found_and_never_sealed(convention, alix, caplog):
    signed = sign_by_all(convention, for_organisation=alix, at=AT)
    signed.document["purpose"] = "Autre chose"
    signed.digest = digest_of(signed.document)
    signed.save()

    keep_file(signed)

    assert check_chain(signed) == ["convention: not the text that the chain opens with"]
    assert not signed.file and "is not sealed: convention: not the text" in caplog.text


def test_an_end_cut_off_stays_cut_off_whatever_comes_after(convention, unguarded, camille):
    """Whoever has no key moves the end back; the next event must not give it a true mark."""
    put_text(convention)
    party = convention.parties.get(kind="mentor")
    read(convention, party, by=camille)
    *_, kept, cut = convention.proof.order_by("number")
    run(f"DELETE FROM {EVENTS} WHERE number = %s", cut.number)
    run(f"UPDATE {HEADS} SET length = %s, last = %s", kept.number, kept.mac)

    read(convention, party, by=camille)

    assert check_chain(convention) == ["head: altered"]
    with pytest.raises(Refused) as refusal:
        sign(convention, party, by=camille, at=AT)
    assert refusal.value.verdict.codes == ("proof:altered",)


def test_another_key_authenticates_nothing(proved, settings):
    convention, _ = proved
    settings.PROOF_KEY = "another"

    assert f"entry 1: the key {convention.proof.first().key_id} is not here" in check_chain(
        convention
    )


def test_a_former_key_still_checks_what_it_proved_and_gives_no_new_end(
    convention, unguarded, camille, nour, alix, settings, tmp_path
):
    settings.KEYS_DIR = shutil.copytree(settings.KEYS_DIR, tmp_path / "keys")
    stolen = keys.proof_keys().key
    sign(convention, convention.parties.get(kind="mentor"), by=camille, at=AT)

    call_command("seal", "renew-proof", verbosity=0)
    renewed = keys.proof_keys()
    sign(convention, convention.parties.get(kind="mentee"), by=nour, at=AT)

    assert (renewed.key != stolen, renewed.former) == (True, (stolen,))
    assert stat.S_IMODE((tmp_path / "keys" / authority.PROOF_KEY).stat().st_mode) == 0o400
    assert len(set(convention.proof.values_list("key_id", flat=True))) == 2
    assert check_chain(convention) == []
    head = ProofHead.objects.get(convention=convention)
    run(f"UPDATE {HEADS} SET mark = %s", head.head.mac(stolen))
    assert check_chain(convention) == ["head: marked by a former key"]


def test_keys_from_the_environment_are_renewed_there(convention, settings):
    settings.PROOF_KEY, settings.PROOF_KEY_FALLBACKS = "new", [keys.proof_keys().key.decode()]
    before = check_chain(convention)

    call_command("seal", "renew-proof", verbosity=0)

    assert before == ["head: marked by a former key"]
    assert check_chain(convention) == []


def test_renewing_the_key_mends_no_end_that_was_broken(
    convention, unguarded, settings, tmp_path, capsys
):
    settings.KEYS_DIR = shutil.copytree(settings.KEYS_DIR, tmp_path / "keys")
    run(f"UPDATE {HEADS} SET length = 0")

    call_command("seal", "renew-proof")

    assert f"laissées telles : {convention.pk}" in capsys.readouterr().err
    assert "head: altered" in check_chain(convention)


def test_the_models_only_add(proved):
    event = proved[0].proof.first()
    acts = (
        event.save,
        event.delete,
        ProofEvent.objects.all().delete,
        lambda: ProofEvent.objects.update(name="X"),
        lambda: ProofEvent.objects.bulk_update([event], ["name"]),
    )

    for act in acts:
        with pytest.raises(TypeError, match="never"):
            act()


@pytest.mark.postgresql
@pytest.mark.parametrize("sql", [f"UPDATE {EVENTS} SET name = 'X'", f"DELETE FROM {EVENTS}"])
def test_the_database_refuses_too(proved, sql):
    with (
        pytest.raises(DatabaseError, match="a proof is never changed or deleted"),
        transaction.atomic(),
    ):
        run(sql)


def test_a_text_withdrawn_by_the_team_is_told(convention, alix):
    conventions.renew_convention(convention.pair, by=alix, at=AT)

    convention.refresh_from_db()
    assert convention.proof.last().kind == ProofKind.WITHDRAWN
    assert check_chain(convention) == []


def test_every_signature_is_told_with_statement_account_and_place(convention, alix):
    sign_by_all(convention, for_organisation=alix, at=AT)

    statement = convention.proof.get(kind=ProofKind.STATEMENT, party="organisation")
    assert (statement.person, statement.email) == (alix, alix.email)
    assert (statement.address, statement.agent) == ("192.0.2.7", "Firefox")
    assert "qualité pour signer" in statement.facts["statement"]


def test_the_key_is_a_file_that_only_its_owner_reads(tmp_path):
    path = authority.make_proof_key(tmp_path)

    assert stat.S_IMODE(path.stat().st_mode) == 0o400
    assert len(bytes.fromhex(path.read_text())) == 32
    with pytest.raises(FileExistsError):
        authority.make_proof_key(tmp_path)


def test_without_a_key_nothing_is_proved(convention, settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "nothing"

    with pytest.raises(CommandError, match="pas de clé à remplacer"):
        call_command("seal", "renew-proof")
    with pytest.raises(ImproperlyConfigured, match="seal create"):
        record_proof(convention, ProofKind.SHOWN)
    assert not keys.has_keys()


def test_the_keys_stand_outside_the_database_and_the_files():
    assert not Path(settings.KEYS_DIR).is_relative_to(settings.MEDIA_ROOT)
    assert keys.has_keys()
