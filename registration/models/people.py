"""Which registrations: the facts that pages, staff and the rules ask for."""

import re
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conference.khmer import ascii_digits, match_key
from registration.choices import HOLDING_A_PLACE, MessageKind, Status

KEY_LENGTH = 400  # a key spells vowels out: it is longer than its name
WHAT_FINDS = _("Name in Khmer or Latin letters, reference number, telephone, e-mail, Telegram or organisation")
LINKS_A_DAY = 3  # sent to one address on request, at most


class RegistrationQuerySet(models.QuerySet):
    def holding_a_place(self):
        return self.filter(status__in=HOLDING_A_PLACE)

    def received(self):
        """Staff have still to decide."""
        return self.filter(status=Status.RECEIVED)

    def waiting_in_order(self):
        return self.filter(status=Status.WAITING).order_by("waiting_since", "pk")

    def next_in_line(self, edition_pk, places, *, with_days):
        """Who waits, in order. Where days or reserves decide as well, anybody may be the next, with their days."""
        waiting = self.filter(edition=edition_pk).waiting_in_order()
        return waiting.prefetch_related("days") if with_days else waiting[:places]

    def offers_run_out_now(self):
        return self.filter(status=Status.OFFERED, offered_until__lte=timezone.now())

    def may_be_sent_their_link(self, edition, email):
        """Who signed up with an address, but for those to whom it was sent often today."""
        known = self.filter(edition=edition, email__iexact=email).exclude(status=Status.CANCELLED)
        return known.with_links_today().filter(links__lt=LINKS_A_DAY)

    def with_links_today(self):
        """Each with how often its link was sent on request in the last day: `links`."""
        recent = Q(messages__kind=MessageKind.LINK, messages__created_at__gt=timezone.now() - timedelta(days=1))
        return self.annotate(links=models.Count("messages", filter=recent))

    def same_person(self, registration):
        """Who stands in the same edition with the same address and the same name in either script, but itself."""
        known = self.filter(registration.is_person_of(), edition=registration.edition_id)
        return known.exclude(status=Status.CANCELLED).exclude(pk=registration.pk)

    def known_already(self, registration):
        """Of whom the form of a newcomer was sent before (`is_same_form`), or who stands here as the same person.

        Of several who stand here with this name and address it is the one who had them first. Little more than the
        keys, in one query: it costs the same whether it finds a row or not.
        """
        token = registration.form_token
        second = self.model.objects.filter(second_numbers__form_token=token).values("pk")
        is_same_form = Q(form_token=token) | Q(pk__in=second)
        known = self.filter(is_same_form | registration.is_person_of(), edition=registration.edition_id)
        known = known.exclude(status=Status.CANCELLED).only("email")
        known = known.annotate(is_same_form=is_same_form, has_key=Q(person_key__isnull=False))
        return known.with_links_today().order_by("-is_same_form", "-has_key", "pk")

    def one_edition(self, pks):
        """These, if they are of the same edition; else none. With what the comparison shows."""
        rows = list(self.filter(pk__in=pks).order_by("pk").prefetch_related("days", "consents"))
        return rows if len({row.edition_id for row in rows}) == 1 else []

    def that_opens(self, edition, code, phone):
        """Whose reference number and telephone these are, or None. A second number opens nothing."""
        return self.filter(edition=edition, code=code, phone=phone).exclude(phone="").first()

    def with_answers(self, pk):
        """One registration together with its inclusion answers, or None."""
        return self.filter(pk=pk).select_related("edition", "inclusion_answers").first()

    def opened_by(self, opened):
        """Whom a session may see, or None: [key, version of the link], as `Registration.opens` gives it.

        A link that was replaced closes the sessions it had opened.
        """
        pk, version = opened if isinstance(opened, list) else (None, None)
        return self.filter(pk=pk, link_version=version).select_related("edition", "inclusion_answers").first()

    def like(self, person):
        """Who has the telephone or a name of somebody whom staff are about to enter."""
        tests = Q(pk=None)
        for name in ("name_km", "name_latin"):
            if key := match_key(person[name])[:KEY_LENGTH]:
                tests |= Q(**{f"{name}_key": key})
        if person["phone"]:
            tests |= Q(phone=person["phone"])
        return self.filter(tests)

    def matching(self, typed):
        """Whatever the staff have at hand: a name in either script, however typed, a number, an address."""
        typed = typed.strip()
        if not typed:
            return self
        tests = Q(organisation__icontains=typed) | Q(email__icontains=typed) | Q(telegram__icontains=typed)
        if key := match_key(typed):
            tests |= Q(name_km_key__contains=key) | Q(name_latin_key__contains=key)
        if code := re.sub(r"[^0-9A-Z]", "", typed.upper()):
            tests |= Q(code__startswith=code)
            tests |= Q(pk__in=self.model.objects.filter(second_numbers__code__startswith=code).values("pk"))
        if digits := re.sub(r"[^0-9]", "", ascii_digits(typed)).lstrip("0"):
            tests |= Q(phone__contains=digits)
        return self.filter(tests)
