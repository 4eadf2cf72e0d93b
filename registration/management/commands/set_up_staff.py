from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.crypto import get_random_string

from conference.account_tables import Account
from conference.accounts import first_password
from registration.staff import make_groups

EASY_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"


class Command(BaseCommand):
    help = "Makes the staff groups, and the first account if there is none; says in which file its password is."

    def handle(self, *args: Any, **options: Any) -> None:
        make_groups()
        if not User.objects.filter(is_staff=True).exists():
            with transaction.atomic():
                password = get_random_string(14, EASY_LETTERS)
                user = User.objects.create_superuser("staff", password=password)
                Account.objects.create(user=user, must_change_password=True)
                first_password.keep(user, password)
        if first_password.is_kept():
            self.stdout.write(
                "Staff: sign in at /admin/ with the name and the first password in "
                f"{settings.FIRST_PASSWORD_FILE} (it is deleted once you have chosen another password)."
            )
