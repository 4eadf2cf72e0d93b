from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from registration.retention import by_date, erasing, ledger
from registration.signing_up import transitions


class Command(BaseCommand):
    help = (
        "Erases again whom the ledger of erasures (ERASURE_LEDGER) names and who are here all the same: a restored "
        "backup has brought them back. It erases nothing by date: that is the daily run's (erase_personal_data). "
        "`prepare` calls it, so that it is done before the site answers."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        by_date.note_a_doubtful_clock(timezone.localdate())
        ledger.make_ready()
        people = ledger.come_back()
        for registration in people:
            transitions.erase(registration)
        if not people:
            return
        self.stdout.write(f"Erased again, as the ledger of erasures says: registrations {len(people)}.")
        try:
            erasing.leave_no_bytes()
        except erasing.StillInTheFile as problem:  # `tend_registration` tries again, no reason to stay closed
            self.stderr.write(f"The rows are erased, but not their bytes ({problem}): run erase_personal_data.")
