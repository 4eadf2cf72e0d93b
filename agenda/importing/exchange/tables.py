"""CSV files and workbooks as rows of cells, each cell as it stands there: nothing is tidied away."""

import csv
import datetime
import io
import warnings
import zipfile
from collections.abc import Iterator

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from agenda.importing.reading.package import is_too_large
from agenda.importing.reading.rows import Table, Unreadable
from agenda.importing.reading.within import within_limits
from conference.files import limits

_DELIMITERS = ",;\t"
csv.field_size_limit(limits.FILE)


def read_csv(text: str) -> Table:
    text = text.lstrip("\ufeff")
    sample = text[:4000]
    delimiter = max(_DELIMITERS, key=sample.partition("\n")[0].count)
    try:
        return within_limits(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable(_("This file cannot be read as CSV.")) from error


def as_csv(table: Table) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(table)
    return out.getvalue()


def sheets_of(content: bytes) -> Iterator[Table]:
    """Each sheet that is shown. A damaged file has none: the next reader says so."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if is_too_large(archive):
                return
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # such as that a workbook of gnumeric has no default style
            workbook = load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        for sheet in workbook.worksheets:
            if sheet.sheet_state == "visible":
                sheet.reset_dimensions()  # what the file says of its size may be wrong
                yield within_limits([_written(value) for value in row] for row in sheet.iter_rows(values_only=True))
    except Unreadable:
        raise
    except Exception:
        return  # openpyxl raises whatever its parsers raise


def _written(value: object) -> str:
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d" if value.time() == datetime.time() else "%Y-%m-%d %H:%M")
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    if isinstance(value, datetime.timedelta):
        minutes = value // datetime.timedelta(minutes=1)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return "" if value is None else str(value)
