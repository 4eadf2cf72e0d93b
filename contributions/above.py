"""What this app gives to the pages and rules of the others (conference.rooms_above)."""

from conference.rooms_above import RoomAbove
from contributions.feedback.room import FEEDBACK
from contributions.materials.room import MATERIALS
from contributions.proposals.room import PROPOSALS
from contributions.resources.room import RESOURCES

ROOMS: list[RoomAbove] = [PROPOSALS, MATERIALS, FEEDBACK, RESOURCES]
