"""The PDF is set once for all processes of a machine."""

import pytest

from agenda.feeds import files
from agenda.feeds.stamp import stamped
from conference.keeping.caches import DiskCache


@pytest.fixture
def disk(tmp_path, monkeypatch):
    """As each process has it: a cache of its own over the same folder."""
    monkeypatch.setattr(files, "caches", {"papers": DiskCache(str(tmp_path), {})})
    return lambda: monkeypatch.setattr(files, "caches", {"papers": DiskCache(str(tmp_path), {})})


def test_pdf_is_set_once_for_all_processes(edition, disk, monkeypatch):
    programme, stamp = stamped(edition, "https://nodc.example.org")
    first = files.pdf(programme, edition, stamp, both=False)

    disk()
    monkeypatch.setattr(files, "agenda_pdf", None)

    assert files.pdf(programme, edition, stamp, both=False) == first


def test_pdf_of_another_content_is_another(edition, disk, monkeypatch):
    programme, stamp = stamped(edition, "https://nodc.example.org")
    monkeypatch.setattr(files, "agenda_pdf", lambda programme, edition, *_rest: str(edition.venue).encode())
    first = files.pdf(programme, edition, stamp, both=False)
    edition.venue_en = "Another hall"

    assert files.pdf(programme, edition, stamp, both=False) != first


def test_disk_that_cannot_be_written_keeps_nothing_and_hinders_nothing(tmp_path):
    cache = DiskCache(str(tmp_path / "papers"), {})
    (tmp_path / "papers").rmdir()
    (tmp_path / "papers").write_text("no folder")

    cache.set("key", b"content")

    assert cache.get("key") is None
