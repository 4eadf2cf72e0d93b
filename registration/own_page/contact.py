"""Staff give a participant another way to be reached: the old one is told, and the new one does not open all.

Else staff who may not see private answers could put an address of their own into a registration, and have its link
sent there.
"""

from collections.abc import Mapping

from registration import links
from registration.choices import MessageKind
from registration.messages import outbox
from registration.models import Registration
from registration.models.registration import CONTACTS


def contacts_of(registration: Registration) -> dict[str, str]:
    """How the participant is reached now, as the database has it: to be asked before staff change it."""
    row = Registration.objects.only(*CONTACTS).get(pk=registration.pk)
    return {name: getattr(row, name) for name in CONTACTS}


def note_change_by_staff(registration: Registration, before: Mapping[str, str]) -> None:
    """After staff changed the row, in their transaction. `before` is what `contacts_of` said.

    What was replaced or taken out is told. Where something was only added, the participant is told as they were
    reached until now.
    """
    changed = [name for name in CONTACTS if getattr(registration, name).lower() != before[name].lower()]
    if not changed:
        return
    links.add_staff_door(registration)
    until_now = [before["email"], before["phone"], before["telegram"]]
    if registration.helper:
        until_now.append(registration.helper.phone)
    told = [before[name] for name in changed if before[name]] or [one for one in until_now if one][:1]
    for contact in told:
        outbox.put(registration, MessageKind.CONTACT, contact=contact)
