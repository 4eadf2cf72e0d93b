from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from conference import clock
from registration.choices import ErasingWaits
from registration.retention import by_date, erasing


class Command(BaseCommand):
    help = (
        "Erases personal data on the two dates of each edition (Registration -> Intakes). From the day 'access, food "
        "and travel answers are erased on', that day included: the rows of these answers, and calls to guardians. "
        "From the day 'all personal data is erased on', that day included: these too, names, ways to reach people, "
        "messages, lines in the logs, and everything else personal. Days are those of Phnom Penh. Without a date "
        "nothing qualifies. What is counted stays. Run it daily: after missed days, or twice, it does what is left. "
        "If today is more than 7 days after everything that is stored, or if a whole edition would go at once of "
        "which nothing was erased by date before, it erases nothing without --yes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="Says what would go, and changes nothing.")
        parser.add_argument("--yes", action="store_true", help="Erases what waits: the clock and the dates are right.")

    def handle(self, *args: Any, dry_run: bool, yes: bool, **options: Any) -> None:
        """Says numbers only: what this prints ends in a log."""
        if clock.is_rehearsal():
            self.stdout.write("This is a rehearsal (SITE_CLOCK): nothing is erased by date.")
        today = timezone.localdate()
        did = "would erase" if dry_run else "erased"
        outcomes = (by_date.outlook if dry_run else by_date.run)(today, yes=yes)
        for outcome in outcomes:
            intake = outcome.intake
            year = intake.edition.year
            if dry_run or not outcome.waits:
                if date := erasing.next_date(intake, today):
                    then = str(date)
                else:
                    then = "none is left" if intake.links_expired(today) else "NOT SET for all personal data"
                self.stdout.write(f"{year}: {did}: {outcome.in_words}. Next date: {then}.")
            if outcome.waits:
                self.stderr.write(f"{year}: NOT erased without --yes: {outcome.in_words}.")
                self.stderr.write(f"The clock says {today}, and {ErasingWaits(outcome.waits).label}.")
                self.stderr.write(
                    "If the clock and the dates of the intake are right: manage.py erase_personal_data --yes"
                )
        if not dry_run and any(outcome.is_due and not outcome.waits for outcome in outcomes):
            self.rewrite()

    def rewrite(self) -> None:
        try:
            erasing.leave_no_bytes()
        except erasing.StillInTheFile as problem:
            raise CommandError(f"The rows are erased, but not their bytes ({problem}): run this again.") from problem
        self.stdout.write("The database was rewritten: it holds no trace of what was erased.")
