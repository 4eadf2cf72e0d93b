"""Several of a few choices in one column."""

from django import forms
from django.db import models
from django.utils.text import capfirst


class ChoicesField(models.JSONField):
    """A list of values out of `options`, ticked in a form. Stored as JSON, in the order of the options."""

    def __init__(self, *args, options=None, **kwargs):
        self.options = options
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return (
            name,
            path,
            args,
            {key: value for key, value in kwargs.items() if key not in ("blank", "default")},
        )

    def formfield(self, **kwargs):
        return forms.MultipleChoiceField(
            choices=self.options.choices,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )

    def labels(self, values):
        return [label for value, label in self.options.choices if value in values]
