"""A participant is erased because they, or staff, wish it: what the logs still say of them goes too.

The lines stay: who of the staff looked at what, and when. The reference numbers of the participant go out of them, for
on an old paper list a number stands beside a name.
"""

from django.contrib.admin.models import LogEntry
from django.db.models import Q

from registration.models import AccessLog, Registration
from registration.models.registration import ERASED_WORD, spoken


def numbers_of(registration: Registration) -> list[str]:
    """Every number under which staff found the participant, as logs write it. To be asked before the row goes."""
    return [registration.spoken_code, *(spoken(second.code) for second in registration.second_numbers.all())]


def forget(numbers: list[str]) -> None:
    """Takes these numbers out of the access log and the admin log."""
    for number in numbers:
        for line in AccessLog.objects.defer("reason").filter(subject__contains=number):
            AccessLog.objects.filter(pk=line.pk).update(subject=line.subject.replace(number, ERASED_WORD))
        named = Q(object_repr__contains=number) | Q(change_message__contains=number)
        for entry in LogEntry.objects.filter(named):
            entry.object_repr = entry.object_repr.replace(number, ERASED_WORD)
            entry.change_message = entry.change_message.replace(number, ERASED_WORD)
            entry.save(update_fields=["object_repr", "change_message"])
