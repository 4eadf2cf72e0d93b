"""What the travel desk prints and takes away: letters, sheets, the rooming list. Each leaves a line in the log."""

from decimal import Decimal

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.core.paginator import Paginator
from django.http import Http404
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference.staff.pages import admin_page, chosen_edition
from registration.admin.common.downloads import XLSX, attachment, hand_out
from registration.models import TravelBudget, TravelDecision, TravelRequest
from registration.travel import on_paper, rooming

FOLDER = "admin/registration/travelrequest"
LETTER_COLUMNS = [one.name for one in TravelDecision._meta.concrete_fields if one.name not in ("id", "travel_request")]
ROOMING_COLUMNS = [code for code, _heading in rooming.HEADINGS]
LETTERS_A_PAGE = 100
SHEET_HEADINGS = [
    gettext_lazy("what for"),
    gettext_lazy("day"),
    gettext_lazy("planned"),
    gettext_lazy("paid"),
    gettext_lazy("paid on"),
    gettext_lazy("Signature"),
]
SIGN_HEADINGS = [
    gettext_lazy("Reference number"),
    gettext_lazy("name as on the ID card"),
    gettext_lazy("Amount"),
    gettext_lazy("Signature"),
]


def urls():
    """For staff who may see the travel requests."""
    pages = [
        ("letters/", letters, "letters"),
        ("<key:pk>/letter/", letter, "letter"),
        ("to-sign/", to_sign, "to_sign"),
        ("<key:pk>/sheet/", sheet, "sheet"),
        ("rooms/", rooms, "rooms"),
        ("rooms.xlsx", rooms_xlsx, "rooms_xlsx"),
    ]
    for_the_desk = permission_required("registration.view_travelrequest", raise_exception=True)
    return [
        path(address, admin.site.admin_view(for_the_desk(view)), name=f"registration_travel_{name}")
        for address, view, name in pages
    ]


def letters(request):
    """So many on a page that a browser can print it."""
    edition = chosen_edition(request, also=["page"])
    decisions = TravelDecision.objects.of(edition).coming().complete().to_print()
    page = Paginator(decisions, LETTERS_A_PAGE).get_page(request.GET.get("page"))
    return _letters(request, edition, list(page), f"travel letters {edition.year}", page)


def letter(request, pk):
    row = _row(pk)
    decisions = list(TravelDecision.objects.of_request(row).complete().to_print())
    if not decisions:
        raise Http404
    return _letters(request, row.registration.edition, decisions, f"travel letter {row}")


def _letters(request, edition, decisions, subject, page=None):
    budget = TravelBudget.of(edition)
    both_languages = {"km": ["km", "en"], "en": ["en", "km"]}  # the person's own first
    letters_page = admin_page(
        request,
        f"{FOLDER}/letters.html",
        _("Travel letters"),
        letters=[(one, both_languages[one.travel_request.registration.language]) for one in decisions],
        budget=budget,
        currency=budget.currency,
        chosen=edition,
        page=page,
    )
    return hand_out(request, letters_page, subject, columns=[*LETTER_COLUMNS, "stays"], count=len(decisions))


def to_sign(request):
    """The list that all sign who are paid: one line each, with what is handed out to them."""
    edition = chosen_edition(request)
    lines = on_paper.due(edition)
    page = admin_page(
        request,
        f"{FOLDER}/to_sign.html",
        _("List to sign"),
        lines=lines,
        total=sum((amount for _row, _name, amount in lines), Decimal(0)),
        currency=TravelBudget.of(edition).currency,
        chosen=edition,
        headings=SIGN_HEADINGS,
        total_word=on_paper.TOTAL,
    )
    subject = f"travel list to sign {edition.year}"
    return hand_out(request, page, subject, columns=["name_on_id", "amount"], count=len(lines))


def sheet(request, pk):
    """One person's lines, to be signed."""
    row = _row(pk)
    lines = list(row.expenses.in_order())
    planned = sum((line.planned or 0 for line in lines), Decimal(0))
    paid = sum((line.paid or 0 for line in lines), Decimal(0))
    edition = row.registration.edition
    page = admin_page(
        request,
        f"{FOLDER}/sheet.html",
        _("Expense sheet"),
        row=row,
        name=rooming.name_of(row),
        lines=lines,
        totals=[planned, paid],
        currency=TravelBudget.of(edition).currency,
        chosen=edition,
        headings=SHEET_HEADINGS,
        total_word=on_paper.TOTAL,
    )
    return hand_out(request, page, f"expense sheet {row}", columns=["name_on_id", "expenses"], count=1)


def rooms(request):
    edition = chosen_edition(request)
    nights = rooming.rooming(edition)
    page = admin_page(request, f"{FOLDER}/rooms.html", _("Rooming list"), nights=nights, chosen=edition)
    subject = f"rooming list {edition.year}"
    return hand_out(request, page, subject, columns=ROOMING_COLUMNS, count=len(rooming.sleepers(nights)))


def rooms_xlsx(request):
    edition = chosen_edition(request)
    nights = rooming.rooming(edition)
    name = f"rooms-{edition.year}.xlsx"
    file = attachment(name, rooming.rooming_xlsx(nights), XLSX)
    return hand_out(request, file, name, columns=ROOMING_COLUMNS, count=len(rooming.sleepers(nights)))


def _row(pk):
    row = TravelRequest.objects.with_edition(pk)
    if row is None:
        raise Http404
    return row
