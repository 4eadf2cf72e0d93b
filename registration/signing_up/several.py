"""A helper signs up several people in one go: either all of them or none, by the rules of signing_up.rules."""

import uuid
from typing import TypedDict

from conference.models import Edition
from registration.models import Helper
from registration.places import lock
from registration.places.hall import intakes_with_rules
from registration.signing_up import rules
from registration.signing_up.answers import Answers, Person, SignedUp


class HelperColumns(TypedDict):
    """What a helper says of themselves: columns of Helper."""

    name: str
    phone: str
    email: str
    organisation: str


def sign_up_others(
    *, edition: Edition, helper: HelperColumns, people: list[Answers], language: str, form_token: uuid.UUID
) -> list[SignedUp]:
    """Registers all people in one transaction and returns what each is told.

    The same form sent twice, or sent again with one person more, registers no person twice: tokens come from what was
    typed, not from where on the page it stood. Raises what rules.sign_up raises; then no person is registered.
    """
    helper_token = _token(form_token, edition, helper)
    typed = Helper(edition=edition, form_token=helper_token, language=language, **helper)
    typed.clean_fields(exclude=["edition"])
    rows = [
        rules.newcomer(edition, answers, form_token=_token(helper_token, edition, answers.person), language=language)
        for answers in people
    ]
    with lock.place_lock(edition.pk) as intake:
        known = Helper.objects.filter(form_token=helper_token).first() or typed
        known.save()
        told = []
        for row, answers in zip(rows, people, strict=True):
            row.helper = known
            told.append(rules.take_in(row, answers, intakes_with_rules().get(pk=intake.pk)))
    return told


def _token(parent: uuid.UUID, edition: Edition, columns: HelperColumns | Person) -> uuid.UUID:
    return uuid.uuid5(parent, f"{edition.pk} {sorted(columns.items())}")
