import os
import time

from django.core.management.base import BaseCommand
from django.db import connection

from conference.models import Edition
from registration import outbox, signup

PAUSE = 15  # seconds


class Command(BaseCommand):
    help = (
        "Passes on places whose offer has run out, and sends messages that are due. Any number may run side by side."
    )

    def add_arguments(self, parser):
        parser.add_argument("--loop", action="store_true", help=f"Again every {PAUSE} seconds.")
        parser.add_argument("--with-parent", action="store_true", help="Ends when the process that started it ends.")

    def handle(self, *args, loop, with_parent, **options):
        parent = os.getppid()
        self.tend()
        while loop and not (with_parent and os.getppid() != parent):
            time.sleep(PAUSE)
            self.tend()

    def tend(self):
        for edition in Edition.objects.filter(intake__isnull=False):
            if edition.registrations.offers_run_out_now().exists():
                signup.offer_free_places(edition)
        outbox.send_due()
        connection.close()
