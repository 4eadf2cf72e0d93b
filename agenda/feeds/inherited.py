"""What a session has from those it stands under: its hours, its room, and whether it is held at all."""


def line_of(programme, place):
    """The session, then what it stands under, up to the row of the day."""
    while place:
        yield place.session
        place = programme.places[place.parent.code] if place.parent else None


def hours(programme, place):
    """The database wants times of every session that stands under none."""
    timed = next(session for session in line_of(programme, place) if session.starts_at)
    return timed.starts_at, timed.ends_at


def room(programme, place):
    return next((session.room for session in line_of(programme, place) if session.room), place.session.room)


def is_cancelled(programme, place):
    return any(session.is_cancelled for session in line_of(programme, place))


def with_times(programme):
    return [place for place in programme.places.values() if place.session.starts_at]
