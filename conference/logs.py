"""What may stand in the log."""

import logging
import re

# A participant's own link (registration.links): its number and its secret.
OWN_LINK = re.compile(r"\b[0-9A-Z]{7,12}-[0-9a-f]{32}\b")


class Discreet(logging.Formatter):
    """No link in the log, wherever it comes from: a path that was not found, a page that failed."""

    def format(self, record):
        return OWN_LINK.sub("(own link)", super().format(record))
