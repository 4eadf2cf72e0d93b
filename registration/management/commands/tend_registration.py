import os
import time
from datetime import date
from typing import Any

from django.core.management import CommandError, call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from agenda.models.materials import FOLDER as MATERIALS
from agenda.models.photographs import pictures_in_use
from agenda.models.recordings import recordings_in_use
from agenda.publishing.materials import files_in_use
from conference import clock
from conference.account_tables import AccountEvent, SignInTry
from conference.accounts import volunteers
from conference.files.images import FOLDER as PICTURES
from conference.files.images import delete_unused_files
from conference.files.recordings import FOLDER as RECORDINGS
from conference.models import Edition
from conference.rooms_above import rooms_above
from conference.serving import attempts
from conference.serving.passing import is_passing
from conference.serving.sessions import SessionStore
from registration.encryption.columns import DecryptionError
from registration.figures.measures import questions_of
from registration.figures.snapshots import take_snapshots
from registration.messages import outbox, planned
from registration.models import BringingIn, Tending
from registration.paper import making
from registration.places.lock import place_lock
from registration.retention import by_date
from registration.signing_up import receipts, transitions

PAUSE = 15  # seconds
MAIL_SECONDS = 60  # in one round: places that are free must not wait for hundreds of letters


class Command(BaseCommand):
    help = (
        "Passes on places whose offer has run out, sends letters by date and messages that are due, deletes sessions "
        "that have run out, and once a day erases what is due for that and files that are used nowhere, and takes "
        "the figures. Any number may run side by side."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--loop", action="store_true", help=f"Again every {PAUSE} seconds.")
        parser.add_argument("--with-parent", type=int, metavar="NUMBER", help="Ends when the process NUMBER ends.")

    def handle(self, *args: Any, loop: bool, with_parent: int | None, **options: Any) -> None:
        counted_on, erased_on, swept_on = None, None, None
        while True:
            try:
                Tending.report()
                # First of all: it compares the clock with what is stored, and tending stores something new.
                if erased_on != timezone.localdate():
                    erased_on = self.erase()
                if swept_on != timezone.localdate():
                    swept_on = self.sweep()
                self.tend()
                if counted_on != timezone.localdate():
                    counted_on = self.count()
            except (DatabaseError, InterfaceError) as problem:
                if not loop or not is_passing(problem):
                    raise
                self.stderr.write(f"The database does not answer ({type(problem).__name__}); again soon.")
            if not loop:
                return
            connection.close()
            if not self.rest(with_parent):
                return

    def rest(self, parent: int | None) -> bool:
        """Waits until it is time again. False as soon as the process with this number is gone."""
        for _second in range(PAUSE):
            if parent and not is_there(parent):
                return False
            time.sleep(1)
        return True

    def tend(self) -> None:
        # Letters first, for they too ask whether the clock agrees with what is stored.
        planned.send_due(lambda: clock.is_rehearsal() or by_date.clock_agrees(timezone.localdate()))
        for edition in Edition.objects.filter(intake__isnull=False):
            if transitions.has_places_to_pass_on(edition):
                transitions.offer_free_places(edition)
            # All of their people stood here already: to delete them at once would tell it by the time that it takes.
            if edition.helpers.without_people().exists():
                with place_lock(edition.pk):
                    edition.helpers.without_people().delete()
        outbox.leave_what_is_too_late()
        outbox.send_due(seconds=MAIL_SECONDS)
        attempts.forget_past()
        SignInTry.objects.past().delete()
        receipts.forget_past()
        BringingIn.objects.forget_past()
        SessionStore.clear_expired()  # with what was typed into a form an hour ago
        making.forget_old()
        for room in rooms_above():
            room.tend()

    def sweep(self) -> date:
        AccountEvent.objects.past().delete()
        volunteers.forget_past()
        try:
            delete_unused_files(PICTURES, pictures_in_use)
            delete_unused_files(RECORDINGS, recordings_in_use)
            delete_unused_files(MATERIALS, files_in_use)
            for folder, in_use in [one for room in rooms_above() for one in room.folders.items()]:
                delete_unused_files(folder, in_use)
        except OSError as problem:  # again tomorrow: people must not wait for it
            self.stderr.write(f"Files that are used nowhere could not be deleted ({type(problem).__name__}).")
        return timezone.localdate()

    def erase(self) -> date | None:
        """The day on which it was done, or None: then it is tried again."""
        try:
            call_command("erase_personal_data", stdout=self.stdout, stderr=self.stderr)
        except CommandError as problem:
            self.stderr.write(str(problem))
            return None
        return timezone.localdate()

    def count(self) -> date:
        """Takes the figures, for an edition at whose figures staff do not look. Without its keys it does the rest."""
        for edition in Edition.objects.filter(intake__isnull=False):
            try:
                take_snapshots(edition, questions_of(edition))
            except DecryptionError as problem:
                self.stderr.write(f"{edition.year}: the figures were not taken: no key opens {problem}.")
        return timezone.localdate()


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)  # asks only
    except ProcessLookupError:
        return False
    except PermissionError:  # it is there, and belongs to another user
        return True
    return True
