from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand

from conference import clock
from conference.models import Edition
from registration.models import Intake

SENSITIVE_DAYS, ALL_DAYS = 30, 90  # kept after the last day, before they are erased


class Command(BaseCommand):
    help = "Opens registration for the current edition, unless staff have set up how it takes people in."

    def handle(self, *args: Any, **options: Any) -> None:
        edition = Edition.objects.current()
        if edition is None:
            return
        # A person who tries the site with an edition of the past may change answers, and is not erased the same night.
        has_begun = edition.starts_on <= clock.today()
        last_day = max(edition.ends_on, clock.today())
        Intake.objects.get_or_create(
            edition=edition,
            defaults={
                "erase_sensitive_on": last_day + timedelta(days=SENSITIVE_DAYS),
                "changes_until": clock.now() + timedelta(days=SENSITIVE_DAYS) if has_begun else None,
                "erase_all_on": last_day + timedelta(days=ALL_DAYS),
            },
        )
