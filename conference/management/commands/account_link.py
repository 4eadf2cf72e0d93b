from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError, CommandParser

from conference.account_tables import AccountEvent
from conference.accounts import factor
from conference.accounts.links import full_address


class Command(BaseCommand):
    help = "Prints a link by which a member of staff chooses a new password, once and within a day."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="The name with which they sign in.")
        parser.add_argument("--lost-app", action="store_true", help="Their authenticator app is set up anew as well.")

    def handle(self, *args: Any, name: str, lost_app: bool, **options: Any) -> None:
        user = User.objects.filter(username=name, is_active=True, day_account=None).first()
        if user is None:
            raise CommandError(f"There is no active account with the name {name}.")
        if lost_app:
            factor.take_away(user)
            AccountEvent.objects.create(user=user, what=AccountEvent.What.NO_FACTOR)
        AccountEvent.objects.create(user=user, what=AccountEvent.What.LINK)
        self.stdout.write(full_address(user))
