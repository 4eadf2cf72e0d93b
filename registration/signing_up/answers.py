"""What a sign-up takes and gives: the answers of one participant, and what the participant is told."""

from dataclasses import dataclass, field
from datetime import date
from typing import NotRequired, TypedDict

from agenda.models import Day
from registration.choices import Agreement, Subject
from registration.models.codes import spoken
from registration.models.extra import Extra
from registration.places.seats import Choice


class Person(TypedDict):
    """Columns of Registration: who the participant is, how to reach them, how they take part."""

    name_km: str
    name_latin: str
    phone: str
    phone_owner: NotRequired[str]
    telegram: str
    email: str
    organisation: str
    sector: str
    part: str
    province: str
    hackathon: NotRequired[str]
    badge_role: NotRequired[str]
    remark: NotRequired[str]


class Inclusion(TypedDict, total=False):
    """Columns of InclusionAnswers. They are sensitive."""

    languages: list[str]
    other_language: str
    access_needs: list[str]
    access_note: str
    assistant_name: str
    food: list[str]
    food_note: str
    gender: str
    gender_words: str
    age_band: str
    groups: list[str]
    groups_words: str
    extra: Extra | None


class Travel(TypedDict, total=False):
    """Columns of TravelRequest."""

    nights: list[str]  # ISO dates of the evenings
    mode: str
    sharing: str
    share_with: str
    step_free_room: bool
    name_on_id: str
    emergency_name: str
    emergency_phone: str


@dataclass(frozen=True)
class Answers:
    """What a form for one participant was answered, cleaned."""

    person: Person
    days: list[Day]
    consents: dict[Subject, Agreement]
    inclusion: Inclusion = field(default_factory=Inclusion)
    travel: Travel | None = None  # None: the participant does not ask for it
    breakouts: list[Choice] = field(default_factory=list)  # at most one of each breakout
    extra: Extra = field(default_factory=dict)  # to the questions of our own; the sensitive ones are in `inclusion`
    # Empty: here, by the wording of now. Else the day on which they agreed elsewhere.
    agreed_elsewhere_on: date | None = None
    # Of a helper's form: what tells, as a contact does, that it is the same person when it is sent again.
    ties: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class SignedUp:
    """What a sign-up is answered. It is no row and cannot be saved, for a visitor must not learn who stands here.

    A participant who stood here already is told what a newcomer would be told: `code` is then one more number of
    theirs, and `status` is not where their registration stands.
    """

    pk: int  # of the registration: the new one, or the one that stood here already
    edition_pk: int
    code: str
    status: str
    days: list[Day]
    has_email: bool
    link_version: int
    second: int | None  # the key of the second number, where the participant stood here already: no more was kept
    is_same_form: bool = field(default=False, compare=False)  # sent before: what it says now is not kept

    @property
    def repeats(self) -> bool:
        return self.second is not None

    @property
    def spoken_code(self) -> str:
        return spoken(self.code)
