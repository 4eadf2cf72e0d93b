"""Fields that clean what people type on Khmer and Latin keyboards, and say what to do in their own words."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from conference.language.khmer import INVISIBLE, KHMER_LETTER, LATIN_LETTER, clean_name, store_clean, visible
from conference.words import phone
from registration.models import telegram_name
from registration.phone import parse_phone

TOO_LONG = ngettext_lazy(
    "Write at most %(limit_value)d character; there are %(show_value)d.",
    "Write at most %(limit_value)d characters; there are %(show_value)d.",
    "limit_value",
)


class OneLine(forms.CharField):
    """One line of text, without invisible characters."""

    default_error_messages = {"max_length": TOO_LONG}

    def __init__(self, *, autocomplete="", max_length=200, **kwargs):
        super().__init__(max_length=max_length, **kwargs)
        if autocomplete:
            self.widget.attrs["autocomplete"] = autocomplete

    def widget_attrs(self, widget):
        return {"spellcheck": "false"}  # and no maxlength: it would cut a pasted answer without a word

    def to_python(self, value):
        return store_clean(super().to_python(value))


class Name(OneLine):
    def to_python(self, value):
        return clean_name(forms.CharField.to_python(self, value))


class KhmerName(Name):
    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"lang": "km"}

    def validate(self, value):
        super().validate(value)
        if value and not KHMER_LETTER.search(value):
            raise forms.ValidationError(_("Write this name in Khmer letters, or leave it empty."))


class LatinName(Name):
    def widget_attrs(self, widget):
        return super().widget_attrs(widget) | {"lang": "en"}

    def validate(self, value):
        super().validate(value)
        if value and (KHMER_LETTER.search(value) or not LATIN_LETTER.search(value)):
            raise forms.ValidationError(_("Write this name in Latin letters, or leave it empty."))


class Prose(forms.CharField):
    """A few lines of text."""

    default_error_messages = {"max_length": TOO_LONG}

    def __init__(self, *, max_length=1000, **kwargs):
        super().__init__(max_length=max_length, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def widget_attrs(self, widget):
        return {}

    def to_python(self, value):
        return visible(super().to_python(value)).strip()


class Phone(OneLine):
    def __init__(self, **kwargs):
        super().__init__(max_length=60, widget=forms.TextInput(attrs={"type": "tel"}), **kwargs)

    def to_python(self, value):
        return parse_phone(super().to_python(value))

    def prepare_value(self, value):
        """A number that is stored, as people dial it. What was typed otherwise comes back as it was typed."""
        return phone(value) if value else value


class Email(forms.EmailField):
    default_error_messages = {
        "invalid": _("Write an e-mail address such as name@example.org, or leave it empty."),
        "max_length": TOO_LONG,
    }

    def __init__(self, **kwargs):
        super().__init__(max_length=254, **kwargs)
        self.widget.attrs["autocomplete"] = "email"

    def widget_attrs(self, widget):
        return {"spellcheck": "false"}

    def to_python(self, value):
        value = super().to_python(value)
        if INVISIBLE.search(value):
            raise forms.ValidationError(_("This address contains an invisible character. Type it again."))
        if not value.isascii():
            raise forms.ValidationError(self.error_messages["invalid"])
        return value


class Telegram(OneLine):
    """@name, however it was given: with or without @, or as a link; or a telephone number that is in Telegram."""

    default_validators = [telegram_name]

    def to_python(self, value):
        value = super().to_python(value)
        for prefix in ("https://", "http://", "t.me/", "telegram.me/", "@"):
            value = value.removeprefix(prefix)
        if value[:1] == "+" or value[:1].isdecimal():
            return parse_phone(value)
        return value and "@" + value.rstrip("/")


class Token(forms.UUIDField):
    """Marks one showing of the form, so that the same form sent twice registers once.

    A broken token is replaced without a word: the participant could do nothing about it.
    """

    widget = forms.HiddenInput

    def __init__(self):
        super().__init__(required=False, initial=uuid.uuid4)

    def clean(self, value):
        try:
            return super().clean(value) or uuid.uuid4()
        except forms.ValidationError:
            return uuid.uuid4()


def one_of(choices, label, *, required=None, side_by_side=False, **kwargs):
    """Radios, nothing chosen beforehand. `required` is what to say when no answer was given."""
    return _asked(forms.ChoiceField, forms.RadioSelect, label, choices.choices, required, side_by_side, kwargs)


def some_of(choices, label, *, required=None, side_by_side=False, **kwargs):
    """Checkboxes. `required` is what to say when none was ticked."""
    widget = forms.CheckboxSelectMultiple
    return _asked(forms.MultipleChoiceField, widget, label, choices.choices, required, side_by_side, kwargs)


def some_in_folds(folds, choices, label, **kwargs):
    """Checkboxes, most of them in folds: (title, choices) each. The others follow below."""
    inside = [choice for _title, chosen in folds for choice in chosen]
    others = [choice for choice in choices if choice not in inside]
    field = some_of(choices, label, **kwargs)
    field.choices = [(choice.value, choice.label) for choice in [*inside, *others]]
    field.folds = [(title, len(chosen)) for title, chosen in folds]
    return field


def one_of_many(choices, label, empty, *, required=None, **kwargs):
    """A list that opens. `empty` is what stands there before an answer is chosen."""
    options = [("", empty), *choices.choices]
    return _asked(forms.ChoiceField, forms.Select, label, options, required, False, kwargs)


def _asked(kind, widget, label, choices, required, side_by_side, more):
    messages = {"required": required} if required else None
    field = kind(label=label, choices=choices, widget=widget, required=bool(required), error_messages=messages, **more)
    field.side_by_side = side_by_side  # short answers stand two in a line
    return field
