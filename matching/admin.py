"""Runs for platform administrators: when, by whom, with which weights and proof; nobody's number."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from matching.models import Run
from people.models import Person
from programmes.admin import ReadOnlyAdmin


@admin.register(Run)
class RunAdmin(ReadOnlyAdmin):
    list_display = ("cohort", "at", "calculated_by")
    list_filter = ("cohort__programme",)
    list_select_related = ("cohort__programme", "by")
    date_hierarchy = "at"
    fields = ("cohort", "calculated_by", "at", "weights", "portrait", "certificate")

    @admin.display(description=_("calculé par"))
    def calculated_by(self, run: Run) -> Person | None:
        return run.by
