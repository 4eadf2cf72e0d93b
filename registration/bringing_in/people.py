"""A row of a list as a person: what is read, what is in doubt, and what is left out, each with its reason in words."""

import datetime
import re
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from agenda.models import Day
from conference import clock
from conference.language.khmer import KHMER_LETTER, LATIN_LETTER, ascii_digits, keys_in_any_order, match_key
from registration.bringing_in.asked import SENSITIVE, Asked
from registration.bringing_in.days import days_in
from registration.bringing_in.headings import is_refusal
from registration.bringing_in.own_questions import answer_in, code_of, is_private
from registration.bringing_in.sensitive import inclusion_of, is_of_age, is_under_age
from registration.bringing_in.sheets import OF_AN_ORGANISATION, Line, Sheet, is_position
from registration.bringing_in.spellings import has_given_up, is_nothing, one_of, province_of, yes_or_no
from registration.bringing_in.telephones import is_rounded, telephones
from registration.choices import Agreement, BadgeRole, Part, Sector, Subject
from registration.forms.fields import Email, KhmerName, LatinName, OneLine, Prose, Telegram
from registration.models import ExtraQuestion
from registration.models.extra import Extra
from registration.signing_up.answers import Answers, Inclusion, Person

_NAMESPACE = uuid.UUID("6f1f9a0c-64e0-4d0a-9f0e-0d7c7f2b8a51")
_TITLE = re.compile(
    r"^(?:(?:h\.?\s?e\.?|mrs?|ms|miss|mx|dr|prof|ven|oknha|ឯកឧត្តម|លោកជំទាវ|អ្នកឧកញ៉ា|ឧកញ៉ា|លោកស្រី|អ្នកស្រី|លោក|"
    r"កញ្ញា|បណ្ឌិត|សាស្ត្រាចារ្យ)(?:\.\s*|\s+))+",
    re.IGNORECASE,
)
# Before an address or a name in a cell with several contacts.
_LABEL = re.compile(r"\b(?:e-?mail|mailto|telegram)\b\s*[:.]?|(?:អ៊ីមែល|តេឡេក្រាម)\s*[:៖]?", re.IGNORECASE)
_SEX = {"m", "f", "mr", "ms", "mrs", "male", "female", "ប", "ស", "ប្រុស", "ស្រី"}  # beside a name: not kept
_NUMBERED = re.compile(r"^\d+[.)]\s*")  # the question of a form
_DATES = ["%Y-%m-%d", "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y"]


@dataclass(frozen=True)
class NotSaid:
    """What staff say once for all of whom the list does not say it."""

    days: list[Day]
    language: str
    agreed_on: datetime.date
    through_helper: bool = False  # people without a contact are reached through a person whom staff name


@dataclass
class Row:
    """`problems`: it cannot be brought in. `doubts`: it is not ticked. `notes`: said beside it."""

    sheet: int
    number: int
    person: Person
    days: list[Day] = field(default_factory=list)
    language: str = ""
    agreed_on: datetime.date | None = None
    consents: dict[Subject, Agreement] = field(default_factory=dict)
    inclusion: Inclusion = field(default_factory=Inclusion)
    extra: Extra = field(default_factory=dict)  # to questions of our own that are not sensitive
    problems: list[str] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    beginning: str = ""  # of the row, where it has no name to be called by

    @property
    def key(self) -> str:
        return f"{self.sheet}-{self.number}"

    @property
    def names(self) -> list[str]:
        return [name for name in (self.person["name_km"], self.person["name_latin"]) if name]

    @property
    def contacts(self) -> list[str]:
        return [one for one in (self.person["phone"], self.person["telegram"], self.person["email"]) if one]

    @property
    def form_token(self) -> uuid.UUID:
        """The same for the same person, in whatever list and row they stand."""
        person = self.person
        names = [match_key(person["name_km"]), match_key(person["name_latin"])]
        known = [*names, person["phone"], person["telegram"].lower(), person["email"].lower()]
        return uuid.uuid5(_NAMESPACE, "\n".join(known))

    def answers(self) -> Answers:
        return Answers(
            person=self.person,
            days=self.days,
            consents=self.consents,
            inclusion=self.inclusion,
            extra=self.extra,
            agreed_elsewhere_on=self.agreed_on,
        )


class Reader:
    """Reads the rows of one sheet. `sees_answers`: the member of staff may write sensitive answers. `questions`: the
    edition's own.
    """

    def __init__(
        self,
        sheet: Sheet,
        at: int,
        not_said: NotSaid,
        days: Sequence[Day],
        *,
        sees_answers: bool,
        questions: Sequence[ExtraQuestion] = (),
    ) -> None:
        self.sheet, self.at, self.not_said, self.days = sheet, at, not_said, days
        self.sees_answers, self.questions = sees_answers, questions
        filled = [len(line.filled) for line in sheet.lines]
        self._has_more_elsewhere = sum(number > 1 for number in filled) * 2 > len(filled)

    def days_said(self, line: Line) -> list[Day]:
        """Of a line over the rows, such as “Day 2 – 27 March”: the days of the rows below it."""
        if (
            len(line.filled) != 1
            or self.sheet.column(Asked.DAYS)
            or not re.search(r"\d", ascii_digits(line.filled[0]))
        ):
            return []
        found, _not_read = days_in([("", line.filled[0])], self.days)
        return found

    def row(self, line: Line) -> Row:
        row = Row(self.at, line.number, _unread())
        row.beginning = " · ".join(self._shown(line))[:80]
        self._names(row, line)
        self._contacts(row, line)
        self._taking_part(row, line)
        self._days(row, line)
        self._agreements(row, line)
        self._sensitive(row, line)
        self._own_questions(row, line)
        if len(line.filled) == 1 and self._has_more_elsewhere:
            row.doubts.append(_("Only the name stands in this row: a person, or a heading over the rows below?"))
        if not row.names:
            row.problems.append(_("There is no name in this row."))
        elif not row.contacts and not self.not_said.through_helper:
            row.problems.append(
                _("No telephone number, Telegram name or e-mail address stands here. Say below how we reach them.")
            )
        return row

    def _shown(self, line: Line) -> list[str]:
        """Cells that may be shown: not those of columns that are left out, for their answers may be private."""
        cells = zip(line.cells, self.sheet.columns, strict=True)
        return [cell for cell, asked in cells if cell and asked != Asked.IGNORED and not is_private(asked)]

    def _cells(self, line: Line, asked: Asked) -> list[tuple[str, str]]:
        """(heading, cell) of the columns that hold this, where something stands there."""
        found = [(self.sheet.headings[at] or asked.label, line.cells[at]) for at in self.sheet.column(asked)]
        return [(str(heading), cell) for heading, cell in found if not is_nothing(cell)]

    def _names(self, row: Row, line: Line) -> None:
        typed = [
            cell for asked in (Asked.NAME, Asked.NAME_KM, Asked.NAME_LATIN) for _h, cell in self._cells(line, asked)
        ]
        families, givens = ([cell for _h, cell in self._cells(line, one)] for one in (Asked.FAMILY, Asked.GIVEN))
        for is_script in (KHMER_LETTER.search, LATIN_LETTER.search):
            both = [one for some in (families, givens) for one in some if is_script(one)]
            if both:
                typed.append(" ".join(both))
        for cell in typed:
            self._take_name(row, cell)

    def _take_name(self, row: Row, cell: str) -> None:
        """Both scripts may stand in one cell. A title is no part of a name, and is named as left out."""
        cell = self._without_what_stands_beside(row, cell)
        khmer = " ".join(re.findall("[\u1780-\u17d3\u17dd][\u1780-\u17dd\u200b .]*", cell)).strip(" .")
        latin = re.sub(r"\(\s*\)", " ", re.sub("[\u1780-\u17ff\u200b,]+", " ", cell)).strip(" /-–|")
        latin = " ".join(re.sub(r"^\(([^()]*)\)$", r"\1", latin).split())
        for column, text, cleaner in (
            ("name_km", khmer, KhmerName(required=False, max_length=120)),
            ("name_latin", latin, LatinName(required=False, max_length=120)),
        ):
            if not text or not (KHMER_LETTER if column == "name_km" else LATIN_LETTER).search(text):
                continue
            title = _TITLE.match(text)
            if title and title.end() < len(text):
                text = text[title.end() :]
                row.notes.append(_("Left out: the title “%(text)s”.") % {"text": title[0].strip()})
            if re.search(r"\d", ascii_digits(cell)):
                row.doubts.append(_("The name “%(text)s” has digits in it.") % {"text": cell})
            name = self._cleaned(row, _("Name"), cleaner.clean, text)
            known = cast(dict[str, str], row.person)[column]
            if known and name and match_key(known) not in keys_in_any_order(name):
                row.doubts.append(_("Two names: “%(one)s” and “%(other)s”.") % {"one": known, "other": name})
            elif name and not known:
                cast(dict[str, str], row.person)[column] = name

    def _without_what_stands_beside(self, row: Row, cell: str) -> str:
        """Of “Sample Name (Sample NGO)” or “Sample Name, Director” the name. An organisation is kept where none stands
        elsewhere."""
        outside = re.sub(r"\([^()]*\)", "", cell)
        scripts = [one for one in (KHMER_LETTER, LATIN_LETTER) if one.search(outside)]
        beside = [part for part in re.findall(r"\(([^()]+)\)", cell) if not is_nothing(part)]
        beside = [
            part for part in beside if OF_AN_ORGANISATION.search(part) or any(one.search(part) for one in scripts)
        ]
        for part in re.split(r"[,;\n]|\s[-–—/|]\s", outside)[1:]:
            if OF_AN_ORGANISATION.search(part) or is_position(part):
                beside.append(part)
        for part in beside:
            cell = re.sub(rf"\(?\s*{re.escape(part)}\s*\)?", " ", cell).strip(" ,;-–—/|\n")
            if OF_AN_ORGANISATION.search(part) and not row.person["organisation"]:
                row.person["organisation"] = self._cleaned(row, _("Name"), OneLine(required=False).clean, part)
            elif part.casefold().strip(" .") not in _SEX:
                row.doubts.append(_("Beside the name stands “%(text)s”. It is left out.") % {"text": part.strip()})
        return cell

    def _contacts(self, row: Row, line: Line) -> None:
        for asked in (Asked.PHONE, Asked.CONTACT, Asked.EMAIL):
            for heading, cell in self._cells(line, asked):
                self._contact(row, heading, cell, asked)
        for heading, cell in self._cells(line, Asked.TELEGRAM):
            self._telegram(row, heading, cell)

    def _contact(self, row: Row, heading: str, cell: str, asked: Asked) -> None:
        """All that stands in the cell, whatever its heading asks for: a number may stand beside an address."""
        links = re.findall(r"(?:https?://)?t\.me/\S+|(?<!\S)@\w+", cell)
        rest = cell
        for one in links:
            self._telegram(row, heading, one)
            rest = rest.replace(one, " ")
        addresses = [part for part in re.split(r"[\s;,/|<>]+", rest.replace("mailto:", "")) if "@" in part]
        for one in addresses:
            self._email(row, heading, one)
            rest = rest.replace(one, " ")
        if links or addresses:
            rest = _LABEL.sub(" ", rest).strip(" ;,/|<>()-–\n\t")
            if not rest:
                return
        elif asked is Asked.EMAIL:
            words = {"heading": heading, "text": cell}
            row.doubts.append(_("%(heading)s “%(text)s” is no e-mail address. It is left out.") % words)
        numbers = telephones(rest)
        if not numbers and (addresses or links or asked is not Asked.EMAIL):
            row.doubts.append(self._not_a_number(heading, rest))
        for number in numbers:
            if row.person["phone"] and row.person["phone"] != number:
                row.notes.append(_("Left out: a second telephone number, %(number)s.") % {"number": number})
            else:
                row.person["phone"] = number

    def _not_a_number(self, heading: str, cell: str) -> str:
        if is_rounded(cell):
            said = _("%(heading)s “%(text)s”: Excel has cut digits off. Make the column text, and paste it again.")
        else:
            said = _("%(heading)s “%(text)s” is no telephone number. It is left out.")
        return said % {"heading": heading, "text": cell}

    def _email(self, row: Row, heading: str, typed: str) -> None:
        address = self._cleaned(row, heading, Email(required=False).clean, typed.rstrip("."))
        if row.person["email"] and address.lower() != row.person["email"].lower():
            row.notes.append(_("Left out: a second e-mail address, %(address)s.") % {"address": address})
        elif address:
            row.person["email"] = address

    def _telegram(self, row: Row, heading: str, cell: str) -> None:
        numbers = telephones(cell)
        typed = numbers[0] if numbers else cell
        row.person["telegram"] = self._cleaned(row, heading, Telegram(required=False, max_length=40).clean, typed)

    def _cleaned(self, row: Row, heading: str, clean: Callable[[str], str], typed: str) -> str:
        try:
            return clean(typed)
        except ValidationError as error:
            words = {"heading": heading, "text": typed, "reason": " ".join(error.messages)}
            row.doubts.append(_("%(heading)s “%(text)s” is left out. %(reason)s") % words)
            return ""

    def _taking_part(self, row: Row, line: Line) -> None:
        person = row.person
        for heading, cell in self._cells(line, Asked.ORGANISATION):
            person["organisation"] = self._cleaned(row, heading, OneLine(required=False).clean, cell)
        for heading, cell in self._cells(line, Asked.SECTOR):
            person["sector"] = one_of(Sector, cell)
            self._if_not(person["sector"], row, heading, cell)
        for heading, cell in self._cells(line, Asked.PROVINCE):
            person["province"] = province_of(cell)
            self._if_not(person["province"], row, heading, cell)
        for heading, cell in self._cells(line, Asked.PART):
            part, badge = one_of(Part, cell), one_of(BadgeRole, cell)
            if badge in (BadgeRole.PARTICIPANT, BadgeRole.SPEAKER):
                badge = ""
            person["part"] = part or Part.PARTICIPANT
            person["badge_role"] = badge
            self._if_not(part or badge, row, heading, cell)
        positions = [f"{_NUMBERED.sub('', heading)}: {cell}" for heading, cell in self._cells(line, Asked.POSITION)]
        person["remark"] = self._cleaned(
            row, _("Remark of the staff"), Prose(required=False).clean, "\n".join(positions)
        )
        row.language = self.not_said.language
        for heading, cell in self._cells(line, Asked.LANGUAGE):
            row.language = _language_in(cell) or row.language
            self._if_not(_language_in(cell), row, heading, cell)
        for heading, cell in self._cells_with_no(line, Asked.STATE):
            if has_given_up(cell) or yes_or_no(cell) is False:
                row.doubts.append(_("%(heading)s says “%(text)s”.") % {"heading": heading, "text": cell})

    def _if_not(self, understood: object, row: Row, heading: str, cell: str) -> None:
        """Not understood, it stays unanswered: the person is asked on their own page."""
        if not understood:
            words = {"heading": heading, "text": cell[:80]}
            row.notes.append(_("%(heading)s “%(text)s” is not among our answers: it stays unanswered.") % words)

    def _days(self, row: Row, line: Line) -> None:
        cells = self._cells_with_no(line, Asked.DAYS)
        if not cells:
            row.days = list(self.not_said.days)
            return
        found, not_read = days_in(cells, self.days)
        for heading, cell in not_read:
            row.doubts.append(
                _("%(heading)s “%(text)s”: no day of the conference was found.") % {"heading": heading, "text": cell}
            )
        row.days = found or list(self.not_said.days)

    def _agreements(self, row: Row, line: Line) -> None:
        row.agreed_on = self.not_said.agreed_on
        for _heading, cell in self._cells(line, Asked.GIVEN_ON):
            if (date := _date_in(cell)) and date <= clock.today():
                row.agreed_on = date
        row.consents = {
            Subject.DATA_USE: Agreement.YES,
            Subject.PHOTOS: Agreement.NOT_SAID,
            Subject.PARTICIPANT_LIST: Agreement.NOT_SAID,
            Subject.LATER_EVENTS: Agreement.NOT_SAID,
        }
        for at in self.sheet.column(Asked.DATA_USE):
            self._data_use(row, self.sheet.headings[at], line.cells[at])
        for subject in [one for one in Subject if one != Subject.DATA_USE]:
            for heading, cell in self._cells_with_no(line, Asked(subject.value)):
                said, words = yes_or_no(cell), {"heading": heading, "text": cell[:80]}
                if said and is_refusal(heading):
                    row.consents[subject] = Agreement.NO
                    row.notes.append(_("%(heading)s “%(text)s” is taken for a no.") % words)
                elif said is None or is_refusal(heading):
                    row.notes.append(_("%(heading)s “%(text)s” is taken for no answer.") % words)
                else:
                    row.consents[subject] = Agreement.YES if said else Agreement.NO

    def _data_use(self, row: Row, heading: str, cell: str) -> None:
        """An empty cell is no agreement, where others of the list said yes."""
        if is_refusal(heading) and is_nothing(cell):
            return
        said = None if is_refusal(heading) else yes_or_no(cell)
        words = {"heading": heading or Asked.DATA_USE.label, "text": cell[:80]}
        if said is False:
            row.problems.append(
                _("%(heading)s “%(text)s”: without their agreement we may not keep these answers.") % words
            )
        elif said is None:
            row.doubts.append(_("%(heading)s “%(text)s”: is this a yes?") % words)

    def _cells_with_no(self, line: Line, asked: Asked) -> list[tuple[str, str]]:
        """As `_cells`, but “no” is an answer."""
        return [
            (self.sheet.headings[at] or str(asked.label), line.cells[at])
            for at in self.sheet.column(asked)
            if yes_or_no(line.cells[at]) is False or not is_nothing(line.cells[at])
        ]

    def _sensitive(self, row: Row, line: Line) -> None:
        cells = {asked: self._cells(line, asked) for asked in SENSITIVE}
        is_child = any(is_under_age(cell) for _h, cell in cells[Asked.AGE])
        for heading, cell in self._cells_with_no(line, Asked.ADULT):
            said = yes_or_no(cell)
            if said is False or is_under_age(cell):
                is_child = True
            elif said is None and not is_of_age(cell):
                row.doubts.append(
                    _("%(heading)s “%(text)s”: is this a yes?") % {"heading": heading, "text": cell[:80]}
                )
        if is_child:
            row.problems.append(
                _("The person is under 18: enter them with the form, which notes the call to a guardian.")
            )
        if self.sees_answers:
            row.inclusion = inclusion_of(cells)
            if cells[Asked.AGE] and "age_band" not in row.inclusion:
                heading, _cell = cells[Asked.AGE][0]
                row.notes.append(
                    _("%(heading)s is not among our answers: it stays unanswered.") % {"heading": heading}
                )

    def _own_questions(self, row: Row, line: Line) -> None:
        """What is none of the options stays unanswered, and is said; of a sensitive question without the words."""
        for question in self.questions:
            if question.is_sensitive and not self.sees_answers:
                continue
            cells = [line.cells[at] for at in self.sheet.column(code_of(question))]
            for cell in (one for one in cells if one.strip()):
                answer, words = answer_in(question, cell)
                kept = row.inclusion.setdefault("extra", {}) if question.is_sensitive else row.extra
                if answer and kept is not None:
                    kept[question.key] = answer
                if words and question.is_sensitive:
                    said = _("%(heading)s is not among our answers: it stays unanswered.")
                    row.notes.append(said % {"heading": question})
                else:
                    self._if_not(not words, row, str(question), words)


def _unread() -> Person:
    return Person(
        name_km="", name_latin="", phone="", phone_owner="", telegram="", email="", organisation="", sector="",
        part=Part.PARTICIPANT, province="",
    )  # fmt: skip


def _language_in(cell: str) -> str:
    if re.search("(?i)khmer|ខ្មែរ", cell):
        return "km"
    return (
        "en" if re.search("(?i)english|អង់គ្លេស", cell) else {"km": "km", "kh": "km", "en": "en"}.get(cell.lower(), "")
    )


def _date_in(cell: str) -> datetime.date | None:
    """When the form was sent. Of 03/04/2026 both readings are days: then the day that staff said counts."""
    plain = re.split(r"[\sT]", ascii_digits(cell).strip())[0]
    found = set()
    for pattern in _DATES:
        try:
            found.add(datetime.datetime.strptime(plain, pattern).date())
        except ValueError:
            continue
    return found.pop() if len(found) == 1 else None
