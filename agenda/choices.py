"""The agenda's fixed words. Imports nothing of this project."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

RESERVED_IDS = ("changes", "mine", "now")  # pages of the agenda have these addresses


class Kind(TextChoices):
    REGISTRATION = "registration", _("Registration")
    CEREMONY = "ceremony", _("Ceremony")
    REMARK = "remark", _("Remark")
    KEYNOTE = "keynote", _("Keynote speech")
    PRESENTATION = "presentation", _("Presentation")
    PANEL = "panel", _("Panel discussion")
    DISCUSSION = "discussion", _("Group discussion")
    QA = "qa", _("Q&A")
    BREAKOUT = "breakout", _("Breakout room")
    THEME = "theme", _("Theme")
    TOPIC = "topic", _("Topic")
    HACKATHON = "hackathon", _("Hackathon")
    AWARD = "award", _("Award")
    RECAP = "recap", _("Recap")
    CLOSING = "closing", _("Closing")
    MEAL = "meal", _("Meal")
    BREAK = "break", _("Break")
    NETWORKING = "networking", _("Networking")
    OTHER = "other", _("Other")


# Rows about which the agenda itself says everything: a coffee break needs no page of its own.
PLAIN_KINDS = {Kind.REGISTRATION, Kind.QA, Kind.TOPIC, Kind.MEAL, Kind.BREAK, Kind.NETWORKING}

# How much a row of the agenda weighs on the page: a pause is a thin band, a minor row a line, in a joint row everybody
# takes part. All other kinds are talks.
PAUSES = {Kind.MEAL, Kind.BREAK}
MINOR_KINDS = {Kind.REGISTRATION, Kind.CEREMONY, Kind.REMARK, Kind.KEYNOTE, Kind.RECAP, Kind.CLOSING, Kind.NETWORKING}
JOINT_KINDS = {Kind.PANEL, Kind.DISCUSSION, Kind.BREAKOUT, Kind.THEME, Kind.HACKATHON, Kind.AWARD}


class PartOfDay(TextChoices):
    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")
    EVENING = "evening", _("Evening")


class SessionState(TextChoices):
    DRAFT = "draft", _("draft")
    TO_BE_CONFIRMED = "to_be_confirmed", _("to be confirmed")
    CONFIRMED = "confirmed", _("confirmed")
    CANCELLED = "cancelled", _("cancelled")


class Role(TextChoices):
    SPEAKER = "speaker", _("Speaker")
    PANELIST = "panelist", _("Panelist")
    FACILITATOR = "facilitator", _("Facilitator")
    MODERATOR = "moderator", _("Moderator")
    ORGANISER = "organiser", _("Organiser")
    MENTOR = "mentor", _("Mentor")
    JUDGE = "judge", _("Judge")
    INTERPRETER = "interpreter", _("Interpreter")


# Those who hold the session, and do not only help in it: they are printed without their role before the name.
HOSTING_ROLES = {Role.SPEAKER, Role.ORGANISER}


class AppearanceState(TextChoices):
    TO_BE_CONFIRMED = "to_be_confirmed", _("to be confirmed")
    CONFIRMED = "confirmed", _("confirmed")
    DECLINED = "declined", _("declined")


class ConfirmedHow(TextChoices):
    TELEPHONE = "telephone", _("by telephone")
    EMAIL = "email", _("by e-mail")
    TELEGRAM = "telegram", _("by Telegram")
    IN_PERSON = "in_person", _("in person")
    LETTER = "letter", _("by letter")


class SpokenLanguage(TextChoices):
    KHMER = "km", _("Khmer")
    ENGLISH = "en", _("English")


class Interpretation(TextChoices):
    KHMER_ENGLISH = "khmer_english", _("Khmer–English interpretation")
    SIGN_LANGUAGE = "sign_language", _("Cambodian Sign Language")
    CAPTIONS = "captions", _("captions")


class Licence(TextChoices):
    """What readers may do with slides, papers and data. "" where it is not said."""

    CC0 = "cc0-1.0", "CC0"
    CC_BY = "cc-by-4.0", "CC BY 4.0"
    CC_BY_SA = "cc-by-sa-4.0", "CC BY-SA 4.0"
    CC_BY_NC = "cc-by-nc-4.0", "CC BY-NC 4.0"
    RESERVED = "reserved", _("all rights reserved")


LICENCE_TEXTS: dict[str, str] = {
    Licence.CC0: "https://creativecommons.org/publicdomain/zero/1.0/",
    Licence.CC_BY: "https://creativecommons.org/licenses/by/4.0/",
    Licence.CC_BY_SA: "https://creativecommons.org/licenses/by-sa/4.0/",
    Licence.CC_BY_NC: "https://creativecommons.org/licenses/by-nc/4.0/",
}
