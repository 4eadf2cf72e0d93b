"""Documents that staff upload for readers to load down. What a file is, its content says, never its name."""

from typing import IO
from zipfile import BadZipFile, ZipFile

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _

from conference.files import limits

_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
TYPES = {
    ".pdf": "application/pdf",
    ".pptx": f"{_OFFICE}presentationml.presentation",
    ".docx": f"{_OFFICE}wordprocessingml.document",
    ".xlsx": f"{_OFFICE}spreadsheetml.sheet",
    ".odp": f"{_OPEN}presentation",
    ".odt": f"{_OPEN}text",
    ".ods": f"{_OPEN}spreadsheet",
}
# As readers know them, in both languages; the others are called by their ending.
NAMES = {".pptx": "PowerPoint", ".docx": "Word", ".xlsx": "Excel"}
# The part without which a packed file of Office is none.
_PARTS = {"ppt/presentation.xml": ".pptx", "word/document.xml": ".docx", "xl/workbook.xml": ".xlsx"}
_ENDINGS = {type_: ending for ending, type_ in TYPES.items()}


def ending_of(document: "IO[bytes] | File[bytes]") -> str:
    """Empty for what is none of these kinds."""
    document.seek(0)
    try:
        if document.read(5) == b"%PDF-":
            return ".pdf"
        with ZipFile(document) as packed:
            names = set(packed.namelist())
            if "mimetype" in names:  # of OpenDocument
                with packed.open("mimetype") as said:
                    return _ENDINGS.get(said.read(100).decode("ascii", "replace").strip(), "")
            return next((ending for part, ending in _PARTS.items() if part in names), "")
    except (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):  # zipfile: locked, or packed oddly
        return ""
    finally:
        document.seek(0)


class DocumentField(forms.FileField):
    def to_python(self, data: "File[bytes] | None") -> "File[bytes] | None":
        upload: File[bytes] | None = super().to_python(data)
        if upload is None:
            return None
        if upload.size > limits.DOCUMENT:
            raise ValidationError(_("This file is larger than 5 MB. Save it as a smaller PDF, or give a link to it."))
        ending = ending_of(upload)
        if not ending:
            raise ValidationError(
                _("This file cannot be taken: send PDF, PowerPoint, Word, Excel or OpenDocument, or give a link.")
            )
        upload.name = f"document{ending}"
        return upload

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"accept": ",".join(TYPES)}
