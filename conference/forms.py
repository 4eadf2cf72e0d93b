"""The base of every form of ours. How it looks is in templates/plain/, the site's own crispy template pack.

After the GOV.UK and NHS design systems: no HTML5 validation and no `required`, one error summary with the same words
as beside the field, optional questions say "(optional)" and no question carries an asterisk.
"""

from datetime import datetime

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from conference import words
from conference.language.moments import read_moment
from conference.language.times import read_time


class TimeOfDay(forms.TimeField):
    """A time in any of the ways in which people type it."""

    default_error_messages = {"invalid": _("Write a time such as 8:30 or 17:45.")}

    def to_python(self, value):
        if not isinstance(value, str) or not value.strip():
            return super().to_python(value or None)
        time = read_time(value)
        if time is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return time


class DayAndTime(forms.SplitDateTimeField):
    """Two controls with one name: each says which it is."""

    def __init__(self, **kwargs):
        super().__init__(**kwargs)
        for part, widget in zip((_("date"), _("time")), self.widget.widgets, strict=True):
            widget.attrs["aria-label"] = format_lazy("{} ({})", self.label, part)
        self.fields = (self.fields[0], TimeOfDay(required=self.fields[1].required))


class MomentField(forms.CharField):
    """One field for both, as they are said: two boxes of which one is forgotten are one mistake more."""

    default_error_messages = {"invalid": _("Write a day and a time, such as 20 March, 8:00.")}

    def to_python(self, value):
        value = super().to_python(value)
        if value in self.empty_values:
            return None
        moment = read_moment(value)
        if moment is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return moment

    def prepare_value(self, value):
        return words.moment(value) if isinstance(value, datetime) else value

    def has_changed(self, initial, data):
        return (data or "").strip() != (self.prepare_value(initial) or "")


class Section(Fieldset):
    """A group of questions under a heading, with a line that says what holds for all of them."""

    def __init__(self, legend, *fields, lead="", **kwargs):
        super().__init__(legend, *fields, **kwargs)
        self.lead = lead


class Details(Div):
    """Fields that stay folded until something is in them; the browser folds, without script."""

    template = "%s/layout/details.html"

    def __init__(self, summary, *fields):
        super().__init__(*fields)
        self.summary = summary

    def render(self, form, context, **kwargs):
        self.is_open = any(self.opens_for(form[name]) for name in self.fields)
        return super().render(form, context, **kwargs)

    def opens_for(self, field):
        return field.errors or field.value()


class PlainForm(forms.Form):
    use_required_attribute = False
    kept_in_browser = ()  # what static/js/keep.js may keep until the form is sent: never anything sensitive

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag = False  # the page writes the tag: it knows where to send the form
        self.helper.layout = Layout(*self.sections())
        for field in self.fields.values():
            if isinstance(field.widget, forms.MultiWidget):
                raise TypeError("A MultiWidget's parts have no label each (WCAG 4.1.2): ask one value a field.")
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = _("Choose from the answers on this page.")
        for name in self.kept_in_browser:
            self.fields[name].widget.attrs["data-keep"] = True

    def sections(self):
        """The fieldsets of the form, in order."""
        return list(self.fields)

    @classmethod
    def keep(cls, data, **kwargs):
        """The form with what was typed, not checked: to go on in the other language, or to try again."""
        return cls(initial=cls(**kwargs).typed(data), **kwargs)

    def typed(self, data):
        """What was typed into each field, as it was sent."""
        names = {name: self.add_prefix(name) for name in self.fields}
        return {name: self.fields[name].widget.value_from_datadict(data, {}, names[name]) for name in names}
