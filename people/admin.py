from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.utils.translation import gettext_lazy as _

from people.models import Membership, Organisation, OrganisationRole, PaidPeriod, Person


class PersonCreationForm(AdminUserCreationForm[Person]):
    class Meta:
        model = Person
        fields = ("email", "first_name", "last_name")


@admin.register(Person)
class PersonAdmin(UserAdmin):
    add_form = PersonCreationForm
    list_display = ("email", "last_name", "first_name", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff", "language")
    search_fields = ("email", "last_name", "first_name")
    ordering = ("last_name", "first_name")
    readonly_fields = ("date_joined", "last_login")
    fieldsets = (
        (None, {"fields": ("email", "password")}),
        (_("identité"), {"fields": ("first_name", "last_name", "language")}),
        (
            _("droits"),
            {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        (_("dates"), {"fields": ("date_joined", "last_login")}),
    )
    add_fieldsets = (
        (
            None,
            {
                "classes": ("wide",),
                "fields": (
                    "email",
                    "first_name",
                    "last_name",
                    "usable_password",
                    "password1",
                    "password2",
                ),
            },
        ),
    )


class OrganisationRoleInline(admin.StackedInline[OrganisationRole, Organisation]):
    model = OrganisationRole
    extra = 0
    autocomplete_fields = ("person",)


@admin.register(Organisation)
class OrganisationAdmin(admin.ModelAdmin[Organisation]):
    list_display = ("name", "slug", "contact_email")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}
    inlines = (OrganisationRoleInline,)


class PaidPeriodInline(admin.StackedInline[PaidPeriod, Membership]):
    model = PaidPeriod
    extra = 0


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin[Membership]):
    list_display = ("person", "organisation", "number", "is_alumnus")
    list_filter = ("organisation", "is_alumnus")
    list_select_related = ("person", "organisation")
    search_fields = ("person__email", "person__last_name", "number")
    autocomplete_fields = ("person", "organisation")
    inlines = (PaidPeriodInline,)
