from typing import Any

from django.core.management.base import BaseCommand, CommandError

from registration.encryption import rotation
from registration.retention import erasing


class Command(BaseCommand):
    help = (
        "Closes every encrypted answer with the newest key (the first of FIELD_ENCRYPTION_KEYS), while the site goes "
        "on. To be run when every process has the new key in front. Interrupted, or run twice, it does what is left. "
        "When it ends without an error, the older keys may be thrown away."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        unreadable = 0
        for model, names in rotation.encrypted_columns():
            numbers = rotation.rotate(model, names)
            unreadable += numbers["unreadable"]
            counts = ", ".join(f"{numbers[what]} {what}" for what in ("rows", "renewed", "unreadable"))
            self.stdout.write(f"{model._meta.label}: {counts}")
        try:
            erasing.leave_no_bytes()  # a database keeps the bytes of replaced values, which the older key would open
        except erasing.StillInTheFile as problem:
            raise CommandError(f"All have the new key, but old bytes remain ({problem}): run this again.") from problem
        if unreadable:
            raise CommandError("No key opens the values counted as unreadable: keep every key you have.")
