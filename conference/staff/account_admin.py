"""Accounts of the staff, their groups and their rights."""

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q
from django.shortcuts import redirect
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from conference.account_tables import Account
from conference.staff import rights
from conference.staff.list_admin import ListAdmin

WITHOUT_PASSWORD = _(
    "With a password that you type here, or without one: then give the person a link, with which they choose their "
    "own."
)
LOSES_PASSWORD = _("Without one, the password that the account has now opens it no more.")


class NewAccountForm(AdminUserCreationForm):
    """In our words: Django's speak of ways of signing in that this site does not have."""

    usable_password = AdminUserCreationForm.create_usable_password_field(WITHOUT_PASSWORD)


class TheirPasswordForm(AdminPasswordChangeForm):
    usable_password_help_text = format_lazy("{} {}", WITHOUT_PASSWORD, LOSES_PASSWORD)

    def save(self, commit=True):
        user = super().save(commit=commit)
        Account.objects.update_or_create(user=user, defaults={"must_change_password": user.has_usable_password()})
        return user


admin.site.unregister([User, Group])


def rights_of(user):
    """Also of an account that is not active, which Django says has none: it may be made active again."""
    return Permission.objects.filter(Q(user=user) | Q(group__user=user)).distinct()


THROUGH = (Group.permissions.through, User.groups.through, User.user_permissions.through)


def named_with_theirs(model_admin, objs, request):
    """What is deleted, by its name. Its rights and groups go along: Django would list rows that have no name."""
    _lines, counts, lacking, protected = admin.ModelAdmin.get_deleted_objects(model_admin, objs, request)
    without_name = {str(table._meta.verbose_name_plural) for table in THROUGH}
    counts = {name: number for name, number in counts.items() if str(name) not in without_name}
    return [str(row) for row in objs], counts, lacking, protected


@admin.register(User)
class AccountAdmin(ListAdmin, UserAdmin):
    """Django's own page of accounts, with our rule for the filters of its list.

    Each new account is one of staff: visitors have none, and a colleague without the tick would be refused as if the
    password were wrong. A password that a colleague sets is changed at the next sign-in. A colleague changes accounts
    that may do no more than they themselves, and gives no right that they lack: else the right to change accounts
    would be the right to everything.
    """

    class Media:
        js = ["js/names.js"]

    add_form = NewAccountForm
    get_deleted_objects = named_with_theirs
    change_password_form = TheirPasswordForm

    def get_queryset(self, request):
        """Without volunteers, who have a page of their own (accounts.volunteers), and never a password."""
        return super().get_queryset(request).filter(day_account=None)

    def save_model(self, request, obj, form, change):
        obj.is_staff = obj.is_staff or not change
        super().save_model(request, obj, form, change)
        if not change:
            Account.objects.create(user=obj, must_change_password=obj.has_usable_password())

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self._may_do_no_more(request, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self._may_do_no_more(request, obj)

    def _may_do_no_more(self, request, obj):
        if obj is None or request.user.is_superuser:
            return True
        return not obj.is_superuser and not rights_of(obj).exclude(pk__in=rights_of(request.user)).exists()

    def get_readonly_fields(self, request, obj=None):
        fixed = super().get_readonly_fields(request, obj)
        return fixed if request.user.is_superuser else [*fixed, "is_superuser"]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "user_permissions":
            rights.offer(field)
        if field and not request.user.is_superuser:
            theirs = rights_of(request.user)
            if db_field.name == "user_permissions":
                field.queryset = field.queryset.filter(pk__in=theirs)
            else:
                field.queryset = field.queryset.exclude(permissions__in=Permission.objects.exclude(pk__in=theirs))
        return field

    def user_change_password(self, request, id, form_url=""):
        """One's own is changed with the old one: a browser may have been left open."""
        if id == str(request.user.pk):
            return redirect("admin:password_change")
        return super().user_change_password(request, id, form_url)


@admin.register(Group)
class AccountGroupAdmin(ListAdmin, GroupAdmin):
    """Django's own page of the groups of staff, with the same rule for filters.

    An account with all rights says what a group may do: the others could give themselves every right.
    """

    class Media:
        js = ["js/names.js"]

    get_deleted_objects = named_with_theirs

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        rights.offer(field)
        return field

    def has_add_permission(self, request):
        return request.user.is_superuser

    def has_change_permission(self, request, obj=None):
        return request.user.is_superuser
