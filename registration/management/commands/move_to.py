from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from registration.backups.problem import Problem
from registration.backups.restoring import move


class Command(BaseCommand):
    help = (
        "Copies all rows but sessions into another, empty database, of either kind, and compares them. Stop the site "
        "and tend_registration first: what is written meanwhile stays behind. Nothing changes in the old database."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("url", metavar="DATABASE_URL", help="As in .env.example. PGPASSWORD may hold a password.")

    def handle(self, *args: Any, url: str, **options: Any) -> None:
        try:
            for line in move(url):
                self.stdout.write(line)
        except (Problem, OSError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write("Now set DATABASE_URL to that address, and start the site.")
