"""Pictures are never kept as they came: their size is checked before they are opened, then they are drawn anew.

So the place where a photo was taken is gone, and so is any other content of the file; and the file is small.
"""

import time
import uuid
import warnings
from collections.abc import Callable, Collection, Iterable
from functools import partial
from io import BytesIO
from typing import IO

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Model
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from conference import limits

GROUND = "#fbf8f1"  # of our pages by day (site.css): what is transparent in a picture shows it
FOLDER = "pictures"
SIDE = 480  # pixels; shown at half of it, for sharp screens


def picture_path(_instance: Model, _filename: str) -> str:
    return f"{FOLDER}/{uuid.uuid4().hex}.jpg"


def delete_pictures(names: Iterable[str]) -> None:
    """As soon as the change is certain: its address then answers 404."""
    for name in filter(None, names):
        transaction.on_commit(partial(default_storage.delete, name), robust=True)


def delete_unused_pictures(used: Callable[[], Collection[str]]) -> int:
    """Those that no row needs, such as of a change that was taken back; the number of them.

    A picture of the last day stays: its row may still be on its way.
    """
    if not default_storage.exists(FOLDER):
        return 0
    _folders, files = default_storage.listdir(FOLDER)
    names = {f"{FOLDER}/{file}" for file in files} - set(used())
    a_day_ago = time.time() - 24 * 3600  # by the clock of the disk, also where the site rehearses another day
    unused = [name for name in names if default_storage.get_modified_time(name).timestamp() < a_day_ago]
    for name in unused:
        default_storage.delete(name)
    return len(unused)


def small_picture(upload: "IO[bytes] | File[bytes]") -> "ContentFile[bytes]":
    """A new JPEG, cut square, at most 480 pixels wide. Raises ValidationError for what is too large or no picture."""
    try:
        with (
            warnings.catch_warnings(action="error"),
            Image.open(upload, formats=["JPEG", "PNG", "WEBP"]) as picture,
        ):
            if picture.width * picture.height > limits.PIXELS:
                raise ValidationError(_("This picture is too large: at most 25 million pixels."))
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Warning, Image.DecompressionBombError) as error:
        raise ValidationError(_("This is not a picture we can read: send a JPEG, PNG or WebP file.")) from error
    square = ImageOps.fit(upright, (min(SIDE, *upright.size),) * 2)
    on_ground = Image.new("RGBA", square.size, GROUND)
    on_ground.alpha_composite(square)
    out = BytesIO()
    on_ground.convert("RGB").save(out, "JPEG", quality=82, optimize=True)
    return ContentFile(out.getvalue(), name="picture.jpg")


class PictureField(forms.FileField):
    """What is sent is checked, and only then opened: Django's own field for pictures opens it first."""

    def to_python(self, data: "File[bytes] | None") -> "ContentFile[bytes] | None":
        upload = super().to_python(data)
        if upload is None:
            return None
        if upload.size > limits.PICTURE:
            raise ValidationError(_("This picture is larger than 5 MB. Send a smaller one."))
        return small_picture(upload)
