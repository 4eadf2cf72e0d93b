"""The tests live in the week before the conference of 2024: from this moment on, and as fast as real time.

The real edition is open for sign-up then. The real clock is put back for the whole run, so that the moments which the
code takes, and those which a test takes from Django, are of one time.
"""

from datetime import datetime, timedelta

from django.utils import timezone

BEGINS = datetime(2024, 3, 20, 9, tzinfo=timezone.get_fixed_timezone(timedelta(hours=7)))  # in Phnom Penh

real_now = timezone.now
_put_back = real_now() - BEGINS


def now():
    return real_now() - _put_back


def live_before_the_conference():
    timezone.now = now
