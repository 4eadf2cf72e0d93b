from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from registration.encryption import trying
from registration.models import Tending


class Command(BaseCommand):
    help = (
        "What a start looks at first: whether the keys open what is stored. From here on the helper is expected. "
        "`prepare` calls it."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        if wrong := trying.what_is_wrong():
            said = f"The site does not start: {wrong}."
            if not settings.START_WITHOUT_KEYS:
                raise CommandError(
                    f"{said} Put the keys of before into FIELD_ENCRYPTION_KEYS, behind the new one. If they are lost "
                    "for good: START_WITHOUT_KEYS=on starts the site without the answers that they closed."
                )
            self.stderr.write(f"START_WITHOUT_KEYS is on, though {wrong}.")
        Tending.report()
