from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Makes the site ready to serve: tables, first content, staff, static files. Changes nothing that is there."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--keep-static", action="store_true", help="The static files have been collected already.")

    def handle(self, *args: Any, keep_static: bool, **options: Any) -> None:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("start_registration")
        call_command("load_edition")
        call_command("make_intakes")
        call_command("set_up_staff")
        call_command("replay_erasures")
        if not keep_static:
            call_command("collectstatic", interactive=False, verbosity=0)
