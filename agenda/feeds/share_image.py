"""The picture beside a link that is shared: what and when, in both languages, and the cloth of the year."""

from io import BytesIO

from django.utils.translation import override
from PIL import Image, ImageDraw

from agenda.cloth.bitmap import GROUND, cloth_picture
from agenda.cloth.drawing import COLOURS
from agenda.cloth.weaving import weave
from agenda.cloth.yarns import Yarn
from agenda.feeds import inherited, words
from agenda.feeds.lettering import Block, block, cut
from agenda.programme.value import Place, Programme
from conference.language.translated import Text
from conference.models import Edition
from conference.words import clock, date_range
from conference.words import day as day_name

WIDTH, HEIGHT = 1200, 630  # as Telegram, Facebook and others ask for it
INK, RED = "#1b1f23", COLOURS[Yarn.RED]
LEFT, RIGHT, TOP, BOTTOM = 56, 676, 52, 584
CLOTH_LEFT, CLOTH_BOTTOM = 720, 584
MARK = 80
GAP = 16
SMALL = 26
SIZES = range(62, 30, -2)
LANGUAGES = ("km", "en")
MARK_BARS = {  # as in static/img/icon.svg
    RED: ((7, 1, 12, 20), (7, 26, 12, 31), (20, 1, 25, 6), (20, 12, 25, 31)),
    COLOURS[Yarn.INDIGO]: ((1, 7, 5.5, 12), (13.5, 7, 31, 12), (1, 20, 18.5, 25), (26.5, 20, 31, 25)),
}


def edition_picture(programme: Programme, edition: Edition) -> bytes:
    facts = []
    for language in LANGUAGES:
        with override(language):
            when = date_range(edition.starts_on, edition.ends_on)
            facts.append(" · ".join(filter(None, [when, str(edition.city)])))
    return _picture(programme, edition.title, facts)


def session_picture(programme: Programme, edition: Edition, place: Place) -> bytes:
    facts = []
    for language in LANGUAGES:
        with override(language):
            when = day_name(place.day.date)
            if inherited.has_times(programme, place):
                begins, ends = inherited.moments(programme, place)
                when = f"{when} · {clock(begins)}–{clock(ends)}"
            facts.append(words.with_status(when, inherited.status(programme, place)))
    return _picture(programme, place.session.title, facts, above=edition.title)


def _picture(programme: Programme, title: Text, facts: list[str], above: Text | None = None) -> bytes:
    picture = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    cloth = cloth_picture(weave(programme))
    seen = cloth.crop((cloth.width - (WIDTH - CLOTH_LEFT), cloth.height - CLOTH_BOTTOM, cloth.width, cloth.height))
    picture.paste(seen.convert("RGB"), (CLOTH_LEFT, 0))
    mark = mark_picture(MARK)
    picture.paste(mark, (LEFT, TOP), mark)
    if above:
        y = TOP
        for language, text in _in_languages(above):
            y = block(text, language, RIGHT - LEFT - MARK - GAP, SMALL, "display").draw(
                picture, (LEFT + MARK + GAP, y), INK
            )
    foot = [block(text, language, RIGHT - LEFT, SMALL) for language, text in zip(LANGUAGES, facts, strict=True)]
    y = BOTTOM - sum(one.height for one in foot)
    room = y - (TOP + MARK) - 3 * GAP
    titles = _titles(title, room)
    for one in foot:
        y = one.draw(picture, (LEFT, y), INK)
    y = TOP + MARK + GAP + (room - sum(one.height for one in titles)) // 3
    for one, colour in zip(titles, (RED, INK), strict=False):
        y = one.draw(picture, (LEFT, y), colour) + GAP // 2
    out = BytesIO()
    picture.quantize(64, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _titles(title: Text, height: int) -> list[Block]:
    """Both scripts in one size: the largest in which both fit, else the smallest, each cut to its half."""
    texts = _in_languages(title)
    for size in SIZES:
        blocks = [block(text, language, RIGHT - LEFT, size, "display") for language, text in texts]
        if sum(one.height for one in blocks) <= height and all(one.width <= RIGHT - LEFT for one in blocks):
            return blocks
    return [cut(one, RIGHT - LEFT, height // len(blocks)) for one in blocks]


def _in_languages(text: Text) -> list[tuple[str, str]]:
    return [(language, said) for language in LANGUAGES if (said := getattr(text, language))]


def mark_picture(size: int) -> Image.Image:
    """Two threads of red, two of indigo, woven, and a data point in the check between them."""
    unit = 16  # drawn large, and then made small: so its edges are smooth
    mark = Image.new("RGBA", (32 * unit, 32 * unit))
    pen = ImageDraw.Draw(mark)
    for colour, bars in MARK_BARS.items():
        for left, top, right, bottom in bars:
            pen.rectangle((left * unit, top * unit, right * unit - 1, bottom * unit - 1), fill=colour)
    pen.circle((16 * unit, 16 * unit), 2.6 * unit, fill=INK)
    return mark.resize((size, size), Image.Resampling.LANCZOS)
