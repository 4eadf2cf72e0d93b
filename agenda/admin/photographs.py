"""Photographs of the public pages."""

from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from agenda.models import Photograph
from conference.files.images import PhotographField
from conference.language.translated import columns
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin


@admin.register(Photograph)
class PhotographAdmin(ListAdmin):
    list_display = ["__str__", "edition", "khmer_checked"]
    list_filter = [of_edition(), "slot", "khmer_checked"]
    fields = [
        ("edition", "slot"),
        ("organisation", "session"),
        "photo",
        "centre",
        *columns("alt"),
        "credit",
        "khmer_checked",
    ]
    radio_fields = {"centre": admin.VERTICAL}
    raw_id_fields = ["session"]
    formfield_overrides = {models.ImageField: {"form_class": PhotographField}}
    when_public = _(
        "The public sees it as soon as you save. Ask the people who can be recognised first, and leave out those who "
        "have said no to photographs."
    )
