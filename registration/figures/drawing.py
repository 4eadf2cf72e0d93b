"""A chart as shapes, drawn as SVG for a page and as a picture for a document. Distances are pixels of the page.

A shape has a tone, no colour: the page gives each tone its colour by day and by night, a picture those on paper.
"""

from dataclasses import dataclass, replace
from io import BytesIO

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from PIL import Image, ImageDraw

from agenda.feeds.lettering import MIDDLE, Block, block

SHARP = 2  # pixels of a picture for one of the page
SMALLEST = 8  # of letters
PAPER = {
    "ground": "#ffffff",
    "ink": "#1b1f23",
    "on-dark": "#ffffff",
    "line": "#8a8f98",
    "first": "#12395a",
    "second": "#a05a00",
    "third": "#5d6b75",
    "goal": "#8c1a2b",
    "first-pale": "#b9cbdb",
    "second-pale": "#ecd3b0",
    "third-pale": "#d3d9dd",
    "shade-0": "#ffffff",
    "shade-1": "#dce7f0",
    "shade-2": "#a9c4da",
    "shade-3": "#2f628d",
    "shade-4": "#12395a",
}


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float
    tone: str


@dataclass(frozen=True)
class Path:
    points: tuple[tuple[float, float], ...]
    tone: str
    width: float = 1


@dataclass(frozen=True)
class Words:
    """One line. `x` is where it begins, ends or has its middle, `y` its baseline."""

    x: float
    y: float
    text: str
    language: str
    size: int = 13
    anchor: str = "start"
    tone: str = "ink"
    style: str = "text"


Shape = Box | Path | Words


@dataclass(frozen=True)
class Chart:
    title: str
    said: str  # all that is to be seen, in words
    width: int
    height: int
    shapes: tuple[Shape, ...]


def fitted(text: str, language: str, width: float, size: int, most: int, style: str = "text") -> Block:
    """In lines that are no wider; smaller where they would be more than so many, or a word is wider."""
    found = block(text, language, int(width), size, style)
    while size > SMALLEST and (len(found.lines) > most or found.width > width):
        size -= 1
        found = block(text, language, int(width), size, style)
    return found


def in_lines(
    found: Block, x: float, top: float, language: str, anchor: str = "start", tone: str = "ink"
) -> list[Words]:
    height = found.size * found.leading
    return [
        Words(
            x, top + height * (at + 0.5) + MIDDLE * found.size, line, language, found.size, anchor, tone, found.style
        )
        for at, line in enumerate(found.lines)
    ]


# --- for a page ---


def svg(chart: Chart) -> SafeString:
    drawn = format_html_join("", "{}", ((_svg(shape),) for shape in chart.shapes))
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}" focusable="false">{}</svg>',
        chart.width,
        chart.height,
        chart.said,
        drawn,
    )


def _svg(shape: Shape) -> SafeString:
    if isinstance(shape, Box):
        place = (f"{one:.1f}" for one in (shape.x, shape.y, shape.width, shape.height))
        return format_html('<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>', f"tone-{shape.tone}", *place)
    if isinstance(shape, Path):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in shape.points)
        return format_html(
            '<polyline class="{}" points="{}" stroke-width="{}"/>', f"stroke-{shape.tone}", points, shape.width
        )
    return format_html(
        '<text class="{}" x="{}" y="{}" font-size="{}" text-anchor="{}" lang="{}">{}</text>',
        f"tone-{shape.tone}{' strong' if shape.style == 'display' else ''}",
        f"{shape.x:.1f}",
        f"{shape.y:.1f}",
        shape.size,
        shape.anchor,
        shape.language,
        shape.text,
    )


# --- for a document ---


def png(chart: Chart) -> bytes:
    picture = Image.new("RGB", (chart.width * SHARP, chart.height * SHARP), PAPER["ground"])
    pen = ImageDraw.Draw(picture)
    for shape in chart.shapes:
        if isinstance(shape, Box):
            if shape.width > 0 and shape.height > 0:
                corners = (shape.x, shape.y, shape.x + shape.width, shape.y + shape.height)
                left, top, right, bottom = (round(one * SHARP) for one in corners)
                edge = PAPER["line"] if shape.tone.startswith("shade") else None
                pen.rectangle(
                    (left, top, max(left, right - 1), max(top, bottom - 1)), fill=PAPER[shape.tone], outline=edge
                )
        elif isinstance(shape, Path):
            points = [(x * SHARP, y * SHARP) for x, y in shape.points]
            pen.line(points, fill=PAPER[shape.tone], width=round(shape.width * SHARP))
        else:
            _letters(picture, shape)
    out = BytesIO()
    picture.quantize(64).save(out, "PNG", optimize=True)  # a quarter of the bytes, and no difference to be seen
    return out.getvalue()


def _letters(picture: Image.Image, words: Words) -> None:
    line = replace(block("", words.language, 1, words.size * SHARP, words.style), lines=(words.text,))
    left = words.x * SHARP - {"start": 0, "middle": line.width / 2, "end": line.width}[words.anchor]
    top = words.y * SHARP - line.size * line.leading / 2 - MIDDLE * line.size
    line.draw(picture, (round(left), round(top)), PAPER[words.tone])
