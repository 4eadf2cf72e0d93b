"""Programmes of every kind, for hypothesis."""

from datetime import date

from hypothesis import strategies as st

from agenda.choices import AppearanceState, Interpretation, Kind, Role, SessionState, SpokenLanguage
from agenda.programme.materials import Material
from agenda.programme.value import Appearance, Day, Programme, Session
from conference.language.translated import Text

texts = st.builds(Text, en=st.text(max_size=8), km=st.text("កខគ", max_size=3))
PUBLIC_STATES = [SessionState.TO_BE_CONFIRMED.value, SessionState.CONFIRMED.value, SessionState.CANCELLED.value]
appearances = st.builds(
    Appearance,
    role=st.sampled_from(Role.values),
    name=texts,
    organisation=st.sampled_from(["", "odc", "taf"]),
    speaker=st.none() | st.integers(1, 3),
    is_person=st.booleans(),
    state=st.sampled_from([AppearanceState.TO_BE_CONFIRMED.value, AppearanceState.CONFIRMED.value]),
)

materials = st.builds(
    Material,
    title=texts,
    languages=st.sampled_from([(), ("km",), ("km", "en")]),
    file=st.sampled_from(["", "materials/sample.pdf"]),
    licence=st.sampled_from(["", "cc-by-4.0"]),
    url=st.sampled_from(["https://example.org/a", "https://example.org/b"]),
    size=st.integers(0, 9),
)


def _times(session_times):
    return sorted(session_times) if session_times else (None, None)


@st.composite
def sessions(draw, uuid, children):
    starts_at, ends_at = _times(draw(st.none() | st.lists(st.times(), min_size=2, max_size=2)))
    return Session(
        uuid=uuid,
        code=draw(st.sampled_from(["", "new-"])) + uuid,
        kind=draw(st.sampled_from(Kind.values)),
        **{name: draw(texts) for name in ("label", "title", "description", "track", "room")},
        starts_at=starts_at,
        ends_at=ends_at,
        state=draw(st.sampled_from(PUBLIC_STATES)),
        spoken_languages=tuple(draw(st.lists(st.sampled_from(SpokenLanguage.values), unique=True))),
        interpretation=tuple(draw(st.lists(st.sampled_from(Interpretation.values), unique=True))),
        open_call=draw(st.booleans()),
        appearances=tuple(draw(st.lists(appearances, max_size=2))),
        materials=tuple(draw(st.lists(materials, max_size=2))),
        children=children,
    )


@st.composite
def programmes(draw):
    """Out of few uuids, so that two programmes have sessions in common, in other places."""
    uuids = draw(st.permutations("abcdef"))[: draw(st.integers(0, 6))]
    dates = sorted(draw(st.sets(st.dates(date(2030, 3, 1), date(2030, 3, 4)), min_size=1, max_size=3)))
    tops = {one: [] for one in dates}
    for uuid in uuids:
        siblings = tops[draw(st.sampled_from(dates))]
        if siblings and draw(st.booleans()):  # what stood there last stands under this one
            siblings[-1] = draw(sessions(uuid, (siblings[-1],)))
        else:
            siblings.append(draw(sessions(uuid, ())))
    days = [Day(number, one, draw(texts), tuple(tops[one])) for number, one in enumerate(dates, start=1)]
    return Programme(draw(st.integers(2024, 2026)), tuple(days))
