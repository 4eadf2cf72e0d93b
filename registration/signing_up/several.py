"""A helper signs up several people in one go: who they are, and which form is one form."""

import uuid
from typing import TypedDict

from conference.models import Edition
from registration.models import Helper


class HelperColumns(TypedDict):
    """What a helper says of themselves: columns of Helper."""

    name: str
    phone: str
    email: str
    organisation: str


def helper_as_typed(edition: Edition, columns: HelperColumns, *, language: str, form_token: uuid.UUID) -> Helper:
    """Not saved. The same form of the same helper has the same token. Raises ValidationError."""
    token = uuid.uuid5(form_token, f"{edition.pk} {sorted(columns.items())}")
    helper = Helper(edition=edition, form_token=token, language=language, **columns)
    helper.clean_fields(exclude=["edition"])
    return helper


def known_or_saved(helper: Helper) -> Helper:
    """Under the lock of the places."""
    known = Helper.objects.filter(form_token=helper.form_token).first() or helper
    known.save()
    return known
