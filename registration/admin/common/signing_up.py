"""Staff sign a person up, by the rules of all sign-ups: on the long form, and at the desk for one who walks in."""

from django.utils.translation import gettext_lazy

from registration.forms.refusals import said_in
from registration.signing_up import rules
from registration.signing_up.repeats import one_form

NO_INTAKE = gettext_lazy("No person can be registered for this edition: it has no intake yet.")


def sign_up_by_staff(request, form, channel):
    """None where the rules refuse it: then the form says why."""
    with said_in(form, too_late=NO_INTAKE):
        return rules.sign_up(
            edition=form.edition,
            answers=form.answers(),
            language=form.cleaned_data["language"],
            form_token=form.cleaned_data["form_token"],
            channel=channel,
            by=request.user,
        )


def look_alikes(form):
    """Who has the telephone or a name of the person: perhaps they did sign up. The same form sent again is no
    look-alike. Told to staff alone: the public never learns who is registered.
    """
    answers = form.answers()
    same_form = one_form(form.cleaned_data["form_token"], form.edition, answers)
    return form.edition.registrations.like(answers.person).exclude(form_token=same_form)
