"""Recordings that staff upload. What a file is, its first bytes say, never its name; it is kept as it came."""

import uuid
from typing import IO

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from conference.files import limits
from conference.files.sounds import kind_and_seconds

FOLDER = "recordings"
LONGEST = 3 * 3600  # seconds; a file that says more is no speech of so few bytes
TYPES = {".mp3": "audio/mpeg", ".m4a": "audio/mp4", ".ogg": "audio/ogg"}


def recording_path(_instance: Model, filename: str) -> str:
    """`filename` has the ending that RecordingField gave it."""
    return f"{FOLDER}/{uuid.uuid4().hex}.{filename.rpartition('.')[2]}"


def ending_and_seconds(sound: "IO[bytes] | File[bytes]") -> tuple[str, int]:
    """Raises ValidationError for all that the browsers of telephones do not play."""
    sound.seek(0)
    try:
        ending, seconds = kind_and_seconds(sound.read())
    except ValueError as error:
        raise _not_readable() from error
    finally:
        sound.seek(0)
    if not 0 < seconds < LONGEST:
        raise _not_readable()
    return ending, max(1, round(seconds))


def _not_readable() -> ValidationError:
    return ValidationError(_("This is not a recording that telephones play: send an MP3, M4A or OGG file."))


class RecordingField(forms.FileField):
    def to_python(self, data: "File[bytes] | None") -> "File[bytes] | None":
        upload: File[bytes] | None = super().to_python(data)
        if upload is None:
            return None
        if upload.size > limits.RECORDING:
            raise ValidationError(
                _("This recording is larger than 5 MB. Save it again as MP3 with 64 kbit/s, mono, and send that.")
            )
        upload.name = f"recording.{ending_and_seconds(upload)[0]}"
        return upload

    def widget_attrs(self, widget: forms.Widget) -> dict[str, str]:
        return {"accept": ",".join(TYPES)}
