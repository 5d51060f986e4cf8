"""The team reads the rules in words, opens cohorts, gives new rules, invites people."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from notifications.models import OutboxMessage
from people import clock
from people.models import OrganisationRole
from programmes.models import Cohort, Coordinator, Exclusion, Invitation, TeamInvitation
from programmes.policy.terms import Role
from programmes.rules_in_words import tell_rules
from programmes.sentences import Refused
from programmes.services.staff import add_to_team, join_team
from tests.factories.programmes import (
    AT,
    make_cohort,
    make_enrolment,
    make_preset,
    make_programme,
)
from tests.factories.team import make_coordinator


@pytest.fixture
def programme(organisation, alix):
    programme = make_preset(organisation, "ponts-alumni")
    make_coordinator(programme, alix)
    return programme


@pytest.fixture
def desk(client, alix):
    client.force_login(alix)
    return client


def address(name: str, programme, *more) -> str:
    return reverse(f"programmes:{name}", args=[programme.organisation.slug, programme.slug, *more])


def test_the_rules_are_told_in_the_programmes_words(programme):
    rule_set = programme.rule_sets.get()

    told = {
        section.title: section.sentences
        for section in tell_rules(rule_set.rules, rule_set.vocabulary)
    }

    assert "Prolongation possible une fois." in told["Le cadre"]
    assert told["Les entretiens"] == (
        "L'initiative revient au mentee.",
        "À partir de l'entretien n° 3, le mentee propose aussi le sujet.",
        "Le calendrier se fixe ensemble dès le premier entretien.",
        "Sans nouvelles depuis 45 jours, le binôme est signalé à l'équipe.",
    )


def test_a_level_above_is_told_with_its_number(organisation):
    rule_set = make_preset(organisation, "escp-europe-alumni").rule_sets.get()
    rules = rule_set.rules
    level = next(one for one in rules.criteria if one.code == "level")
    vocabulary = rule_set.vocabulary

    def told(minimum: int | None) -> str:
        changed = rules.model_copy(
            update={"criteria": (level.model_copy(update={"minimum": minimum}),)}
        )
        return next(
            s
            for part in tell_rules(changed, vocabulary)
            for s in part.sentences
            if "Niveau de poste" in s
        )

    assert "le mentor au moins au niveau qu'indique le mentoré" in told(None)
    assert "le mentor un niveau au moins au-dessus de celui" in told(1)
    assert "le mentor 2 niveaux au moins au-dessus de celui" in told(2)


def test_a_programme_that_says_nothing_is_told_to_say_nothing(organisation):
    rule_set = make_programme(organisation).rule_sets.get()

    told = {
        section.title: section.sentences
        for section in tell_rules(rule_set.rules, rule_set.vocabulary)
    }

    assert told["La charte"] == ("Acceptée une fois le binôme formé.",)
    assert told["Les rencontres"] == ("Le silence d'un binôme n'est pas signalé.",)
    assert "Aucune adhésion n'est demandée." in told["Adhésion et âge"]


def test_reminders_of_an_agreement_are_told(organisation):
    rule_set = make_preset(organisation, "espace-jeunes-anne-frank").rule_sets.get()

    told = {
        section.title: section.sentences
        for section in tell_rules(rule_set.rules, rule_set.vocabulary)
    }

    assert told["La charte"] == (
        "Acceptée une fois le binôme formé.",
        "Rappel chaque semaine à qui n'a pas encore signé la convention, 3 fois au plus.",
    )


def test_a_cohort_is_opened_under_the_newest_rules(desk, programme):
    desk.post(
        address("open_cohort", programme),
        {"name": "Promotion Ève 2027", "opens_on": "2027-01-10", "starts_on": "2027-03-01"},
    )

    cohort = Cohort.objects.get()
    assert (cohort.name, cohort.slug, cohort.starts_on) == (
        "Promotion Ève 2027",
        "promotion-eve-2027",
        date(2027, 3, 1),
    )
    assert cohort.rule_set == programme.rule_sets.get()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": "Campagne 2026"}, "Ce nom est déjà pris dans ce programme."),
        ({"name": "…"}, "Il faut au moins une lettre ou un chiffre."),
        ({"ends_on": "2027-01-01"}, "La campagne finit avant d'avoir commencé."),
        (
            {"enrolment_ends_on": "2026-12-01"},
            "Les candidatures ferment avant d'avoir ouvert.",
        ),
    ],
)
def test_a_cohort_that_cannot_be_is_refused_with_a_sentence(desk, programme, changes, sentence):
    make_cohort(programme, name="Campagne 2026", slug="campagne-2026")
    values = {"name": "Campagne 2027", "opens_on": "2027-01-10", "starts_on": "2027-03-01"}

    response = desk.post(address("open_cohort", programme), values | changes)

    errors = [one for field in response.context["form"].errors.values() for one in field]
    assert (response.status_code, errors) == (422, [sentence])
    assert Cohort.objects.count() == 1


def test_a_cohort_is_closed_to_new_people_by_its_dates(desk, programme):
    cohort = make_cohort(programme, name="Campagne 2026", slug="campagne-2026")
    page = reverse("programmes:change_cohort", args=[cohort.pk])
    values = {"name": "Promotion 2026", "opens_on": "2026-09-01", "starts_on": "2026-10-01"}

    assert page in desk.get(address("team_settings", programme)).content.decode()
    refused = desk.post(page, values | {"enrolment_ends_on": "2026-08-31"})
    desk.post(page, values | {"enrolment_ends_on": "2026-09-20"})

    cohort.refresh_from_db()
    assert refused.status_code == 422
    assert (cohort.name, cohort.slug) == ("Promotion 2026", "campagne-2026")
    assert cohort.takes_enrolments_on(date(2026, 9, 20))
    assert not cohort.takes_enrolments_on(date(2026, 9, 21))
    assert programme.journal.filter(event="cohort_changed").count() == 1


def test_the_file_downloaded_loads_back_as_the_same_rules(desk, programme):
    file = desk.get(address("programme_file", programme))

    desk.post(address("new_rules", programme), {"file": SimpleUploadedFile("p.toml", file.content)})

    assert file["Content-Disposition"] == f'attachment; filename="{programme.slug}.toml"'
    assert [one.version for one in programme.rule_sets.all()] == [1]


def test_new_rules_make_a_new_version_and_open_cohorts_keep_theirs(desk, programme):
    cohort = make_cohort(programme)
    text = desk.get(address("programme_file", programme)).content.decode()
    changed = text.replace("usual_minutes = 60", "usual_minutes = 45") + (
        "" if "usual_minutes = 60" in text else "\n[matching]\nanswer_within = 'P7D'\n"
    )

    desk.post(
        address("new_rules", programme), {"file": SimpleUploadedFile("p.toml", changed.encode())}
    )

    cohort.refresh_from_db()
    assert [one.version for one in programme.rule_sets.all()] == [2, 1]
    assert cohort.rule_set.version == 1


def test_a_wrong_file_is_refused_with_everything_that_is_wrong(desk, programme):
    text = f"""
[programme]
name = "Ponts"
slug = "{programme.slug}"
[length]
usual = "six mois"
[seats]
mentee = 0
"""
    response = desk.post(
        address("new_rules", programme), {"file": SimpleUploadedFile("p.toml", text.encode())}
    )

    assert response.status_code == 422
    assert [problem.split(" : ")[:2] for problem in response.context["form"].problems] == [
        ["ligne 6", "length.usual"],
        ["ligne 8", "seats.mentee"],
    ]
    assert programme.rule_sets.count() == 1


def test_the_file_of_another_programme_is_refused(desk, programme, organisation):
    text = '[programme]\nname = "Autre"\nslug = "autre"\n'

    response = desk.post(
        address("new_rules", programme), {"file": SimpleUploadedFile("p.toml", text.encode())}
    )

    assert response.context["form"].errors["file"] == [
        f"Ce fichier est celui de « autre », pas de « {programme.slug} »."
    ]
    assert not organisation.programmes.filter(slug="autre").exists()


def test_bytes_that_are_no_text_are_refused(desk, programme):
    response = desk.post(
        address("new_rules", programme), {"file": SimpleUploadedFile("p.toml", b"abc\xff")}
    )

    assert response.context["form"].errors["file"] == [
        "Ce n'est pas un fichier de texte en UTF-8 (voir l'octet 4)."
    ]


def test_only_those_responsible_for_the_association_change_the_team(
    desk, programme, organisation, nour
):
    make_enrolment(make_cohort(programme), nour, Role.MENTOR)

    assert desk.post(address("add_member", programme), {"email": nour.email}).status_code == 404


@pytest.fixture
def manager(client, programme, sacha):
    OrganisationRole.objects.create(
        organisation=programme.organisation, person=sacha, kind="manager"
    )
    client.force_login(sacha)
    return client


@pytest.fixture
def centre(organisation):
    """A programme whose convention the association signs too."""
    return make_preset(organisation, "espace-jeunes-anne-frank")


def test_who_is_invited_joins_the_team_by_accepting_once(manager, client, centre, nour):
    manager.post(
        address("add_member", centre), {"email": f" {nour.email.upper()} ", "may_sign": "on"}
    )
    invitation = TeamInvitation.objects.get()
    assert OutboxMessage.objects.filter(kind="team_invitation").count() == 1
    assert not Coordinator.objects.filter(person=nour).exists()
    assert nour.email in manager.get(address("team_settings", centre)).content.decode()

    client.force_login(nour)
    link = reverse("programmes:team_invitation", args=[invitation.token])
    assert "Rejoindre l&#x27;équipe" in client.get(link).content.decode()
    assert client.post(link).status_code == 302
    assert Coordinator.objects.get(person=nour).may_sign
    assert client.get(link).status_code == 302  # to the dashboard

    manager.force_login(invitation.invited_by)
    member = Coordinator.objects.get(person=nour)
    assert manager.get(address("remove_member", centre, member.pk)).status_code == 200
    manager.post(address("remove_member", centre, member.pk))
    client.force_login(nour)
    assert "plus valable" in client.get(link).content.decode()
    assert client.post(link).status_code == 422
    assert not Coordinator.objects.filter(person=nour).exists()


def test_nobody_else_joins_by_a_link_that_was_passed_on(manager, client, programme, nour, camille):
    manager.post(address("add_member", programme), {"email": nour.email})
    link = reverse("programmes:team_invitation", args=[TeamInvitation.objects.get().token])
    client.force_login(camille)

    assert "pour une autre adresse" in client.get(link).content.decode()
    assert client.post(link).status_code == 422
    assert not Coordinator.objects.filter(person=camille).exists()


def test_an_invitation_into_the_team_can_be_taken_back(manager, client, programme, nour):
    manager.post(address("add_member", programme), {"email": nour.email})
    invitation = TeamInvitation.objects.get()
    manager.post(address("recall_invitation", programme, invitation.pk))
    client.force_login(nour)

    link = reverse("programmes:team_invitation", args=[invitation.token])
    assert client.get(link).status_code == 404
    with pytest.raises(Refused):
        join_team(invitation, person=nour, at=AT)


def test_an_invitation_accepted_meanwhile_cannot_be_taken_back(manager, programme, nour):
    manager.post(address("add_member", programme), {"email": nour.email})
    invitation = TeamInvitation.objects.get()
    join_team(invitation, person=nour, at=AT)

    page = manager.post(address("recall_invitation", programme, invitation.pk), follow=True)

    assert str(list(page.context["messages"])[-1]) == (
        f"Trop tard : {nour.email} a déjà rejoint l'équipe ; la liste permet de l'en retirer."
    )
    assert Coordinator.objects.filter(person=nour).exists()


def test_who_signs_for_the_association_is_asked_where_it_signs(manager, programme, centre):
    asked = [
        'name="may_sign"' in manager.get(address("team_settings", one)).content.decode()
        for one in (programme, centre)
    ]

    assert asked == [False, True]


def test_an_invitation_into_the_team_says_vous_where_the_programme_says_tu(
    client, organisation, alix
):
    programme = make_programme(organisation, {"vocabulary": {"address": "tu"}})
    make_cohort(programme)
    invitation = add_to_team(
        programme, email="x@example.org", may_sign=False, by=alix, at=clock.now()
    )

    page = client.get(reverse("programmes:team_invitation", args=[invitation.token]))

    assert "Ensuite, vous revenez ici" in page.content.decode()


def test_an_invitation_into_the_team_expires(manager, programme, nour):
    manager.post(address("add_member", programme), {"email": nour.email})
    invitation = TeamInvitation.objects.get()

    with pytest.raises(Refused):
        join_team(invitation, person=nour, at=invitation.expires_at)


def test_oneself_and_members_are_entitled_to_sign_at_once(manager, centre, alix, sacha):
    make_coordinator(centre, alix)
    for person in (sacha, alix):
        manager.post(address("add_member", centre), {"email": person.email, "may_sign": "on"})

    assert not TeamInvitation.objects.exists()
    assert set(Coordinator.objects.filter(may_sign=True).values_list("person", flat=True)) == {
        alix.pk,
        sacha.pk,
    }


def test_inviting_tells_nothing_of_who_has_an_account(manager, programme, nour):
    said = [
        manager.post(address("add_member", programme), {"email": email}, follow=True)
        .content.decode()
        .count("une invitation est envoyée")
        for email in (nour.email, "personne@example.org")
    ]

    assert said == [1, 1]
    assert nour.last_name not in manager.get(address("team_settings", programme)).content.decode()


def test_several_people_are_invited_at_once(desk, programme):
    cohort = make_cohort(programme)

    desk.post(
        reverse("programmes:invite", args=[cohort.pk]),
        {"role": "mentor", "addresses": "Ana@example.org\n\n  bo@example.org \n"},
    )

    assert sorted(Invitation.objects.values_list("email", "role")) == [
        ("ana@example.org", "mentor"),
        ("bo@example.org", "mentor"),
    ]
    assert OutboxMessage.objects.filter(kind="invitation").count() == 2


def test_one_wrong_line_holds_every_invitation_back(desk, programme, alix):
    cohort = make_cohort(programme)
    Exclusion.objects.create(
        organisation=programme.organisation,
        email="exclu@example.org",
        reason="Démarchage.",
        decided_by=alix,
        decided_at=AT,
    )

    response = desk.post(
        reverse("programmes:invite", args=[cohort.pk]),
        {
            "role": "mentee",
            "addresses": "ana@example.org\npas une adresse\nANA@example.org\nexclu@example.org",
        },
    )

    assert response.status_code == 422
    assert response.context["form"].errors["addresses"] == [
        "Ligne 2, « pas une adresse » : ce n'est pas une adresse e-mail.",
        "Ligne 3, « ana@example.org » : déjà donnée à la ligne 1.",
        "Ligne 4, « exclu@example.org » : cette personne est exclue de tous les programmes.",
    ]
    assert not Invitation.objects.exists()
    assert not OutboxMessage.objects.exists()
