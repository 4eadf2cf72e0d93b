"""A participant gets another way to be reached: by their own page, by a correction, or by staff.

An e-mail address that is replaced or taken out got the link and the private code, and may be a stranger's: both are
made anew. What staff changed is told to the old contact, and the new one does not open all. Else staff who may not see
private answers could put an address of their own into a registration, and have its link sent there.
"""

from collections.abc import Mapping

from django.contrib.auth.models import User

from registration import links
from registration.choices import Change, MessageKind
from registration.messages import outbox
from registration.models import Registration, Step
from registration.models.registration import CONTACTS


def contacts_of(registration: Registration) -> dict[str, str]:
    """How the participant is reached now, as the database has it: to be asked before the row is changed."""
    row = Registration.objects.only(*CONTACTS).get(pk=registration.pk)
    return {name: getattr(row, name) for name in CONTACTS}


def note_change(registration: Registration, before: Mapping[str, str], *, by: User | None = None) -> bool:
    """After the row was changed, in the same transaction. `before` is what `contacts_of` said.

    Says whether the address is another one: then it is told where the person stands, with the link.
    """
    changed = [name for name in CONTACTS if getattr(registration, name).lower() != before[name].lower()]
    if changed and by:
        links.add_staff_door(registration)
        _tell_as_before(registration, before, changed)
    if "email" in changed and before["email"]:
        links.renew(registration)
        Step.objects.create(registration=registration, what=Change.LINK, by=by)
    return "email" in changed


def _tell_as_before(registration: Registration, before: Mapping[str, str], changed: list[str]) -> None:
    """What was replaced or taken out is told. Where something was only added, it is told as until now."""
    until_now = [before["email"], before["phone"], before["telegram"]]
    if registration.helper:
        until_now.append(registration.helper.phone)
    told = [before[name] for name in changed if before[name]] or [one for one in until_now if one][:1]
    for contact in told:
        outbox.put(registration, MessageKind.CONTACT, contact=contact)
