"""What the pages of the travel desk say alike."""

from datetime import date

from django.utils.translation import gettext_lazy, ngettext_lazy

from conference.words import dates

DONE = ngettext_lazy("Done for %(number)s person.", "Done for %(number)s people.", "count")
WITHOUT_RATE = gettext_lazy("No rate is set for the province of: %(codes)s. Their journey is not decided.")
REFUSED = gettext_lazy("Not decided, because it was erased or does not go with what is decided already: %(codes)s")


def nights_in_words(nights):
    """They are kept as 2024-03-26. A word that was put among them in another way stays as it is."""
    try:
        return dates(map(date.fromisoformat, nights))
    except ValueError:
        return ", ".join(sorted(nights))
