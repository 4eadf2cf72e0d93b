"""Where people sleep: hotels, their rooms, and who is in which room, night by night."""

from collections.abc import Iterable
from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conference.fields import phone_e164
from conference.models import Edition
from conference.words import labelled
from registration.encryption.columns import EncryptedTextField
from registration.models.answers import NOT_FOR_ROOMS, TravelRequest
from registration.models.travel import TravelBudget, check_amount, money


class Hotel(models.Model):
    edition = models.ForeignKey(Edition, models.PROTECT, related_name="hotels", verbose_name=_("edition"))
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("telephone"), max_length=16, blank=True, validators=[phone_e164])

    class Meta:
        verbose_name = _("hotel")
        verbose_name_plural = _("hotels")
        ordering = ["name", "pk"]
        constraints = [models.UniqueConstraint("edition", "name", name="one_hotel_of_a_name")]

    def __str__(self) -> str:
        return self.name


class HotelRoomQuerySet(models.QuerySet["HotelRoom"]):
    def of(self, edition: Edition) -> "HotelRoomQuerySet":
        rooms = self.filter(hotel__edition=edition).select_related("hotel")
        return rooms.order_by("hotel__name", "hotel", "name")


def _currency_of(row: "HotelRoom | HotelBill") -> str | None:
    """Of a room or a bill, also while its hotel is being typed in; None where the hotel has no edition yet."""
    hotel = getattr(row, "hotel", None)
    return TravelBudget.of(hotel.edition).currency if hotel and hotel.edition_id else None


class HotelRoom(models.Model):
    hotel = models.ForeignKey(Hotel, models.CASCADE, related_name="rooms", verbose_name=_("hotel"))
    name = models.CharField(_("room number"), max_length=40)
    beds = models.PositiveSmallIntegerField(_("beds"), default=1, validators=[MinValueValidator(1)])
    is_step_free = models.BooleanField(_("without steps"), default=False)
    price = money(_("cost a night"), null=True, blank=True)

    objects = HotelRoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("hotel room")
        verbose_name_plural = _("hotel rooms")
        ordering = ["hotel", "name"]
        constraints = [
            models.UniqueConstraint("hotel", "name", name="one_room_of_a_number"),
            models.CheckConstraint(
                name="a_room_has_a_bed",
                condition=Q(beds__gte=1),
                violation_error_message=_("A room has at least one bed."),
            ),
            models.CheckConstraint(name="a_room_is_not_cheaper_than_free", condition=Q(price__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.hotel}, {self.name}"

    def clean(self) -> None:
        """Beds in which a person sleeps stay."""
        taken = self.stays.filter(bed__gt=self.beds) if self.pk and self.beds is not None else None
        if taken:
            stays = taken.select_related("travel_request__registration")
            codes = ", ".join(sorted({str(stay) for stay in stays}))
            said = _("%(codes)s would have no bed: first take them out of this room.") % {"codes": codes}
            raise ValidationError({"beds": said})
        check_amount(self.price, _currency_of(self))


class HotelBill(models.Model):
    """What was paid to a hotel. It names no person."""

    hotel = models.ForeignKey(Hotel, models.PROTECT, related_name="bills", verbose_name=_("hotel"))
    amount = money(_("paid"))
    paid_on = models.DateField(_("paid on"))
    paid_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, verbose_name=_("paid by")
    )

    class Meta:
        verbose_name = _("hotel bill")
        verbose_name_plural = _("hotel bills")
        ordering = ["paid_on", "pk"]
        constraints = [models.CheckConstraint(name="a_hotel_bill_is_not_negative", condition=Q(amount__gte=0))]

    def __str__(self) -> str:
        return labelled(self.hotel, self.paid_on)

    def clean(self) -> None:
        check_amount(self.amount, _currency_of(self))


class StayQuerySet(models.QuerySet["Stay"]):
    def of(self, edition: Edition) -> "StayQuerySet":
        return self.filter(travel_request__registration__edition=edition)

    def of_either(self, travel_request: TravelRequest, *, is_assistant: bool) -> "StayQuerySet":
        return self.filter(travel_request=travel_request, is_assistant=is_assistant)

    def on(self, nights: Iterable[date]) -> "StayQuerySet":
        return self.filter(night__in=nights)

    def company_of(self, travel_request: TravelRequest) -> "StayQuerySet":
        """Others in the rooms of a person, on whichever nights."""
        return self.filter(room__stays__travel_request=travel_request).exclude(travel_request=travel_request)

    def to_list(self) -> "StayQuerySet":
        """With all that the rooming list shows, in its order."""
        related = self.select_related("travel_request__registration", "room__hotel")
        related = related.defer(*(f"travel_request__{name}" for name in ("share_with", *NOT_FOR_ROOMS)))
        return related.order_by("night", "room__hotel__name", "room__hotel", "room__name", "bed")


class Stay(models.Model):
    """One bed for one night, for a person or for their assistant. Only travel.support gives beds away."""

    travel_request = models.ForeignKey(
        TravelRequest, models.CASCADE, related_name="stays", verbose_name=_("travel request")
    )
    room = models.ForeignKey(HotelRoom, models.PROTECT, related_name="stays", verbose_name=_("hotel room"))
    night = models.DateField(_("night"))
    bed = models.PositiveSmallIntegerField(_("bed"))
    is_assistant = models.BooleanField(_("for the assistant"), default=False)
    assistant_name = EncryptedTextField(_("name of the assistant"), default="", blank=True)

    objects = StayQuerySet.as_manager()

    class Meta:
        verbose_name = _("night in a hotel")
        verbose_name_plural = _("nights in hotels")
        ordering = ["night", "pk"]
        constraints = [
            models.UniqueConstraint(
                "travel_request", "night", "is_assistant", name="nobody_sleeps_in_two_rooms_a_night"
            ),
            # The second wall, as with places: a bed has a number and is given away once.
            models.UniqueConstraint("room", "night", "bed", name="one_person_a_bed"),
            models.CheckConstraint(name="beds_count_from_one", condition=Q(bed__gte=1)),
        ]

    def __str__(self) -> str:
        return str(self.travel_request)
