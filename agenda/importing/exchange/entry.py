"""Files that name their fields, by this site or by other programs: they are read by name, and nothing is guessed.

Such a file goes into the box as text, like all that staff send: `box_text` makes it, `read` reads what stands there.
"""

from pathlib import PurePath

from agenda.importing.exchange.own_table import header_of, read_own_table
from agenda.importing.exchange.standing import Standing
from agenda.importing.exchange.tables import as_csv, read_csv, sheets_of
from agenda.importing.reading.upload import decoded
from agenda.importing.recognising.proposal import Proposal
from conference import limits
from conference.models import Edition

PLAIN_ENDINGS = (".csv", ".tsv", ".txt", ".json", ".xml", ".ics")


def box_text(name: str, content: bytes) -> str | None:
    """The text of a file that names its fields; None of any other. Raises Unreadable beyond a limit."""
    ending = PurePath(name).suffix.lower()
    if len(content) > limits.FILE:
        return None  # whoever reads it next says so
    if ending == ".xlsx":
        found = (as_csv(table) for table in sheets_of(content) if _reader_of_table(table))
        return next(found, None)
    if ending in PLAIN_ENDINGS:
        text = decoded(content).replace("\x00", "")
        return text if _names_its_fields(text) else None
    return None


def read(text: str, edition: Edition) -> Proposal | None:
    """What stands in the box; None where it does not name its fields. Raises Unreadable."""
    if not _names_its_fields(text):
        return None
    table = read_csv(text)
    header = header_of(table)
    return read_own_table(table, header, Standing(edition)) if header else None


def _names_its_fields(text: str) -> bool:
    return bool(_reader_of_table(read_csv(text[:20_000])))


def _reader_of_table(table: list[list[str]]) -> bool:
    return header_of(table) is not None
