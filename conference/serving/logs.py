"""What may stand in the log: what went wrong, in as few lines as it takes, and no link that opens something."""

import copy
import logging
import re

from django.http import UnreadablePostError

from conference.serving.passing import is_passing

# A participant's own link (registration.links): its number and its secret.
OWN_LINK = re.compile(r"\b[0-9A-Z]{7,12}-[0-9a-f]{32}\b")
# By which a colleague chooses a new password (conference.accounts.links).
NEW_PASSWORD_LINK = re.compile(r"/new-password/[\w-]+/[\w-]+")
# By which a volunteer at the desk signs in (conference.accounts.volunteers).
VOLUNTEER_LINK = re.compile(r"/volunteer/[\w-]+")
LONGEST = 400  # letters of what a visitor sent, in one line


class Discreet(logging.Formatter):
    """Takes participants' own links, those to a new password, and volunteers' codes out of every line, for example out
    of the path of a page that failed.

    A request that is refused leaves one line: any visitor can send such requests, and would otherwise fill the disk.
    A fault of ours keeps its traceback.
    """

    def format(self, record: logging.LogRecord) -> str:
        error = _error_of(record)
        # The answer is 4xx, the visitor was gone before the form was read, or the database was away or busy.
        is_client = 400 <= getattr(record, "status_code", 0) < 500 or isinstance(error, UnreadablePostError)
        is_refusal = is_client or is_passing(error)
        said = OWN_LINK.sub("(own link)", super().format(_in_one_line(record) if is_refusal else record))
        said = NEW_PASSWORD_LINK.sub("/new-password/(link)", said)
        said = VOLUNTEER_LINK.sub("/volunteer/(code)", said)
        # The number stands on the page that the visitor got (conference/serving/request_log.py).
        number = getattr(getattr(record, "request", None), "number", "")
        return f"[{number}] {said}" if number else said


def _in_one_line(record: logging.LogRecord) -> logging.LogRecord:
    """What was refused, where, and the kind of the error; without the traceback and without line breaks."""
    said, error = record.getMessage(), _error_of(record)
    path = record.request.path if hasattr(record, "request") else ""
    path = path.encode("unicode_escape").decode("ascii")  # as Django writes it into the log
    if path not in said:
        said += f" {path}"
    if error:
        said += f" ({type(error).__name__})" if str(error) in said else f" ({type(error).__name__}: {error})"
    line = copy.copy(record)
    line.msg, line.args = " ".join(said.split())[:LONGEST], ()
    line.exc_info = line.exc_text = line.stack_info = None
    return line


def _error_of(record: logging.LogRecord) -> BaseException | None:
    return record.exc_info[1] if record.exc_info else None
