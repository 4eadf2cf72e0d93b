"""Recordings of the public pages."""

from django.contrib import admin
from django.db import models

from agenda.models import Recording
from conference.admin import PUBLIC_AT_ONCE
from conference.files.recordings import RecordingField
from conference.staff.edition_filter import of_edition
from conference.staff.list_admin import ListAdmin


@admin.register(Recording)
class RecordingAdmin(ListAdmin):
    list_display = ["__str__", "edition"]
    list_filter = [of_edition(), "page", "language"]
    list_select_related = ["edition"]
    fields = ["edition", ("page", "language"), "sound", "text"]
    formfield_overrides = {models.FileField: {"form_class": RecordingField}}
    when_public = PUBLIC_AT_ONCE
