"""What may stand in the log."""

import logging
import re

# A participant's own link (registration.links): its number and its secret.
OWN_LINK = re.compile(r"\b[0-9A-Z]{7,12}-[0-9a-f]{32}\b")


class Discreet(logging.Formatter):
    """Takes participants' own links out of every line, for example out of the path of a page that failed."""

    def format(self, record: logging.LogRecord) -> str:
        return OWN_LINK.sub("(own link)", super().format(record))
