"""Those who signed up others: how to reach them."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.templatetags.bilingual import phone
from registration.admin.unlinked import unlinked
from registration.form_fields import Email, Line, Phone
from registration.models import Helper


def helper_line(helper):
    """Through whom somebody is reached, for lists and pages of the staff."""
    return helper and _("through %(name)s: %(phone)s") % {"name": helper.name, "phone": phone(helper.phone)}


class HelperForm(forms.ModelForm):
    """Staff type names and numbers as people do; they are cleaned in the same way."""

    name = Line(label=gettext_lazy("Name"), max_length=120)
    phone = Phone(label=gettext_lazy("Telephone"))
    email = Email(label=gettext_lazy("E-mail"), required=False)


@admin.register(Helper)
class HelperAdmin(admin.ModelAdmin):
    form = HelperForm
    list_display = ["created_at", "name", "telephone", "organisation", "edition"]
    list_filter = ["edition"]
    list_select_related = ["edition"]
    search_fields = ["name", "organisation", "registrations__code"]
    fields = [("name", "organisation"), ("phone", "email"), "people", ("edition_shown", "language", "created_at")]
    readonly_fields = ["people", "edition_shown", "language", "created_at"]
    edition_shown = unlinked(Helper, "edition")

    @admin.display(description=gettext_lazy("Telephone"))
    def telephone(self, helper):
        return phone(helper.phone)

    @admin.display(description=gettext_lazy("people they signed up"))
    def people(self, helper):
        return ", ".join(registration.spoken_code for registration in helper.registrations.all())

    def has_add_permission(self, request):
        return False  # a helper comes with those whom they sign up

    def has_delete_permission(self, request, obj=None):
        return False  # and goes with the last of them (registration.signup.erase, registration.retention)
