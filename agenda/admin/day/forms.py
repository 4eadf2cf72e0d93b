"""The forms on the page of a day: of one session, and of the day itself."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.admin.merging import MergingForm
from agenda.models import Day, Session
from conference.admin import PlainTimeInput
from conference.forms import TimeOfDay

UNDER_ANOTHER = gettext_lazy("Give its times, or say under which session it stands.")


class RowForm(MergingForm):
    class Meta:
        model = Session
        fields = [
            *("starts_at", "ends_at", "kind", "state"),
            *("title_en", "title_km"),
            *("room", "track", "label_en", "label_km"),
            "position",
        ]
        field_classes = {"starts_at": TimeOfDay, "ends_at": TimeOfDay}
        widgets = {"starts_at": PlainTimeInput, "ends_at": PlainTimeInput}
        help_texts = {
            "starts_at": "",
            "position": gettext_lazy("The order among sessions that begin at the same time or have no time."),
        }

    def __init__(self, data=None, *, instance, prefix, offered):
        """`offered`: of tracks and rooms the rows of the edition, and the same as choices."""
        super().__init__(data, instance=instance, prefix=prefix)
        for name, (rows, choices) in offered.items():
            self.fields[name].queryset = rows
            self.fields[name].choices = choices  # read once for all rows that are open

    def clean(self):
        found = super().clean()
        is_timeless = all(name in found and found[name] is None for name in ("starts_at", "ends_at"))
        if is_timeless and self.instance.parent_id is None:
            self.add_error(None, UNDER_ANOTHER)
        return found


class DayForm(MergingForm):
    class Meta:
        model = Day
        fields = ["date", "intro_en", "intro_km", "khmer_checked"]
        widgets = {
            "date": forms.DateInput(format="%Y-%m-%d", attrs={"size": 12, "autocomplete": "off"}),
            "intro_en": forms.Textarea(attrs={"rows": 3}),
            "intro_km": forms.Textarea(attrs={"rows": 3}),
        }

    def clean_date(self):
        date = self.cleaned_data["date"]
        if self.instance.edition.days.filter(date=date).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("This edition has this day already."))
        return date
