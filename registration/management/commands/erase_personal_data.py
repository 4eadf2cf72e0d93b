from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from registration.models import Intake
from registration.retention import erasing


class Command(BaseCommand):
    help = (
        "Erases personal data on the two dates of each edition (Registration -> Intakes). From the day 'access, food "
        "and travel answers are erased on', that day included: the rows of these answers, and calls to guardians. "
        "From the day 'all personal data is erased on', that day included: these too, names, ways to reach people, "
        "messages, lines in the logs, and everything else personal. Days are those of Phnom Penh. Without a date "
        "nothing qualifies. What is counted stays. Run it daily: after missed days, or twice, it does what is left."
    )

    def add_arguments(self, parser):
        parser.add_argument("--dry-run", action="store_true", help="Says what would go, and changes nothing.")

    def handle(self, *args, dry_run, **options):
        today = timezone.localdate()
        intakes_due = list(erasing.due(today))
        for intake in Intake.objects.select_related("edition").order_by("edition__year"):
            numbers = {}
            if intake in intakes_due:
                numbers = erasing.what_goes(intake, today) if dry_run else erasing.erase(intake.edition, today)
            self.tell(intake, numbers, "would erase" if dry_run else "erased", today)
        if intakes_due and not dry_run:
            self.rewrite()

    def tell(self, intake, numbers, verb, today):
        """Numbers only: what this prints ends in a log."""
        goes = ", ".join(f"{what} {number}" for what, number in numbers.items() if number)
        date = erasing.next_date(intake, today)
        if date is None:
            date = "none is left" if intake.links_expired(today) else "NOT SET for all personal data"
        self.stdout.write(f"{intake.edition.year}: {verb}: {goes or 'nothing'}. Next date: {date}.")

    def rewrite(self):
        try:
            erasing.leave_no_bytes()
        except erasing.StillInTheFile as problem:
            raise CommandError(f"The rows are erased, but not their bytes ({problem}): run this again.") from problem
        self.stdout.write("The database was rewritten: it holds no trace of what was erased.")
