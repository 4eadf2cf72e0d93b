"""What an edition needs before the public sees it. The site looks itself whether it is done."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agenda.publishing import versions
from conference import clock
from conference.language.translated import Text
from conference.models import Edition, Organisation
from conference.words import comma, date_range, digits, moment
from registration import wordings
from registration.models import Intake, TravelBudget
from registration.signing_up.rules import CONSENT_WORDING

MOST_DAYS = 14


@dataclass(frozen=True)
class Check:
    title: str
    is_done: bool
    said: str  # how it stands, or what is missing
    address: str = ""  # where it is done
    is_must: bool = True


def checks(edition: Edition, old_words: int) -> list[Check]:
    """In the order of the work. `old_words` is how many texts still speak of the year before."""
    intake = Intake.of(edition)
    return [
        _dates(edition),
        _days(edition),
        _texts(edition, old_words),
        _venue(edition),
        _organisers(edition),
        _contact(edition),
        _agenda(edition),
        _intake(edition, intake),
        _opening(edition, intake),
        _erasing(edition, intake),
        _consents(edition),
        _budget(edition),
        _accounts(),
    ]


def missing(edition: Edition) -> list[Check]:
    """The musts that are not done."""
    return [check for check in checks(edition, 0) if check.is_must and not check.is_done]


def missing_days(edition: Edition) -> list[date]:
    there = set(edition.days.values_list("date", flat=True))
    number = min((edition.ends_on - edition.starts_on).days + 1, MOST_DAYS)
    wanted = [edition.starts_on + timedelta(days=at) for at in range(number)]
    return [day for day in wanted if day not in there]


def _page_of(edition: Edition, part: str = "") -> str:
    return reverse("admin:conference_edition_change", args=[edition.pk]) + part


def _dates(edition: Edition) -> Check:
    said = date_range(edition.starts_on, edition.ends_on)
    is_done = edition.ends_on >= clock.today()
    if not is_done:
        said = _("%(dates)s: these days are over.") % {"dates": said}
    return Check(_("Dates"), is_done, said, _page_of(edition))


def _days(edition: Edition) -> Check:
    without = missing_days(edition)
    outside = edition.days.exclude(date__range=(edition.starts_on, edition.ends_on)).count()
    if without:
        said = ngettext(
            "%(number)s date has no day in the agenda yet.",
            "%(number)s dates have no day in the agenda yet.",
            len(without),
        ) % {"number": digits(len(without))}
    elif outside:
        said = ngettext(
            "%(number)s day of the agenda lies outside the two dates.",
            "%(number)s days of the agenda lie outside the two dates.",
            outside,
        ) % {"number": digits(outside)}
    else:
        said = _("Each date has its day.")
    address = f"{reverse('admin:agenda_day_changelist')}?edition={edition.year}"
    return Check(_("Days of the agenda"), not (without or outside), said, address)


def _texts(edition: Edition, old_words: int) -> Check:
    said = _("No text speaks of the year before.")
    if old_words:
        said = ngettext(
            "%(number)s text speaks of the year before: look at it below.",
            "%(number)s texts speak of the year before: look at them below.",
            old_words,
        ) % {"number": digits(old_words)}
    return Check(_("Texts of the year before"), not old_words, said, "#old" if old_words else "", is_must=False)


def _in_both(texts: Sequence[tuple[str, Text]]) -> tuple[bool, str]:
    """(whether each text is there in both languages, which are not)."""
    without = [name for name, text in texts if not (text.en and text.km)]
    if not without:
        return True, _("Written in both languages.")
    return False, _("Still missing in one language or both: %(what)s.") % {"what": comma().join(without)}


def _venue(edition: Edition) -> Check:
    is_done, said = _in_both([(_("venue"), edition.venue), (_("city"), edition.city)])
    return Check(_("Venue"), is_done, said, _page_of(edition))


def _organisers(edition: Edition) -> Check:
    number = edition.organisers.count()
    said = ngettext("%(number)s organisation", "%(number)s organisations", number) % {"number": digits(number)}
    return Check(_("Organisers and their roles"), number > 0, said, _page_of(edition, "#organisers-group"))


def _contact(edition: Edition) -> Check:
    is_done, said = _in_both([(_("contact person"), edition.contact_name)])
    if is_done and not (edition.contact_phone or edition.contact_email):
        is_done, said = False, _("Give a telephone number or an e-mail address.")
    return Check(_("Contact"), is_done, said, _page_of(edition))


def _agenda(edition: Edition) -> Check:
    pending = versions.unpublished(edition)
    if pending.latest is None:
        is_done, said = False, _("Not published yet: the public would see the draft.")
    elif pending.lines:
        number = len(pending.lines)
        is_done = True
        said = ngettext(
            "Published, and %(number)s change waits.", "Published, and %(number)s changes wait.", number
        ) % {"number": digits(number)}
    else:
        is_done, said = True, _("Published, and nothing waits.")
    return Check(_("Agenda"), is_done, said, reverse("admin:agenda_publish", args=[edition.year]))


def _address_of(edition: Edition, intake: Intake | None) -> str:
    if intake is None:
        return reverse("admin:registration_intake_add")
    return reverse("admin:registration_intake_change", args=[intake.pk])


def _intake(edition: Edition, intake: Intake | None) -> Check:
    if intake is None:
        said = _("There is none: no person could sign up.")
    elif intake.capacity is None:
        said = _("Places without a limit.")
    else:
        said = ngettext("%(number)s place", "%(number)s places", intake.capacity) % {"number": digits(intake.capacity)}
    return Check(_("Intake"), intake is not None, said, _address_of(edition, intake))


def _opening(edition: Edition, intake: Intake | None) -> Check:
    opens_at = intake.opens_at if intake else None
    said = _("Opens on %(moment)s.") % {"moment": moment(opens_at)} if opens_at else _("No moment is set yet.")
    return Check(_("When sign-up opens"), opens_at is not None, said, _address_of(edition, intake), is_must=False)


def _erasing(edition: Edition, intake: Intake | None) -> Check:
    dates = intake.erase_dates if intake else []
    is_done = len(dates) == 2 and min(dates) > edition.ends_on
    said = _("Both dates lie after the last day.") if is_done else _("Set both dates, after the last day.")
    return Check(_("Dates on which personal data is erased"), is_done, said, _address_of(edition, intake))


def _budget(edition: Edition) -> Check:
    budget = TravelBudget.objects.filter(edition=edition).first()
    is_done = budget is not None and budget.amount is not None
    said = _("Written down.") if is_done else _("None yet: nothing is compared with what is decided.")
    address = reverse("admin:registration_travelbudget_add")
    if budget:
        address = reverse("admin:registration_travelbudget_change", args=[budget.pk])
    return Check(_("Travel budget"), is_done, said, address, is_must=False)


def _consents(edition: Edition) -> Check:
    """The words stand in the code, for a version that was shown never changes: here is told whom they name."""
    text = " ".join(words["en"] for words in wordings.VERSIONS[CONSENT_WORDING].values())
    roles = edition.organisers.values_list("organisation", "through")
    held = {key for pair in roles for key in pair}
    named = [one for one in Organisation.objects.all() if _is_named(one, text)]
    strangers = [str(one.short_name or one.name) for one in named if one.pk not in held]
    if strangers:
        said = _(
            "They name %(names)s, without a role in this edition. Ask the people who run the site for other words."
        )
        said %= {"names": comma().join(strangers)}
    else:
        names = [str(one.short_name or one.name) for one in named]
        said = _("Version %(version)s names: %(names)s.") % {
            "version": CONSENT_WORDING,
            "names": comma().join(names) or "–",
        }
    address = reverse("before:wording", args=[edition.year, CONSENT_WORDING])
    return Check(_("Wording of what people agree to"), not strangers, said, address, is_must=False)


def _is_named(organisation: Organisation, text: str) -> bool:
    names = [name for name in (organisation.name.en, organisation.short_name.en) if name]
    return any(re.search(rf"\b{re.escape(name)}\b", text) for name in names)


def _accounts() -> Check:
    """Who has not signed in since the last conference perhaps left."""
    long_ago = clock.now() - timedelta(days=180)
    staff = User.objects.filter(is_active=True, is_staff=True)
    silent = staff.filter(last_login__lt=long_ago).count()
    said = ngettext("%(number)s account", "%(number)s accounts", staff.count()) % {"number": digits(staff.count())}
    if silent:
        text = ngettext(
            "%(number)s account was not used for half a year: close it if the person has left.",
            "%(number)s accounts were not used for half a year: close those of people who have left.",
            silent,
        )
        said = text % {"number": digits(silent)}
    address = f"{reverse('admin:auth_user_changelist')}?is_active__exact=1&is_staff__exact=1"
    return Check(_("Who may sign in"), not silent, said, address, is_must=False)
