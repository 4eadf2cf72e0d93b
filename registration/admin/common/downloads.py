"""What staff take away: files to save and pages to print. Each leaves its line in the access log."""

from functools import partial
from tempfile import SpooledTemporaryFile

from django.http import FileResponse, HttpResponse

from registration.lists import files

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
IN_MEMORY = 2**20  # bytes; a larger file lies on the disk until it is sent
FORMATS = {"xlsx": (files.write_xlsx, XLSX), "csv": (files.write_csv, CSV)}


def hand_out(request, answer, subject, *, columns, count, edition=None, reason=None):
    """Writes the line into the access log, and only then gives the answer: a file, or a page to print."""
    files.log_export(request.user, subject, columns=columns, count=count, edition=edition, reason=reason)
    return answer


def attachment(name, content, content_type):
    """A file for the browser to save. No cache on its way keeps it."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=content_type, headers=headers)


def list_as_file(ready_list, name):
    """The list in the format of the name's ending."""
    write, content_type = FORMATS[name.rpartition(".")[2]]
    return sent(name, partial(write, ready_list), content_type)


def sent(name, write, content_type):
    """A file for the browser to save that `write` writes."""
    file = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 -- closed here, or by the response
    write(file)
    size = file.tell()
    file.seek(0)
    if size <= IN_MEMORY:
        with file:
            return attachment(name, file.read(), content_type)
    headers = {"Cache-Control": "no-store"}
    return FileResponse(file, as_attachment=True, filename=name, content_type=content_type, headers=headers)
