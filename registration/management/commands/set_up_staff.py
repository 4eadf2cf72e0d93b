from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand
from django.utils.crypto import get_random_string

from registration.staff import make_groups

EASY_LETTERS = "23456789abcdefghjkmnpqrstvwxyz"


class Command(BaseCommand):
    help = "Makes the staff groups, and the first account if there is none; prints its password this once."

    def handle(self, *args: Any, **options: Any) -> None:
        make_groups()
        if User.objects.filter(is_staff=True).exists():
            return
        password = get_random_string(14, EASY_LETTERS)
        User.objects.create_superuser("staff", password=password)
        self.stdout.write(
            f"Staff: sign in at /admin/ as “staff”, password {password} (shown only now: change it there)."
        )
