import pytest

from agenda.choices import Kind, SessionState
from tests.contributions.samples import make_call
from tests.factories import make_day, make_edition, make_session


@pytest.fixture
def edition(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_edition()


@pytest.fixture
def session(edition):
    """An open topic of a theme, without a title."""
    theme = make_session(make_day(edition), kind=Kind.THEME, title_en="Sample theme")
    return make_session(
        theme.day,
        parent=theme,
        kind=Kind.TOPIC,
        starts_at=None,
        ends_at=None,
        title_en="",
        open_call=True,
        state=SessionState.DRAFT,
    )


@pytest.fixture
def call(edition, session):
    return make_call(edition, session=session)
