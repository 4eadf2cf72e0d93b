from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from registration.backups.problem import Problem
from registration.backups.restoring import restore


class Command(BaseCommand):
    help = (
        "Brings a backup back: into an empty database, and beside the pictures and the lines of the ledger of "
        "erasures that are there. Then the tables are brought up to date, and who was erased since is erased again."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--identity", type=Path, help="The file with your identity of age, for an encrypted one.")
        parser.add_argument("--other-keys", action="store_true", help="Goes on although the old keys are lost.")

    def handle(self, *args: Any, file: Path, identity: Path | None, other_keys: bool, **options: Any) -> None:
        try:
            for line in restore(file, identities=identity, other_keys=other_keys):
                self.stdout.write(line)
        except (Problem, OSError) as problem:
            raise CommandError(str(problem)) from problem
        call_command("replay_erasures", stdout=self.stdout, stderr=self.stderr)
        self.stdout.write("Done. Staff sign in again. What dates had erased is back until the daily run: see")
        self.stdout.write("manage.py erase_personal_data --dry-run. Then start the site.")
