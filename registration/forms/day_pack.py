from django import forms
from django.utils.translation import gettext_lazy as _

from registration.forms.reason import ReasonForm


class PackForm(ReasonForm):
    """Which parts of the day pack go into the ZIP; and why, where sensitive answers are among them."""

    parts = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Choose what you need.")}
    )

    def __init__(self, parts, data=None):
        super().__init__(data)
        self.sensitive = {part.code for part in parts if part.is_sensitive}
        self.fields["parts"].choices = [(part.code, part.title) for part in parts]
        self.fields["parts"].initial = [part.code for part in parts if not part.is_sensitive]
        self.fields["reason"].required = False

    def clean(self):
        cleaned = super().clean()
        if self.sensitive & set(cleaned.get("parts", [])) and not cleaned.get("reason") and not self.errors:
            self.add_error("reason", self.fields["reason"].error_messages["required"])
        return cleaned
