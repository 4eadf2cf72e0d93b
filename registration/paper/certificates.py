"""Certificates of attendance: A4, Khmer and English on one page, with an address where each can be verified."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO

from django.conf import settings
from django.db.models import Prefetch
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, gettext_lazy, override
from django.utils.translation import gettext as _
from PIL import Image, UnidentifiedImageError

from agenda.cloth.weaving import SIDE as CLOTH_CELLS
from agenda.cloth.weaving import weave
from agenda.feeds.share_image import INK
from agenda.publishing import chosen
from agenda.publishing.versions import published
from conference import clock
from conference.models import Edition, EditionOrganisation, Organisation
from conference.words import dates, labelled
from registration.choices import BadgeRole
from registration.lists.files import in_chunks
from registration.models import Attendance, Certificate, Registration
from registration.models.registration import ERASED_WORD, RegistrationQuerySet
from registration.paper.drawing import Board, Drawing
from registration.paper.pieces import LANGUAGES, QUIET, RED, WHITE, cloth_band, in_languages, put_mark
from registration.paper.roles import Roles, titles

log = logging.getLogger(__name__)

WIDTH, HEIGHT = 297.0, 210.0  # mm: A4 on its side
EDGE = 24.0
BAND_ROWS = 26  # of the cloth, with its fringe
BOTTOM = 158.0  # below it stand who signs, and how to verify
QR_SIDE = 30.0
SIGNATURES, SIGNATURE_WIDTH = 3, 62.0
LOGO_WIDTH, LOGO_HEIGHT = 44.0, 11.0
LINE = 23.0  # below BOTTOM: where they sign
ATTENDANCE = gettext_lazy("Certificate of attendance")


@dataclass(frozen=True)
class Shown:
    """What one certificate says."""

    name_km: str
    name_latin: str
    days: tuple[date, ...]
    role: BadgeRole
    sessions: tuple[dict[str, str], ...]  # of a speaker: the title by language
    certificate: Certificate
    deed: Mapping[str, str] = field(default_factory=dict)  # by language, where it is more than to have taken part


def who_were_there(edition: Edition) -> RegistrationQuerySet:
    there = Attendance.objects.filter(registration__edition=edition).values("registration")
    return edition.registrations.filter(pk__in=there).exclude(name_latin=ERASED_WORD)


def has_one(registration: Registration) -> bool:
    """On the last day, and after it, for a person who was there on a day that is published: it names no other."""
    edition = registration.edition
    if edition.ends_on > clock.today() or registration.name_latin == ERASED_WORD:
        return False
    days = [row.day for row in registration.attendance.select_related("day")]
    return bool(days and chosen.as_published(edition, days))


def write_certificates(
    edition: Edition,
    people: RegistrationQuerySet,
    file: BinaryIO,
    *,
    heading: str | Promise = ATTENDANCE,
    deeds: Mapping[int, Mapping[str, str]] | None = None,
) -> int:
    """A PDF into the file: a page for each of the people who was there. Gives how many.

    `deeds`: by the key of a person and by language, what the person did, where it is more than to have taken part.
    The name of the conference comes after it.
    """
    certificates = list(_of(edition, people, deeds or {}))
    title = f"{edition.title} – {heading}"
    board = Board(WIDTH, HEIGHT, title, get_language() or "en", is_tagged=True)
    press = _Press(board, edition, heading)
    for one in certificates:
        board.add_page()
        board.stamp(press.page(one), 0, 0)
    if not certificates:
        board.add_page()
    file.write(board.output())
    return len(certificates)


def verification_address(certificate: Certificate) -> str:
    """In no language: the page speaks that of the reader."""
    _empty, _language, path = reverse("registration:certificate", args=[certificate.spoken_code]).split("/", 2)
    return f"{settings.SITE_URL}/{path}"


def _of(edition: Edition, people: RegistrationQuerySet, deeds: Mapping[int, Mapping[str, str]]) -> Iterator[Shown]:
    programme = published(edition)
    roles = Roles(programme)
    date_of = {day.pk: day.date for day in chosen.days(edition, programme)}
    there = Prefetch("attendance", Attendance.objects.only("registration", "day"), to_attr="was_there")
    for row in in_chunks(people.prefetch_related(there).select_related("certificate")):
        days = tuple(sorted(date_of[one.day_id] for one in row.was_there if one.day_id in date_of))
        if not days:
            continue
        appearing = roles.appearing(row)
        yield Shown(
            name_km=row.name_km,
            name_latin=row.name_latin,
            days=days,
            role=roles.badge_role(row),
            sessions=tuple(dict(in_languages(title)) for title in titles(appearing)),
            certificate=_issued(row, days),
            deed=deeds.get(row.pk, {}),
        )


def _issued(registration: Registration, days: Iterable[date]) -> Certificate:
    """One for a person, however often it is made: what it says now is what is verified."""
    says = {"initials": initials(registration), "days": [day.isoformat() for day in days]}
    known: Certificate | None = getattr(registration, "certificate", None)
    if known and all(getattr(known, name) == value for name, value in says.items()):
        return known
    certificate, _is_new = Certificate.objects.update_or_create(
        registration=registration, defaults={"edition_id": registration.edition_id, **says}
    )
    return certificate


def initials(registration: Registration) -> str:
    """ស. ដ. / S. D."""
    names = filter(None, [registration.name_km, registration.name_latin])
    return " / ".join(" ".join(f"{word[0].upper()}." for word in name.split()[:6]) for name in names)


class _Press:
    """Draws the certificates of one edition. What is the same on all is drawn once."""

    def __init__(self, board: Board, edition: Edition, heading: str | Promise) -> None:
        self.board, self.edition, self.heading = board, edition, heading
        self._ground, self._signatures = self._drawn_ground(), self._drawn_signatures()

    def page(self, one: Shown) -> Drawing:
        page = Drawing(self.board, WIDTH, HEIGHT)
        page.put(self._ground)
        y = 64.0
        y = self._both(page, y, [(lang, _("This is to certify that")) for lang in self._each()], 12, QUIET) + 2
        for language, name, size in (("km", one.name_km, 36), ("en", one.name_latin, 28)):
            if name:
                block = self.board.fitted(
                    name, language, "display", width=WIDTH - 2 * EDGE, height=20, sizes=range(size, 9, -1)
                )
                y = page.write(block, EDGE, y, RED if language == "km" else INK, width=WIDTH - 2 * EDGE)
        y = self._both(page, y + 1, [(lang, self._deed(one)) for lang in self._each()], 12, QUIET)
        y = self._both(page, y + 1, in_languages(self.edition.title), 17, INK, style="display")
        y = self._both(page, y, [(lang, self._when(one)) for lang in self._each()], 12, INK)
        spoken = [(lang, "; ".join(title[lang] for title in one.sessions if lang in title)) for lang in LANGUAGES]
        room, texts = BOTTOM - y, [(lang, text) for lang, text in spoken if text]
        for language, text in texts:
            with override(language):
                said = labelled(gettext("Sessions"), text)
            block = self.board.fitted(
                said, language, "text", width=WIDTH - 2 * EDGE, height=room / len(texts), sizes=(11, 10, 9, 8, 7)
            )
            y = page.write(block, EDGE, y, QUIET, width=WIDTH - 2 * EDGE)
        page.put(self._signatures)
        self._put_verification(page, one.certificate)
        return page

    @staticmethod
    def _each() -> Iterator[str]:
        """Each language in turn, while its words are asked for."""
        for language in LANGUAGES:
            with override(language):
                yield language

    def _both(
        self, page: Drawing, y: float, texts: Iterable[tuple[str, str]], size: float, colour: str, style: str = "text"
    ) -> float:
        for language, text in texts:
            block = self.board.fitted(
                text, language, style, width=WIDTH - 2 * EDGE, height=20, sizes=[size, size - 2, size - 4]
            )
            y = page.write(block, EDGE, y, colour, width=WIDTH - 2 * EDGE)
        return y

    @staticmethod
    def _deed(one: Shown) -> str:
        if said := one.deed.get(get_language() or "en"):
            return said
        if one.role == BadgeRole.PARTICIPANT:
            return _("took part in")
        return _("took part, as %(role)s, in") % {"role": str(one.role.label).lower()}

    def _when(self, one: Shown) -> str:
        return " · ".join(filter(None, [dates(one.days), self.edition.where]))

    def _drawn_ground(self) -> Drawing:
        ground = Drawing(self.board, WIDTH, HEIGHT)
        band = cloth_band(weave(published(self.edition)), CLOTH_CELLS, BAND_ROWS)
        height = WIDTH * BAND_ROWS / CLOTH_CELLS
        ground.picture(self.board.picture(band), 0, 0, WIDTH, height)
        put_mark(ground, WIDTH / 2 - 6, height + 1, 12)
        texts = [(language, str(self.heading)) for language in self._each()]
        y = height + 13.0
        for (language, text), size, colour in zip(texts, (22, 18), (RED, INK), strict=True):
            block = self.board.wrapped(text, language, "display", WIDTH - 2 * EDGE, size)
            y = ground.write(block, EDGE, y, colour, width=WIDTH - 2 * EDGE, role="H1")
        return ground

    def _drawn_signatures(self) -> Drawing:
        """A line for each of those who hold the conference, with their logo above and their names below it."""
        drawn = Drawing(self.board, WIDTH, HEIGHT)
        holders = self.edition.organisers.filter(role=EditionOrganisation.Role.ORGANISER).select_related(
            "organisation"
        )
        x = EDGE + QR_SIDE + 12
        for one in holders[:SIGNATURES]:
            organisation = one.organisation
            if logo := _logo(organisation):
                scale = min(LOGO_WIDTH / logo.width, LOGO_HEIGHT / logo.height)
                width, height = logo.width * scale, logo.height * scale
                drawn.picture(self.board.picture(logo), x, BOTTOM + LOGO_HEIGHT - height, width, height)
            drawn.area(x, BOTTOM + LINE, SIGNATURE_WIDTH - 6, 0.2, INK)
            y = BOTTOM + LINE + 1
            for language, name in in_languages(organisation.name):
                block = self.board.fitted(
                    name, language, "text", width=SIGNATURE_WIDTH - 6, height=8, sizes=(9, 8, 7, 6.5, 6)
                )
                y = drawn.write(block, x, y, QUIET)
            x += SIGNATURE_WIDTH
        return drawn

    def _put_verification(self, page: Drawing, certificate: Certificate) -> None:
        address = verification_address(certificate)
        page.qr(address, EDGE - 4, BOTTOM + 2, QR_SIDE)
        y = BOTTOM + 2 + QR_SIDE
        for language in self._each():
            block = self.board.wrapped(_("Verify it here"), language, "text", QR_SIDE + 8, 7)
            y = page.write(block, EDGE - 4, y, QUIET)
        block = self.board.wrapped(address.partition("://")[2], "en", "text", WIDTH - 2 * EDGE, 6.5)
        page.write(block, EDGE - 4, HEIGHT - 8, QUIET)


def _logo(organisation: Organisation) -> Image.Image | None:
    """On white. A file that is gone, or cannot be read, is left out: the certificate is worth more than the logo."""
    if not organisation.logo:
        return None
    try:
        with organisation.logo.open() as file, Image.open(file) as picture:
            drawn = picture.convert("RGBA")
    except (OSError, UnidentifiedImageError):
        log.warning("the logo of %s cannot be read", organisation.slug)
        return None
    ground = Image.new("RGBA", drawn.size, WHITE)
    return Image.alpha_composite(ground, drawn).convert("RGB")
