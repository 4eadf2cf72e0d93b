"""What a column of a list from elsewhere may hold. Staff may set it by hand over the column."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Asked(TextChoices):
    NAME = "name", _("Name, in Khmer or Latin letters")
    NAME_KM = "name_km", _("Name in Khmer")
    NAME_LATIN = "name_latin", _("Name in Latin letters")
    FAMILY = "family", _("Family name")
    GIVEN = "given", _("Given name")
    PHONE = "phone", _("Telephone")
    EMAIL = "email", _("E-mail")
    TELEGRAM = "telegram", _("Telegram")
    CONTACT = "contact", _("Telephone, e-mail or Telegram")
    ORGANISATION = "organisation", _("Organisation or group")
    SECTOR = "sector", _("Sector")
    POSITION = "position", _("Position in the organisation: goes into the remark")
    PROVINCE = "province", _("Province")
    PART = "part", _("How they take part")
    DAYS = "days", _("Days")
    LANGUAGE = "language", _("Language of our messages")
    GIVEN_ON = "given_on", _("When the answers were given")
    ADULT = "adult", _("18 or over, yes or no")
    STATE = "state", _("Cancelled or not")
    DATA_USE = "data_use", _("Agreement: use of the answers")
    PHOTOS = "photos", _("Agreement: photos and film")
    LISTED = "participant_list", _("Agreement: list of participants")
    LATER = "later_events", _("Agreement: news of later events")
    FOLLOWS = "follows", _("Languages to follow the sessions in")
    NEEDS = "needs", _("Access needs")
    FOOD = "food", pgettext_lazy("column", "Food")
    GENDER = "gender", _("Gender")
    AGE = "age", _("Age")
    GROUPS = "groups", _("Groups")
    NUMBER = "number", _("Number of the row")
    IGNORED = "ignored", _("Leave out")


# Written only by officers who may see such answers; for others these columns are left out.
SENSITIVE = {Asked.FOLLOWS, Asked.NEEDS, Asked.FOOD, Asked.GENDER, Asked.AGE, Asked.GROUPS}
NAMES = {Asked.NAME, Asked.NAME_KM, Asked.NAME_LATIN, Asked.FAMILY, Asked.GIVEN}
# Of which a second column says the same once more, or names another day or need.
SEVERAL = {*NAMES, Asked.PHONE, Asked.EMAIL, Asked.TELEGRAM, Asked.DAYS, Asked.NEEDS, Asked.FOOD, Asked.GROUPS}
SEVERAL |= {Asked.GIVEN_ON, Asked.NUMBER, Asked.IGNORED, Asked.POSITION}
