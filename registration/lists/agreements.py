"""Who agreed to what. To each question of agreement the latest answer counts."""

from django.db.models import OuterRef, Subquery

from registration.choices import Agreement, Subject
from registration.models import Consent
from registration.models.registration import ERASED_WORD, RegistrationQuerySet


def answer_to(subject: Subject) -> Subquery:
    """The answer that counts, of each of the registrations."""
    answers = Consent.objects.filter(registration=OuterRef("pk"), subject=subject)
    return Subquery(answers.order_by("-given_at", "-pk").values("answer")[:1])


def who_agreed(people: RegistrationQuerySet, subject: Subject) -> RegistrationQuerySet:
    """Nothing is known of an erased person but that one agreed."""
    agreed = people.alias(agreed=answer_to(subject)).filter(agreed=Agreement.YES)
    return agreed.exclude(telegram=ERASED_WORD)
