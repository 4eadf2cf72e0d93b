"""The form of a row of which a colleague may have the page open as well.

It writes only what was typed. What a colleague has changed since the page was opened stays: the form carries what it
showed (`seen`), so that a field that was not touched here takes the value of now, and one that both have touched is
asked about. The same holds for rows inside its page: the speakers, materials and parts of a session.
"""

import json

from django import forms
from django.forms.formsets import DELETION_FIELD_NAME
from django.utils.translation import gettext as _

from conference.staff.list_admin import say_language
from conference.words import comma


class MergingForm(forms.ModelForm):
    use_required_attribute = False

    def __init__(self, data=None, files=None, *, instance=None, prefix=None, **more):
        row = instance or self._meta.model()
        self.now = {name: self._shown(name, row) for name in self.base_fields}
        self.theirs = {}  # of the fields that both have changed: what the colleague wrote
        self.is_kept = False  # it was ticked to be deleted, and a colleague has changed it
        if data is not None and row.pk:
            data = self._merged(data, files or {}, f"{prefix}-" if prefix else "")
        super().__init__(data, files, instance=instance, prefix=prefix, **more)
        for name, field in self.fields.items():
            say_language(self._meta.model._meta.get_field(name), field)

    @property
    def seen(self):
        return json.dumps(self.now, ensure_ascii=False)

    def _shown(self, name, row):
        """The value of a field as the form shows it, and as a browser sends it back."""
        return _plain(getattr(row, self._meta.model._meta.get_field(name).attname))

    def _merged(self, data, files, before):
        """What was typed, and the values of now where nothing was typed."""
        try:
            seen = json.loads(data.get(f"{before}seen", "{}"))
        except (ValueError, RecursionError):  # not as the page sent it
            seen = {}
        seen = self.now | seen if isinstance(seen, dict) else self.now
        merged = {name: value for name, value in data.items() if name.startswith(before)}
        for name, now in self.now.items():
            field, control = self.base_fields[name], f"{before}{name}"
            typed = field.widget.value_from_datadict(data, files, control)
            if isinstance(field, forms.FileField):  # what was sent is no text, and goes on as it came
                if typed is not None and now != seen[name]:
                    self.theirs[name] = now
                continue
            typed = now if typed is None else _plain(typed)
            is_touched = typed != seen[name]
            if is_touched and now != seen[name] and typed != now:
                self.theirs[name] = now
            merged[control] = typed if is_touched else now
        if merged.get(f"{before}{DELETION_FIELD_NAME}") and any(seen[name] != now for name, now in self.now.items()):
            self.is_kept = bool(merged.pop(f"{before}{DELETION_FIELD_NAME}"))
        return merged

    def clean(self):
        found = super().clean()
        for name, now in self.theirs.items():
            choices = {str(key): label for key, label in getattr(self.fields[name], "choices", ())}
            text = _("A colleague has changed this meanwhile: “%(now)s”. Save again to put yours in its place.")
            words = [str(choices.get(one, one)) for one in (now if isinstance(now, list) else [now])]
            self.add_error(name, text % {"now": comma().join(words) or "–"})
        if self.is_kept:
            self.add_error(
                None, _("A colleague has changed this meanwhile. Look at it, and tick it again to delete it.")
            )
        return found


def _plain(value):
    if value is None:
        return ""
    if isinstance(value, list):
        return value
    return f"{value:%H:%M}" if hasattr(value, "hour") else str(value).replace("\r\n", "\n")
