"""What this app gives to the pages and rules of the others (conference.rooms_above)."""

from conference.rooms_above import RoomAbove
from contributions.feedback.room import FEEDBACK
from contributions.floor.given import FLOORS
from contributions.materials.room import MATERIALS
from contributions.outcomes.given import OUTCOMES
from contributions.proposals.room import PROPOSALS
from contributions.resources.room import RESOURCES

ROOMS: list[RoomAbove] = [PROPOSALS, FLOORS, OUTCOMES, MATERIALS, FEEDBACK, RESOURCES]
