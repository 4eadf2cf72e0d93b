"""What a line of the access log is about, in the reader's language.

The line itself is kept in English, as it was made. Codes, names of files and reference numbers stay as they are.
"""

import re
from functools import cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from conference.rooms_above import rooms_above

# Before the number or the year. The longer one comes first where two begin alike.
NOUNS: dict[str, str | Promise] = {
    "travel requests": _("travel requests"),
    "travel letters": _("travel letters"),
    "travel letter": _("travel letter"),
    "travel list to sign": _("list to sign"),
    "travelrequest": _("travel request"),
    "travel": _("journey and room"),
    "rooming list": _("rooming list"),
    "expense sheet": _("expense sheet"),
    "arrangements": _("arrangements"),
    "arrangement": _("arrangement"),
    "inclusionanswers": _("inclusion answers"),
    "changerequest": _("request for a change"),
    "guardiancall": _("call to a guardian"),
    "registration": _("registration"),
    "invitations": _("invitations"),
    "invitation": _("invitation"),
    "needs": _("needs"),
    "figures": _("figures"),
    "badge": _("badge"),
}
ENDINGS = {": costs": _("what access costs"), " on paper": _("on paper")}


@cache
def _nouns() -> tuple[dict[str, str | Promise], re.Pattern[str]]:
    """With those of the apps on top."""
    nouns = NOUNS | {noun: words for room in rooms_above() for noun, words in room.log_words.items()}
    return nouns, re.compile(rf"({'|'.join(nouns)})(?= |$|:)")


def subject(text: str) -> str:
    """“travel request ABC-1234” for “travelrequest ABC-1234”."""
    ending = next((one for one in ENDINGS if text.endswith(one)), "")
    text = text.removesuffix(ending)
    nouns, pattern = _nouns()
    if noun := pattern.match(text):
        text = f"{nouns[noun[1]]}{text[noun.end() :]}"
    return f"{text} ({ENDINGS[ending]})" if ending else text
