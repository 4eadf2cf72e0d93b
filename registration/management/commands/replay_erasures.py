from django.core.management.base import BaseCommand
from django.utils import timezone

from registration.retention import erasing, ledger
from registration.signing_up import transitions


class Command(BaseCommand):
    help = (
        "Erases again whom a restored backup has brought back: everybody in the ledger of erasures (ERASURE_LEDGER), "
        "and what the dates of the editions ask for. Where nobody came back it changes nothing. `prepare` calls it, "
        "so that it is done before the site answers."
    )

    def handle(self, *args, **options):
        ledger.make_ready()
        people = ledger.come_back()
        for registration in people:
            transitions.erase(registration)
        editions = self.erase_by_date()
        if people or editions:
            self.stdout.write(f"A backup had brought back: {len(people)} erased people, {editions} erased editions.")
            self.rewrite()

    def erase_by_date(self):
        today = timezone.localdate()
        back = [intake for intake in erasing.due(today) if any(erasing.what_goes(intake, today).values())]
        for intake in back:
            erasing.erase(intake.edition, today)
        return len(back)

    def rewrite(self):
        try:
            erasing.leave_no_bytes()
        except erasing.StillInTheFile as problem:  # `tend_registration` tries again, no reason to stay closed
            self.stderr.write(f"The rows are erased, but not their bytes ({problem}): run erase_personal_data.")
