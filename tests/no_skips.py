"""A pytest plugin (-p tests.no_skips): with CI=true a skipped test fails the run."""

import os

import pytest

skipped = []


def note(report):
    # An expected failure is reported as skipped as well, but it did run.
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else ""
        skipped.append(f"{report.nodeid}: {reason}")


def pytest_runtest_logreport(report):
    note(report)


def pytest_collectreport(report):
    """Sees to modules that are skipped as a whole."""
    note(report)


# Before the other plugins: the terminal prints its summary from this hook.
@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session):
    if skipped and os.environ.get("CI") == "true" and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter):
    if skipped and os.environ.get("CI") == "true":
        terminalreporter.section("With CI=true nothing may be skipped")
        for line in skipped:
            terminalreporter.line(line)
