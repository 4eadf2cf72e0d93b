"""The fixed answers to our questions, and the fixed words of the staff. A leaf: imports nothing of ours.

Provinces carry their code in the gazetteer of the Ministry of Interior, which is also ISO 3166-2:KH without the
leading zero. Their Khmer names are in the Khmer catalogue, as the gazetteer writes them.
"""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(TextChoices):
    RECEIVED = "received", _("received")
    CONFIRMED = "confirmed", _("confirmed")
    WAITING = "waiting", _("waiting list")
    OFFERED = "offered", _("place offered")
    DECLINED = "declined", _("declined")
    CANCELLED = "cancelled", _("cancelled")


# Who takes up a place: it is not given to another person meanwhile.
HOLDING_A_PLACE = {Status.CONFIRMED, Status.OFFERED}
# Who does not come, and keeps no seat in a breakout.
GIVEN_UP = {Status.DECLINED, Status.CANCELLED}


class Phase(TextChoices):
    """Where an edition stands, for visitors and staff (places.phases)."""

    PREPARED = "prepared", _("being prepared")
    OPEN = "open", _("open for sign-up")
    FULL = "full", _("open, with a waiting list")
    CLOSED = "closed", _("sign-up is closed")
    RUNNING = "running", _("under way")
    OVER = "over", pgettext_lazy("of a conference", "over")


class QuestionKind(TextChoices):
    """How a question of an edition's own is answered (models.extra)."""

    TEXT = "text", _("short text")
    CHOICE = "choice", _("one choice")
    TICKS = "ticks", _("several ticks")


class FormPage(IntegerChoices):
    """The pages of the form for signing up."""

    YOU = 1, _("You")
    TAKING_PART = 2, _("Taking part")
    NEEDS = 3, _("Needs and agreement")


class Previewed(TextChoices):
    """As what staff look at the pages of an edition beforehand. The values stand in addresses."""

    BEFORE = "before", _("before sign-up opens")
    OPEN = "open", _("while sign-up is open")


class Vacancy(TextChoices):
    """How full the conference, a day or a breakout is, as the public may know it."""

    FREE = "free", _("places are free")
    FEW = "few", _("few places are left")
    FULL = "full", _("all places are taken")


class MessageKind(TextChoices):
    """What a message tells; messages.emails has a text for each."""

    RECEIVED = "received", _("registration received")
    CONFIRMED = "confirmed", _("place confirmed")
    WAITING = "waiting", _("on the waiting list")
    INVITED = "invited", _("invitation, with a place kept")
    OFFERED = "offered", _("place offered")
    LAPSED = "lapsed", _("offer has run out")
    DECLINED = "declined", _("declined, with the reason")
    CANCELLED = "cancelled", _("cancelled")
    LINK = "link", _("own link")
    REMINDER = "reminder", _("reminder")
    THANKS = "thanks", _("thank-you")
    CERTIFICATE = "certificate", _("certificate of attendance")
    PROGRAMME = "programme", _("the programme has changed")
    LETTER = "letter", _("letter of your own")
    LATER_EVENT = "later_event", _("news of a later event")
    # Whatever is new there: something arranged, decided, merged or done. The desk reads this list, and must not learn
    # from it who asked for what.
    OWN_NEWS = "own_news", _("news on their own page")
    CONTACT = "contact", _("how we reach them was changed")
    DAYS = "days", _("other days")


# What tells where a person stands: of these only the newest is still true.
OF_STANDING = {
    MessageKind.RECEIVED,
    MessageKind.CONFIRMED,
    MessageKind.WAITING,
    MessageKind.INVITED,
    MessageKind.OFFERED,
    MessageKind.LAPSED,
    MessageKind.DECLINED,
    MessageKind.CANCELLED,
}
# What is worth nothing after the last day of the conference.
ABOUT_COMING = OF_STANDING | {MessageKind.REMINDER, MessageKind.PROGRAMME}
# What need not be told twice: the newer one says it all.
SAID_ONCE = {MessageKind.LINK, MessageKind.OWN_NEWS}


class MessageState(TextChoices):
    QUEUED = "queued", _("to be sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("could not be sent")
    TO_CALL = "to_call", _("to be told by telephone")
    CALLED = "called", _("told by telephone")
    REPLACED = "replaced", _("replaced by newer news")


class CallResult(TextChoices):
    TOLD = "told", _("told")
    NO_ANSWER = "no_answer", _("no answer")
    LATER = "later", _("call again later")


class Readers(TextChoices):
    """To whom a letter by date goes."""

    PLACE = "place", _("all who have a confirmed place at that moment")
    COMING = "coming", _("all who come or may still come at that moment")
    THERE = "there", _("all who were there; where no attendance was noted, all who had a place")
    CHOSEN = "chosen", _("the people who were chosen in the list")


class Occasion(TextChoices):
    """A reminder that the site makes ready by itself."""

    WEEK = "week", _("a week before")
    EVENING = "evening", _("the evening before")
    AFTERWARDS = "afterwards", _("thank you, the day after")


class LetterState(TextChoices):
    """How it is with a letter by date."""

    OFF = "off", _("not switched on")
    ON = "on", _("goes by itself")
    HELD = "held", _("held back")
    SENT = "sent", _("sent")


class HeldBack(TextChoices):
    """Why a letter by date did not go, before a person has looked at it."""

    LATE = "late", _("its time was over long before the site could send it")
    CLOCK = "clock", _("today is more than seven days after everything that is stored: the clock may be wrong")
    NO_INTAKE = "no_intake", _("the edition has no intake")
    BROKEN = "broken", _("something went wrong: tell the person who runs the site")


class Province(TextChoices):
    PHNOM_PENH = "12", _("Phnom Penh")
    BANTEAY_MEANCHEY = "01", _("Banteay Meanchey")
    BATTAMBANG = "02", _("Battambang")
    KAMPONG_CHAM = "03", _("Kampong Cham")
    KAMPONG_CHHNANG = "04", _("Kampong Chhnang")
    KAMPONG_SPEU = "05", _("Kampong Speu")
    KAMPONG_THOM = "06", _("Kampong Thom")
    KAMPOT = "07", _("Kampot")
    KANDAL = "08", _("Kandal")
    KOH_KONG = "09", _("Koh Kong")
    KRATIE = "10", _("Kratie")
    MONDULKIRI = "11", _("Mondulkiri")
    PREAH_VIHEAR = "13", _("Preah Vihear")
    PREY_VENG = "14", _("Prey Veng")
    PURSAT = "15", _("Pursat")
    RATANAKIRI = "16", _("Ratanakiri")
    SIEM_REAP = "17", _("Siem Reap")
    PREAH_SIHANOUK = "18", _("Preah Sihanouk")
    STUNG_TRENG = "19", _("Stung Treng")
    SVAY_RIENG = "20", _("Svay Rieng")
    TAKEO = "21", _("Takeo")
    ODDAR_MEANCHEY = "22", _("Oddar Meanchey")
    KEP = "23", _("Kep")
    PAILIN = "24", _("Pailin")
    TBOUNG_KHMUM = "25", _("Tboung Khmum")
    ABROAD = "abroad", _("Outside Cambodia")


# Stands for every province but Phnom Penh where places are reserved.
ELSEWHERE = "elsewhere"


class Sector(TextChoices):
    GOVERNMENT = "government", _("Government")
    LOCAL_NGO = "local_ngo", _("Local NGO")
    INTERNATIONAL_NGO = "international_ngo", _("International NGO or development partner")
    PRIVATE = "private", _("Private sector")
    ACADEMIA = "academia", _("University or research")
    MEDIA = "media", _("Media")
    COMMUNITY = "community", _("Community or youth group")
    STUDENT = "student", _("Student")
    ANOTHER = "another", _("Another sector")


class Part(TextChoices):
    PARTICIPANT = "participant", _("Participant")
    SPEAKER = "speaker", _("Speaker or panelist")
    HACKATHON = "hackathon", _("Hackathon team member")
    MEDIA = "media", _("Media reporter")


class BadgeRole(TextChoices):
    """What a badge calls a person."""

    PARTICIPANT = "participant", _("Participant")
    SPEAKER = "speaker", _("Speaker")
    PANELIST = "panelist", _("Panelist")
    MODERATOR = "moderator", _("Moderator")
    ORGANISER = "organiser", _("Organiser")
    PRESS = "press", _("Press")
    INTERPRETER = "interpreter", _("Interpreter")
    MENTOR = "mentor", _("Mentor")
    JUDGE = "judge", _("Judge")
    VOLUNTEER = "volunteer", _("Volunteer")


class YesNo(TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No")


class PhoneOwner(TextChoices):
    OWN = "own", _("Mine")
    FAMILY = "family", _("Shared in my family")
    ORGANISATION = "organisation", _("My organisation’s")


class FollowedLanguage(TextChoices):
    KHMER = "km", _("Khmer")
    ENGLISH = "en", _("English")
    SIGN_LANGUAGE = "csl", _("Cambodian Sign Language")
    TAMPUAN = "tampuan", _("Tampuan")
    JARAI = "jarai", _("Jarai")
    KREUNG = "kreung", _("Kreung")
    BUNONG = "bunong", _("Bunong")
    KUY = "kuy", _("Kuy")
    CHAM = "cham", _("Cham")
    VIETNAMESE = "vietnamese", _("Vietnamese")
    ANOTHER = "another", _("Another language")


class AccessNeed(TextChoices):
    SIGN_LANGUAGE = "sign_language", _("Cambodian Sign Language interpretation")
    CAPTIONS = "captions", _("Captions on a screen")
    STEP_FREE = "step_free", _("A route without steps, and space for a wheelchair")
    SEAT_FRONT = "seat_front", _("A seat near the front")
    SEAT_EXIT = "seat_exit", _("A seat near the exit")
    LARGE_PRINT = "large_print", _("Large print")
    SCREEN_READER = "screen_reader", _("Files for a screen reader, sent beforehand")
    GUIDE = "guide", _("Someone to meet me and show me the way")
    ASSISTANT = "assistant", _("My assistant comes with me")
    QUIET_ROOM = "quiet_room", _("A quiet room")
    CHILD = "child", _("A place to feed or care for a baby, or a child comes with me")
    PRAYER = "prayer", _("A place to pray")
    CALL_ME = "call_me", _("I would rather talk about it: call me")


class Food(TextChoices):
    VEGETARIAN = "vegetarian", _("Vegetarian")
    VEGAN = "vegan", _("Vegan")
    HALAL = "halal", _("Halal")
    NO_PORK = "no_pork", _("No pork")
    NO_BEEF = "no_beef", _("No beef")
    ALLERGY = "allergy", _("An allergy")


class TravelMode(TextChoices):
    BUS = "bus", _("Bus")
    SHARED_TAXI = "shared_taxi", _("Shared taxi")
    OWN_MOTORBIKE = "own_motorbike", _("Own motorbike")
    OWN_CAR = "own_car", _("Own car")
    BOAT = "boat", _("Boat")
    PLANE = "plane", _("Plane")
    OTHER = "other", _("Other means")


class Sharing(TextChoices):
    ALONE = "alone", _("A room alone")
    SHARED = "shared", _("A room with another person")


class PhotoAnswer(TextChoices):
    YES = "yes", _("Yes")
    NO = "no", _("No: give me a coloured lanyard")
    DECIDE_THERE = "decide_there", _("I will decide there")


class Agreement(TextChoices):
    """How a question of agreement was answered. Silence is no agreement."""

    YES = "yes", _("yes")
    NO = "no", _("no")
    DECIDE_THERE = "decide_there", _("decides there")
    NOT_SAID = "not_said", _("no answer: no")


class Lanyard(TextChoices):
    """What a participant wears for the photographer to see: a colour, and on the badge a shape and a word too."""

    YES = "yes", _("white lanyard: photos are fine")
    ASK = "ask", _("yellow lanyard: ask before a photo")
    NO = "no", _("red lanyard: no photos")


LANYARD_OF = {
    Agreement.YES: Lanyard.YES,
    Agreement.DECIDE_THERE: Lanyard.ASK,
    Agreement.NO: Lanyard.NO,
    Agreement.NOT_SAID: Lanyard.NO,
}
LANYARD_SHAPES = {Lanyard.YES: "●", Lanyard.ASK: "▲", Lanyard.NO: "■"}


class Gender(TextChoices):
    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    ANOTHER = "another", _("Non-binary or another gender")
    OWN_WORDS = "own_words", _("I describe myself in my own words")
    NOT_SAID = "not_said", _("Prefer not to say")


class AgeBand(TextChoices):
    UNDER_31 = "18-30", pgettext_lazy("age", "18 to 30")
    UNDER_60 = "31-59", pgettext_lazy("age", "31 to 59")
    FROM_60 = "60+", pgettext_lazy("age", "60 or over")
    NOT_SAID = "not_said", _("Prefer not to say")


class Group(TextChoices):
    INDIGENOUS = "indigenous", _("Indigenous people")
    DISABILITY = "disability", _("Person with a disability")
    LGBTQI = "lgbtqi", _("LGBTQI+")
    SHETHINKS = "shethinks", _("SheThinks Network member")
    ANOTHER = "another", _("Another group that I want you to know about")
    NONE = "none", _("None of these")
    NOT_SAID = "not_said", _("Prefer not to say")


class Subject(TextChoices):
    """What a person agrees to, each apart."""

    DATA_USE = "data_use", _("use of the answers for the conference")
    PHOTOS = "photos", _("photos and film")
    PARTICIPANT_LIST = "participant_list", _("name in the list of participants")
    LATER_EVENTS = "later_events", _("news of later events")


class Channel(TextChoices):
    WEB = "web", _("web form")
    DESK = "desk", _("registration desk")
    TELEPHONE = "telephone", _("telephone call")
    PAPER = "paper", _("paper form")
    VILLAGE = "village", _("village visit")
    LIST = "list", _("list from elsewhere")
    INVITATION = "invitation", _("invitation")


class InvitationAnswer(TextChoices):
    YES = "yes", _("comes")
    NO = "no", _("cannot come")


class InvitationState(TextChoices):
    """How it is with an invitation, as staff read it."""

    WAITING = "waiting", _("no answer yet")
    YES = "yes", _("comes")
    NO = "no", _("cannot come")
    OVER = "over", _("has not said yes, and the place is free again")
    ELSEWHERE = "elsewhere", _("neither: see the registration")


class Look(TextChoices):
    VIEW = "view", _("looked at")
    EXPORT = "export", _("exported")
    LINK = "link", _("made a new link")
    OPEN = "open", _("opened the private answers on the own page")


class Change(TextChoices):
    """What happened to a registration after it was made. The steps of its standing are named as their messages are."""

    ANSWERS = "answers", _("answers changed")
    NEEDS = "needs", _("languages, access or food changed")
    TRAVEL = "travel", _("journey and room changed")
    AGREEMENTS = "agreements", _("agreements changed")
    LINK = "link", _("a new link; the old one no longer opens")
    OPENED = "opened", _("private answers opened on the own page")
    MERGED = "merged", _("two registrations became one")
    CONFIRMED = "confirmed", _("place confirmed")
    WAITING = "waiting", _("on the waiting list")
    OFFERED = "offered", _("place offered")
    LAPSED = "lapsed", _("offer has run out")
    DECLINED = "declined", _("declined")
    CANCELLED = "cancelled", _("cancelled")


class ErasingWaits(TextChoices):
    """Why personal data that is past its date is not erased before a person says yes."""

    CLOCK = "clock", _("today is more than seven days after everything that is stored")
    WHOLE = "whole", _("everything of this edition would go at once, and nothing of it was erased by date before")


class ArrangementState(TextChoices):
    """How far it is with what a person needs."""

    REQUESTED = "requested", _("requested")
    BOOKED = "booked", _("booked")
    CONFIRMED = "confirmed", _("confirmed")
    TOLD = "told", _("told to the person")
    NOT_POSSIBLE = "not_possible", _("not possible")


class ToldHow(TextChoices):
    TELEPHONE = "telephone", _("by telephone")
    EMAIL = "email", _("by e-mail")
    TELEGRAM = "telegram", _("by Telegram")
    IN_PERSON = "in_person", _("in person")
    BY_OTHERS = "by_others", _("through a person they trust")


class Currency(TextChoices):
    USD = "USD", _("US dollars")
    KHR = "KHR", _("riels")


# What the travel desk decides and writes down.


class Paid(TextChoices):
    """Whether ODC pays for something. Not decided yet is the empty answer."""

    YES = "yes", pgettext_lazy("paid", "Yes")
    PART = "part", pgettext_lazy("paid", "In part")
    NO = "no", pgettext_lazy("paid", "No")


class CostItem(TextChoices):
    """What money goes to. The first three are decided on for each person."""

    ACCOMMODATION = "accommodation", _("Accommodation")
    TRANSPORT = "transport", _("Transport")
    DAILY = "daily", _("Daily expenses")
    OTHER = "other", _("Other expenses")
    ROOMS = "rooms", _("Hotel rooms that we book")


DECIDED_COSTS = [CostItem.ACCOMMODATION, CostItem.TRANSPORT, CostItem.DAILY]


class Expense(TextChoices):
    THERE = "there", _("Journey there")
    BACK = "back", _("Journey back")
    DAILY = "daily", _("Daily expenses")
    ROOM = "room", pgettext_lazy("expense", "Room")
    OTHER = "other", _("Other expenses")


COST_OF = {
    Expense.THERE: CostItem.TRANSPORT,
    Expense.BACK: CostItem.TRANSPORT,
    Expense.DAILY: CostItem.DAILY,
    Expense.ROOM: CostItem.ACCOMMODATION,
    Expense.OTHER: CostItem.OTHER,
}
