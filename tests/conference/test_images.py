from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from conference import images


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
    monkeypatch.setattr(images, "MAX_PIXELS", 100)

    with pytest.raises(ValidationError, match="too large"):
        images.small_picture(upload(Image.new("RGB", (20, 20)), "PNG"))
