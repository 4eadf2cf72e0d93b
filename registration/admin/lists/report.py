"""The report to the funder: a page for the texts that staff write, and the report for Word and as PDF.

Staff who may see the figures take the report, with the numbers that may be passed on. Staff who may see registrations
can choose the true numbers that are of those rows (?numbers=true): the file says so. Staff who may change the edition
write the texts.
"""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from agenda.feeds.stamp import stamped
from conference.models import Edition
from conference.staff.list_admin import say_language
from conference.staff.pages import admin_page, chosen_edition
from registration.admin.common.downloads import attachment, hand_out
from registration.figures.growth import growth_to_pass_on, true_growth
from registration.figures.measures import questions_of
from registration.figures.snapshots import take_snapshots
from registration.figures.tables import tables_for_staff, tables_to_pass_on
from registration.models import Intake, Report
from registration.models.report import LONGEST
from registration.report.content import Numbers, content
from registration.report.pdf import report_pdf
from registration.report.word import report_docx

WRITES, TAKES, SEES_ROWS = "conference.change_edition", "registration.view_figures", "registration.view_registration"
TRUE = "true"
FILES = {
    "docx": (report_docx, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    "pdf": (report_pdf, "application/pdf"),
}
LANGUAGES = ("km", "en")
# Each language and format, with the numbers that may be passed on and with true ones.
OFFERED = [
    ("km", "docx", gettext_lazy("Khmer, for Word (DOCX)"), gettext_lazy("True numbers, Khmer, for Word (DOCX)")),
    ("km", "pdf", gettext_lazy("Khmer, PDF"), gettext_lazy("True numbers, Khmer, PDF")),
    ("en", "docx", gettext_lazy("English, for Word (DOCX)"), gettext_lazy("True numbers, English, for Word (DOCX)")),
    ("en", "pdf", gettext_lazy("English, PDF"), gettext_lazy("True numbers, English, PDF")),
]


class ReportForm(forms.ModelForm):
    class Meta:
        model = Report
        fields = ["summary_en", "summary_km", "results_en", "results_km", "lessons_en", "lessons_km"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            say_language(Report._meta.get_field(name), field)
            field.widget.attrs |= {"rows": 8, "maxlength": LONGEST}
            field.show_hidden_initial = True  # what a colleague wrote into another text meanwhile stays


@admin.site.admin_view
def report_page(request):
    if not (request.user.has_perm(WRITES) or request.user.has_perm(TAKES)):
        raise PermissionDenied
    edition = chosen_edition(request)
    may_write = request.user.has_perm(WRITES)
    report = Report.objects.filter(edition=edition).first() or Report(edition=edition)
    form = ReportForm(request.POST or None, instance=report)
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied
        if form.is_valid():
            written = {name: form.cleaned_data[name] for name in form.changed_data}
            Report.objects.update_or_create(edition=edition, defaults=written)
            LogEntry.objects.log_actions(request.user.pk, [edition], CHANGE, _("Report"), single_object=True)
            messages.success(request, _("The texts of the report are saved."))
            return redirect(f"{reverse('admin:registration_report')}?edition={edition.year}")
    return admin_page(
        request,
        "admin/registration/report.html",
        _("Report to the funder"),
        status=400 if form.is_bound else 200,
        chosen=edition,
        editions=Edition.objects.latest_first(),
        form=form,
        may_write=may_write,
        may_take=request.user.has_perm(TAKES),
        sees_rows=request.user.has_perm(SEES_ROWS),
        files=[(words, _address(*which)) for *which, words, _true in OFFERED],
        true_files=[(true, _address(*which)) for *which, _words, true in OFFERED],
    )


def _address(language, ending):
    return reverse("admin:registration_report_file", args=[language, ending])


@admin.site.admin_view
def report_file(request, language, ending):
    if not request.user.has_perm(TAKES):
        raise PermissionDenied
    edition = chosen_edition(request, also={"numbers"})
    wanted = request.GET.get("numbers", "")
    if wanted not in {"", TRUE} or language not in LANGUAGES or ending not in FILES:
        raise Http404
    if wanted and not request.user.has_perm(SEES_ROWS):
        raise PermissionDenied
    write, content_type = FILES[ending]
    programme, stamp = stamped(edition, request.build_absolute_uri("/")[:-1])
    with override(language):
        numbers = _numbers(edition, are_true=bool(wanted))
        file = write(content(edition, programme, numbers, stamp.site), language, f"{edition.title} – {_('Report')}")
    name = f"report-{edition.year}-{language}{'-true-numbers' if wanted else ''}.{ending}"
    codes = [table.code for table in numbers.tables if table.rows]
    return hand_out(request, attachment(name, file, content_type), name, columns=codes, count=len(codes))


def _numbers(edition, *, are_true):
    questions = questions_of(edition)
    counts = take_snapshots(edition, questions)
    if not are_true:
        return Numbers(tables_to_pass_on(edition, questions), growth_to_pass_on(edition), are_true=False)
    intake = Intake.of(edition)
    with_travel = intake is None or intake.keeps_sensitive()
    tables = tables_for_staff(edition, questions, counts, with_travel=with_travel)
    return Numbers(tables, true_growth(edition, counts), are_true=True)
