"""A run that was kept: read, compared, made pairs of."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from matching import kept
from matching.models import Ruling, Run
from matching.records import without_of
from matching.run_words import tell_run
from matching.services.runs import draft_from_run, propose_from_run
from matching.views.frame import find_run, page_of, show
from matching.weights import dials_kept, weights_that_differ
from people import clock
from people.numbers import is_key
from programmes.models import Enrolment
from programmes.policy.terms import Role
from programmes.sentences import tell_all
from programmes.services.pair_batches import Drafted
from programmes.views.coordinator.frame import person_of
from programmes.words import fill


@login_required
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """What a run found, pair by pair, and whom it left without."""
    found = find_run(request, pk)
    left = page_of(request, without_of(found), called="reste")
    still_open = kept.open_pairs_of(found)
    word = request.GET.get("q", "").strip()[:100]
    page = page_of(request, kept.named(found, still_open, word) if word else still_open)
    others = found.cohort.runs.exclude(pk=found.pk).select_related("by")
    return show(
        request,
        "matching/run.html",
        of=found.cohort,
        run=found,
        told=tell_run(found),
        dials=dials_kept(found),
        rows=kept.rows_of(found, list(page), reader=person_of(request), today=clock.today()),
        page_obj=page,
        to_send=len(still_open),
        word=word,
        query=urlencode({"q": word}) if word else "",
        made=len(found.result["pairs"]) - len(still_open),
        left=kept.left_of(found, list(left), today=clock.today()),
        left_page=left,
        others=others[:20],
        ruled_since=Ruling.objects.filter(mentee__cohort=found.cohort, at__gt=found.at).exists(),
    )


@login_required
@require_POST
def retain(request: HttpRequest, pk: int) -> HttpResponse:
    """Make pairs of a run's: all of them, or those that were ticked; proposed at once, or as drafts."""
    found = find_run(request, pk)
    mentees = None
    if request.POST.get("which") == "chosen":
        mentees = {int(one) for one in request.POST.getlist("mentee") if is_key(one)}
        if not mentees:
            messages.info(request, _("Cochez d'abord les propositions à retenir."))
            return redirect("matching:kept", pk)
    proposing = request.POST.get("act") != "draft"
    act = propose_from_run if proposing else draft_from_run
    done = act(found, mentees=mentees, by=person_of(request), at=clock.now())
    _say_what_was_done(request, found, done, proposing=proposing)
    return redirect("matching:kept" if done.left_out else "matching:board", *_back(found, done))


@login_required
@require_safe
def others(request: HttpRequest, pk: int, mentee: int) -> HttpResponse:
    """The next-best mentors for one mentee, and what choosing one would cost the whole."""
    found = find_run(request, pk)
    person = get_object_or_404(
        Enrolment.objects.select_related("person"),
        pk=mentee,
        cohort=found.cohort,
        role=Role.MENTEE,
    )
    if person.person_id == person_of(request).pk:
        raise Http404
    context: dict[str, Any] = {
        "run": found,
        "mentee": person,
        "choices": kept.others_for(found, mentee, today=clock.today()),
    }
    if request.headers.get("HX-Request"):
        vocabulary = {"vocabulary": found.cohort.vocabulary}
        return render(request, "matching/_others.html", context | vocabulary)
    return show(request, "matching/others.html", of=found.cohort, **context)


@login_required
@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """Two runs side by side: the figures, and for whom something changes."""
    after = find_run(request, pk)
    asked = request.GET.get("avec", "")
    if not is_key(asked):
        return redirect("matching:kept", pk)
    before = get_object_or_404(after.cohort.runs.select_related("by"), pk=asked)
    changed = kept.changed(before, after)
    page = page_of(request, changed)
    return show(
        request,
        "matching/compare.html",
        of=after.cohort,
        before=before,
        after=after,
        two=[before, after],
        count=len(changed),
        waiting_in_one=kept.waiting_in_one(before, after),
        weights=weights_that_differ(before, after),
        ranks=kept.ranks_side_by_side(before, after),
        changes=kept.changes_of(after.cohort, list(page)),
        page_obj=page,
        query=f"avec={before.pk}",
    )


def _say_what_was_done(request: HttpRequest, run: Run, done: Drafted, *, proposing: bool) -> None:
    vocabulary, count = run.cohort.vocabulary, len(done.pairs)
    if proposing:
        text = ngettext("%(count)s proposition envoyée.", "%(count)s propositions envoyées.", count)
    else:
        text = ngettext(
            "%(count)s {binôme} à l'étude de plus.", "%(count)s {binômes} à l'étude de plus.", count
        )
    if count:
        messages.success(request, fill(text, vocabulary) % {"count": count})
    for one in done.left_out:
        told = " ".join(tell_all(one.verdict.breaches, vocabulary))
        messages.warning(
            request,
            _("%(mentor)s et %(mentee)s n'ont pas été retenus. %(why)s")
            % {
                "mentor": one.couple.mentor.known_as,
                "mentee": one.couple.mentee.known_as,
                "why": told,
            },
        )


def _back(run: Run, done: Drafted) -> list[int]:
    return [run.pk if done.left_out else run.cohort_id]
