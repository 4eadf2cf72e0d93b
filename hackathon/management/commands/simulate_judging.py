"""manage.py simulate_judging: how often each method of judging finds the right teams (docs/judging.md)."""

from django.core.management.base import BaseCommand, CommandParser

from hackathon.judging.simulation.table import RUNS, SEED, lines


class Command(BaseCommand):
    help = "Compares methods of judging on days that are made up, and prints the table of docs/judging.md."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--runs", type=int, default=RUNS, help="days of each kind")
        parser.add_argument("--seed", type=int, default=SEED)

    def handle(self, *args: object, runs: int, seed: int, **options: object) -> None:
        for line in lines(runs, seed):
            self.stdout.write(line)
