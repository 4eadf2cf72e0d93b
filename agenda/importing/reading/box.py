"""What stands in the box, as numbered rows."""

import re

from agenda.importing.reading.html_table import read_html
from agenda.importing.reading.plain_text import read_plain_text
from agenda.importing.reading.rows import Row, numbered
from agenda.importing.reading.schedule_json import read_schedule_json

_HTML = re.compile(r"<(?:table|tr|html|!doctype)\b", re.IGNORECASE)


def read_box(text: str) -> list[Row]:
    """Raises Unreadable only for JSON that is no schedule: any other text is rows, understood or not."""
    if text.lstrip("\ufeff \t\r\n").startswith("{"):
        return numbered(read_schedule_json(text))
    return numbered(read_html(text) if _HTML.search(text) else read_plain_text(text))
