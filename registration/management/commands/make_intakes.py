from typing import Any

from django.core.management.base import BaseCommand

from conference import clock
from conference.models import Edition
from registration.models import Intake


class Command(BaseCommand):
    help = (
        "Gives each edition that is not over an intake, unless it has one: with the usual dates of erasing, and "
        "closed until staff open it. In a rehearsal (SITE_CLOCK) sign-up for the current edition is open at once."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        current = Edition.objects.current()
        for edition in Edition.objects.filter(intake=None, ends_on__gte=clock.today()):
            opens_now = clock.is_rehearsal() and edition == current
            Intake.objects.create(edition=edition, opens_at=clock.now() if opens_now else None)
