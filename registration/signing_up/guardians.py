"""A person under 18 is not registered: we call a parent or guardian, once, however often the form is sent."""

from django.db import transaction

from conference.language.khmer import match_key
from conference.models import Edition
from registration.choices import Channel
from registration.models import GuardianCall, Intake
from registration.places.lock import Closed

MOST_CHILDREN = 10  # in one call: no visitor makes the row of a parent grow without end
BETWEEN_NAMES = ", "


def first_name(name_km: str, name_latin: str, language: str) -> str:
    """Of a name with the family name first; in the script of the language, if it was written in that."""
    name = (name_km or name_latin) if language == "km" else (name_latin or name_km)
    _family, _blank, given = name.partition(" ")
    return given or name


def ask_to_call(
    *,
    edition: Edition,
    child_name: str,
    guardian_name: str,
    guardian_phone: str,
    language: str,
    channel: str = Channel.WEB,
    instead_of: int | None = None,
) -> GuardianCall:
    """One row for each parent of an edition, by the telephone. Raises Closed as sign_up does.

    `instead_of` is the call that the same browser asked for before: if it was for the same child, its telephone was
    wrong and is not called. A comma in a name is taken out: it stands between the names of two children.
    """
    child_name = " ".join(child_name.replace(",", " ").split())
    intake = Intake.of(edition)
    if intake is None or intake.edition.is_over or (channel == Channel.WEB and not intake.is_open):
        raise Closed
    whom = {"guardian_name": guardian_name, "guardian_phone": guardian_phone, "language": language}
    with transaction.atomic():
        call, is_new = GuardianCall.objects.get_or_create(
            parent_key=GuardianCall.key_of(edition, guardian_phone),
            defaults={"edition": edition, "child_name": child_name, **whom},
        )
        if not is_new:
            # The last spelling of the parent counts. About another child the parent is called again.
            children = call.child_name.split(BETWEEN_NAMES) if call.child_name else []
            is_known = match_key(child_name) in map(match_key, children)
            if not is_known and len(children) < MOST_CHILDREN:
                call.child_name, call.is_done = BETWEEN_NAMES.join([*children, child_name]), False
            call.guardian_name = guardian_name
            call.save()
        for before in GuardianCall.objects.still_open().filter(edition=edition, pk__in=[instead_of or 0]):
            if before != call and match_key(before.child_name) == match_key(child_name):
                before.delete()
    return call
