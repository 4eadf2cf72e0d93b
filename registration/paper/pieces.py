"""What badges and certificates share: the cloth of the edition, the mark, and the colours."""

from PIL import Image

from agenda.cloth.bitmap import cloth_picture
from agenda.cloth.drawing import COLOURS
from agenda.cloth.weaving import Cloth
from agenda.cloth.yarns import Yarn
from agenda.feeds.share_image import INK, MARK_BARS
from conference.language.translated import Text
from registration.paper.drawing import Drawing

RED, INDIGO, WHITE, QUIET = COLOURS[Yarn.RED], COLOURS[Yarn.INDIGO], "#ffffff", "#42474b"
LANGUAGES = ("km", "en")
PIXELS = 4  # a cell: so it stays crisp where a program smooths it
MARK_UNITS = 32  # the side of the mark, as it is drawn


def cloth_band(cloth: Cloth, cells: int, rows: int) -> Image.Image:
    """The last threads of the cloth with the fringe, so many cells wide and high."""
    whole = cloth_picture(cloth, PIXELS, ground=WHITE)
    left = (whole.width - cells * PIXELS) // 4
    return whole.crop((left, whole.height - rows * PIXELS, left + cells * PIXELS, whole.height)).convert("RGB")


def put_mark(drawing: Drawing, x: float, y: float, side: float) -> None:
    unit = side / MARK_UNITS
    for colour, bars in MARK_BARS.items():
        boxes = [(x + a * unit, y + b * unit, (c - a) * unit, (d - b) * unit) for a, b, c, d in bars]
        drawing.areas(boxes, colour)
    drawing.disc(x + 16 * unit, y + 16 * unit, 2.6 * unit, INK)


def in_languages(text: Text) -> list[tuple[str, str]]:
    """(language, text) for each language in which there is one: Khmer first."""
    return [(language, said) for language in LANGUAGES if (said := getattr(text, language))]
