"""What the travel desk prints and takes away: letters, sheets, the rooming list. Each leaves a line in the log."""

from datetime import date
from decimal import Decimal

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.admin import admin_page, chosen_edition
from conference.models import Edition
from conference.words import dates, phone
from registration.admin.common.downloads import XLSX, attachment
from registration.lists import files
from registration.models import TravelBudget, TravelDecision, TravelRequest
from registration.travel import rooming
from registration.travel.budget import sums

__all__ = ["edition_of_list", "facts", "sums", "urls"]

TOTAL = gettext_lazy("Total")
SHEET_HEADINGS = [
    gettext_lazy("what for"),
    gettext_lazy("day"),
    gettext_lazy("planned"),
    gettext_lazy("paid"),
    gettext_lazy("paid on"),
    gettext_lazy("Signature"),
]
FOLDER = "admin/registration/travelrequest"
SIGN_HEADINGS = [
    gettext_lazy("Reference number"),
    gettext_lazy("name as on the ID card"),
    gettext_lazy("Amount"),
    gettext_lazy("Signature"),
]


def urls():
    pages = [
        ("letters/", letters, "letters"),
        ("<int:pk>/letter/", letter, "letter"),
        ("to-sign/", to_sign, "to_sign"),
        ("<int:pk>/sheet/", sheet, "sheet"),
        ("rooms/", rooms, "rooms"),
        ("rooms.xlsx", rooms_xlsx, "rooms_xlsx"),
    ]
    return [
        path(address, admin.site.admin_view(view), name=f"registration_travel_{name}") for address, view, name in pages
    ]


def letters(request):
    edition = _edition(request)
    decisions = TravelDecision.objects.of(edition).coming().complete().to_print()
    return _letters(request, edition, list(decisions), f"travel letters {edition.year}")


def letter(request, pk):
    row = _row(request, pk)
    decisions = list(TravelDecision.objects.of_request(row).complete().to_print())
    if not decisions:
        raise Http404
    return _letters(request, row.registration.edition, decisions, f"travel letter {row}")


def _letters(request, edition, decisions, subject):
    columns = [*_columns(TravelDecision), "stays"]
    files.log_export(request.user, subject, columns=columns, count=len(decisions))
    budget = TravelBudget.of(edition)
    both_languages = {"km": ["km", "en"], "en": ["en", "km"]}  # the person's own first
    return admin_page(
        request,
        f"{FOLDER}/letters.html",
        _("Travel letters"),
        letters=[(one, both_languages[one.travel_request.registration.language]) for one in decisions],
        budget=budget,
        currency=budget.currency,
        chosen=edition,
    )


def to_sign(request):
    """The list that everybody signs: one line each, with what is handed out to them."""
    edition = _edition(request)
    lines = [(row, rooming.name_of(row), _to_hand_out(row)) for row in TravelRequest.objects.of(edition).to_pay()]
    lines = [line for line in lines if line[2]]
    files.log_export(
        request.user, f"travel list to sign {edition.year}", columns=["name_on_id", "amount"], count=len(lines)
    )
    total = sum((amount for _row, _name, amount in lines), Decimal(0))
    return admin_page(
        request,
        f"{FOLDER}/to_sign.html",
        _("List to sign"),
        lines=lines,
        total=total,
        currency=TravelBudget.of(edition).currency,
        chosen=edition,
        headings=SIGN_HEADINGS,
        total_word=TOTAL,
    )


def _to_hand_out(row):
    """What was paid of each line, or is planned; where nobody made lines, what was agreed."""
    lines = row.expenses.all()
    if not lines:
        return row.decision.total if hasattr(row, "decision") else Decimal(0)
    return sum((line.planned if line.paid is None else line.paid for line in lines), Decimal(0))


def sheet(request, pk):
    """One person's lines, to be signed."""
    row = _row(request, pk)
    files.log_export(request.user, f"expense sheet {row}", columns=["name_on_id", "expenses"], count=1)
    lines = list(row.expenses.in_order())
    edition = row.registration.edition
    return admin_page(
        request,
        f"{FOLDER}/sheet.html",
        _("Expense sheet"),
        row=row,
        name=rooming.name_of(row),
        lines=lines,
        totals=[
            sum((getattr(line, name) or Decimal(0) for line in lines), Decimal(0)) for name in ("planned", "paid")
        ],
        currency=TravelBudget.of(edition).currency,
        chosen=edition,
        headings=SHEET_HEADINGS,
        total_word=TOTAL,
    )


def rooms(request):
    edition = _edition(request)
    nights = rooming.rooming(edition)
    _log_rooms(request, f"rooming list {edition.year}", nights)
    return admin_page(request, f"{FOLDER}/rooms.html", _("Rooming list"), nights=nights, chosen=edition)


def rooms_xlsx(request):
    edition = _edition(request)
    nights = rooming.rooming(edition)
    _log_rooms(request, f"rooms-{edition.year}.xlsx", nights)
    return attachment(f"rooms-{edition.year}.xlsx", rooming.rooming_xlsx(nights), XLSX)


def _log_rooms(request, subject, nights):
    columns = [code for code, _heading in rooming.HEADINGS]
    files.log_export(request.user, subject, columns=columns, count=len(rooming.sleepers(nights)))


def _columns(model):
    return [field.name for field in model._meta.concrete_fields if field.name not in ("id", "travel_request")]


def facts(row):
    """(what, answer) of a request, as the person gave them, and what of the registration the desk works with."""
    registration = row.registration
    fields = [field for field in row._meta.concrete_fields if field.name not in ("id", "registration")]
    about = [
        (_("Status"), registration.get_status_display()),
        (_("Province"), registration.get_province_display()),
        (_("Language of the form"), registration.get_language_display()),
    ]
    return about + [(field.verbose_name, _answer(row, field)) for field in fields]


def _answer(row, field):
    if field.choices:
        return getattr(row, f"get_{field.name}_display")()
    value = getattr(row, field.name)
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, list):
        return nights_in_words(value)
    return phone(value) if field.name.endswith("_phone") and value else value


def nights_in_words(nights):
    """They are kept as 2024-03-26; a word that somebody else put there stays as it is."""
    try:
        return dates(map(date.fromisoformat, nights))
    except ValueError:
        return ", ".join(sorted(nights))


def edition_of_list(request):
    """The one by which the list is filtered, else the current one."""
    chosen = request.GET.get("registration__edition__id__exact", "")
    if chosen.isdecimal() and len(chosen) < 10:
        return Edition.objects.filter(pk=chosen).first()
    return Edition.objects.current_or_latest()


def _edition(request):
    _check(request)
    return chosen_edition(request, lambda: edition_of_list(request))


def _row(request, pk):
    _check(request)
    row = TravelRequest.objects.with_edition(pk)
    if row is None:
        raise Http404
    return row


def _check(request):
    if not request.user.has_perm("registration.view_travelrequest"):
        raise PermissionDenied
