"""The form of a row of which a colleague may have the page open as well.

It writes only what was typed. What a colleague has changed since the page was opened stays: the form carries what it
showed (`seen`), so that a field that was not touched here takes the value of now, and one that both have touched is
asked about.
"""

import json

from django import forms
from django.utils.translation import gettext as _

from conference.staff.list_admin import say_language
from conference.words import comma


class MergingForm(forms.ModelForm):
    use_required_attribute = False

    def __init__(self, data=None, files=None, *, instance=None, prefix=None, **more):
        row = instance or self._meta.model()
        self.now = {name: self._shown(name, row) for name in self.base_fields}
        self.theirs = {}  # of the fields that both have changed: what the colleague wrote
        if data is not None and row.pk:
            data = self._merged(data, f"{prefix}-" if prefix else "")
        super().__init__(data, files, instance=instance, prefix=prefix, **more)
        for name, field in self.fields.items():
            say_language(self._meta.model._meta.get_field(name), field)

    @property
    def seen(self):
        return json.dumps(self.now, ensure_ascii=False)

    def _shown(self, name, row):
        """The value of a field as the form shows it, and as a browser sends it back."""
        return _plain(getattr(row, self._meta.model._meta.get_field(name).attname))

    def _merged(self, data, before):
        """What was typed, and the values of now where nothing was typed."""
        try:
            seen = json.loads(data.get(f"{before}seen", "{}"))
        except (ValueError, RecursionError):  # not as the page sent it
            seen = {}
        seen = self.now | seen if isinstance(seen, dict) else self.now
        merged = {}
        for name, now in self.now.items():
            typed = self.base_fields[name].widget.value_from_datadict(data, {}, f"{before}{name}")
            typed = now if typed is None else _plain(typed)
            is_touched = typed != seen[name]
            if is_touched and now != seen[name] and typed != now:
                self.theirs[name] = now
            merged[f"{before}{name}"] = typed if is_touched else now
        return merged

    def clean(self):
        found = super().clean()
        for name, now in self.theirs.items():
            choices = {str(key): label for key, label in getattr(self.fields[name], "choices", ())}
            text = _("A colleague has changed this meanwhile: “%(now)s”. Save again to put yours in its place.")
            words = [str(choices.get(one, one)) for one in (now if isinstance(now, list) else [now])]
            self.add_error(name, text % {"now": comma().join(words) or "–"})
        return found


def _plain(value):
    if value is None:
        return ""
    if isinstance(value, list):
        return value
    return f"{value:%H:%M}" if hasattr(value, "hour") else str(value).replace("\r\n", "\n")
