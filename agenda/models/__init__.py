"""What happens when, where and with whom."""

from agenda.models.materials import Material
from agenda.models.photographs import Photograph
from agenda.models.reading import RememberedReading
from agenda.models.recordings import Recording
from agenda.models.shift import Shift
from agenda.models.tables import Appearance, Day, Room, Session, Speaker, Track, new_session_id
from agenda.models.version import ProgrammeVersion

__all__ = [
    "Appearance",
    "Day",
    "Material",
    "Photograph",
    "ProgrammeVersion",
    "Recording",
    "RememberedReading",
    "Room",
    "Session",
    "Shift",
    "Speaker",
    "Track",
    "new_session_id",
]
