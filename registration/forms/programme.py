"""What the programme lets participants choose: days, themes and rooms of breakouts, the hackathon.

The questions come from the published programme, so they are made for each form. Beside each choice stands how full it
is, in words.
"""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from conference.forms import Details, Section
from conference.words import clock, comma, date_only, day
from registration.choices import Vacancy, YesNo
from registration.forms.fields import one_of
from registration.places.choosable import choosable
from registration.places.seats import Choice
from registration.places.vacancies import vacancies

HACKATHON = "hackathon"
LEFT_OPEN = ("", _("I will decide there"))  # a button that was pressed can be let go again


class ProgrammeQuestions:
    """The questions of one edition. `names` are those of the fields, beside `days`."""

    def __init__(self, edition):
        self.edition = edition
        self.choosable = choosable(edition)
        self.fields = {f"breakout_{breakout.session.code}": breakout for breakout in self.choosable.breakouts}
        self.names = [*self.fields, *([HACKATHON] if self.choosable.has_hackathon else [])]

    def section(self):
        """A list with the section, or without one where the programme has nothing to choose."""
        lead = _("If you know already what you would like to join. You may also leave these open and decide there.")
        return [Section(_("Themes, rooms and the hackathon"), *self.names, lead=lead)] if self.names else []

    def folded(self):
        """The same for the form for signing up: these need not be answered yet."""
        return [Details(_("Themes, rooms and the hackathon: now or later"), *self.names)] if self.names else []

    def put_into(self, form):
        said = lazy(self._with_vacancy, str)  # how full something is, is looked up only where the form is shown
        days = self.choosable.days.items()
        form.fields["days"].choices = [(str(row.pk), said(day(date), "days", row.pk)) for date, row in days]
        for name, breakout in self.fields.items():
            when, session = date_only(breakout.date), breakout.session
            if session.starts_at is not None:
                when = f"{when}{comma()}{clock(session.starts_at)} – {clock(session.ends_at)}"
            choices = [(one.code, said(one.heading, "sessions", one.uuid)) for one in breakout.choices]
            form.fields[name] = forms.ChoiceField(
                label=session.heading,
                choices=[*choices, LEFT_OPEN],
                widget=forms.RadioSelect,
                required=False,
                help_text=when,
                error_messages={"invalid_choice": _("Choose from the answers on this page.")},
            )
        if self.choosable.has_hackathon:
            form.fields[HACKATHON] = one_of(YesNo, _("Are you interested in the hackathon?"))
            form.fields[HACKATHON].choices = [*YesNo.choices, LEFT_OPEN]

    def _with_vacancy(self, text, kind, key):
        how_full = getattr(vacancies(self.edition), kind).get(key)
        return text if how_full in (None, Vacancy.FREE) else f"{text} ({how_full.label})"

    def check(self, form):
        """A participant who chooses a theme or room comes on its day."""
        chosen_days = form.cleaned_data.get("days", [])
        for name, breakout in self.fields.items():
            if not form.cleaned_data.get(name) or "days" in form.errors:
                continue
            if str(self.choosable.days[breakout.date].pk) not in chosen_days:
                form.add_error(name, _("This is on a day that you have not chosen. Choose that day too, or leave it."))

    def chosen_by(self, registration):
        """What the participant chose before, as the fields have it."""
        seats = registration.breakout_choices.values_list("session__uuid", flat=True)
        sessions = {str(uuid) for uuid in seats}
        chosen = {
            name: one.code
            for name, breakout in self.fields.items()
            for one in breakout.choices
            if one.uuid in sessions
        }
        return chosen | {"days": [str(day.pk) for day in registration.days.all()]}

    def chosen_days(self, form):
        return [row for row in self.choosable.days.values() if str(row.pk) in form.cleaned_data["days"]]

    def hackathon(self, form):
        """The column, where the question is asked; an earlier answer stays where it is not."""
        return {HACKATHON: form.cleaned_data.get(HACKATHON, "")} if HACKATHON in form.fields else {}

    def chosen_breakouts(self, form):
        """The themes and rooms."""
        found = []
        for name, breakout in self.fields.items():
            code = form.cleaned_data.get(name)
            found += [Choice(breakout.session.uuid, one.uuid) for one in breakout.choices if one.code == code]
        return found


def say_full(form, choice):
    """Another person has taken the last seat meanwhile, or staff have taken it out of the programme."""
    fields = form.programme.fields
    name = next(name for name, breakout in fields.items() if breakout.session.uuid == choice.breakout)
    form.add_error(name, _("No one else can join this now. Choose another, or leave it open."))
