from django.contrib import admin
from django.db import transaction

from registration import signup
from registration.models import Intake


@admin.register(Intake)
class IntakeAdmin(admin.ModelAdmin):
    list_display = ["edition", "opens_at", "closes_at", "capacity", "needs_approval"]
    fields = [
        "edition",
        ("opens_at", "closes_at"),
        "changes_until",
        ("capacity", "needs_approval", "offer_hours"),
        ("erase_sensitive_on", "erase_all_on"),
    ]

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        transaction.on_commit(lambda: signup.offer_free_places(obj.edition))  # the capacity may have been raised
