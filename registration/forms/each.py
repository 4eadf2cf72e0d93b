"""One line of the page on which staff decide for many people: the decision, and the numbers it is worked out from."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

from registration.choices import DECIDED_COSTS
from registration.forms.travel import DecisionForm, Money
from registration.models import TravelDecision

COLUMNS = [name for part in DECIDED_COSTS for name in (part.value, f"{part}_amount")]


def _number(label):
    widget = forms.NumberInput(attrs={"min": 0, "max": 60, "size": 4})
    return forms.IntegerField(label=label, min_value=0, max_value=60, required=False, widget=widget)


class LineForm(DecisionForm):
    """`counted` are the numbers from which the amounts were worked out: where they differ, they are worked out anew.

    `seen` is the decision that staff saw: they do not overwrite what a colleague has decided meanwhile.
    """

    note = None
    nights = _number(_("Nights to pay"))
    days_paid = _number(_("Days to pay"))
    counted = forms.CharField(widget=forms.HiddenInput, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ["nights", "days_paid", *COLUMNS]

    class Meta(DecisionForm.Meta):
        fields = COLUMNS

    def __init__(self, data=None, *, row, days, rates, currency):
        decision = getattr(row, "decision", None) or TravelDecision(travel_request=row)
        self.row, self.days, self.rates = row, days, rates
        self.before = {name: getattr(decision, name) for name in COLUMNS}
        numbers = {"nights": len(row.nights), "days_paid": len(days)}
        initial = numbers | {"seen": decision.version, "counted": self._counted(**numbers)}
        for name, value in self._proposal(**numbers).items():
            if not self.before[name.removesuffix("_amount")]:
                initial[name] = value
        super().__init__(data, instance=decision, initial=initial, prefix=f"r{row.pk}", currency=currency)
        self.fields["accommodation_amount"].help_text = ""
        if rates.night is None:
            del self.fields["nights"]
        if rates.day is None:
            del self.fields["days_paid"]

    @staticmethod
    def _counted(*, nights, days_paid):
        return f"{nights} {days_paid}"

    def _proposal(self, *, nights, days_paid):
        return self.rates.proposal(province=self.row.registration.province, nights=nights, days=days_paid)

    @property
    def _numbers(self):
        """As staff typed them; what they left empty is what was asked for."""
        asked = {"nights": len(self.row.nights), "days_paid": len(self.days)}
        typed = {name: self.cleaned_data.get(name) for name in asked}
        return {name: asked[name] if typed[name] is None else typed[name] for name in asked}

    @property
    def counts_changed(self):
        return self._counted(**self._numbers) != self.cleaned_data["counted"]

    def worked_out(self):
        """The same line with the amounts that follow from the numbers; without them as it is."""
        if not self.counts_changed:
            return self
        data = self.data.copy()
        proposal = self._proposal(**self._numbers)
        before = dict(zip(("nights", "days_paid"), self.cleaned_data["counted"].split(), strict=False))
        for number, part in [("nights", "accommodation"), ("days_paid", "daily")]:
            if number in self.fields and str(self._numbers[number]) != before.get(number):
                for name in (part, f"{part}_amount"):
                    value = proposal[name]
                    data[self.add_prefix(name)] = "" if value is None else Money().prepare_value(value)
        data[self.add_prefix("counted")] = self._counted(**self._numbers)
        return LineForm(data, row=self.row, days=self.days, rates=self.rates, currency=self.currency)

    @property
    def columns(self):
        return {name: self.cleaned_data[name] for name in COLUMNS}

    @property
    def says_something_new(self):
        return self.columns != self.before

    @property
    def total(self):
        """Of the amounts that stand in the line."""
        if self.is_bound:
            self.is_valid()
        typed = self.cleaned_data if self.is_bound else self.initial
        return sum((typed.get(f"{part}_amount") or Decimal(0) for part in DECIDED_COSTS), Decimal(0))
