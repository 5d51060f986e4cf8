"""May this be accepted or signed? Judgements beyond a programme's rules: who, what, and when."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_noop

from charters.editions import ENTERED, newer_edition
from charters.evidence import ATTEMPTS, codes_of, has_seen
from charters.models import CharterVersion, Convention, ConventionParty, SigningCode
from charters.queries import awaited_parties, current_charter, may_sign_as, signature_of
from people.models import Person
from programmes.enums import RUNNING_PAIR_STATES, EnrolmentState, PairState
from programmes.models import Enrolment, Pair
from programmes.permissions import role_in
from programmes.phrases import fill
from programmes.policy.verdict import CLEAR, Breach, Sentence, Verdict, verdict_of

CODES_AN_HOUR = 6


def is_acceptance_asked(enrolment: Enrolment, *, on: date) -> bool:
    """Whether the programme wants this person to accept the charter at this point (I3)."""
    due = enrolment.cohort.rules.acceptance.due
    if enrolment.state == EnrolmentState.DRAFT:
        return due == "submission"
    if enrolment.charter_version is not None:
        newer = newer_edition(enrolment, on)
        return newer is not None and newer.is_asked
    if enrolment.state not in ENTERED:
        return False
    if due != "agreement":
        return True
    if enrolment.cohort.rules.agreement.kind == "convention":
        return False  # the convention contains the charter: to sign it is to accept both
    mine = Pair.objects.filter(mentor=enrolment) | Pair.objects.filter(mentee=enrolment)
    return mine.filter(state__in=[PairState.ACCEPTED, *RUNNING_PAIR_STATES]).exists()


def judge_acceptance(
    enrolment: Enrolment,
    version: CharterVersion,
    accepted: Collection[str],
    *,
    by: Person,
    today: date,
) -> Verdict:
    """May this person accept this version now, with these commitments ticked (I3, I4)?"""
    breaches: list[Breach] = []
    if by.pk != enrolment.person_id:
        text = gettext_noop(
            "Chacun accepte {la charte} pour soi ; personne ne le fait pour un autre."
        )
        breaches.append(Breach("acceptance:someone_else", Sentence(text)))
    if not is_acceptance_asked(enrolment, on=today):
        text = gettext_noop(
            "{La charte} n'est pas à accepter à cette étape de {ta/votre} candidature."
        )
        breaches.append(Breach("acceptance:not_asked", Sentence(text)))
    current = current_charter(enrolment.cohort.programme, today)
    if current is None or current.pk != version.pk:
        text = gettext_noop(
            "{La charte} a changé entre-temps : {relis/relisez} la nouvelle édition."
        )
        breaches.append(Breach("acceptance:not_current", Sentence(text)))
    if not version.is_intact:
        text = gettext_noop(
            "Le texte enregistré {de la charte} ne correspond plus à son empreinte ; {préviens/prévenez} {l'équipe}."
        )
        breaches.append(Breach("acceptance:altered", Sentence(text)))
    if enrolment.cohort.rules.acceptance.by_commitment:
        for commitment in version.text.commitments_for(enrolment.as_role):
            if commitment.code not in accepted:
                text = gettext_noop("Il reste à accepter : « %(commitment)s »")
                facts = {"commitment": fill(commitment.text, enrolment.cohort.vocabulary)}
                breaches.append(
                    Breach(f"acceptance:commitment:{commitment.code}", Sentence(text, facts))
                )
    return verdict_of(breaches)


def judge_withdrawal(version: CharterVersion, *, on: date) -> Verdict:
    """May this version be taken back: is it nobody's yet, and still to come?"""
    breaches = []
    if version.edition <= on or version == current_charter(version.programme, on):
        words = gettext_noop("Cette version est entrée en vigueur : elle reste.")
        breaches.append(Breach("version:in_force", Sentence(words)))
    if version.acceptances.exists() or version.conventions.exists():
        words = gettext_noop("Quelqu'un a déjà accepté ou signé cette version : elle reste.")
        breaches.append(Breach("version:accepted", Sentence(words)))
    return verdict_of(breaches)


def judge_signature(
    convention: Convention,
    party: ConventionParty,
    *,
    by: Person | None,
    has_ticked: bool,
    is_text_intact: bool,
    is_proof_whole: bool,
) -> Verdict:
    """May this account sign as this party now? `by` is None for a guardian, who has a link."""
    breaches = [*_standing_in_the_way(convention), *_not_theirs(convention, party, by)]
    if not is_proof_whole:
        text = gettext_noop("Le fichier de preuve a été altéré ; {préviens/prévenez} {l'équipe}.")
        breaches.append(Breach("proof:altered", Sentence(text)))
    if not is_text_intact:
        breaches.append(_text_lacks(convention))
    elif not has_seen(convention, party, by):
        text = gettext_noop(
            "{Lis/Lisez} d'abord le document : {ouvre/ouvrez} la page où il s'affiche."
        )
        breaches.append(Breach("signature:unseen", Sentence(text)))
    if not has_ticked:
        text = gettext_noop("{Coche/Cochez} la déclaration pour signer.")
        breaches.append(Breach("signature:statement", Sentence(text)))
    return verdict_of(breaches)


def judge_code_request(
    convention: Convention, party: ConventionParty, *, by: Person | None, now: datetime
) -> Verdict:
    """May a code be sent to this account, to sign as this party?"""
    breaches = [*_standing_in_the_way(convention), *_not_theirs(convention, party, by)]
    if not convention.text_sha256:
        breaches.append(_text_lacks(convention))
    lately = codes_of(party, by).filter(created_at__gt=now - timedelta(hours=1)).count()
    if lately >= CODES_AN_HOUR:
        text = gettext_noop(
            "Beaucoup de codes sont déjà partis ; {réessaie/réessayez} dans une heure."
        )
        breaches.append(Breach("code:too_many", Sentence(text)))
    return verdict_of(breaches)


def judge_code(sent: SigningCode | None, *, is_right: bool, now: datetime) -> Verdict:
    """Is this the code that was sent last, in time, and for the first time?"""
    if sent is None:
        text = gettext_noop("{Demande/Demandez} d'abord un code : il arrive par e-mail.")
        return verdict_of([Breach("code:none", Sentence(text))])
    if sent.used_at is not None:
        text = gettext_noop("Ce code a déjà servi ; {demande/demandez}-en un nouveau.")
        return verdict_of([Breach("code:used", Sentence(text))])
    if now >= sent.expires_at:
        text = gettext_noop("Ce code n'est plus valable ; {demande/demandez}-en un nouveau.")
        return verdict_of([Breach("code:expired", Sentence(text))])
    if sent.attempts >= ATTEMPTS:
        text = gettext_noop("Trop d'essais avec ce code ; {demande/demandez}-en un nouveau.")
        return verdict_of([Breach("code:exhausted", Sentence(text))])
    if not is_right:
        text = gettext_noop("Ce n'est pas le code envoyé en dernier à {ton/votre} adresse.")
        return verdict_of([Breach("code:wrong", Sentence(text))])
    return CLEAR


def judge_refusal(convention: Convention, party: ConventionParty, *, by: Person | None) -> Verdict:
    """May this party say no? Only before signing."""
    breaches = _standing_in_the_way(convention)
    if by is not None and not may_sign_as(by, party, convention.pair):
        text = gettext_noop("Chacun répond pour soi ; personne ne refuse pour un autre.")
        breaches.append(Breach("refusal:someone_else", Sentence(text)))
    if signature_of(party) is not None:
        text = gettext_noop(
            "{Tu as/Vous avez} déjà signé {cette convention} ; {parle/parlez}-en {à l'équipe}."
        )
        breaches.append(Breach("refusal:signed", Sentence(text)))
    return verdict_of(breaches)


def judge_scan(
    convention: Convention,
    *,
    by: Person,
    signed_on: date,
    today: date,
    digest: str,
    named: Convention | None,
) -> Verdict:
    """May this member of the team record a copy signed by hand? `named`: whose code its file bears."""
    breaches = _standing_in_the_way(convention)
    if not convention.text_sha256:
        breaches.append(_text_lacks(convention))
    if role_in(by, convention.pair) is not None:
        text = gettext_noop(
            "Une autre personne {de l'équipe} dépose {la convention} que {tu signes/vous signez}."
        )
        breaches.append(Breach("scan:own_pair", Sentence(text)))
    if signed_on > today:
        text = gettext_noop("La date de signature est à venir.")
        breaches.append(Breach("scan:future", Sentence(text)))
    if named is not None and named.pk != convention.pk:
        text = gettext_noop("Ce fichier est celui d'un autre document que {cette convention}.")
        breaches.append(Breach("scan:other", Sentence(text)))
    elif digest == convention.text_sha256:
        text = gettext_noop("Ce fichier est le document à imprimer : il ne porte aucune signature.")
        breaches.append(Breach("scan:blank", Sentence(text)))
    return verdict_of(breaches)


def judge_guardian(convention: Convention, *, by: Person, email: str) -> Verdict:
    """May this person name the guardian at that address?"""
    breaches = _standing_in_the_way(convention)
    pair = convention.pair
    if by.pk != pair.mentee.person_id:
        text = gettext_noop("{Le mentoré} nomme son représentant légal, personne d'autre.")
        breaches.append(Breach("guardian:someone_else", Sentence(text)))
    theirs = {pair.mentor.person.email.lower(), pair.mentee.person.email.lower()}
    if email.lower() in theirs:
        text = gettext_noop(
            "{Donne/Donnez} l'adresse de {ton/votre} représentant légal, pas {la tienne/la vôtre}."
        )
        breaches.append(Breach("guardian:own_address", Sentence(text)))
    return verdict_of(breaches)


def _not_theirs(
    convention: Convention, party: ConventionParty, by: Person | None
) -> Iterator[Breach]:
    """Another person's signature, one given already, or one whose turn has not come."""
    if by is not None and not may_sign_as(by, party, convention.pair):
        text = gettext_noop("Chacun signe pour soi ; personne ne signe pour un autre.")
        yield Breach("signature:someone_else", Sentence(text))
    signature = signature_of(party)
    if signature is not None:
        text = gettext_noop("%(name)s a déjà signé pour cette partie.")
        yield Breach("signature:already", Sentence(text, {"name": signature.name}))
    elif convention.is_awaited and party not in awaited_parties(convention):
        text = gettext_noop("Ce n'est pas encore {ton/votre} tour : %(names)s d'abord.")
        names = ", ".join(str(one) for one in awaited_parties(convention))
        yield Breach("signature:order", Sentence(text, {"names": names}))


def _text_lacks(convention: Convention) -> Breach:
    if not convention.text_sha256:
        text = gettext_noop(
            "Le document est en préparation ; {réessaie/réessayez} dans un instant."
        )
        return Breach("text:missing", Sentence(text))
    text = gettext_noop(
        "Le document gardé n'est plus celui qui a été établi ; {préviens/prévenez} {l'équipe}."
    )
    return Breach("text:altered", Sentence(text))


def _standing_in_the_way(convention: Convention) -> list[Breach]:
    breaches = []
    if not convention.is_awaited or convention.pair.state != PairState.ACCEPTED:
        text = gettext_noop("{Cette convention} n'est plus à signer.")
        breaches.append(Breach("convention:closed", Sentence(text)))
    if not convention.is_intact:
        text = gettext_noop(
            "Le texte enregistré {de la convention} ne correspond plus à son empreinte ; {préviens/prévenez} {l'équipe}."
        )
        breaches.append(Breach("convention:altered", Sentence(text)))
    return breaches
