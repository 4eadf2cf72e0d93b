"""Our own sheets and scripts are served without their comments and indents: a fifth fewer bytes for a new reader."""

import re

from django.core.files.base import ContentFile, File
from whitenoise.storage import CompressedManifestStaticFilesStorage

COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
BLANK_AROUND = re.compile(r"\s*([{};,])\s*")  # none of them stands between quotes in our sheets
# To the end of the line. After a blank and without quotes: no address, and no part of a text.
COMMENT_OF_SCRIPT = re.compile(r"(?:^|\s+)//(?=\s)[^\"'`\n]*$|^\s*//.*$", re.MULTILINE)
OURS = re.compile(r"(css|js)/[^/]+\.\1$")


def squeezed(sheet: str) -> str:
    return BLANK_AROUND.sub(r"\1", _without_indents(COMMENT.sub("", sheet)))


def squeezed_script(script: str) -> str:
    """Its lines stay: none of our scripts has a text of several lines, and some lines end without a semicolon."""
    return _without_indents(COMMENT_OF_SCRIPT.sub("", script))


def _without_indents(text: str) -> str:
    lines = (line.strip() for line in text.splitlines())
    return "\n".join(line for line in lines if line)


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    def _save(self, name: str, content: "File[bytes]") -> str:
        if found := OURS.fullmatch(name):
            content.seek(0)  # Django has read it already
            squeeze = squeezed if found[1] == "css" else squeezed_script
            content = ContentFile(squeeze(content.read().decode()).encode())
        saved: str = super()._save(name, content)
        return saved
