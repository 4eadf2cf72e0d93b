"""What can be printed for a day of the conference: who may take which of it, and how each file is made.

A part that holds people names its columns, for the access log. One with sensitive answers asks for a reason.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import BinaryIO

from django.conf import settings
from django.contrib.auth.models import User
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override
from django.utils.translation import gettext as _

from agenda.feeds.files import pdf
from agenda.feeds.pdf import hem
from agenda.feeds.stamp import Stamp, stamped
from agenda.models import Day
from agenda.programme import value
from agenda.programme.value import Programme
from agenda.publishing import chosen
from conference.models import Edition, EditionOrganisation
from conference.words import comma, digits, labelled
from conference.words import day as day_name
from registration.access.of_day import arrangements_of
from registration.lists import files
from registration.lists.inclusion import SEX, people_by_sex, sign_in_with_sex
from registration.lists.ready import OF_PEOPLE, ReadyList, by_name, contacts, meals_of, sign_in
from registration.messages.call_list import call_list
from registration.models.registration import RegistrationQuerySet
from registration.paper import badges, prints, room_signs, tables
from registration.paper.tables import Head, Layout
from registration.travel.on_paper import rooms_around, to_sign

OF_SENSITIVE = "registration.export_inclusionanswers"
OF_PROGRAMME = "agenda.view_session"
TITLE = gettext_lazy("Day pack, %(day)s")
TAKE_CARE = gettext_lazy(
    "It holds sensitive answers: only people who may see them on the site may see it. Destroy the paper after the day."
)
LEFT_TO_SIGN = 20  # blank lines for people who come without having signed up
SIGNED = 9.5  # mm: room for a signature
TICKED = 8.0

WIDTHS = {
    **{"number": 10.0, "sex": 13.0, "signature": 46.0, "name_km": 45.0, "name_latin": 45.0, "name": 45.0},
    **{"code": 22.0, "organisation": 46.0, "position": 33.0, "phone": 32.0, "phone_owner": 24.0, "language": 20.0},
    **{"email": 48.0, "days": 26.0, "telegram": 28.0, "kind": 40.0, "tries": 20.0, "told": 14.0, "food": 80.0},
    **{"need": 36.0, "words": 40.0, "state": 24.0, "note": 40.0, "beds": 14.0, "room": 20.0, "hotel": 45.0},
}
OF_CONTACTS = WIDTHS | {"name_km": 38.0, "name_latin": 38.0, "organisation": 40.0, "phone": 37.0, "email": 62.0}


@dataclass(frozen=True)
class PackDay:
    """A day as it is published."""

    edition: Edition
    row: Day
    day: value.Day
    programme: Programme  # this day alone
    stamp: Stamp

    @property
    def number(self) -> int:
        return self.day.number


@dataclass(frozen=True)
class Part:
    code: str
    title: str | Promise
    about: str | Promise
    rights: Sequence[str]  # all of them are needed
    endings: Mapping[str, Callable[[BinaryIO], object]]  # how the file with each ending is written
    columns: Sequence[str] = ()
    count: Callable[[], int] = int
    is_sensitive: bool = False
    notice: Sequence[str] = ()
    # What is noted once the file is taken, of what writing it gave. Such a file is given to a button alone: looking at
    # an address changes nothing.
    taken: Callable[[Mapping[str, str]], None] | None = None

    def name(self, day: PackDay, ending: str) -> str:
        return f"{self.code}-{day.day.date.isoformat()}.{ending}"


def days_of(edition: Edition) -> list[PackDay]:
    programme, stamp = stamped(edition, settings.SITE_URL)
    return [
        PackDay(edition, row, day, replace(programme, days=(day,)), stamp)
        for day, row in chosen.with_rows(edition, programme)
    ]


def parts_for(user: User, day: PackDay) -> list[Part]:
    """What this member of staff may take, in the order in which a morning needs it."""
    return [part for part in _parts(user, day) if user.has_perms(part.rights)]


def may_take_any(user: User) -> bool:
    """Whether there is anything for this member of staff on these pages."""
    rights = (OF_PEOPLE, OF_PROGRAMME, "registration.export_meals", "registration.view_travelrequest")
    return any(map(user.has_perm, (*rights, "registration.view_arrangement", "registration.view_message")))


def _parts(user: User, day: PackDay) -> list[Part]:
    people = by_name(day.row.registrations.holding_a_place().not_erased())
    plain, with_sex = sign_in(day.number, day.row), sign_in_with_sex(day.number, day.row)
    with_names = user.has_perm("registration.view_registration")
    access = replace(arrangements_of(day.row, with_names=with_names), notice=[str(TAKE_CARE)])
    return [
        Part("agenda", _("Agenda of the day"), _("In both languages."), [], {"pdf": partial(_write_agenda, day)}),
        _signed(plain, day, "sign-in", lambda: _sums(files.size(plain))),
        _signed(with_sex, day, "sign-in-with-sex", lambda: _sums_by_sex(day), rights=[OF_PEOPLE, OF_SENSITIVE]),
        _badges(user, day, people),
        *_signs(day),
        _table(contacts(people), day, "contacts", Layout(OF_CONTACTS)),
        _table(meals_of(day.edition, [day.row]), day, "meals"),
        _table(call_list(day.edition), day, "calls", Layout(WIDTHS, row_height=TICKED)),
        _table(rooms_around(day.row), day, "rooms"),
        _table(to_sign(day.edition), day, "expenses", Layout(WIDTHS, row_height=SIGNED + 2)),
        _table(access, day, "access", Layout(WIDTHS, row_height=TICKED), rights=[access.permission, OF_SENSITIVE]),
    ]


def _table(
    ready_list: ReadyList, day: PackDay, code: str, layout: Layout | None = None, *, rights: Sequence[str] = ()
) -> Part:
    rights = rights or [ready_list.permission]

    def write_pdf(file: BinaryIO) -> None:
        notice = [(line, 9.0) for line in ready_list.notice]
        lines = [(str(ready_list.title), 15.0), (_when_and_where(day), 10.0), *notice]
        head = Head([(line, _language(), size) for line, size in lines])
        tables.write_table(ready_list, head, layout or Layout(WIDTHS), file)

    return Part(
        code,
        ready_list.title,
        ready_list.about,
        rights,
        {"pdf": write_pdf, "xlsx": partial(files.write_xlsx, ready_list)},
        files.codes(ready_list),
        partial(files.size, ready_list),
        is_sensitive=OF_SENSITIVE in rights,
        notice=ready_list.notice,
    )


def _signed(
    ready_list: ReadyList,
    day: PackDay,
    code: str,
    foot: Callable[[], list[str]],
    *,
    rights: Sequence[str] = (OF_PEOPLE,),
) -> Part:
    """The sheet on the table at the door: of the whole conference, so in both languages, with its krama."""

    def write_pdf(file: BinaryIO) -> None:
        layout = Layout(WIDTHS, row_height=SIGNED, blank_lines=LEFT_TO_SIGN, in_both=True, foot=foot)
        tables.write_table(ready_list, Head(_lines_in_both(day), hem(day.programme, tables.WIDTH)), layout, file)

    return replace(
        _table(ready_list, day, code, rights=rights),
        endings={"pdf": write_pdf, "xlsx": partial(files.write_xlsx, ready_list)},
    )


def _badges(user: User, day: PackDay, people: RegistrationQuerySet) -> Part:
    """Eight on a sheet. Taken, they count as printed: the page of badges offers only those that are new after it."""

    def write_pdf(file: BinaryIO) -> dict[str, str]:
        written = badges.write_badges(day.edition, people, file, badges.Layout.A4)
        return {str(key): digest for key, digest in prints.digests_of(written).items()}

    def note(digests: Mapping[str, str]) -> None:
        prints.note_digests({int(key): digest for key, digest in digests.items()}, by=user)

    about = _(
        "Of those who come on this day, eight on a sheet, front and back. Once the file is taken they count as "
        "printed; later ones are on the page of badges."
    )
    endings = {"pdf": write_pdf}
    return Part("badges", _("Badges"), about, [OF_PEOPLE], endings, badges.ON_A_BADGE, people.count, taken=note)


def _signs(day: PackDay) -> list[Part]:
    if not room_signs.rooms_of(day.programme):
        return []
    about = _("For the door of each room: its name, the sessions of the day, and a QR code for each.")
    write = partial(room_signs.write_signs, day.programme, day.day, day.stamp)
    return [Part("room-signs", _("Room signs"), about, [], {"pdf": write})]


def _write_agenda(day: PackDay, file: BinaryIO) -> None:
    file.write(pdf(day.programme, day.edition, day.stamp, both=True))


def _language() -> str:
    return get_language() or "en"


def _when_and_where(day: PackDay) -> str:
    return " · ".join(filter(None, [str(day.edition.title), day_name(day.day.date), day.edition.where]))


def _lines_in_both(day: PackDay) -> list[tuple[str, str, float]]:
    """Title, conference, day and place, organisers: the officer's language first."""
    organisers = day.edition.organisers.filter(role=EditionOrganisation.Role.ORGANISER)
    names = [one.organisation.name for one in organisers.select_related("organisation")]
    lines: list[tuple[str, str, float]] = []
    for language, size in ((_language(), 15), ("en" if _language() == "km" else "km", 11)):
        with override(language):
            lines += [
                (f"{_('Sign-in sheet')} · {day.edition.title}", language, size),
                (" · ".join(filter(None, [day_name(day.day.date), day.edition.where])), language, 10),
            ]
            if names:
                lines.append((labelled(_("Organisers"), comma().join(map(str, names))), language, 9))
    return lines


def _sums(people: int) -> list[str]:
    return [
        _("People expected: %(number)s") % {"number": digits(people)},
        _("Signed: __________ of them women: __________ men: __________"),
    ]


def _sums_by_sex(day: PackDay) -> list[str]:
    found = people_by_sex(day.row)
    known = [labelled(word, digits(found[str(word)])) for word in SEX.values()]
    without = _("without an entry: %(number)s") % {"number": digits(found[""])}
    expected, signed = _sums(found.total())
    return [f"{expected} ({comma().join([*known, without])})", signed]
