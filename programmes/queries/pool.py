"""Who may be put together by hand, and what stands against it whatever the programme."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from people.models import Person
from programmes.enums import LIVE_PAIR_STATES, EnrolmentState
from programmes.models import Cohort, Derogation, Enrolment, Pair
from programmes.policy.terms import Role
from programmes.policy.verdict import Breach, Sentence, Verdict, gettext_noop
from programmes.queries.names import by_name


def pool_of(cohort: Cohort, role: Role) -> QuerySet[Enrolment]:
    """The people admitted in a role, with how many live pairs of this cohort each has."""
    pairs = "pairs_as_mentor" if role is Role.MENTOR else "pairs_as_mentee"
    live = Q(**{f"{pairs}__state__in": LIVE_PAIR_STATES})
    return (
        Enrolment.objects.filter(cohort=cohort, role=role, state=EnrolmentState.ADMITTED)
        .select_related("person")
        .annotate(live=Count(pairs, filter=live, distinct=True))
        .order_by("live", *by_name())
    )


TOGETHER = Verdict(
    (Breach("pair:exists", Sentence(gettext_noop("Ces deux personnes forment déjà {un binôme}."))),)
)


def judge_not_together(mentor: Enrolment, mentee: Enrolment) -> Verdict:
    """Two people form one live pair at a time."""
    live = Pair.objects.filter(mentor=mentor, mentee=mentee, state__in=LIVE_PAIR_STATES)
    return TOGETHER if live.exists() else Verdict()


def judge_admitted(mentor: Enrolment, mentee: Enrolment) -> Verdict:
    """Only people admitted are put together."""
    if mentor.state == mentee.state == EnrolmentState.ADMITTED:
        return Verdict()
    text = gettext_noop("L'une des deux personnes n'est plus parmi celles qui sont admises.")
    return Verdict((Breach("pair:admitted", Sentence(text)),))


def has_another_mentor(pair: Pair) -> bool:
    """Whether the mentee of a pair that ends goes on with somebody else, or may do so soon."""
    theirs = Pair.objects.filter(mentee=pair.mentee_id, state__in=LIVE_PAIR_STATES)
    return theirs.exclude(pk=pair.pk).exists()


def judge_by_another(mentor: Enrolment, mentee: Enrolment, by: Person | None) -> Verdict:
    """Nobody of the team decides on a pair that they are one of the two of."""
    if by is None or by.pk not in (mentor.person_id, mentee.person_id):
        return Verdict()
    text = gettext_noop(
        "Vous êtes l'une des deux personnes : quelqu'un d'autre {de l'équipe} décide de {ce binôme}."
    )
    return Verdict((Breach("pair:own", Sentence(text)),))


def derogations_of_pair(mentor: Enrolment, mentee: Enrolment) -> QuerySet[Derogation]:
    """What was let pass for these two together."""
    return Derogation.objects.filter(
        Q(enrolment=mentor, other=mentee) | Q(enrolment=mentee, other=mentor)
    ).select_related(
        "granted_by", "enrolment__person", "enrolment__cohort__rule_set", "other__person"
    )
