"""Several people signed up in one go by a helper: all of them, or nobody, by the rules of registration.signup."""

import uuid

from registration.models import Helper, Registration
from registration.places import lock
from registration.places.hall import intakes_with_rules
from registration.signing_up import rules


def sign_up_others(*, edition, helper, people, language, form_token):
    """Registers everybody in one transaction and returns what each is told. `people` holds an Answers for each.

    The same form sent twice, or sent again with one person more, registers nobody twice: tokens come from what was
    typed, not from where on the page it stood. Raises what signup.sign_up raises; then nobody is registered.
    """
    helper_token = _token(form_token, edition, helper)
    helper = Helper(edition=edition, form_token=helper_token, language=language, **helper)
    helper.clean_fields(exclude=["edition"])
    rows = [_row(edition, answers, language, _token(helper_token, edition, answers.person)) for answers in people]
    with lock.place_lock(edition.pk) as intake:
        helper = Helper.objects.filter(form_token=helper_token).first() or helper
        helper.save()
        told = []
        for registration, answers in zip(rows, people, strict=True):
            registration.helper = helper
            told.append(rules.take_in(registration, answers, intakes_with_rules().get(pk=intake.pk)))
    return told


def _row(edition, answers, language, token):
    registration = Registration(edition=edition, form_token=token, language=language, **answers.person)
    registration.clean_fields(exclude=["edition", "status"])
    registration.set_keys()
    return registration


def _token(parent, edition, columns):
    return uuid.uuid5(parent, f"{edition.pk} {sorted(columns.items())}")
