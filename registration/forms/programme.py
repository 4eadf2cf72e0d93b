"""What the programme lets participants choose: days, themes and rooms of breakouts, the hackathon.

The questions come from the programme, so they are made for each form. How full something is stands beside it in words.
"""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from conference.forms import Section
from conference.templatetags.bilingual import clock, date_only, day
from registration import breakouts
from registration.choices import Vacancy, YesNo
from registration.form_fields import one_of
from registration.vacancies import vacancies

HACKATHON = "hackathon"


class ProgrammeQuestions:
    """The questions of one edition. `names` are those of the fields, beside `days`."""

    def __init__(self, edition):
        self.edition = edition
        self.days = list(edition.days.all())
        self.offer = breakouts.offered(edition)
        self.fields = {_name(breakout): breakout for breakout in self.offer.breakouts}
        self.names = [*self.fields, *([HACKATHON] if self.offer.has_hackathon else [])]

    def section(self):
        """A list with the section, or without one where the programme has nothing to choose."""
        lead = _("If you know already what you would like to join. You may also leave these open and decide there.")
        return [Section(_("Themes, rooms and the hackathon"), *self.names, lead=lead)] if self.names else []

    def put_into(self, form):
        form.fields["days"].choices = [(str(row.pk), self._said(day(row.date), "days", row.pk)) for row in self.days]
        for name, breakout in self.fields.items():
            form.fields[name] = self._question(breakout)
        if self.offer.has_hackathon:
            form.fields[HACKATHON] = one_of(YesNo, _("Are you interested in the hackathon?"))

    def _question(self, breakout):
        sessions = self.offer.breakouts[breakout]
        return forms.ChoiceField(
            label=_title(breakout),
            choices=[(str(one.pk), self._said(_title(one), "sessions", one.pk)) for one in sessions],
            widget=forms.RadioSelect,
            required=False,
            help_text=_when(breakout),
            error_messages={"invalid_choice": _("Choose from the answers on this page.")},
        )

    def _said(self, text, kind, key):
        """A choice, and how full it is; that is looked up only where the form is shown."""
        return lazy(self._with_words, str)(text, kind, key)

    def _with_words(self, text, kind, key):
        how_full = getattr(vacancies(self.edition), kind).get(key)
        return text if how_full in (None, Vacancy.FREE) else f"{text} ({how_full.label})"

    def check(self, form):
        """Whoever chooses something comes on that day."""
        chosen_days = form.cleaned_data.get("days", [])
        for name, breakout in self.fields.items():
            if form.cleaned_data.get(name) and str(breakout.day_id) not in chosen_days and "days" not in form.errors:
                form.add_error(name, _("This is on a day that you have not chosen. Choose that day too, or leave it."))

    def chosen_by(self, registration):
        """What somebody chose before, as the fields have it."""
        choices = {_name(one.breakout): str(one.session_id) for one in registration.breakout_choices.all()}
        return choices | {"days": [str(day.pk) for day in registration.days.all()]}

    def chosen_days(self, form):
        return [row for row in self.days if str(row.pk) in form.cleaned_data["days"]]

    def chosen_breakouts(self, form):
        """The themes and rooms."""
        chosen = {form.cleaned_data.get(name) for name in self.fields}
        return [one for choices in self.offer.breakouts.values() for one in choices if str(one.pk) in chosen]


def say_full(form, session):
    """Somebody else has taken the last seat meanwhile."""
    form.add_error(_name(session.parent), _("This is full now. Choose another, or leave it open."))


def _name(breakout):
    return f"breakout_{breakout.pk}"


def _title(session):
    return f"{session.label}: {session.title}" if session.label else str(session.title)


def _when(breakout):
    if breakout.starts_at is None:
        return date_only(breakout.day.date)
    return f"{date_only(breakout.day.date)}, {clock(breakout.starts_at)} – {clock(breakout.ends_at)}"
