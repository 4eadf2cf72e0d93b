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
from PIL import Image, ImageChops, ImageOps

from conference.files import limits

WIDTHS = (360, 720, 1200)  # of a photograph on a page, in pixels
RATIO = 3 / 2
OF_A_PHONE = 60 * 1024  # bytes, at most, of what a telephone loads
LOGO_AREA = 96 * 96  # pixels of a page: logos of one area weigh the same to the eye, long ones and square ones
LOGO_WIDTH = 240
GROUND = "#fbf8f1"  # of our pages by day (site.css): what is transparent in a picture shows it
FOLDER = "pictures"
SIDE = 480  # pixels; shown at half of it, for sharp screens


def picture_path(_instance: Model, filename: str) -> str:
    return f"{FOLDER}/{uuid.uuid4().hex}.{'png' if filename.endswith('.png') else 'jpg'}"


def cut_path(name: str, width: int, kind: str = "webp") -> str:
    """pictures/0f…e.jpg -> pictures/0f…e-720.webp"""
    return f"{name.removesuffix('.jpg')}-{width}.{kind}"


def cuts_of(name: str) -> list[str]:
    """All files that are made from a photograph: three widths, and one for old browsers."""
    return [*(cut_path(name, width) for width in WIDTHS), cut_path(name, WIDTHS[1], "jpg")] if name else []


def delete_pictures(names: Iterable[str]) -> None:
    """As soon as the change is certain: its address then answers 404."""
    for name in filter(None, names):
        transaction.on_commit(partial(default_storage.delete, name), robust=True)


def delete_unused_files(folder: str, used: Callable[[], Collection[str]]) -> int:
    """Those that nothing needs, such as of a change that was taken back; the number of them.

    A file of the last day stays: its row may still be on its way.
    """
    if not default_storage.exists(folder):
        return 0
    _folders, files = default_storage.listdir(folder)
    names = {f"{folder}/{file}" for file in files} - set(used())
    a_day_ago = time.time() - 24 * 3600  # by the clock of the disk, also where the site rehearses another day
    unused = [name for name in names if default_storage.get_modified_time(name).timestamp() < a_day_ago]
    for name in unused:
        default_storage.delete(name)
    return len(unused)


def small_picture(upload: "IO[bytes] | File[bytes]") -> "ContentFile[bytes]":
    """A new JPEG, cut square, at most 480 pixels wide. Raises ValidationError for what is too large or no picture."""
    upright = _upright(upload)
    square = ImageOps.fit(upright, (min(SIDE, *upright.size),) * 2)
    return ContentFile(_encoded(_on_ground(square), "JPEG", 82), name="picture.jpg")


def photograph(upload: "IO[bytes] | File[bytes]") -> "ContentFile[bytes]":
    """A new JPEG of the whole picture, from which the widths of the pages are cut. Raises ValidationError."""
    upright = _upright(upload)
    if upright.width < WIDTHS[-1] or upright.height < WIDTHS[-1] / RATIO:
        raise ValidationError(_("This picture is too small: at least 1200 pixels wide and 800 high."))
    upright.thumbnail((2400, 2400))
    return ContentFile(_encoded(_on_ground(upright), "JPEG", 85), name="photograph.jpg")


def cut(photo: "IO[bytes] | File[bytes]", centre: tuple[float, float]) -> "dict[tuple[int, str], bytes]":
    """The content of each file in `cuts_of`, by width and kind. `centre` is what must stay: 0 to 1, right and down."""
    made = {}
    with Image.open(photo) as picture:
        whole = picture.convert("RGB")
    for width in WIDTHS:
        part = ImageOps.fit(whole, (width, round(width / RATIO)), centering=centre)
        most = OF_A_PHONE if width <= WIDTHS[1] else 4 * OF_A_PHONE
        made[width, "webp"] = _encoded_under(part, "WEBP", most)
        if width == WIDTHS[1]:
            made[width, "jpg"] = _encoded_under(part, "JPEG", most)
    return made


def logo(upload: "IO[bytes] | File[bytes]") -> "ContentFile[bytes]":
    """A new PNG without the empty border, twice as large as it is shown. Raises ValidationError.

    Logos are shown with one area, not with one height: a long one would weigh more beside a square one.
    """
    upright = _upright(upload)
    # The logo begins where the picture differs from its upper left corner. A picture of one colour is left whole.
    corner = Image.new("RGBA", upright.size, upright.getpixel((0, 0)))
    differs = ImageChops.difference(upright, corner)
    trimmed = upright.crop(differs.getbbox(alpha_only=False) or (0, 0, *upright.size))
    ratio = trimmed.width / trimmed.height
    width = min(LOGO_WIDTH, (LOGO_AREA * ratio) ** 0.5)
    trimmed.thumbnail((round(width * 2), round(width * 2 / ratio)))
    return ContentFile(_encoded(trimmed, "PNG", 0), name="logo.png")


def _upright(upload: "IO[bytes] | File[bytes]") -> Image.Image:
    try:
        with (
            warnings.catch_warnings(action="error"),
            Image.open(upload, formats=["JPEG", "PNG", "WEBP"]) as picture,
        ):
            if picture.width * picture.height > limits.PIXELS:
                raise ValidationError(_("This picture is too large: at most 25 million pixels."))
            return ImageOps.exif_transpose(picture).convert("RGBA")
    except (OSError, SyntaxError, ValueError, Warning, Image.DecompressionBombError) as error:
        raise ValidationError(_("This is not a picture we can read: send a JPEG, PNG or WebP file.")) from error


def _on_ground(picture: Image.Image) -> Image.Image:
    ground = Image.new("RGBA", picture.size, GROUND)
    ground.alpha_composite(picture)
    return ground.convert("RGB")


def _encoded(picture: Image.Image, kind: str, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, kind, quality=quality, optimize=True)
    return out.getvalue()


def _encoded_under(picture: Image.Image, kind: str, most: int) -> bytes:
    """As good as it can be with so many bytes."""
    for quality in range(80, 0, -15):
        content = _encoded(picture, kind, quality)
        if len(content) <= most:
            break
    return content


class PictureField(forms.FileField):
    """What is sent is checked, and only then opened: Django's own field for pictures opens it first."""

    def drawn(self, upload: "File[bytes]") -> "ContentFile[bytes]":
        return small_picture(upload)

    def to_python(self, data: "File[bytes] | None") -> "ContentFile[bytes] | None":
        upload = super().to_python(data)
        if upload is None:
            return None
        if upload.size > limits.PICTURE:
            raise ValidationError(_("This picture is larger than 5 MB. Send a smaller one."))
        return self.drawn(upload)


class PhotographField(PictureField):
    def drawn(self, upload: "File[bytes]") -> "ContentFile[bytes]":
        return photograph(upload)


class LogoField(PictureField):
    def drawn(self, upload: "File[bytes]") -> "ContentFile[bytes]":
        return logo(upload)
