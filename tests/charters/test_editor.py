"""The team writes the next edition of a charter; what was published never changes (I11)."""

from __future__ import annotations

from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse

from charters.models import Acceptance, CharterDraft, CharterVersion
from charters.queries import current_charter
from charters.services.acceptances import accept_charter
from charters.services.drafts import change_draft, publish_draft, start_draft
from people import clock
from programmes.models import Coordinator
from programmes.policy.terms import Role
from programmes.sentences import Refused
from tests.charters.test_texts import CHARTER
from tests.factories.people import make_person
from tests.factories.programmes import AT, make_cohort, make_enrolment, make_programme

pytestmark = pytest.mark.django_db

MENTOR = 1  # the number of its section in CHARTER


@pytest.fixture
def programme(organisation, alix):
    rules = {
        "meetings": {"notice_hours": 24},
        "milestones": [{"code": "news", "title": "Des nouvelles", "after_meetings": 1}],
        "acceptance": {"due": "match"},
    }
    programme = make_programme(organisation, {"charter": CHARTER} | rules)
    Coordinator.objects.create(programme=programme, person=alix)
    return programme


@pytest.fixture
def team(client, programme, alix):
    """Alix's browser, with a draft begun."""
    client.force_login(alix)
    client.post(page("start_draft", programme))
    return client


def page(name, programme, *args):
    return reverse(f"charters:{name}", args=[programme.organisation.slug, programme.slug, *args])


def given(response, **changes):
    """What the browser would send back from the page of a section."""
    form, rows = response.context["form"], response.context["rows"]
    data = {field.html_name: field.value() or "" for field in form}
    data |= {field.html_name: field.value() for field in rows.management_form}
    for row in rows:
        data |= {field.html_name: field.value() or "" for field in row}
    return data | {"seen": response.context["seen"]} | changes


def draft_of(programme):
    return CharterDraft.objects.get(programme=programme)


def test_a_new_edition_starts_from_the_newest_and_goes_on_where_it_was(team, programme):
    team.post(page("start_draft", programme))

    assert draft_of(programme).text == CharterVersion.objects.get(programme=programme).text


def test_a_section_is_edited_with_its_commitments_and_what_watches_them(team, programme):
    address = page("edit_section", programme, MENTOR)
    changes = {
        "intro": "Deux lignes.\n\nEt **du gras**.",
        "form-0-text": "J'écoute {le mentoré} jusqu'au bout.",
        "form-0-ORDER": "2",
        "form-1-text": "Je préviens {le mentoré} à temps.",
        "form-1-watch": "notice",
        "form-1-ORDER": "1",
        "form-2-text": "Je donne des nouvelles.",
        "form-2-watch": "milestone:news",
    }

    team.post(address, given(team.get(address), **changes))

    section = draft_of(programme).text.sections[0]
    assert [
        (one.code, str(one.watch or ""), one.milestone, one.text) for one in section.commitments
    ] == [
        ("je_previens_le_mentore", "notice", "", "Je préviens {le mentoré} à temps."),
        ("listen", "", "", "J'écoute {le mentoré} jusqu'au bout."),
        ("je_donne_des_nouvelles", "milestone", "news", "Je donne des nouvelles."),
    ]


def test_a_commitment_that_is_emptied_is_gone(team, programme):
    address = page("edit_section", programme, MENTOR)

    team.post(address, given(team.get(address), **{"form-0-text": ""}))

    assert draft_of(programme).text.sections[0].commitments == ()


def test_a_word_that_is_unknown_is_told_with_its_part_and_line_and_nothing_is_lost(team, programme):
    address = page("edit_section", programme, MENTOR)
    wrong = {"intro": "Bonjour.\n\nVoici {le menteur}.", "form-0-text": "J'écoute {les mentor}."}

    response = team.post(address, given(team.get(address), **wrong))

    assert response.context["refusals"] == [
        "Le mentor, introduction : ligne 3 : « {le menteur} » est inconnu ; vouliez-vous dire « {le mentor} » ?",
        "Le mentor, engagement 1 : « {les mentor} » est inconnu ; vouliez-vous dire « {les mentors} » ?",
    ]
    assert "Voici {le menteur}." in response.content.decode()
    assert draft_of(programme).text.sections[0].intro == "Ce que fait {le mentor}."


def test_two_who_write_at_once_do_not_undo_each_other_unseen(team, programme, client):
    address = page("edit_section", programme, MENTOR)
    begun = given(team.get(address), title="Première")
    team.post(page("edit_heading", programme), heading(team, programme, title="Notre charte"))

    refused = team.post(address, begun)
    again = team.post(address, given(refused, title="Première"))

    assert refused.context["refusals"] == [
        "Alix Bernard a changé ce brouillon entre-temps. Votre saisie est gardée ici ; enregistrez-la de nouveau pour la retenir."
    ]
    assert again.status_code == 302
    text = draft_of(programme).text
    assert (text.title, text.sections[0].title) == ("Notre charte", "Première")


def heading(team, programme, **changes):
    response = team.get(page("edit_heading", programme))
    data = {field.html_name: field.value() or "" for field in response.context["form"]}
    return data | {"seen": response.context["seen"]} | changes


def test_a_translation_is_asked_for_whole(team, programme):
    address = page("edit_heading", programme)

    response = team.post(address, heading(team, programme, english_title="Charter"))

    assert response.context["refusals"] == [
        "Le mentor, introduction, en anglais : il manque la traduction anglaise de ce texte",
        "Le mentor, engagement 1, en anglais : il manque la traduction anglaise de ce texte",
        "Le mentoré, engagement 1, en anglais : il manque la traduction anglaise de ce texte",
        "Le binôme, engagement 1, en anglais : il manque la traduction anglaise de ce texte",
        "L'association, engagement 1, en anglais : il manque la traduction anglaise de ce texte",
    ]


def test_parts_are_added_moved_and_taken_away(team, programme):
    new = page("add_section", programme)
    seen = {"seen": draft_of(programme).digest}
    team.post(new, given(team.get(new), voice="all", title="Tous"))
    for act in ("earlier:5", "remove:1"):
        seen = {"seen": draft_of(programme).digest}
        team.post(page("draft", programme), seen | {"act": act})

    voices = [str(section.voice) for section in draft_of(programme).text.sections]

    assert voices == ["mentee", "pair", "all", "organisation"]


def test_the_preview_reads_as_the_mentor_and_as_the_mentee(team, programme):
    address = page("preview", programme, "brouillon")

    mentor, mentee = team.get(address), team.get(address + "?role=mentee")

    assert (mentor.context["own"], mentee.context["own"]) == (
        ["listen", "secret"],
        ["lead", "secret"],
    )
    assert "J'écoute le mentoré." in unescape(mentor.content.decode())


def test_what_changed_is_marked_for_eyes_and_for_screen_readers(team, programme):
    address = page("edit_section", programme, MENTOR)
    changed = {"title": "Ce que fait {le mentor}", "form-0-text": "J'entends {le mentoré}."}
    team.post(address, given(team.get(address), **changed))

    shown = unescape(team.get(page("compare", programme)).content.decode())

    assert '<h2 class="card-title" id="partie-1">Ce que fait le mentor</h2>' in shown
    assert (
        '<del><span class="visually-hidden">[retiré : </span>écoute<span class="visually-hidden">]</span></del>'
        '<ins><span class="visually-hidden">[ajouté : </span>entends<span class="visually-hidden">]</span></ins>'
    ) in shown


def test_published_it_is_in_force_from_its_day(team, programme):
    day = clock.today() + timedelta(days=10)
    team.post(page("edit_heading", programme), heading(team, programme, title="Notre charte"))

    team.post(page("publish", programme), {"edition": day.isoformat()})

    before, after = (
        current_charter(programme, day - timedelta(days=1)),
        current_charter(programme, day),
    )
    assert (before and before.number, after and after.text.title) == (1, "Notre charte")
    assert not CharterDraft.objects.exists()


def test_the_newest_comes_first_and_is_compared_with_the_one_before(team, programme, alix):
    for title in ("Deuxième", "Troisième"):
        draft = start_draft(programme, by=alix, at=AT)
        text = draft.text.model_copy(update={"title": title})
        change_draft(draft, text=text, seen=draft.digest, by=alix, at=AT)
        publish_draft(draft, edition=AT.date(), by=alix, at=AT)

    shown = team.get(page("team_charter", programme)).context["versions"]
    compared = team.get(page("compare", programme)).context

    assert [version.number for version in shown] == [3, 2, 1]
    assert (compared["old"].key, compared["new"].key) == ("2", "3")


def test_neither_the_past_nor_the_same_text_is_published(team, programme):
    response = team.post(page("publish", programme), {"edition": "2020-01-01"})

    assert response.context["refusals"] == [
        "Une édition entre en vigueur aujourd'hui ou plus tard.",
        "Ce texte est celui de la version publiée : rien n'a changé.",
    ]


def test_a_version_that_somebody_accepted_never_changes(programme, camille, alix):
    enrolment = make_enrolment(
        make_cohort(programme), camille, Role.MENTOR, charter_version=None, charter_accepted_at=None
    )
    version = current_charter(programme, AT.date())
    accept_charter(enrolment, version=version, commitments=(), by=camille, at=AT)
    source = version.source
    draft = start_draft(programme, by=alix, at=AT)
    draft.source = draft.text.model_copy(update={"title": "Autre"}).model_dump(mode="json")
    draft.save()

    publish_draft(draft, edition=AT.date(), by=alix, at=AT)
    version.source = {}
    with pytest.raises(TypeError, match="never changed"):
        version.save()
    with pytest.raises(TypeError, match="never changed"):
        CharterVersion.objects.update(source={})

    accepted = Acceptance.objects.get(enrolment=enrolment)
    assert accepted.version.source == source
    assert accepted.version.is_intact
    assert accepted.digest == accepted.version.digest
    assert current_charter(programme, AT.date()).number == 2


def test_a_draft_published_meanwhile_is_not_written_any_more(programme, alix):
    draft = start_draft(programme, by=alix, at=AT)
    text, seen = draft.text.model_copy(update={"title": "Autre"}), draft.digest
    changed = change_draft(draft, text=text, seen=seen, by=alix, at=AT)
    publish_draft(changed, edition=AT.date(), by=alix, at=AT)

    for act in (
        lambda: change_draft(draft, text=text, seen=seen, by=alix, at=AT),
        lambda: publish_draft(draft, edition=AT.date(), by=alix, at=AT),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.verdict.codes == ("draft:gone",)


def test_a_draft_given_up_leaves_what_is_published(team, programme):
    team.post(page("drop_draft", programme))

    assert not CharterDraft.objects.exists()
    assert CharterVersion.objects.get(programme=programme).number == 1


def test_who_does_not_run_the_programme_writes_nothing(client, programme):
    client.force_login(make_person("Billie", "Voisine"))

    assert client.post(page("start_draft", programme)).status_code == 404
    assert not CharterDraft.objects.exists()


def test_the_page_of_the_charter_leads_to_all_of_it(team, programme):
    shown = team.get(page("team_charter", programme)).content.decode()

    assert "Reprendre le brouillon" in shown
    assert page("preview", programme, 1) in shown


@pytest.fixture
def scheduled(team, programme):
    """A version to come, in ten days."""
    day = clock.today() + timedelta(days=10)
    team.post(page("edit_heading", programme), heading(team, programme, title="Notre charte"))
    team.post(page("publish", programme), {"edition": day.isoformat()})
    return CharterVersion.objects.get(programme=programme, number=2)


def test_a_version_to_come_is_taken_back_and_its_text_is_the_draft_again(
    team, programme, scheduled
):
    address = page("withdraw", programme, scheduled.number)
    assert address in team.get(page("team_charter", programme)).content.decode()

    team.post(address)

    assert CharterVersion.objects.get(programme=programme).number == 1
    assert (draft_of(programme).text.title, draft_of(programme).based_on.number) == (
        "Notre charte",
        1,
    )


def test_a_draft_begun_since_survives_the_version_that_is_taken_back(team, programme, scheduled):
    team.post(page("start_draft", programme))
    team.post(page("edit_heading", programme), heading(team, programme, title="La suivante"))

    team.post(page("withdraw", programme, scheduled.number))

    assert (draft_of(programme).text.title, draft_of(programme).based_on.number) == (
        "La suivante",
        1,
    )


def test_a_version_in_force_or_accepted_stays(team, programme, scheduled, camille, alix):
    enrolment = make_enrolment(make_cohort(programme), camille, Role.MENTOR)
    Acceptance.objects.create(
        version=scheduled, enrolment=enrolment, digest=scheduled.digest, accepted_at=AT
    )

    refused = [
        team.post(page("withdraw", programme, number)).context["breaches"] for number in (1, 2)
    ]

    assert refused == [
        ["Cette version est entrée en vigueur : elle reste."],
        ["Quelqu'un a déjà accepté ou signé cette version : elle reste."],
    ]
    shown = team.get(page("team_charter", programme)).content.decode()
    assert page("withdraw", programme, 2) not in shown
