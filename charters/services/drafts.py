"""The team writes the next edition of a charter; what was published stays as it is (I11)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_noop

from charters.checking import problems_of
from charters.judging import judge_withdrawal
from charters.models import CharterDraft, CharterVersion
from charters.services.texts import publish_charter
from charters.text import CharterText, canonical
from people.clock import PARIS
from people.models import Person
from programmes.models import Programme
from programmes.policy.document import UnreadableRules
from programmes.policy.rules import Rules
from programmes.policy.verdict import Breach, Sentence, verdict_of
from programmes.sentences import Refused
from programmes.services.journal import lock, record


@transaction.atomic
def start_draft(programme: Programme, *, by: Person, at: datetime) -> CharterDraft:
    """A new edition starts from the newest; the one already begun goes on."""
    lock(programme)
    begun = CharterDraft.objects.filter(programme=programme).first()
    if begun is not None:
        return begun
    newest = CharterVersion.objects.filter(programme=programme).latest("number")
    return CharterDraft.objects.create(
        programme=programme, based_on=newest, source=newest.source, changed_at=at, changed_by=by
    )


@transaction.atomic
def change_draft(
    draft: CharterDraft, *, text: CharterText, seen: str, by: Person, at: datetime
) -> CharterDraft:
    """Keep this text if the draft still is the one that was `seen` (its digest).

    Raise Refused where somebody else changed it meanwhile, UnreadableRules with every problem.
    """
    draft = _as_it_is(draft)
    if draft.digest != seen:
        words = gettext_noop(
            "%(name)s a changé ce brouillon entre-temps. Votre saisie est gardée ici ; enregistrez-la de nouveau pour la retenir."
        )
        name = str(draft.changed_by) if draft.changed_by else "Quelqu'un"
        raise Refused(verdict_of([Breach("draft:changed", Sentence(words, {"name": name}))]))
    _check(text, draft.programme)
    draft.source, draft.changed_at, draft.changed_by = text.model_dump(mode="json"), at, by
    draft.save()
    return draft


@transaction.atomic
def publish_draft(
    draft: CharterDraft, *, edition: date, by: Person, at: datetime
) -> CharterVersion:
    """Make the draft the newest version, in force from that day on."""
    draft = _as_it_is(draft)
    _check(draft.text, draft.programme)
    breaches = []
    if edition < at.astimezone(PARIS).date():
        words = gettext_noop("Une édition entre en vigueur aujourd'hui ou plus tard.")
        breaches.append(Breach("draft:past", Sentence(words)))
    text = draft.text.model_copy(update={"edition": edition})
    newest = CharterVersion.objects.filter(programme=draft.programme).latest("number")
    if canonical(text) == canonical(newest.text.model_copy(update={"edition": edition})):
        words = gettext_noop("Ce texte est celui de la version publiée : rien n'a changé.")
        breaches.append(Breach("draft:same", Sentence(words)))
    if breaches:
        raise Refused(verdict_of(breaches))
    version = publish_charter(draft.programme, text=text, by=by, at=at)
    draft.delete()
    return version


@transaction.atomic
def withdraw_version(version: CharterVersion, *, by: Person, at: datetime) -> None:
    """Take back a version whose day has not come; its text is the draft again, unless one is begun.

    Raise Refused where it is in force, or somebody accepted or signs it.
    """
    programme = lock(version.programme)
    verdict = judge_withdrawal(version, on=at.astimezone(PARIS).date())
    if not verdict.is_clear:
        raise Refused(verdict)
    others = CharterVersion.objects.filter(programme=programme).exclude(pk=version.pk)
    newest = others.latest("number")
    begun, is_new = CharterDraft.objects.get_or_create(
        programme=programme,
        defaults={
            "based_on": newest,
            "source": version.source,
            "changed_at": at,
            "changed_by": by,
        },
    )
    if not is_new and begun.based_on_id == version.pk:
        begun.based_on = newest
        begun.save()
    version.delete()
    record("charter_withdrawn", by=by, at=at, programme=programme, version=version.number)


def rules_of(programme: Programme) -> Rules:
    """The programme's newest rules, which a charter's commitments may be watched by."""
    newest = programme.rule_sets.first()
    return newest.rules if newest else Rules()


def _as_it_is(draft: CharterDraft) -> CharterDraft:
    """The draft locked; raise Refused where somebody published it or gave it up meanwhile."""
    locked = CharterDraft.objects.select_for_update(of=("self",)).filter(pk=draft.pk).first()
    if locked is None:
        words = gettext_noop("Ce brouillon a été publié ou abandonné entre-temps.")
        raise Refused(verdict_of([Breach("draft:gone", Sentence(words))]))
    return locked


def _check(text: CharterText, programme: Programme) -> None:
    problems = problems_of(text, rules_of(programme))
    if problems:
        raise UnreadableRules(problems)
