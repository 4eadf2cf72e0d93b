from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from agenda.editions.loading import load_edition
from agenda.publishing.versions import publish_first
from conference.models import Edition


class Command(BaseCommand):
    help = (
        "Loads the edition of a year from agenda/data/. An edition that is in the database already stays as it is. "
        "Publishes its programme if nothing of it is published yet."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, nargs="?", default=2024)

    def handle(self, *args: Any, year: int, **options: Any) -> None:
        loaded = load_edition(year)
        publish_first(Edition.objects.get(year=year))
        if options["verbosity"]:
            self.stdout.write(f"Edition {year}: {'loaded' if loaded else 'is there already, left as it is'}.")
