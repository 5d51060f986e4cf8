"""The conventions of a cohort in one ZIP file, with an index that a spreadsheet opens.

A document that is not made yet is made once and kept; after a crash the copying goes on where it was.
Files are copied piece by piece, so that memory does not grow with their number.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import IO, Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from charters import files
from charters.archiving import Archive
from charters.enums import AWAITED_STATES, ConventionState, IdentifiedBy, PartyChoice
from charters.models import Convention, ConventionParty
from charters.presentation import awaited_names, state_of
from charters.queries import conventions_of_cohort
from notifications.jobs import Report
from notifications.models import Job
from people.clock import PARIS
from people.spreadsheets import write_csv
from programmes.models import Cohort
from programmes.policy.rules import PartyKind

logger = logging.getLogger(__name__)

KIND = "conventions"
_REPORT_EVERY = 20
_WAITS_FOR = "attend-"


def chosen(cohort: Cohort, which: str) -> QuerySet[Convention]:
    """The conventions of a cohort in a state: all, to sign, signed, or waiting for one party."""
    listed = conventions_of_cohort(cohort)
    if which == "a-signer":
        return listed.filter(state__in=AWAITED_STATES)
    if which == "signees":
        return listed.filter(state=ConventionState.SIGNED)
    if which.removeprefix(_WAITS_FOR) in PartyChoice.values:
        return _waiting_for(listed, which.removeprefix(_WAITS_FOR))
    return listed


def _waiting_for(listed: QuerySet[Convention], party: str) -> QuerySet[Convention]:
    unsigned = ConventionParty.objects.filter(convention=OuterRef("pk"), signature=None)
    left = ConventionParty.objects.filter(convention=OuterRef("convention"), signature=None)
    turn = Subquery(left.order_by("order").values("order")[:1])
    return listed.filter(Exists(unsigned.filter(kind=party, order=turn)), state__in=AWAITED_STATES)


def export(job: Job, target: IO[bytes], report: Report) -> None:
    """What a worker does when a coordinator asks for the conventions of a cohort."""
    cohort = Cohort.objects.get(pk=job.payload["cohort"])
    write_archive(target, chosen(cohort, str(job.payload["which"])), report)


def write_archive(target: IO[bytes], conventions: QuerySet[Convention], report: Report) -> None:
    """Each convention's document as it is by now, and `index.csv`; goes on where it was cut off."""
    total = conventions.count()
    report(0, total)
    lines = []
    with Archive(target) as archive:
        for done, convention in enumerate(conventions.iterator(chunk_size=20), 1):
            name = _copy(convention, archive)
            lines.append(_line(convention, name))
            if done % _REPORT_EVERY == 0 or done == total:
                report(done, total)
        archive.write("index.csv", [write_csv([_headings(), *lines])], at=timezone.localtime())


def _copy(convention: Convention, archive: Archive) -> str:
    """Its name in the archive, or why there is none; one that fails keeps none of the others."""
    files.try_to_make_missing(convention)
    kept = convention.file or convention.text_file
    digest = convention.file_sha256 or convention.text_sha256
    if not kept:
        return ""
    name = f"{_stem(convention)}.pdf"
    if archive.keeps(name, digest):
        return name
    try:
        at = convention.opened_at.astimezone(PARIS)
        found = archive.write(name, files.pieces_of(kept), at=at)
    except OSError as error:
        logger.error("The file of convention %s cannot be read: %s", convention.pk, error)
        return str(_("le fichier gardé manque"))
    if found != digest:
        logger.error("The file of convention %s was altered", convention.pk)
        return str(_("%(name)s : altéré depuis qu'il a été établi") % {"name": name})
    return name


def _stem(convention: Convention) -> str:
    two = (PartyKind.MENTOR, PartyKind.MENTEE)
    names = [one["name"] for one in convention.document["parties"] if one["kind"] in two]
    return slugify(f"{convention.pk} {' '.join(names)}")


def _headings() -> list[str]:
    return [
        _("fichier"),
        _("parties"),
        _("état"),
        _("on attend"),
        _("ouverture"),
        _("dernière signature"),
        _("signatures"),
        _("empreinte SHA-256 du fichier"),
        _("code"),
    ]


def _line(convention: Convention, name: str) -> list[str]:
    return [
        name,
        ", ".join(one["name"] for one in convention.document["parties"]),
        state_of(convention),
        awaited_names(convention),
        _day(convention.opened_at),
        _day(convention.signed_at),
        ", ".join(_signatures(convention)),
        convention.file_sha256 or convention.text_sha256,
        convention.shown_code,
    ]


def _signatures(convention: Convention) -> Iterator[str]:
    for party in convention.parties.all():
        signature = getattr(party, "signature", None)
        if signature is not None:
            by_hand = signature.identified_by == IdentifiedBy.PAPER
            how = _(", à la main") if by_hand else ""
            yield f"{signature.name} ({_day(signature.signed_at)}{how})"


def _day(moment: Any) -> str:
    return moment.astimezone(PARIS).date().isoformat() if moment else ""
