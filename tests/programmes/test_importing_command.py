"""`manage.py import_people`: the mapping, the mistakes and the result are told in the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from people.models import Organisation
from programmes.enums import EnrolmentState
from programmes.models import Cohort, Enrolment
from programmes.policy.terms import Role
from tests.factories.lists import as_csv, civil_servants, make_civil_service
from tests.factories.programmes import make_cohort

pytestmark = pytest.mark.django_db


@pytest.fixture
def cohort(organisation: Organisation) -> Cohort:
    return make_cohort(make_civil_service(organisation))


@pytest.fixture
def mentors(tmp_path: Path) -> Path:
    path = tmp_path / "mentors.csv"
    path.write_bytes(as_csv(civil_servants(Role.MENTOR, 3)))
    return path


def run(path: Path, *options: str, role: Role = Role.MENTOR) -> None:
    where = "ponts-savoir/mentorat-ministeres/2026"
    call_command("import_people", str(path), "--cohort", where, "--role", str(role), *options)


def test_it_tells_what_each_column_becomes_and_enters_everyone(
    cohort: Cohort, mentors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(mentors, "--admit")

    said = capsys.readouterr().out.splitlines()
    assert said[0] == "texte UTF-8, séparateur « , », 3 lignes."
    assert said[6] == "  F « grade » → Grade"
    assert said[9] == "  I « characteristics » → laissée de côté"
    assert said[-1] == (
        "3 personnes importées : 3 admises, 0 à examiner, 0 à compléter par elles-mêmes ; "
        "0 lignes écartées. Personne n'a reçu de message."
    )
    assert Enrolment.objects.filter(cohort=cohort, state=EnrolmentState.ADMITTED).count() == 3


def test_a_dry_run_enters_nobody(
    cohort: Cohort, mentors: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(mentors, "--dry-run")

    assert capsys.readouterr().out.splitlines()[-1] == (
        "3 personnes à importer. Rien n'a été importé."
    )
    assert Enrolment.objects.count() == 0


def test_mistakes_are_listed_and_written_to_a_file(
    cohort: Cohort, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = civil_servants(Role.MENTOR, 3)
    rows[1][2] = "sans arobase"
    path, rejects = tmp_path / "mentors.csv", tmp_path / "rejets.csv"
    path.write_bytes(as_csv(rows))

    with pytest.raises(CommandError, match="Rien n'a été importé : 1 lignes à corriger sur 3"):
        run(path)
    told = "  ligne 3, colonne C : « sans arobase » n'est pas une adresse e-mail."
    assert told in capsys.readouterr().out.splitlines()
    run(path, "--only-valid", "--rejects", str(rejects))

    assert Enrolment.objects.count() == 2
    assert "sans arobase" in rejects.read_text(encoding="utf-8-sig")


def test_a_sensitive_column_needs_a_reason(cohort: Cohort, mentors: Path) -> None:
    mapped = ("--map", "characteristics=Présentation", "--allow-sensitive", "characteristics")

    with pytest.raises(CommandError, match="dites pourquoi"):
        run(mentors, *mapped)
    run(mentors, *mapped, "--reason", "Avec l'accord de chacun.")

    told = [one.answers.get("biography") for one in Enrolment.objects.order_by("pk")]
    assert told == [None, "Gay", "Transgender"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--map", "taille=grade"], "Pas de colonne « taille »"),
        (["--map", "grade=taille"], "« taille » n'est pas demandé par le programme"),
        (["--by", "personne@example.org"], "Pas de compte à l'adresse"),
    ],
)
def test_an_unknown_name_is_said(
    cohort: Cohort, mentors: Path, options: list[str], message: str
) -> None:
    with pytest.raises(CommandError, match=message):
        run(mentors, *options)


def test_an_unknown_cohort_or_an_unreadable_file_is_said(cohort: Cohort, tmp_path: Path) -> None:
    picture = tmp_path / "mentors.csv"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n0000")

    with pytest.raises(CommandError, match="Campagnes connues : ponts-savoir/mentorat-"):
        call_command("import_people", str(picture), "--cohort", "a/b/c", "--role", "mentor")
    with pytest.raises(CommandError, match="C'est une image, pas un tableau"):
        run(picture)
    with pytest.raises(CommandError, match="ce fichier n'existe pas"):
        run(tmp_path / "absent.csv")
