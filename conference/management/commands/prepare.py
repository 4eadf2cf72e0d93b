from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Makes the site ready to serve: tables, first content, staff, static files. Changes nothing that is there."

    def handle(self, *args, **options):
        for name in ("migrate", "load_edition", "open_registration", "set_up_staff", "collectstatic"):
            call_command(name, interactive=False, verbosity=0) if name in (
                "migrate",
                "collectstatic",
            ) else call_command(name)
