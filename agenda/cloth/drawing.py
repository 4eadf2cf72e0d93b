"""Cloth and strips as SVG. Pure.

Colours are attributes, so that a file by itself has them. In a page the classes `yarn-red`, `yarn-indigo` take over
(site.css), for dark screens and for readers with colours of their own. A cell of the cloth is one unit: drawn at two,
three or four pixels a cell it stays crisp; at a fraction of a pixel other patterns appear in it.
"""

from collections.abc import Collection, Iterable
from datetime import time

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from agenda.cloth.strips import Piece
from agenda.cloth.weaving import FRINGE, SIDE, Cloth, Thread
from agenda.cloth.yarns import Yarn
from conference.words import clock

COLOURS = {Yarn.UNDYED: "#d8cdb8", Yarn.SINGLE: "#c98a92", Yarn.RED: "#8c1a2b", Yarn.INDIGO: "#12395a"}
DYED = (Yarn.RED, Yarn.INDIGO)
PIXELS = 2  # for a cell, where a page says nothing else
STRIP_HEIGHT = 24
LANE_GAP = 2
EDGE = 6  # per cent of the scale: hours nearer to its ends are written inwards
_FADED = mark_safe(' opacity=".35"')
# Plain weave: the warp is seen in every second cell, the weft in the others.
_CELLS = {"warp": "M0 0h1v1H0zM1 1h1v1H1z", "weft": "M1 0h1v1H1zM0 1h1v1H0z", "fringe": "M0 0h1v2H0z"}
_FILE_STYLE = mark_safe(
    "<style>@media(prefers-color-scheme:dark){.yarn-red{fill:#b5414f}.yarn-indigo{fill:#33709f}}</style>"
)


def cloth_svg(cloth: Cloth, label: str = "") -> SafeString:
    """For a page: a picture where a label says in words what is to be seen, else decoration."""
    role = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return _cloth(cloth, role, SafeString())


def cloth_file(cloth: Cloth, label: str) -> SafeString:
    """A file by itself, dark where the reader's screen is."""
    return _cloth(
        cloth, format_html('xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{}"', label), _FILE_STYLE
    )


def _cloth(cloth: Cloth, attributes: SafeString, style: SafeString) -> SafeString:
    height = SIDE + FRINGE
    patterns = format_html_join(
        "",
        '<pattern id="{}-{}" width="2" height="2" patternUnits="userSpaceOnUse">'
        '<path class="yarn-{}" fill="{}" d="{}"/></pattern>',
        ((part, yarn, yarn, COLOURS[yarn], cells) for part, cells in _CELLS.items() for yarn in DYED),
    )
    warp = format_html_join("", '<path id="warp-of-{}" d="{}"/>', ((yarn, _warp(cloth.warp, yarn)) for yarn in DYED))
    weft = format_html_join(
        "", '<path fill="url(#weft-{})" d="{}"/>', ((yarn, _weft(cloth.weft, yarn)) for yarn in DYED)
    )
    # The threads of the warp are written once. Moved down, they hang out below the last thread of the weft.
    used = [(yarn, part, moved) for part, moved in (("warp", 0), ("fringe", SIDE)) for yarn in DYED]
    upright = format_html_join(
        "", '<use href="#warp-of-{}" fill="url(#{}-{})" y="{}"/>', ((y, p, y, m) for y, p, m in used)
    )
    return format_html(
        '<svg class="cloth" viewBox="0 0 {} {}" width="{}" height="{}" shape-rendering="crispEdges" {}>'
        "{}<defs>{}{}</defs>{}{}</svg>",
        SIDE,
        height,
        SIDE * PIXELS,
        height * PIXELS,
        attributes,
        style,
        patterns,
        warp,
        weft,
        upright,
    )


def _warp(threads: Iterable[Thread], yarn: Yarn) -> str:
    return "".join(f"M{one.start} 0v{SIDE}h{one.width}V0" for one in threads if one.yarn is yarn)


def _weft(threads: Iterable[Thread], yarn: Yarn) -> str:
    return "".join(f"M0 {one.start}h{SIDE}v{one.width}H0" for one in threads if one.yarn is yarn)


def strip_svg(pieces: Iterable[Piece], since: int, to: int, current: Collection[str] = ()) -> SafeString:
    """Decoration: the agenda says the same in words. `since` and `to` are the minutes at its left and right edge.

    It is as wide as its place. Where sessions are current, the others are pale.
    """
    gap = max(1, (to - since) // 270)
    drawn: dict[tuple[Yarn, bool], str] = {}
    for one in pieces:
        height = (STRIP_HEIGHT - LANE_GAP * (one.lanes - 1)) // one.lanes
        width = one.minutes - gap if one.minutes > 2 * gap else one.minutes
        path = f"M{one.start} {one.lane * (height + LANE_GAP)}h{width}v{height}h-{width}z"
        key = (one.yarn, bool(current) and one.code not in current)
        drawn[key] = drawn.get(key, "") + path
    paths = format_html_join(
        "",
        '<path class="yarn-{}" fill="{}"{} d="{}"/>',
        ((yarn, COLOURS[yarn], _FADED if is_pale else "", path) for (yarn, is_pale), path in drawn.items()),
    )
    return format_html(
        '<svg class="strip" viewBox="{} 0 {} {}" preserveAspectRatio="none" aria-hidden="true">{}</svg>',
        since,
        to - since,
        STRIP_HEIGHT,
        paths,
    )


def hours_svg(since: int, to: int) -> SafeString:
    """The scale below strips of this width: at most seven hours are written, so that a phone has room for them."""
    whole = to - since
    step = next(hours for hours in (1, 2, 3, 4, 6, 8, 12) if whole <= 60 * 6 * hours)
    texts = []
    for hour in range(-(-since // 60), to // 60 + 1):
        if hour % step == 0:
            at = round((60 * hour - since) * 100 / whole, 2)
            anchor = "start" if at < EDGE else "end" if at > 100 - EDGE else "middle"
            texts.append((at, anchor, clock(time(hour % 24))))
    written = format_html_join("", '<text x="{}%" y="1.2em" text-anchor="{}">{}</text>', texts)
    return format_html('<svg class="hours" width="100%" height="1.6em" aria-hidden="true">{}</svg>', written)
