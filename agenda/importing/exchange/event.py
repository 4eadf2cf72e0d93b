"""A session as a file of any program names it, and what is proposed of it."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.translation import gettext as _

from agenda.choices import Interpretation, Kind, Role, SessionState, SpokenLanguage
from agenda.hours import NIGHT_ENDS, is_possible
from agenda.importing.exchange import texts
from agenda.importing.exchange.edited import KINDS, LANGUAGES, MOST, OFFERED, STATES
from agenda.importing.recognising.joining import JOINING, without_joining
from agenda.importing.recognising.kinds import kind_of
from agenda.importing.recognising.names import role_before, take_to_be_confirmed
from agenda.importing.recognising.people import Known
from agenda.importing.recognising.proposal import Proposed
from conference import words
from conference.language.translated import NO_TEXT, Text

HALL = ZoneInfo(settings.TIME_ZONE)
LONGEST_LINK = 200
LONGEST_NAME = 300
# What a session is called that is nothing else.
_PLAIN_TYPES = {"talk", "lecture", "presentation", "session", "contribution", "meeting", "event", "other", "default"}
_CANCELLED = {"cancelled", "canceled", "withdrawn", "rejected"}
_WAITING = "to be confirmed"
_TENTATIVE = {"tentative", _WAITING, "pending", "draft", "submitted"}
_SETTLED = {"", "confirmed", "accepted", "active", "published", "scheduled", "public"}


@dataclass(frozen=True)
class Named:
    """A person or group, with the role in which the file names them."""

    name: str
    role: str = ""
    is_to_be_confirmed: bool = False
    is_list: bool = False  # a cell that may name several, as people write them


@dataclass(frozen=True)
class Event:
    row: int
    title: Text
    date: datetime.date  # the day of the conference: a night belongs to the day before it
    starts_at: datetime.time | None = None
    ends_at: datetime.time | None = None
    guid: str = ""
    label: Text = NO_TEXT
    description: Text = NO_TEXT
    kind: str = ""  # in the words of the file, as all that follows
    state: str = ""
    room: Text = NO_TEXT
    track: Text = NO_TEXT
    languages: str = ""
    interpretation: str = ""
    open_call: bool = False
    people: tuple[Named, ...] = ()
    links: tuple[tuple[str, str], ...] = ()  # (what it is called, address)
    left: tuple[str, ...] = ()  # words of fields that have no place here
    children: tuple["Event", ...] = ()
    doubt: str = ""


@dataclass(frozen=True)
class Unread:
    """What the file names and what cannot be taken, with the reason in words."""

    row: int
    text: str
    reason: str


def day_of(begins: datetime.datetime, ends: datetime.datetime) -> datetime.date:
    """Of two moments in the time of the hall."""
    in_the_night = begins.time() < NIGHT_ENDS and ends.time() <= NIGHT_ENDS and ends - begins < datetime.timedelta(1)
    return begins.date() - datetime.timedelta(days=in_the_night)


def why_not(begins: datetime.datetime, ends: datetime.datetime) -> str:
    """Why a session cannot have these times; empty where it can."""
    if ends <= begins or ends - begins >= datetime.timedelta(days=1) or not is_possible(begins.time(), ends.time()):
        said = {"begins": f"{begins:%Y-%m-%d %H:%M}", "ends": f"{ends:%Y-%m-%d %H:%M}"}
        return _("No session of a day lasts from %(begins)s to %(ends)s.") % said
    return ""


def links_of(pairs: Iterable[tuple[object, object]]) -> tuple[list[tuple[str, str]], list[str]]:
    """(the links that the site can keep, those that it cannot)."""
    kept: dict[str, str] = {}
    left = []
    for title, address in pairs:
        url = texts.line("" if address is None else address)
        if re.match(r"https?://[^\s<>\"]+$", url) and len(url) <= LONGEST_LINK:
            kept.setdefault(url, texts.line(texts.plain(title))[:200])
        elif url:
            left.append(url)
    return [(title, url) for url, title in kept.items()], left


def joined(*parts: object) -> str:
    """Abstract and description, each once."""
    found: list[str] = []
    for part in parts:
        text = texts.plain(part)
        if text and text not in found:
            found.append(text)
    return "\n\n".join(found)


def proposed(event: Event, known: Known) -> tuple[Proposed, list[str]]:
    """(the session, words of the event that went nowhere)."""
    left = list(event.left)
    spoken, no_language = texts.codes_in(_bare_codes(event.languages), texts.in_each_language(LANGUAGES))
    offered, no_offer = texts.codes_in(event.interpretation, texts.in_each_language(OFFERED))
    left += filter(None, [no_language, no_offer])
    kind, not_known = _kind(event)
    state = event.state.casefold().strip()
    left += filter(None, [not_known, event.state if state not in _CANCELLED | _TENTATIVE | _SETTLED else ""])
    people = []
    for named in event.people:
        role = named.role or Role.SPEAKER
        found = known.people(named.name, role) if named.is_list else [known.person(named.name, role)]
        for person in found:
            waiting = person.is_to_be_confirmed or named.is_to_be_confirmed
            people.append(replace(person, name=person.name[:LONGEST_NAME], is_to_be_confirmed=waiting))
    description, joining = _without_joining(event.description)
    left += joining + [url for _title, url in event.links if JOINING.search(url)]
    children = []
    for child in event.children:
        below, more = proposed(child, known)
        children.append(below)
        left += more
    title, state = _without_state(event.title, state)
    doubt = event.doubt
    too_long = [text for text in (title.en, title.km) if len(text) > MOST["title"]]
    too_long += [name for name in (str(event.room), str(event.track)) if len(name) > MOST["room"]]
    if too_long:
        doubt = _("This is too long to be taken: “%(text)s”") % {"text": f"{too_long[0][:60]}…"}
        left += too_long
    one = Proposed(
        row=event.row,
        date=event.date,
        kind=kind,
        title=Text(title.en[: MOST["title"]], title.km[: MOST["title"]]),
        label=Text(event.label.en[: MOST["label"]], event.label.km[: MOST["label"]]),
        description=description,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        is_to_be_confirmed=state in _TENTATIVE,
        is_cancelled=state in _CANCELLED,
        open_call=event.open_call,
        people=tuple(person for person in people if person.name),
        room=str(event.room)[: MOST["room"]],
        track=str(event.track)[: MOST["track"]],
        uuid=event.guid,
        languages=tuple(code for code in SpokenLanguage.values if code in spoken),
        interpretation=tuple(code for code in Interpretation.values if code in offered),
        links=tuple(link for link in event.links if not JOINING.search(link[1])),
        children=tuple(children),
        doubt=doubt,
    )
    return one, left


def with_people_said(event: Event) -> Event:
    """A calendar has no field for who appears: its text says so in a line, "Speaker: Anna Sample"."""
    if event.people:
        return event
    people: list[Named] = []
    kept = {}
    for language in ("en", "km"):
        lines = getattr(event.description, language).split("\n")
        said = {line: role for line in lines if (role := role_before(line)) and len(role[1]) <= LONGEST_NAME}
        people += [Named(names, role, is_list=True) for role, names in said.values() if names.strip()]
        kept[language] = re.sub(r"\n{3,}", "\n\n", "\n".join(line for line in lines if line not in said)).strip()
    return replace(event, people=tuple(people), description=Text(**kept)) if people else event


def _without_joining(text: Text) -> tuple[Text, list[str]]:
    """A calendar has the link into the meeting, and its password, in the description."""
    (english, left), (khmer, more) = without_joining(text.en), without_joining(text.km)
    return Text(english, khmer), left + more


def _without_state(title: Text, state: str) -> tuple[Text, str]:
    """This site and others write behind a title that it is to be confirmed, or cancelled."""
    known, found = texts.in_each_language(STATES), {}
    for language in ("en", "km"):
        text, waiting = take_to_be_confirmed(getattr(title, language))
        state = _WAITING if waiting and state not in _CANCELLED else state
        match = re.search(r"\s*[\[(]([^()\[\]]+)[\])]$", text)
        if match and texts.one_of(match[1], known) == SessionState.CANCELLED:
            text, state = text[: match.start()], SessionState.CANCELLED.value
        found[language] = text
    bare = Text(**found)
    return (bare, state) if bare else (title, state)


def _bare_codes(languages: str) -> str:
    """ "en-US" is English, "kh" is how some write Khmer."""
    return re.sub(r"\bkh\b", "km", re.sub(r"\b(en|km)[-_][A-Za-z]{2}\b", r"\1", languages), flags=re.IGNORECASE)


def _kind(event: Event) -> tuple[Kind, str]:
    """(the kind, the word of the file where it is none that the site knows)."""
    known = texts.one_of(event.kind, texts.in_each_language(KINDS))
    if known:
        return Kind(known), ""
    by_word = kind_of("", event.kind) if event.kind else Kind.PRESENTATION
    if by_word != Kind.PRESENTATION:
        return by_word, ""
    by_title = kind_of(event.label.en or event.label.km, event.title.en or event.title.km)
    return by_title, "" if event.kind.casefold() in _PLAIN_TYPES else event.kind


def at_home(moment: datetime.datetime) -> datetime.datetime:
    """In the time of the hall; a moment without a zone is in it."""
    return moment.astimezone(HALL).replace(tzinfo=None) if moment.tzinfo else moment


def elsewhere(zone: str) -> str:
    """What is said on top of a file whose times are those of another zone."""
    if not zone or zone == settings.TIME_ZONE:
        return ""
    said = _("The times of this file are those of %(zone)s. Here they are in the time of Phnom Penh.")
    return said % {"zone": shortened(zone)}


def shortened(text: str) -> str:
    text = texts.line(text)
    return text if len(text) <= 80 else f"{text[:79]}…"


def left_in_words(left: Iterable[str]) -> str:
    """Empty where nothing was left out."""
    said = words.comma().join(f"“{shortened(one)}”" for one in left if one.strip())
    return _("Left out: %(words)s") % {"words": said} if said else ""
