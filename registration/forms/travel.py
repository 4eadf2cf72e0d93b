"""What the travel desk fills in."""

import re
from decimal import Decimal
from functools import partial

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from conference.language.khmer import ascii_digits
from conference.words import comma, date_only
from registration.choices import DECIDED_COSTS, Expense, Paid
from registration.forms.fields import OneLine, Phone, Prose
from registration.models import (
    HotelBill,
    HotelRoom,
    TravelBudget,
    TravelDecision,
    TravelExpense,
    TravelRate,
    TravelRequest,
)
from registration.models.travel import check_amount
from registration.travel.nights import nights_of, wanted_nights

PAYING = {Paid.YES, Paid.PART}
_GROUPED = re.compile(r"^\d{1,3}(?:[.,]\d{3})+(?=$|\.\d{1,2}$)")


class Money(forms.DecimalField):
    """120000, 120,000 or ១២០.០០០: three digits behind a point or comma are thousands; there are no tenths of cents."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 12})
    default_error_messages = {
        "invalid": _("Write an amount in digits, such as 120,000."),
        "min_value": _("Write an amount that is not below zero."),
    }

    def __init__(self, *, max_digits=12, decimal_places=2, min_value=Decimal(0), **kwargs):
        super().__init__(max_digits=max_digits, decimal_places=decimal_places, min_value=min_value, **kwargs)

    def to_python(self, value):
        if isinstance(value, str):
            value = re.sub(r"[\s\u200b៛$]", "", ascii_digits(value))
            value = _GROUPED.sub(lambda whole: re.sub(r"[.,]", "", whole[0]), value)
        return super().to_python(value)

    def prepare_value(self, value):
        """Whole amounts without a point behind them."""
        return f"{value:.0f}" if isinstance(value, Decimal) and value == value.to_integral_value() else value


class InCurrency:
    """A form whose amounts are whole where the currency has no cents."""

    def __init__(self, *args, currency, **kwargs):
        super().__init__(*args, **kwargs)
        self.currency = currency
        for field in self.fields.values():
            if isinstance(field, Money):
                field.validators.append(partial(check_amount, currency=currency))


def money_of(model, name):
    field = model._meta.get_field(name)
    return Money(label=capfirst(field.verbose_name), required=not field.null)


class DecisionForm(InCurrency, forms.ModelForm):
    use_required_attribute = False
    accommodation_amount = money_of(TravelDecision, "accommodation_amount")
    transport_amount = money_of(TravelDecision, "transport_amount")
    daily_amount = money_of(TravelDecision, "daily_amount")
    note = Prose(
        label=_("a note to the person"),
        required=False,
        help_text=_("In the person’s language. It stands in the letter and on their own page."),
    )

    class Meta:
        model = TravelDecision
        fields = [*(name for part in DECIDED_COSTS for name in (part.value, f"{part}_amount")), "note"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for part in DECIDED_COSTS:
            answers = self.fields[part].choices
            self.fields[part].choices = [("", _("not decided")), *(pair for pair in answers if pair[0])]
        self.fields["accommodation_amount"].help_text = _(
            "Only if the person gets money for it: hotel rooms count apart."
        )


class AlikeForm(InCurrency, forms.Form):
    """One decision for all who are ticked. A part that is left open stays as it is for each of them."""

    use_required_attribute = False
    accommodation, transport, daily = (
        forms.ChoiceField(label=part.label, choices=[("", _("leave it as it is")), *Paid.choices], required=False)
        for part in DECIDED_COSTS
    )
    accommodation_amount = money_of(TravelDecision, "accommodation_amount")
    transport_amount = money_of(TravelDecision, "transport_amount")
    daily_amount = money_of(TravelDecision, "daily_amount")
    by_rate = forms.BooleanField(label=_("Pay the journey by the rate of each province"), required=False)
    also_decided = forms.BooleanField(label=_("Also change what is decided already"), required=False)
    field_order = [
        *(name for part in DECIDED_COSTS for name in (part.value, f"{part}_amount")),
        "by_rate",
        "also_decided",
    ]

    def clean(self):
        answers = self.cleaned_data
        if not self.errors and not any(answers[part] for part in DECIDED_COSTS):
            self.add_error(None, _("Decide on at least one part."))
        for part in DECIDED_COSTS:
            if answers.get(f"{part}_amount") is not None and answers.get(part) not in PAYING:
                self.add_error(part, _("An amount goes with “Yes” or “In part” only."))
        if answers.get("by_rate"):
            if answers.get("transport") not in PAYING:
                self.add_error("transport", _("The rate goes with “Yes” or “In part” only."))
            if answers.get("transport_amount") is not None:
                self.add_error("transport_amount", _("Either an amount or the rate of each province."))
        return answers


class RoomField(forms.ModelChoiceField):
    def label_from_instance(self, room):
        beds = _("beds: %(number)s") % {"number": room.beds}
        return comma().join(map(str, [room, beds, *([_("without steps")] if room.is_step_free else [])]))


class RoomForm(forms.Form):
    """A bed in a room for some nights; or none, to take the person out of where they are."""

    use_required_attribute = False
    nights = forms.MultipleChoiceField(
        label=_("nights"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one night.")},
    )
    room = RoomField(
        label=_("hotel room"),
        queryset=HotelRoom.objects.none(),
        required=False,
        empty_label=pgettext_lazy("room", "None: take them out"),
    )
    is_assistant = forms.BooleanField(label=_("This bed is for the assistant"), required=False)
    assistant_name = OneLine(label=_("name of the assistant"), required=False)

    def __init__(self, *args, travel_request, **kwargs):
        super().__init__(*args, **kwargs)
        edition = travel_request.registration.edition
        self.nights = {night.isoformat(): night for night in nights_of(edition)}
        self.fields["nights"].choices = [(code, date_only(night)) for code, night in self.nights.items()]
        wanted = wanted_nights(travel_request, self.nights.values())
        self.fields["nights"].initial = [night.isoformat() for night in wanted]
        self.fields["room"].queryset = HotelRoom.objects.of(edition)

    def clean_nights(self):
        return [self.nights[code] for code in self.cleaned_data["nights"]]


class ExpenseForm(InCurrency, forms.ModelForm):
    use_required_attribute = False
    planned = money_of(TravelExpense, "planned")
    paid = money_of(TravelExpense, "paid")

    class Meta:
        model = TravelExpense
        fields = ["kind", "day", "planned", "paid", "paid_on"]
        widgets = {name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d") for name in ("day", "paid_on")}


class ExpenseLines(forms.BaseInlineFormSet):
    """The daily expenses of one day stand in one line: the table's rule does not see two new lines."""

    def clean(self):
        super().clean()
        days = set()
        for form in self.forms:
            data = getattr(form, "cleaned_data", {})
            day = data.get("day")
            if data.get("DELETE") or data.get("kind") != Expense.DAILY or not day:
                continue
            if day in days:
                form.add_error("day", _("The daily expenses of this day are in the list already."))
            days.add(day)


ExpenseFormSet = forms.inlineformset_factory(
    TravelRequest, TravelExpense, form=ExpenseForm, formset=ExpenseLines, extra=4, max_num=40
)


class BudgetForm(forms.ModelForm):
    amount = money_of(TravelBudget, "amount")
    for_a_night = money_of(TravelBudget, "for_a_night")
    for_a_day = money_of(TravelBudget, "for_a_day")


class TravelRateForm(forms.ModelForm):
    amount = money_of(TravelRate, "amount")


class HotelForm(forms.ModelForm):
    phone = Phone(label=_("Telephone"), required=False)


class HotelRoomForm(forms.ModelForm):
    price = money_of(HotelRoom, "price")


class HotelBillForm(forms.ModelForm):
    amount = money_of(HotelBill, "amount")
