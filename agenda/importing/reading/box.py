"""What stands in the box, as numbered rows."""

import re
from dataclasses import replace

from agenda.importing.reading.html_table import read_html
from agenda.importing.reading.plain_text import read_plain_text
from agenda.importing.reading.rows import Row, numbered
from agenda.importing.reading.schedule_json import read_schedule_json
from agenda.importing.reading.within import within_limits

_HTML = re.compile(r"<(?:table|tr|html|!doctype)\b", re.IGNORECASE)


def read_box(text: str) -> list[Row]:
    """Raises Unreadable for JSON that is no schedule and beyond a limit: any other text is rows, understood or not."""
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        found = numbered(within_limits(read_schedule_json(text)))
        return [replace(row, cells=row.cells[:3], guid="".join(row.cells[3:])) for row in found]
    rows = read_html(text) if _HTML.search(text) else read_plain_text(text)
    return numbered(within_limits(rows))
