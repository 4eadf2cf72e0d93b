from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from registration.backups.making import make
from registration.backups.problem import Problem


class Command(BaseCommand):
    help = (
        "Copies everything into one file, while the site goes on: all rows but sessions, the pictures, the ledger of "
        "erasures, and the settings without keys and passwords. Opens the file again, and prints its path. Keep the "
        "keys (SECRET_KEY, FIELD_ENCRYPTION_KEYS, ERASURE_LEDGER_KEY) elsewhere: they are not in it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "destination",
            nargs="?",
            default=f"{settings.BACKUPS}/",
            help="A folder (one that is there, or with / at the end) or a new file; var/backups/ by default.",
        )
        parser.add_argument(
            "--recipient",
            default=settings.BACKUP_RECIPIENT,
            help="Of age, as in age1...: only its owner can open the file. BACKUP_RECIPIENT by default.",
        )
        parser.add_argument(
            "--keep",
            type=int,
            default=settings.BACKUPS_KEPT,
            help="So many stay in a folder, none older than 30 days. BACKUPS_KEPT by default.",
        )

    def handle(self, *args: Any, destination: str, recipient: str, keep: int, **options: Any) -> None:
        try:
            path, _manifest = make(destination, recipient=recipient, keep=keep)
        except (Problem, OSError) as problem:
            raise CommandError(f"No backup was made. {problem}") from problem
        self.stdout.write(str(path))
