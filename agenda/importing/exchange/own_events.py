"""A file of this site for programs, read again: each of its sessions held against the same file as it is made now.

The same reader reads both. What is the same there was not edited; what differs is an edit of that column alone.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import override

from agenda.choices import Role
from agenda.importing.exchange import texts
from agenda.importing.exchange.edited import KINDS, LANGUAGES, OFFERED, STATES, Edited
from agenda.importing.exchange.event import Event, Named
from agenda.importing.exchange.standing import Standing
from agenda.importing.existing import ExistingSession
from agenda.importing.recognising.proposal import Person
from agenda.programme.value import Programme
from conference import words
from conference.language.translated import Text

Made = Callable[[Programme], Iterable[Event]]  # the file of a programme, in the active language, as it is read
_FIELDS = ("title", "date", "kind", "state", "room", "track", "languages", "interpretation", "description", "people")
_HELD = (*_FIELDS, "label", "starts_at", "ends_at", "open_call", "links")


@dataclass(frozen=True)
class Told:
    """The file as it is made now of one programme in one language, by guid."""

    language: str
    events: dict[str, Event]


class OwnFile:
    """`only`: the columns that a file of this kind can tell. `bilingual`: it has each text in both languages."""

    def __init__(
        self,
        events: Iterable[Event],
        standing: Standing,
        make: Made,
        *,
        bilingual: bool = False,
        only: Collection[str] = _HELD,
    ) -> None:
        self.standing, self.bilingual, self.only = standing, bilingual, only
        sent = [one for top in events for one in walk(top)]
        made = []
        for language, _name in settings.LANGUAGES:
            with override(language):
                for programme in standing.programmes:
                    now = {one.guid: one for top in make(programme) for one in walk(top)}
                    made.append(Told(language, now))
        # The language of the file is that in which most of it is as it would be now.
        number = len(standing.programmes)
        by_language = [made[at : at + number] for at in range(0, len(made), number)]
        self.told = max(by_language, key=lambda told: sum(_alike(one, told[0]) for one in sent))

    def edited(self, event: Event, there: ExistingSession) -> Edited:
        edited = Edited(there, event.row)
        told = [one.events[event.guid] for one in self.told if event.guid in one.events]
        if not told:
            edited.told.append(_("This session is a draft: no file tells of it. Change it on its own page."))
            return edited
        sent = {name for name in _HELD if getattr(event, name) != getattr(told[0], name)}
        as_published = {name for name in sent if getattr(event, name) == getattr(told[-1], name)}
        if as_published:
            said = _(
                "The file says what is published, and the draft has changed since. It stays as it is in: %(columns)s."
            )
            edited.told.append(said % {"columns": words.comma().join(sorted(map(self._name, as_published)))})
        for name in sent - as_published - set(self.only):
            edited.not_taken(self._name(name), _("a file of this kind cannot tell it: change it on the page."))
        self._take(edited, event, told[0], (sent - as_published) & set(self.only))
        return edited

    def _take(self, edited: Edited, event: Event, now: Event, sent: set[str]) -> None:
        if self.bilingual:
            for name in {"label", "title", "description"} & sent:
                for language in ("en", "km"):
                    text, told = (getattr(getattr(one, name), language) for one in (event, now))
                    if text != told:
                        edited.text(name, language, text)
        else:
            self._title(edited, event, now, sent)
            self._description(edited, event, now, sent)
        if "date" in sent:
            edited.date(event.date)
        if {"starts_at", "ends_at"} & sent and event.starts_at and event.ends_at:
            edited.times(event.starts_at, event.ends_at)
        elif {"starts_at", "ends_at"} & sent:
            edited.not_taken(_("time"), _("the file has no times there any more."))
        for name in ("room", "track"):
            if name in sent:
                edited.named(name, _changed(getattr(event, name), getattr(now, name)))
        self._words(edited, event, now, sent)
        if "people" in sent:
            old, new = ("\n".join(one.name for one in each.people) for each in (now, event))
            edited.people(tuple(self._person(one, edited.there) for one in event.people), old, new)
        if "links" in sent:
            self._links(edited, event, now)

    def _title(self, edited: Edited, event: Event, now: Event, sent: set[str]) -> None:
        """The file has label, title and state in one line."""
        if "title" not in sent:
            return
        there, language = edited.there, self.told[0].language
        old_state, new_state = f" ({now.state})", f" ({event.state})"
        old = str(now.title).removesuffix(old_state)
        new = str(event.title).removesuffix(new_state).removesuffix(old_state)
        title, in_language = there.title.shown(language)
        if new == old:
            return
        prefix = old.removesuffix(title) if title and old.endswith(title) else ""
        if prefix and new.startswith(prefix):
            new = new.removeprefix(prefix)
        elif prefix and there.label and new.endswith(title):
            edited.text("label", there.label.shown(language)[1], new.removesuffix(title).rstrip(" :៖"))
            return
        elif not title or not old.endswith(title):
            edited.not_taken(_("title"), _("here it is made of what the session stands under. Change it on its page."))
            return
        edited.text("title", texts.language_of(new, in_language) if language == "en" else in_language, new)

    def _description(self, edited: Edited, event: Event, now: Event, sent: set[str]) -> None:
        """Below the description the file has who appears and what is inside: that is written on the page."""
        if "description" not in sent:
            return
        language = self.told[0].language
        described, in_language = edited.there.description.shown(language)
        described = texts.lines(described)
        old, new = str(now.description), str(event.description)
        rest = old.removeprefix(described)
        if old.startswith(described) and new.endswith(rest):
            new = new.removesuffix(rest).strip()
            edited.text("description", texts.language_of(new, in_language) if new else in_language, new)
        else:
            reason = _("below the description stands what the site writes there itself, and it was changed.")
            edited.not_taken(_("description"), reason)

    def _words(self, edited: Edited, event: Event, now: Event, sent: set[str]) -> None:
        if "kind" in sent:
            self._one_of(edited, _("kind"), event.kind, KINDS, edited.kind)
        if "state" in sent:
            word = {"": "confirmed", "tentative": "to be confirmed"}.get(event.state.casefold(), event.state)
            self._one_of(edited, _("state"), word, STATES, edited.state)
        if "languages" in sent:
            codes, rest = texts.codes_in(event.languages, texts.in_each_language(LANGUAGES))
            if rest:
                edited.not_taken(_("spoken languages"), self._no_such(rest))
            else:
                edited.languages(codes)
        if "interpretation" in sent:
            codes, rest = texts.codes_in(event.interpretation, texts.in_each_language(OFFERED))
            if rest:
                edited.not_taken(_("interpretation offered"), self._no_such(rest))
            else:
                edited.interpretation(codes)
        if "open_call" in sent:
            edited.open_call(event.open_call)

    def _one_of(
        self, edited: Edited, name: str, word: str, known: Mapping[str, str | Promise], take: Callable[[str], None]
    ) -> None:
        found = texts.in_each_language(known)
        code = texts.one_of(word, found) or texts.one_of(word.replace(" ", "_"), found)
        if code:
            take(code)
        else:
            edited.not_taken(name, self._no_such(word))

    def _no_such(self, text: str) -> str:
        return _("the site does not know “%(text)s” there.") % {"text": texts.line(text)[:60]}

    def _person(self, one: Named, there: ExistingSession) -> Person:
        """In a file that has no roles they stay as they are."""
        role = one.role if self.bilingual and one.role in Role.values else ""
        person = self.standing.known.person(one.name, role)
        waiting = one.is_to_be_confirmed or person.is_to_be_confirmed
        if not self.bilingual:  # nor does it say who is to be confirmed
            waiting = waiting or any(
                one.name in seen.names and seen.state == "to_be_confirmed" for seen in there.people
            )
        return Person(person.name, person.organisation, role, waiting)

    def _links(self, edited: Edited, event: Event, now: Event) -> None:
        old = {url for _title, url in now.links}
        edited.links((title, url) for title, url in event.links if url not in old)
        if old - {url for _title, url in event.links}:
            reason = _("slides and links are changed on the page of the session.")
            edited.not_taken(_("slides and other materials"), reason)

    def _name(self, field: str) -> str:
        names = {"title": _("title"), "room": _("room"), "track": _("track"), "state": _("state"), "kind": _("kind")}
        names |= {"description": _("description"), "label": _("label"), "people": _("who appears"), "date": _("day")}
        names |= {"starts_at": _("from"), "ends_at": _("to"), "languages": _("spoken languages")}
        return str(names.get(field, field))


def walk(event: Event) -> Iterable[Event]:
    yield event
    for child in event.children:
        yield from walk(child)


def is_own(events: Iterable[Event], standing: Standing) -> bool:
    return any(one.guid in standing.sessions for top in events for one in walk(top) if one.guid)


def _alike(event: Event, told: Told) -> int:
    now = told.events.get(event.guid)
    return sum(getattr(event, name) == getattr(now, name) for name in _FIELDS) if now else 0


def _changed(new: Text, old: Text) -> str:
    """Of a name in two languages, the one that is another now."""
    if new.en != old.en and new.en:
        return new.en
    return new.km if new.km != old.km and new.km else str(new)
