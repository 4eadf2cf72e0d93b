"""What a document is, its content says."""

from io import BytesIO
from zipfile import ZipFile

import pytest

from conference.files.documents import TYPES, ending_of


def packed(**parts):
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (b"%PDF-1.7 sample", ".pdf"),
        (packed(**{"ppt__presentation.xml": ""}), ".pptx"),
        (packed(**{"word__document.xml": ""}), ".docx"),
        (packed(**{"xl__workbook.xml": ""}), ".xlsx"),
        *((packed(mimetype=TYPES[ending]), ending) for ending in (".odp", ".odt", ".ods")),
    ],
    ids=["pdf", "pptx", "docx", "xlsx", "odp", "odt", "ods"],  # a ZIP holds the time: no name of a test may
)
def test_kind_is_found_in_the_content(content, ending):
    assert ending_of(BytesIO(content)) == ending


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>%PDF-</html>", b"PK\x03\x04", b"MZ", packed(index="x"), packed(mimetype="text/html" + "x" * 9999)],
    ids=["nothing", "page", "beginning of a ZIP", "program", "ZIP of something else", "long kind"],
)
def test_all_else_is_no_document(content):
    assert ending_of(BytesIO(content)) == ""
