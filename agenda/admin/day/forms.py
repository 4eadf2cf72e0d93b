"""The forms on the page of a day: of one session, and of the day itself.

They write only what was typed. What a colleague has changed since the page was opened stays: a form carries what it
showed (`seen`), so that a field that was not touched here takes the value of now, and one that both have touched is
asked about.
"""

import json

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.models import Day, Session
from conference.admin import PlainTimeInput
from conference.forms import TimeOfDay
from conference.staff.list_admin import say_language

UNDER_ANOTHER = gettext_lazy("Give its times, or say under which session it stands.")


class MergingForm(forms.ModelForm):
    use_required_attribute = False

    def __init__(self, data=None, *, instance, prefix):
        self.now = {name: self._shown(name, instance) for name in self.base_fields}
        self.theirs = {}  # of the fields that both have changed: what the colleague wrote
        if data is not None and instance.pk:
            data = self._merged(data, prefix)
        super().__init__(data, instance=instance, prefix=prefix)
        for name, field in self.fields.items():
            say_language(self._meta.model._meta.get_field(name), field)

    @property
    def seen(self):
        return json.dumps(self.now, ensure_ascii=False)

    def _shown(self, name, row):
        """The value of a field as the form shows it, and as a browser sends it back."""
        return _plain(getattr(row, self._meta.model._meta.get_field(name).attname))

    def _merged(self, data, prefix):
        """What was typed, and the values of now where nothing was typed."""
        try:
            seen = json.loads(data.get(f"{prefix}-seen", "{}"))
        except (ValueError, RecursionError):  # not as the page sent it
            seen = {}
        seen = self.now | seen if isinstance(seen, dict) else self.now
        merged = {}
        for name, now in self.now.items():
            typed = self.base_fields[name].widget.value_from_datadict(data, {}, f"{prefix}-{name}")
            typed = now if typed is None else _plain(typed)
            is_touched = typed != seen[name]
            if is_touched and now != seen[name] and typed != now:
                self.theirs[name] = now
            merged[f"{prefix}-{name}"] = typed if is_touched else now
        return merged

    def clean(self):
        found = super().clean()
        for name, now in self.theirs.items():
            choices = {str(key): label for key, label in getattr(self.fields[name], "choices", ())}
            text = _("A colleague has changed this meanwhile: “%(now)s”. Save again to put yours in its place.")
            self.add_error(name, text % {"now": choices.get(now, now) or "–"})
        return found


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


def _plain(value):
    if value is None:
        return ""
    return f"{value:%H:%M}" if hasattr(value, "hour") else str(value).replace("\r\n", "\n")
