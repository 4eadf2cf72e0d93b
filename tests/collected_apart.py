"""A pytest plugin (-p tests.collected_apart): the names of the tests hold no time and no order of a set.

xdist compares what its processes have collected, and runs nothing where the names differ. Each process has hash values
of its own already; here one collects later than the others (a ZIP knows the time in steps of two seconds).
"""

import os
import time

SECONDS = 3


def pytest_collection():
    if os.environ.get("PYTEST_XDIST_WORKER") == "gw1":
        time.sleep(SECONDS)
