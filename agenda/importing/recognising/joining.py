"""Links into a meeting, and what opens it: they let in all who read them, so no public page has them. Pure."""

import re

JOINING = re.compile(
    r"https?://(?:[\w.]*zoom\.us/|meet\.google\.com/|teams\.(?:microsoft|live)\.com/|[\w.-]*webex\.com/|\S*[?&]pwd=)|"
    r"(?:pass(?:word|code)|mot de passe|mật khẩu|kata sandi|ពាក្យសម្ងាត់|លេខសម្ងាត់|รหัสผ่าน)\W{1,4}\w*\d",
    re.IGNORECASE,
)
# What calendars write around such a link.
_AROUND = re.compile(
    r"\W*(?:join (?:zoom|with google|the|microsoft|webex|by|via|on|from)\b.*|(?:meeting|webinar|conference) id\W.*|"
    r"one tap mobile\W*|dial (?:by|in)\b.*|find your local number\W.*|microsoft teams(?: meeting)?\W*|"
    r"click here to join\b.*|or dial\W.*|(?:phone )?pin\W.*|[-:~_]{8,})",
    re.IGNORECASE,
)


def without_joining(text: str) -> tuple[str, list[str]]:
    """(the text without the lines that let into a meeting, those lines)."""
    if not JOINING.search(text):
        return text, []
    lines = text.split("\n")
    left = [line for line in lines if JOINING.search(line) or _AROUND.fullmatch(line)]
    kept = "\n".join(line for line in lines if line not in left)
    return re.sub(r"\n{3,}", "\n\n", kept).strip(), left
