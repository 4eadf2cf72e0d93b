"""A pytest plugin (-p tests.with_database): only tests that meet the database.

The others end the same on every database, so that a second run need not repeat them.
"""


def pytest_collection_modifyitems(config, items):
    kept = [item for item in items if item.get_closest_marker("django_db") or DATABASE & set(item.fixturenames)]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


DATABASE = {"db", "transactional_db"}
