from typing import Any

from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q, Subquery

TAKES_PART = ["enrolment_submitted", "objectives_set", "charter_accepted", "proposal_accepted"]


def keep_names(apps: Any, _editor: Any) -> None:
    """Whoever was imported and has not taken part yet stays as the team knows them today."""
    Enrolment = apps.get_model("programmes", "Enrolment")
    JournalEntry = apps.get_model("programmes", "JournalEntry")
    Person = apps.get_model("people", "Person")
    this = OuterRef("pk")
    imported = JournalEntry.objects.filter(enrolment=this, event="enrolment_imported")
    took_part = JournalEntry.objects.filter(
        Q(enrolment=this) | Q(pair__mentor=this) | Q(pair__mentee=this),
        actor=OuterRef("person"),
        event__in=TAKES_PART,
    )
    person = Person.objects.filter(pk=OuterRef("person"))
    Enrolment.objects.filter(Exists(imported), ~Exists(took_part)).update(
        listed_first_name=Subquery(person.values("first_name")),
        listed_last_name=Subquery(person.values("last_name")),
        listed_email=Subquery(person.values("email")),
    )


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0001_initial"),
        ("programmes", "0002_receipt_number_once"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="enrolment",
            options={
                "ordering": ["cohort", "role", "pk"],
                "verbose_name": "candidature",
                "verbose_name_plural": "candidatures",
            },
        ),
        migrations.AddField(
            model_name="enrolment",
            name="listed_email",
            field=models.EmailField(blank=True, default="", max_length=254, verbose_name="adresse de la liste"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="enrolment",
            name="listed_first_name",
            field=models.CharField(blank=True, default="", max_length=100, verbose_name="prénom de la liste"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="enrolment",
            name="listed_last_name",
            field=models.CharField(blank=True, default="", max_length=100, verbose_name="nom de la liste"),
            preserve_default=False,
        ),
        migrations.RunPython(keep_names, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="enrolment",
            constraint=models.CheckConstraint(
                condition=models.Q(("listed_email", ""), _negated=True)
                | models.Q(("listed_first_name", ""), ("listed_last_name", "")),
                name="enrolment_listed_with_address",
            ),
        ),
    ]
