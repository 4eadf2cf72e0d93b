"""Badges: A6, one a page, or eight on A4; front and back, for printing on both sides.

The QR code holds the address of the badge's random token and nothing else. What a person follows by, needs or belongs
to is on no badge: languages too are asked about access, and stay there.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.db.models import TextChoices
from django.utils.translation import get_language, gettext, override
from django.utils.translation import gettext_lazy as _

from agenda.cloth.weaving import weave
from agenda.feeds.share_image import INK
from agenda.programme.value import Programme
from agenda.publishing.versions import published
from conference.models import Edition
from registration.choices import LANYARD_OF, Agreement, BadgeRole, Lanyard
from registration.desk.tokens import full_address_of, give_tokens
from registration.lists.files import in_chunks
from registration.lists.ready import with_photos
from registration.models.registration import ERASED_WORD, RegistrationQuerySet
from registration.paper.back import badge_back
from registration.paper.drawing import Block, Board, Drawing
from registration.paper.pieces import INDIGO, LANGUAGES, QUIET, RED, WHITE, cloth_band, in_languages, put_mark
from registration.paper.roles import Roles

# What of a person is on a badge, for the access log.
ON_A_BADGE = ["name_km", "name_latin", "organisation", "badge_role", "photos", "code", "badge_token"]
READ = ["edition", "badge_token", "code", "name_km", "name_latin", "organisation", "part", "badge_role", "language"]
SHORT_ROWS = 1000  # read at a time: of each these few columns alone
WIDTH, HEIGHT = 105.0, 148.0  # mm: A6
A4_WIDTH, A4_HEIGHT = 210.0, 297.0
SIDE = 7.0  # mm at the left and right edge
CLOTH_HEIGHT, CLOTH_CELLS, CLOTH_ROWS = 38.0, 198, 72
NAMES_TOP, NAMES_BOTTOM = 47.0, 102.0
LANYARD_TOP = 103.0
FOOT_TOP = 113.0
QR_SIDE = 34.0  # as large as the foot: on A4 its modules are not half a millimetre
QR_RIGHT = SIDE + QR_SIDE  # where the words beside it begin
NAME_SIZES = range(38, 11, -2)
LATIN_PART = 0.78  # of the size of Khmer letters: so both look equally large
ORGANISATION_SIZES = (11, 10, 9, 8)
# Eight on a sheet lie on their side, so that the printer's usual turning over of a page, along the long edge, fits.
CARD_SCALE = 96 / HEIGHT
COLUMNS, ROWS = 2, 4
CUT = 4.0  # mm: how long the marks are where to cut


class Layout(TextChoices):
    A6 = "a6", _("One badge a page (A6)")
    A4 = "a4", _("Eight badges on a sheet (A4)")


# What the lanyard says, in words that are read from afar. Silence is no agreement.
LANYARD_WORDS = {Lanyard.YES: _("Photos: yes"), Lanyard.ASK: _("Photos: ask me"), Lanyard.NO: _("Photos: no")}
LANYARD_COLOUR = {Lanyard.YES: WHITE, Lanyard.ASK: "#ffd43b", Lanyard.NO: RED}  # as static/css/desk.css has them


@dataclass(frozen=True)
class Badge:
    """What one badge says."""

    registration: int
    token: str
    number: str
    name_km: str
    name_latin: str
    organisation: str
    role: BadgeRole
    lanyard: Lanyard
    language: str  # of the back

    @property
    def digest(self) -> str:
        """Another one as soon as anything on it is another. The token is in it, so it tells nothing of a name."""
        shown = (self.token, self.name_km, self.name_latin, self.organisation, self.role, self.lanyard)
        return hashlib.sha256("\n".join(shown).encode()).hexdigest()


def badges_of(edition: Edition, people: RegistrationQuerySet, programme: Programme) -> Iterator[Badge]:
    """In the order of the people. Who is erased has none."""
    give_tokens(edition)
    roles = Roles(programme)
    rows = with_photos(people.exclude(name_latin=ERASED_WORD)).only(*READ)
    for row in in_chunks(rows, SHORT_ROWS):
        yield Badge(
            registration=row.pk,
            token=row.badge_token,
            number=row.spoken_code,
            name_km=row.name_km,
            name_latin=row.name_latin,
            organisation=row.organisation,
            role=roles.badge_role(row),
            lanyard=LANYARD_OF[Agreement(row.photos)] if row.photos else Lanyard.NO,
            language=row.language,
        )


def write_badges(edition: Edition, people: RegistrationQuerySet, file: BinaryIO, layout: str) -> list[Badge]:
    """A PDF into the file; gives what was written. The same people in the same order give the same sheets."""
    programme = published(edition)
    badges = list(badges_of(edition, people, programme))
    write(edition, programme, badges, file, layout)
    return badges


def write(edition: Edition, programme: Programme, badges: list[Badge], file: BinaryIO, layout: str) -> None:
    is_sheet = layout == Layout.A4
    size = (A4_WIDTH, A4_HEIGHT) if is_sheet else (WIDTH, HEIGHT)
    board = Board(*size, title=f"{edition.title} – {gettext('Badges')}", language=get_language() or "en")
    press = _Press(board, edition, programme)
    if is_sheet:
        _write_sheets(board, press, badges)
    else:
        for badge in badges:
            board.add_page()
            board.stamp(press.front(badge), 0, 0)
            board.add_page()
            board.stamp(press.back(badge.language), 0, 0)
    if not badges:
        board.add_page()
    file.write(board.output())


def _write_sheets(board: Board, press: "_Press", badges: list[Badge]) -> None:
    card_width, card_height = HEIGHT * CARD_SCALE, WIDTH * CARD_SCALE  # they lie on their side
    left, top = (A4_WIDTH - COLUMNS * card_width) / 2, (A4_HEIGHT - ROWS * card_height) / 2
    marks = _cut_marks(board, left, top, card_width, card_height)
    a_sheet = COLUMNS * ROWS
    for begin in range(0, len(badges), a_sheet):
        on_sheet = badges[begin : begin + a_sheet]
        places = [(number % COLUMNS, number // COLUMNS) for number in range(len(on_sheet))]
        board.add_page()
        for badge, (column, row) in zip(on_sheet, places, strict=True):
            x, y = left + column * card_width, top + row * card_height
            board.stamp(press.front(badge), x, y, scale=CARD_SCALE, turn=90)
        board.stamp(marks, 0, 0)
        board.add_page()  # the back of the sheet: left and right change places
        for badge, (column, row) in zip(on_sheet, places, strict=True):
            x, y = left + (COLUMNS - 1 - column) * card_width, top + row * card_height
            board.stamp(press.back(badge.language), x, y, scale=CARD_SCALE, turn=-90)


def _cut_marks(board: Board, left: float, top: float, width: float, height: float) -> Drawing:
    marks, thin = Drawing(board, A4_WIDTH, A4_HEIGHT), 0.15
    for column in range(COLUMNS + 1):
        x = left + column * width - thin / 2
        marks.areas([(x, top - CUT - 1, thin, CUT), (x, top + ROWS * height + 1, thin, CUT)], INK)
    for row in range(ROWS + 1):
        y = top + row * height - thin / 2
        marks.areas([(left - CUT - 1, y, CUT, thin), (left + COLUMNS * width + 1, y, CUT, thin)], INK)
    return marks


class _Press:
    """Draws the badges of one edition. What is the same on many is drawn once."""

    def __init__(self, board: Board, edition: Edition, programme: Programme) -> None:
        self.board, self.edition, self.programme = board, edition, programme
        self._ground = self._drawn_ground()
        self._lanyards = {lanyard: self._drawn_lanyard(lanyard) for lanyard in Lanyard}
        self._roles: dict[BadgeRole, Drawing] = {}
        self._backs: dict[str, Drawing] = {}

    def front(self, badge: Badge) -> Drawing:
        front = Drawing(self.board, WIDTH, HEIGHT)
        front.put(self._ground)
        self._put_names(front, badge)
        front.put(self._lanyards[badge.lanyard])
        if badge.role not in self._roles:
            self._roles[badge.role] = self._drawn_role(badge.role)
        front.put(self._roles[badge.role])
        number = self.board.wrapped(badge.number, "en", "display", WIDTH, 15)
        front.write(number, QR_RIGHT, FOOT_TOP + 24, WHITE)
        front.qr(full_address_of(badge.token), SIDE - 4, FOOT_TOP + 0.5, QR_SIDE)
        return front

    def back(self, language: str) -> Drawing:
        if language not in self._backs:
            self._backs[language] = badge_back(self.board, self.edition, self.programme, language, WIDTH, HEIGHT)
        return self._backs[language]

    def _drawn_ground(self) -> Drawing:
        ground = Drawing(self.board, WIDTH, HEIGHT)
        cloth = self.board.picture(cloth_band(weave(self.programme), CLOTH_CELLS, CLOTH_ROWS))
        ground.picture(cloth, 0, 0, WIDTH, CLOTH_HEIGHT)
        titles = [self._title(*one) for one in in_languages(self.edition.title)]
        height = sum(one.height for one in titles)
        top = CLOTH_HEIGHT + 6 - max(height, 11)
        wide = max(one.width for one in titles)
        ground.area(SIDE, top - 2, 14 + wide + 3, max(height, 11) + 3, WHITE)
        put_mark(ground, SIDE, top, 11)
        y = top + max(0, 11 - height) / 2
        for one in titles:
            y = ground.write(one, SIDE + 14, y, INK)
        ground.area(0, FOOT_TOP, WIDTH, HEIGHT - FOOT_TOP, INDIGO)
        return ground

    def _title(self, language: str, text: str) -> Block:
        width = WIDTH - 2 * SIDE - 16
        return self.board.fitted(text, language, "display", width=width, height=8, sizes=(9, 8.5, 8, 7.5, 7, 6.5, 6))

    def _put_names(self, front: Drawing, badge: Badge) -> None:
        """As the person gave them: both are there, in sizes in which they look equal, or the one that is there."""
        wide = WIDTH - 2 * SIDE
        room, organisation = NAMES_BOTTOM - NAMES_TOP, None
        if badge.organisation:
            language = "km" if any("\u1780" <= letter <= "\u17ff" for letter in badge.organisation) else "en"
            organisation = self.board.fitted(
                badge.organisation, language, "text", width=wide, height=16, sizes=ORGANISATION_SIZES
            )
            room -= organisation.height + 2
        names = self._fitted_names(badge, wide, room)
        y = NAMES_TOP + max(0, room - sum(one.height for one in names)) / 2
        for one in names:
            y = front.write(one, SIDE, y, RED if one.language == "km" else INK)
        if organisation:
            front.write(organisation, SIDE, y + 2, QUIET)

    def _fitted_names(self, badge: Badge, width: float, height: float) -> list[Block]:
        given = [("km", badge.name_km, 1.0), ("en", badge.name_latin, LATIN_PART)]
        names = [(language, name, part) for language, name, part in given if name]
        for size in NAME_SIZES:
            blocks = [self.board.wrapped(name, lang, "display", width, size * part) for lang, name, part in names]
            if max(one.width for one in blocks) <= width and sum(one.height for one in blocks) <= height:
                return blocks
        share = height / len(names)
        return [
            self.board.fitted(name, lang, "display", width=width, height=share, sizes=[NAME_SIZES[-1] * part])
            for lang, name, part in names
        ]

    def _drawn_role(self, role: BadgeRole) -> Drawing:
        drawn, y = Drawing(self.board, WIDTH, HEIGHT), FOOT_TOP + 4.5
        for language in LANGUAGES:
            with override(language):
                said = str(role.label)
            sizes = (15, 14, 13, 12, 11, 10, 9)
            block = self.board.fitted(
                said, language, "display", width=WIDTH - QR_RIGHT - SIDE, height=9.5, sizes=sizes
            )
            y = drawn.write(block, QR_RIGHT, y, WHITE)
        return drawn

    def _drawn_lanyard(self, lanyard: Lanyard) -> Drawing:
        """As a shape and in words: colour alone says nothing to many readers, and is lost on a copy."""
        drawn, y, colour = Drawing(self.board, WIDTH, HEIGHT), LANYARD_TOP, LANYARD_COLOUR[lanyard]
        # Each with an edge of ink: white and yellow are pale on paper.
        if lanyard == Lanyard.YES:
            drawn.disc(SIDE + 3.5, y + 4, 3.5, INK)
            drawn.disc(SIDE + 3.5, y + 4, 2.9, colour)
        elif lanyard == Lanyard.ASK:
            drawn.polygon([(SIDE, y + 7.3), (SIDE + 7, y + 7.3), (SIDE + 3.5, y + 0.7)], INK)
            drawn.polygon([(SIDE + 1.1, y + 6.7), (SIDE + 5.9, y + 6.7), (SIDE + 3.5, y + 2.1)], colour)
        else:
            drawn.area(SIDE, y + 0.5, 7, 7, colour)
            drawn.area(SIDE + 1.4, y + 3.2, 4.2, 1.6, WHITE)
        x = SIDE + 10
        for language in LANGUAGES:
            with override(language):
                said = str(LANYARD_WORDS[lanyard])
            block = self.board.wrapped(said, language, "text", WIDTH, 11)
            drawn.write(block, x, y + 4 - block.height / 2, INK)
            x += block.width + 6
        return drawn
