"""The lists of mentors and mentees, read under a programme's rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from matching.files.refusing import Unusable, told_of, told_of_lines
from people.spreadsheets import Limits, Table, UnreadableFile, read_table
from programmes.importing.choosing import UnknownName, choose
from programmes.importing.columns import Decisions, look_at, objections
from programmes.importing.plan import Known, Plan, PlannedPerson, plan_import
from programmes.importing.targets import standing_asked, targets_of
from programmes.policy.evidence import Candidate, MembershipStanding
from programmes.policy.rules import Rules, Standing
from programmes.policy.terms import BOTH, Role
from programmes.programme_files import why_unreadable
from programmes.vocabulary import Vocabulary
from programmes.words import fill

LIMITS = Limits(bytes=200_000_000, unzipped_bytes=1_000_000_000, rows=500_000)


@dataclass(frozen=True)
class PeopleFile:
    """One list and what its columns become, before its lines are read."""

    path: Path
    table: Table
    decisions: Decisions


@dataclass(frozen=True)
class Listed:
    """One person of a list."""

    name: str
    first_name: str
    last_name: str
    email: str
    candidate: Candidate


@dataclass(frozen=True)
class Lists:
    """Both lists, each in the order of the addresses; `unknown` says what they could not tell."""

    rules: Rules
    mentees: tuple[Listed, ...]
    mentors: tuple[Listed, ...]
    unknown: tuple[str, ...]
    left_out: tuple[str, ...] = ()


def open_table(path: Path) -> Table:
    """The table in a file; raise Unusable."""
    try:
        return read_table(path.read_bytes(), path.name, limits=LIMITS)
    except OSError as error:
        raise Unusable([f"{path} : {why_unreadable(error)}."]) from None
    except UnreadableFile as error:
        raise Unusable([told_of(path, str(error))]) from None


def open_list(
    path: Path,
    role: Role,
    *,
    rules: Rules,
    vocabulary: Vocabulary,
    mapped: Sequence[str] = (),
    incomplete: bool = False,
    all_alumni: bool = False,
) -> PeopleFile:
    """A list of people with what each column becomes; raise Unusable where that is not clear."""
    table = open_table(path)
    targets = targets_of(rules, role, vocabulary)
    columns = look_at(table, targets)
    try:
        decisions = choose(
            columns, targets, role, mapped=mapped, incomplete=incomplete, all_alumni=all_alumni
        )
    except UnknownName as error:
        raise Unusable([told_of(path, str(error))]) from None
    against = objections(table, columns, targets, decisions)
    if against:
        raise Unusable([told_of(path, sentence) for sentence in against])
    return PeopleFile(path, table, decisions)


def read_lists(
    mentors: PeopleFile,
    mentees: PeopleFile,
    *,
    rules: Rules,
    vocabulary: Vocabulary,
    only_valid: bool = False,
    today: date,
) -> Lists:
    """Everybody on the two lists; raise Unusable with every wrong line, unless they are left out.

    Someone on both lists has the same key in both, so as not to be their own mentor; keys follow
    the addresses, so that the order of the lines changes nothing.
    """
    plans = {
        file.decisions.role: plan_import(
            file.table,
            targets_of(rules, file.decisions.role, vocabulary),
            file.decisions,
            rules=rules,
            vocabulary=vocabulary,
            known=Known(),
            today=today,
        )
        for file in (mentors, mentees)
    }
    wrong = [
        sentence
        for file in (mentors, mentees)
        for sentence in told_of_lines(
            file.path, plans[file.decisions.role].problems, lines=len(file.table.rows)
        )
    ]
    if wrong and not only_valid:
        raise Unusable(wrong)
    addresses = sorted({one.email for plan in plans.values() for one in plan.people})
    keys = {address: key for key, address in enumerate(addresses, 1)}
    known_rules, unknown = as_far_as_lists_tell(rules, (mentors, mentees), vocabulary)
    return Lists(
        known_rules,
        _listed(plans[Role.MENTEE], mentees.decisions, keys, today),
        _listed(plans[Role.MENTOR], mentors.decisions, keys, today),
        unknown,
        tuple(wrong),
    )


def as_far_as_lists_tell(
    rules: Rules, files: Sequence[PeopleFile], vocabulary: Vocabulary
) -> tuple[Rules, tuple[str, ...]]:
    """The rules without what no column tells, and a sentence for each thing left unchecked."""
    unknown: list[str] = []
    standings = {}
    for file in files:
        role, columns = file.decisions.role, file.decisions.mapping
        asked = standing_asked(rules, role)
        told = {
            Standing.ALUMNUS: file.decisions.all_alumni or "is_alumnus" in columns,
            Standing.PAID_UP: "paid_until" in columns,
        }
        if not told.get(asked, True):
            standings[role.value] = Standing.NONE
            unknown.append(
                _("%(file)s : aucune colonne ne dit l'adhésion que le programme demande.")
                % {"file": file.path.name}
            )
    if rules.fee:
        unknown.append(_("Les frais de participation ne sont pas vérifiés."))
    if rules.acceptance.due != "agreement":
        text = _("L'acceptation {de la charte} n'est pas vérifiée.")
        unknown.append(fill(text, vocabulary))
    if any(rules.declarations_for(role) for role in BOTH):
        unknown.append(_("Les déclarations sur l'honneur ne sont pas vérifiées."))
    return (
        rules.model_copy(
            update={
                "membership": rules.membership.model_copy(update=standings),
                "fee": None,
                "acceptance": rules.acceptance.model_copy(update={"due": "agreement"}),
            }
        ),
        tuple(unknown),
    )


def _listed(
    plan: Plan, decisions: Decisions, keys: dict[str, int], today: date
) -> tuple[Listed, ...]:
    people = sorted(plan.people, key=lambda one: keys[one.email])
    return tuple(
        Listed(
            name=f"{one.values['first_name']} {one.values['last_name']}",
            first_name=one.values["first_name"],
            last_name=one.values["last_name"],
            email=one.email,
            candidate=Candidate(
                key=keys[one.email],
                role=decisions.role,
                answers=one.answers,
                objectives=one.objectives,
                capacity=one.values.get("capacity"),
                standing=_standing(one, decisions, today),
            ),
        )
        for one in people
    )


def _standing(one: PlannedPerson, decisions: Decisions, today: date) -> MembershipStanding:
    """An association's list is of its members; the columns say the rest."""
    paid_from, paid_until = one.values.get("paid_from"), one.values.get("paid_until")
    return MembershipStanding(
        is_member=True,
        is_alumnus=decisions.all_alumni or bool(one.values.get("is_alumnus")),
        paid_until=paid_until,
        paid_today=paid_until is not None and (paid_from or today) <= today <= paid_until,
    )
