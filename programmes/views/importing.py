"""Importing a list, step by step: the file, its columns, what would be stored, the result."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import clock
from programmes.enums import EnrolmentState
from programmes.forms.importing import ColumnsForm, ImportForm, ListForm
from programmes.importing.columns import Decisions, look_at
from programmes.importing.plan import Plan
from programmes.importing.preview import preview_of
from programmes.importing.rejects import write_rejects
from programmes.importing.targets import standing_asked, targets_of
from programmes.lifecycle import ImpossibleTransition
from programmes.models import ImportDraft
from programmes.policy.terms import Role
from programmes.queries.importing import (
    import_drafts_of,
    imported_and_not_written_to,
    imported_into,
    welcomes_on_their_way,
    what_stands_against,
)
from programmes.services import importing
from programmes.views.coordinator.frame import find_cohort, page_of, person_of, show

PROBLEMS_PER_PAGE = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a list; what was sent and not imported is still there for a few hours."""
    cohort, person = find_cohort(request, pk), person_of(request)
    form = ListForm(request.POST or None, request.FILES or None, vocabulary=cohort.vocabulary)
    if request.method == "POST" and form.is_valid():
        draft = importing.keep_list(
            cohort,
            role=Role(form.cleaned_data["role"]),
            filename=form.cleaned_data["file"].name,
            content=form.content,
            by=person,
            at=clock.now(),
        )
        return redirect("programmes:import_columns", draft.pk)
    return show(
        request,
        "programmes/importing/start.html",
        of=cohort,
        place="import",
        status=422 if form.errors else 200,
        form=form,
        drafts=import_drafts_of(person, now=clock.now()).filter(cohort=cohort, completed_at=None),
        imported=imported_into(cohort).count(),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def columns(request: HttpRequest, pk: int) -> HttpResponse:
    """Say which column becomes what; guessed as far as the headings tell."""
    draft = find_open_draft(request, pk)
    rules, role = draft.cohort.rules, Role(draft.role)
    table = importing.table_of(draft)
    targets = targets_of(rules, role, draft.cohort.vocabulary)
    form = ColumnsForm(
        request.POST if request.method == "POST" else None,
        table=table,
        columns=look_at(table, targets),
        targets=targets,
        role=role,
        standing=standing_asked(rules, role),
        decided=Decisions.from_json(draft.decisions) if draft.decisions else None,
    )
    if request.method == "POST" and form.is_valid():
        importing.decide_columns(draft, decisions=form.decisions)
        return redirect("programmes:import_preview", draft.pk)
    return show(
        request,
        "programmes/importing/columns.html",
        of=draft.cohort,
        place="import",
        status=422 if form.errors else 200,
        form=form,
        draft=draft,
        table=table,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """What would be stored and what is wrong, then the import itself."""
    draft = find_open_draft(request, pk)
    if not draft.decisions:
        return redirect("programmes:import_columns", draft.pk)
    plan = plan_of(draft)
    form = ImportForm(
        request.POST if request.method == "POST" else None, has_problems=bool(plan.problems)
    )
    if request.method == "POST" and form.is_valid():
        try:
            return carry_out_import(request, draft, form)
        except importing.NothingImported as refusal:
            plan = refusal.plan
            form.add_error(None, _("Rien n'a été importé : il reste des lignes à corriger."))
    decisions = Decisions.from_json(draft.decisions)
    rules = draft.cohort.rules
    targets = targets_of(rules, decisions.role, draft.cohort.vocabulary)
    return show(
        request,
        "programmes/importing/preview.html",
        of=draft.cohort,
        place="import",
        status=422 if form.errors else 200,
        form=form,
        draft=draft,
        plan=plan,
        preview=preview_of(plan, targets, decisions, rules),
        to_complete=sum(bool(person.left) for person in plan.people),
        lacking=_lacking_answers_alone(draft, plan),
        page=Paginator(plan.problems, PROBLEMS_PER_PAGE).get_page(request.GET.get("page")),
    )


def carry_out_import(request: HttpRequest, draft: ImportDraft, form: ImportForm) -> HttpResponse:
    """Import once, say how it went, and show who waits for a decision."""
    try:
        imported = importing.import_draft(
            draft,
            only_valid=form.cleaned_data.get("only_valid", False),
            admit=form.cleaned_data["admit"],
            by=person_of(request),
            at=clock.now(),
        )
    except ImpossibleTransition:
        messages.warning(request, _("Cette liste a déjà été importée."))
    else:
        count = imported.entered
        text = ngettext(
            "%(count)d personne importée : personne n'a reçu de message.",
            "%(count)d personnes importées : personne n'a reçu de message.",
            count,
        )
        messages.success(request, text % {"count": count})
    return redirect("programmes:imported", draft.cohort_id)


@login_required
@require_safe
def rejects(request: HttpRequest, pk: int) -> HttpResponse:
    """The lines left out and why, as a file: before the import, or after it."""
    draft = get_object_or_404(import_drafts_of(person_of(request), now=clock.now()), pk=pk)
    content = bytes(draft.rejects)
    if draft.completed_at is None and draft.decisions:
        decisions = Decisions.from_json(draft.decisions)
        content = write_rejects(importing.table_of(draft), decisions, plan_of(draft))
    if not content:
        raise Http404
    return HttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{_("lignes-a-corriger")}.csv"',
            "Cache-Control": "no-store",
        },
    )


@login_required
@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    draft = get_object_or_404(import_drafts_of(person_of(request), now=clock.now()), pk=pk)
    importing.discard(draft)
    messages.info(request, _("La liste est effacée."))
    return redirect("programmes:import", draft.cohort_id)


@login_required
@require_safe
def imported(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was entered from lists: whom to decide on, whom to write to, which lines to mend."""
    cohort, today = find_cohort(request, pk), clock.today()
    everyone = imported_into(cohort)
    waiting = page_of(
        request, everyone.filter(state=EnrolmentState.SUBMITTED).order_by("role", "pk")
    )
    done = import_drafts_of(person_of(request), now=clock.now()).filter(cohort=cohort)
    return show(
        request,
        "programmes/importing/imported.html",
        of=cohort,
        place="import",
        total=everyone.count(),
        admitted=everyone.filter(state=EnrolmentState.ADMITTED).count(),
        to_complete=everyone.filter(state=EnrolmentState.DRAFT).count(),
        page=waiting,
        waiting=what_stands_against(list(waiting), cohort, today=today),
        not_written_to=imported_and_not_written_to(cohort)
        .order_by()
        .values("person")
        .distinct()
        .count(),
        on_their_way=welcomes_on_their_way(cohort).count(),
        left_out=[draft for draft in done.exclude(completed_at=None) if draft.rejects],
    )


@login_required
@require_POST
def welcome(request: HttpRequest, pk: int) -> HttpResponse:
    """Write to everyone imported who has not heard of it."""
    cohort = find_cohort(request, pk)
    count = importing.welcome_imported(cohort, by=person_of(request), at=clock.now())
    text = ngettext("%(count)d message part.", "%(count)d messages partent.", count)
    messages.success(request, text % {"count": count})
    return redirect("programmes:imported", pk)


def find_open_draft(request: HttpRequest, pk: int) -> ImportDraft:
    """A list of one's own that is still to be imported."""
    drafts = import_drafts_of(person_of(request), now=clock.now()).filter(completed_at=None)
    return get_object_or_404(drafts, pk=pk)


def plan_of(draft: ImportDraft, *, incomplete: bool = False) -> Plan:
    """What importing this list would do; `incomplete`, if people gave what is missing themselves."""
    decisions = Decisions.from_json(draft.decisions)
    return importing.plan_of(
        draft.cohort,
        table=importing.table_of(draft),
        decisions=replace(decisions, incomplete=decisions.incomplete or incomplete),
        at=clock.now(),
    )


def _lacking_answers_alone(draft: ImportDraft, plan: Plan) -> int:
    """How many lines would do if the people themselves gave the answers that are missing."""
    if not plan.problems:
        return 0
    left = plan_of(draft, incomplete=True).rejected_lines
    return len(plan.rejected_lines) - len(left)
