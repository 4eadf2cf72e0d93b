"""Names over the columns of a grid that may be rooms or tracks: "Angkor", "Bayon". Pure."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from agenda.importing.recognising.account import Answers, Choice, Question, short
from agenda.importing.recognising.entries import Entry
from agenda.importing.recognising.layouts import Reading
from agenda.importing.recognising.likely_names import is_topic

ROOMS, TRACKS = "rooms", "tracks"


def settle_names(key: str, reading: Reading, entries: Sequence[Entry], answers: Answers) -> Question | None:
    """They are tracks so far. A word of a topic, such as "Policy", says that they are; else staff are asked."""
    names = {over.track for over in reading.over.values() if over.track} if reading.has_open_names else set()
    found = [entry for entry in entries if entry.track in names]
    if not found or any(map(is_topic, names)):
        return None
    said = answers.get(key, "")
    for entry in found:
        if said == ROOMS:
            entry.room, entry.track = entry.room or entry.track, ""
        elif said != TRACKS:
            doubt = _("It is open whether “%(text)s” is a room or a track.")
            entry.doubts.append(doubt % {"text": short(entry.track)})
    text = _("What do “%(text)s” and the others beside it name?") % {"text": short(min(names))}
    choices = (Choice(ROOMS, _("rooms")), Choice(TRACKS, _("tracks")))
    return Question(key, text, choices, said, said in (ROOMS, TRACKS))
