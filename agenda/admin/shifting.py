"""Moving the rest of a day in time: choose, look, apply; and take it back."""

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from agenda.models import Day
from agenda.publishing import versions
from agenda.timing import shifting
from conference.language.khmer import ascii_digits, store_clean
from conference.staff.pages import admin_page
from conference.words import clock

MOST = 600  # minutes: more than that is another day
MINUTES = gettext_lazy("Write by how many minutes, from 1 to 600; for earlier, with a minus sign before it.")


class ShiftForm(forms.Form):
    use_required_attribute = False
    start = forms.TypedChoiceField(
        label=gettext_lazy("From which row on"),
        coerce=int,
        error_messages={"required": gettext_lazy("Choose the first row that moves.")},
    )
    minutes = forms.CharField(
        label=gettext_lazy("How many minutes later"),
        help_text=gettext_lazy("For earlier, write a minus sign: -10."),
        max_length=10,
        error_messages={"required": MINUTES, "max_length": MINUTES},
        widget=forms.TextInput(attrs={"inputmode": "text", "size": 6, "autocomplete": "off"}),
    )
    track = forms.TypedChoiceField(label=gettext_lazy("Which rows"), coerce=int, required=False, empty_value=None)

    def __init__(self, *args, day, slots, tree, **kwargs):
        super().__init__(*args, **kwargs)
        self.slots, self.plan = slots, None  # the plan, of a form that is valid: what would move
        ordered = sorted(slots, key=lambda slot: slot.span[0])
        self.fields["start"].choices = [(one.key, f"{clock(one.starts_at)} {tree.by_pk[one.key]}") for one in ordered]
        tracks = [(track.pk, str(track)) for track in day.edition.tracks.all()]
        self.fields["track"].choices = [("", _("The whole day")), *tracks]
        for field in (self.fields["start"], self.fields["track"]):
            field.error_messages["invalid_choice"] = _("Choose from the answers on this page.")

    def clean_minutes(self):
        typed = ascii_digits(store_clean(self.cleaned_data["minutes"])).replace("−", "-").replace("–", "-")
        try:
            minutes = int(typed)
        except ValueError:
            minutes = 0
        if not 0 < abs(minutes) <= MOST:
            raise forms.ValidationError(MINUTES)
        return minutes

    def clean(self):
        if self.errors:
            return
        asked = self.cleaned_data
        try:
            plan = shifting.shift(self.slots, asked["start"], asked["minutes"], asked["track"])
        except shifting.OutsideOfDay:
            message = _(
                "A row would then leave its day, which goes on until 4:00 at night. Choose fewer minutes, or move the "
                "row by hand."
            )
            self.add_error("minutes", message)
            return
        if plan.after:
            self.plan = plan
        else:
            self.add_error("track", _("Nothing of this track is from there on."))


@require_http_methods(["GET", "HEAD", "POST"])
@admin.site.admin_view
@permission_required("agenda.change_session", raise_exception=True)
def shift_page(request, pk):
    """Looking asks with GET and changes nothing; applying posts what was looked at."""
    day = get_object_or_404(Day.objects.select_related("edition"), pk=pk)
    slots, tree = shifting.slots_of(day)
    data = request.POST or (request.GET if "minutes" in request.GET else None)
    form = ShiftForm(data, day=day, slots=slots, tree=tree)
    plan = form.plan if form.is_valid() else None
    if request.method == "POST" and plan and _is_applied(request, day, plan, form.cleaned_data):
        return redirect("admin:agenda_day_shift", day.pk)
    moving, over = [], []
    if plan:
        pairs = sorted(zip(plan.before, plan.after, strict=True), key=lambda pair: pair[0].span[0])
        moving = [(tree.by_pk[before.key], before, after) for before, after in pairs]
        over = [(tree.by_pk[clash.first.key], tree.by_pk[clash.second.key]) for clash in plan.runs_over]
    shifts = day.shifts.latest_first().select_related("track", "by")[:10]
    return admin_page(
        request,
        "admin/agenda/shift.html",
        _("From here on, later"),
        status=400 if form.errors else 200,
        day=day,
        form=form,
        plan=plan,
        rows=moving,
        over=over,
        warnings=_warnings(plan, tree) if plan else [],
        shifts=[(one, shifting.note(one)) for one in shifts],
        back=reverse("admin:agenda_day_change", args=[day.pk]),
    )


def _is_applied(request, day, plan, asked):
    if not plan.may_be_applied:
        return False
    track = day.edition.tracks.filter(pk=asked["track"]).first() if asked["track"] else None
    try:
        if request.POST.get("seen") != plan.fingerprint:
            raise shifting.ChangedMeanwhile
        done = shifting.apply(day, plan, minutes=asked["minutes"], track=track, by=request.user)
    except shifting.ChangedMeanwhile:
        messages.warning(request, _("The times were changed since you looked. Nothing was moved; look again."))
        return False
    versions.publish_times(day.edition, shifting.times_of(done), request.user, shifting.note(done))
    admin.site.get_model_admin(Day).log_change(request, day, shifting.note(done).en)
    messages.success(request, _("Done: %(what)s. It is on the site now.") % {"what": shifting.note(done)})
    return True


@require_POST
@admin.site.admin_view
@permission_required("agenda.change_session", raise_exception=True)
def undo(request, pk, shift_pk):
    day = get_object_or_404(Day.objects.select_related("edition"), pk=pk)
    done = get_object_or_404(day.shifts.select_related("track"), pk=shift_pk)
    try:
        shifting.undo(done)
    except shifting.ChangedMeanwhile:
        messages.warning(
            request, _("Some of these times were changed since. Nothing was taken back: change them by hand.")
        )
    else:
        times = shifting.times_of(done, taken_back=True)
        versions.publish_times(day.edition, times, request.user, shifting.note_taken_back(done))
        admin.site.get_model_admin(Day).log_change(request, day, shifting.note(done).en)
        messages.success(
            request, _("Taken back: %(what)s. The times are as they were.") % {"what": shifting.note(done)}
        )
    return redirect("admin:agenda_day_shift", day.pk)


def _warnings(plan, tree):
    """Sentences: what would then be at the same time, and whether a room or a person is in both."""
    said = {
        "room": _("“%(first)s” and “%(second)s” would then be in one room at the same time."),
        "person": _("“%(first)s” and “%(second)s” would then need the same person at the same time."),
    }
    beside = _("“%(first)s” and “%(second)s” would then be at the same time.")
    found = [(said[clash.why], clash.first, clash.second) for clash in plan.clashes]
    found += [(beside, *pair) for pair in plan.beside]
    return [text % {"first": tree.by_pk[one.key], "second": tree.by_pk[two.key]} for text, one, two in found]
