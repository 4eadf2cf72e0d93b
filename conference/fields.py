"""Columns of kinds that Django does not have, and what telephone numbers and places on the map look like."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from conference import clock

phone_e164 = RegexValidator(r"^\+[1-9]\d{6,14}$", _("Write the telephone number with its country code: +85512323045."))

on_the_map = RegexValidator(
    r"^-?[0-8]?\d\.\d{1,8}, ?-?1?\d?\d\.\d{1,8}$",
    _("Write latitude and longitude with a comma between: 11.5564, 104.9282."),
)


class ChoicesField(models.JSONField):
    """A list of values out of `options`, ticked in a form. Stored as JSON, in the order of the options."""

    def __init__(self, *args: Any, options: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        self.options = options
        super().__init__(*args, **{"default": list, "blank": True, **kwargs})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, path, args, kwargs = super().deconstruct()
        return (
            name,
            path,
            args,
            {key: value for key, value in kwargs.items() if key not in ("blank", "default")},
        )

    def formfield(self, **kwargs: Any) -> forms.MultipleChoiceField:
        return forms.MultipleChoiceField(
            choices=self.options.choices,
            required=not self.blank,
            label=capfirst(self.verbose_name),
            help_text=self.help_text,
            widget=forms.CheckboxSelectMultiple,
        )


class SiteMomentField(models.DateTimeField):  # type: ignore[type-arg]  # generic in Django's stubs alone
    """`auto_now` and `auto_now_add` by the clock of the site. For the database it is a DateTimeField."""

    def pre_save(self, row: models.Model, add: bool) -> datetime | None:
        if self.auto_now or (self.auto_now_add and add):
            setattr(row, self.attname, clock.now())
        return getattr(row, self.attname)

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateTimeField", args, kwargs
