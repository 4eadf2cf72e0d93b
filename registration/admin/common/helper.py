"""Those who signed up others: how to reach them."""

import re

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy

from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin, never
from conference.words import phone
from registration.admin.common.display import displayed, in_words, unlinked
from registration.forms.fields import Email, OneLine, Phone
from registration.models import Helper

SPOKEN_CODE = re.compile(r"\b(\w{3})-(\w{4})\b")  # a hyphen in a name stays


def helper_line(helper):
    """Through whom a person is reached, for lists and pages of the staff."""
    return helper and helper.way


class HelperForm(forms.ModelForm):
    """Staff type names and numbers as people do; they are cleaned in the same way."""

    name = OneLine(label=gettext_lazy("Name"), max_length=120)
    phone = Phone(label=gettext_lazy("Telephone"))
    email = Email(label=gettext_lazy("E-mail"), required=False)


@admin.register(Helper)
class HelperAdmin(ListAdmin):
    has_add_permission = never  # a helper comes with those whom they sign up,
    has_delete_permission = never  # and goes with the last of them (signing_up.transitions.erase, retention.by_date)
    form = HelperForm
    list_display = ["when", "name", "telephone", "organisation", "edition"]
    list_filter = [of_edition()]
    list_select_related = ["edition"]
    search_fields = ["name", "organisation", "registrations__code"]
    search_help_text = gettext_lazy("Name, organisation, or reference number of a person they signed up")
    fields = [("name", "organisation"), ("phone", "email"), "people", ("edition_shown", "language", "when")]
    readonly_fields = ["people", "edition_shown", "when"]
    edition_shown = unlinked(Helper, "edition")
    when = in_words(Helper, "created_at")
    telephone = displayed(gettext_lazy("Telephone"), lambda helper: phone(helper.phone))
    people = displayed(
        gettext_lazy("people they signed up"),
        lambda helper: ", ".join(registration.spoken_code for registration in helper.registrations.all()),
    )

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, SPOKEN_CODE.sub(r"\1\2", search_term))
