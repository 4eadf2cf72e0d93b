"""The base of every form of ours. How it looks is in templates/plain/, the site's own crispy template pack.

After the GOV.UK and NHS design systems: no HTML5 validation and no `required`, one error summary with the same words
as beside the field, optional questions say "(optional)" and no question carries an asterisk.
"""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext_lazy as _


class Section(Fieldset):
    """A group of questions under a heading, with a line that says what holds for all of them."""

    def __init__(self, legend, *fields, lead="", **kwargs):
        super().__init__(legend, *fields, **kwargs)
        self.lead = lead


class PlainForm(forms.Form):
    use_required_attribute = False

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

    def sections(self):
        """The fieldsets of the form, in order."""
        return list(self.fields)

    @classmethod
    def keep(cls, data, **kwargs):
        """The form with what was typed and without judging it: for going on in the other language, or trying again."""
        empty = cls(**kwargs)
        typed = {name: field.widget.value_from_datadict(data, {}, name) for name, field in empty.fields.items()}
        return cls(initial=typed, **kwargs)
