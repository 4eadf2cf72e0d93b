"""A pytest plugin (-p tests.with_database): only tests whose end may differ from one database to another.

What meets no database ends the same on every one. So does what is only drawn from rows: pages, feeds, papers. Their
statements are put to PostgreSQL by the tests that stay: left out are a few with which a test changes a row.
"""

from pathlib import Path

import pytest

TESTS = Path(__file__).parent
DATABASE = {"db", "transactional_db"}
ONLY_DRAWN = [
    *("agenda/chase", "agenda/cloth", "agenda/feeds", "agenda/programme", "agenda/importing"),
    *("agenda/pages/test_downloads.py", "agenda/pages/test_filters.py", "agenda/pages/test_heard.py"),
    *("agenda/pages/test_mine.py", "agenda/pages/test_programme.py", "agenda/pages/test_search.py"),
    *("agenda/pages/test_session.py", "agenda/pages/test_share.py", "registration/forms"),
    *("conference/test_archive.py", "conference/keeping/test_copies.py", "conference/staff/test_guide.py"),
    "conference/serving/test_logs.py",
    *("registration/views/test_sign_up.py", "test_heard.py", "test_markup.py"),
    # Each opens every page of the staff; tests/registration/admin/test_roles.py does so on PostgreSQL.
    *("test_admin_names.py", "test_khmer_admin.py"),
    *("registration/report", "registration/admin/messages/test_message_texts.py"),
]


def pytest_configure():
    if gone := [path for path in ONLY_DRAWN if not (TESTS / path).exists()]:
        raise pytest.UsageError(f"tests/with_database.py names what is not there any more: {', '.join(gone)}")


def pytest_collection_modifyitems(config, items):
    kept, left_out = [], []
    for item in items:
        (kept if may_differ(item) else left_out).append(item)
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def may_differ(item):
    meets_database = item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames)
    path = item.path.relative_to(TESTS)
    return meets_database and not any(path.is_relative_to(one) for one in ONLY_DRAWN)
