"""The published report as files: for Word, as PDF, and as open data."""

import csv
import io
import json
from collections.abc import Callable
from dataclasses import dataclass

from django.core.cache import caches
from django.utils.translation import gettext as _
from django.utils.translation import override

from agenda.feeds import licence
from conference.files.cells import harmless
from conference.files.cells import text as legal
from conference.language.translated import Text
from conference.models import Edition
from conference.words import to_the_second
from contributions.outcomes.content import content
from contributions.outcomes.publishing import Published
from registration.figures.columns import STEP
from registration.report.pdf import report_pdf
from registration.report.word import report_docx

KEPT_SECONDS = 24 * 3600


@dataclass(frozen=True)
class Kind:
    content_type: str
    write: Callable[[Edition, Published, str], bytes]  # in which language


def _word(edition: Edition, found: Published, language: str) -> bytes:
    return report_docx(content(edition, found), language, _title(edition))


def _paper(edition: Edition, found: Published, language: str) -> bytes:
    return report_pdf(content(edition, found), language, _title(edition))


def _title(edition: Edition) -> str:
    return f"{edition.title} – {_('What came out')}"


def _json(edition: Edition, found: Published, language: str) -> bytes:
    """In both languages. The ranges stand as their two ends."""
    outcomes = found.outcomes
    data = {
        "licence": {"name": licence.NAME, "url": licence.URL, "text": _both(licence.LINE)},
        "edition": edition.year,
        "version": found.version.number,
        "published_at": to_the_second(found.version.published_at),
        "inputs": _ends(outcomes.inputs_from),
        "discussions": outcomes.notes,
        "statements": [
            {
                "id": one.uuid,
                "number": one.number,
                "theme": _both(one.theme),
                "part": _both(one.part),
                "text": _both(one.text),
                "inputs": _ends(one.inputs_from),
                "discussions": one.notes,
                "became": one.became or None,
                "answer": _both(one.answer),
            }
            for one in outcomes.statements
        ],
        "changed_since_the_version_before": [change.in_words for change in found.changes],
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _csv(edition: Edition, found: Published, language: str) -> bytes:
    """A column for each language. With the sign by which Excel knows that the file is Unicode."""
    out = io.StringIO()
    rows = csv.writer(out)
    texts = ["theme", "part", "text", "answer"]
    columns = [f"{name}_{code}" for name in texts for code in ("en", "km")]
    rows.writerow(["number", *columns, "inputs_from", "inputs_to", "discussions", "became", "licence"])
    for one in found.outcomes.statements:
        said = [harmless(legal(getattr(getattr(one, name), code))) for name in texts for code in ("en", "km")]
        ends = _ends(one.inputs_from)
        rows.writerow([one.number, *said, ends["from"], ends["to"], one.notes, one.became, licence.CODE])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _both(text: Text) -> dict[str, str]:
    return {"en": text.en, "km": text.km}


def _ends(lowest: int) -> dict[str, int]:
    return {"from": lowest, "to": lowest + STEP - 1}


FILES = {
    "docx": Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _word),
    "pdf": Kind("application/pdf", _paper),
    "json": Kind("application/json; charset=utf-8", _json),
    "csv": Kind("text/csv; charset=utf-8", _csv),
}


def file_of(edition: Edition, found: Published, ending: str, language: str) -> bytes:
    """A version never changes, and drawing it takes a second: it is drawn once."""
    key = f"outcomes:{found.version.pk}:{found.version.published_at.isoformat()}:{language}:{ending}"
    kept = caches["papers"]
    made: bytes | None = kept.get(key)
    if made is None:
        with override(language):
            made = FILES[ending].write(edition, found, language)
        kept.set(key, made, KEPT_SECONDS)
    return made
