import re
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageColor

from conference.files import images, limits

GROUND = ImageColor.getrgb(images.GROUND)


def upload(picture, kind="JPEG", **options):
    out = BytesIO()
    picture.save(out, kind, **options)
    return SimpleUploadedFile("anything.php", out.getvalue())


def test_picture_is_drawn_anew_small_and_square():
    made = Image.open(images.small_picture(upload(Image.new("RGB", (1200, 800), "red"))))

    assert (made.format, made.size) == ("JPEG", (480, 480))


def test_picture_loses_where_it_was_taken():
    exif = Image.Exif()
    exif[0x010E] = "taken in a village"
    sent = upload(Image.new("RGB", (600, 600)), exif=exif)

    assert b"village" not in images.small_picture(sent).read()


@pytest.mark.parametrize("content", [b"", b"<svg/>", b"GIF89a" + bytes(40), b"\x89PNG\r\n\x1a\n" + bytes(40)])
def test_what_is_no_picture_is_refused(content):
    with pytest.raises(ValidationError, match="not a picture"):
        images.small_picture(SimpleUploadedFile("x.jpg", content))


def test_picture_of_too_many_pixels_is_refused_before_it_is_opened(monkeypatch):
    monkeypatch.setattr(limits, "PIXELS", 100)

    with pytest.raises(ValidationError, match="too large"):
        images.small_picture(upload(Image.new("RGB", (20, 20)), "PNG"))


def test_picture_of_too_many_bytes_is_refused_before_it_is_opened(monkeypatch):
    sent = upload(Image.new("RGB", (20, 20)))
    monkeypatch.setattr(limits, "PICTURE", sent.size)
    images.PictureField().clean(sent)

    monkeypatch.setattr(limits, "PICTURE", sent.size - 1)
    monkeypatch.setattr(images, "small_picture", None)
    with pytest.raises(ValidationError, match="larger than 5 MB"):
        images.PictureField().clean(sent)


def drawn(mode):
    """A red disc on nothing, in one of the ways in which a file says "nothing"."""
    picture = Image.new("RGBA", (96, 96), (0, 0, 0, 0))
    picture.paste((255, 0, 0, 255), (32, 32, 64, 64))
    return picture.convert(mode) if mode != "P" else picture.quantize(8)


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
@pytest.mark.parametrize("mode", ["RGBA", "LA", "P"])
def test_what_is_transparent_shows_the_ground_of_the_page(kind, mode):
    made = Image.open(images.small_picture(upload(drawn(mode), kind)))

    assert all(abs(seen - wanted) < 6 for seen, wanted in zip(made.getpixel((2, 2)), GROUND, strict=True))
    assert made.getpixel((48, 48)) != made.getpixel((2, 2))


def test_palette_with_transparent_colours_is_a_picture():
    """As many programs write small PNG files: bytes that say how much each colour of the palette covers."""
    picture = Image.new("P", (40, 40), 0)
    picture.putpalette([0, 0, 0, 255, 0, 0])

    made = Image.open(images.small_picture(upload(picture, "PNG", transparency=bytes([0, 255]))))

    assert all(abs(seen - wanted) < 6 for seen, wanted in zip(made.getpixel((2, 2)), GROUND, strict=True))


def test_ground_is_the_one_of_the_pages():
    sheet = Path("static/css/site.css").read_text(encoding="utf-8")

    assert re.search(r"--paper: (#\w+);", sheet)[1] == images.GROUND
