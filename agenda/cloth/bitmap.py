"""The cloth in pixels, for pictures and for paper. Pure: the same cloth as drawing.py draws, cell by cell."""

from collections.abc import Mapping

from PIL import Image

from agenda.cloth.drawing import COLOURS
from agenda.cloth.weaving import FRINGE, SIDE, Cloth, Thread
from agenda.cloth.yarns import Yarn

GROUND = "#fbf8f1"  # undyed cotton
_NUMBERS = {Yarn.UNDYED: 0, Yarn.RED: 1, Yarn.INDIGO: 2}


def cloth_picture(cloth: Cloth, pixels: int = 2, ground: str = GROUND) -> Image.Image:
    """With so many pixels a cell: a whole number, so that it stays crisp. The fringe hangs out below."""
    warp, weft = _cells(cloth.warp), _cells(cloth.weft)
    rows = bytearray()
    for y, across in enumerate(weft):
        row = bytearray([across] * SIDE)
        row[y % 2 :: 2] = warp[y % 2 :: 2]  # over one thread of the weft, under the next
        rows += row
    hanging = bytearray(SIDE)
    hanging[::2] = warp[::2]
    rows += hanging * FRINGE
    picture = Image.frombytes("P", (SIDE, SIDE + FRINGE), bytes(rows))
    colours: Mapping[Yarn, str] = {**COLOURS, Yarn.UNDYED: ground}
    picture.putpalette([part for yarn in _NUMBERS for part in bytes.fromhex(colours[yarn][1:])])
    return picture.resize((SIDE * pixels, (SIDE + FRINGE) * pixels), Image.Resampling.NEAREST)


def _cells(threads: tuple[Thread, ...]) -> bytes:
    cells = bytearray(SIDE)
    for one in threads:
        cells[one.start : one.start + one.width] = [_NUMBERS[one.yarn]] * one.width
    return bytes(cells)
