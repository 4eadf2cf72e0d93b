from django.core.management.base import BaseCommand

from agenda.loading import load_edition


class Command(BaseCommand):
    help = "Loads the edition of a year from agenda/data/. Does nothing if that edition is in the database already."

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, nargs="?", default=2024)

    def handle(self, *args, year, **options):
        loaded = load_edition(year)
        if options["verbosity"]:
            self.stdout.write(f"Edition {year}: {'loaded' if loaded else 'is there already, left as it is'}.")
