"""What staff type to sign in."""

import re
from datetime import date, timedelta
from itertools import count, islice
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm, AdminPasswordChangeForm
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from conference import clock
from conference.account_tables import LONGEST_NAME, DayAccount
from conference.accounts import browsers, factor, tries, volunteers
from conference.language.khmer import ascii_digits
from conference.models import Edition
from conference.serving import attempts
from conference.serving.attempts import TooOften
from conference.serving.visitors import visitor_of
from conference.words import day, digits

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

MOST_VOLUNTEERS = 40  # on one sheet
DESKS = 3  # names that the form proposes
TOO_OFTEN_HERE = gettext_lazy(
    "It was tried too often from here. Wait a quarter of an hour. In a browser in which you have signed in before, or "
    "by a link that a colleague makes for you, you get in sooner."
)
TOO_MANY_CODES = gettext_lazy(
    "Today a wrong code was given too often after the right password. Come back tomorrow, or use a browser in which "
    "you have signed in before. If it was not you, choose a new password at once."
)
TOO_MANY = gettext_lazy("Many people are signing in at this moment. Try again in a minute.")


def said_of(problem: TooOften) -> "StrPromise":
    return TOO_OFTEN_HERE if problem.here else TOO_MANY


def in_words(problem: TooOften) -> ValidationError:
    return ValidationError(said_of(problem), code="too_often")


class SignInForm(AdminAuthenticationForm):
    """The answer and the work are the same, whether or not there is an account of this name.

    Raises TooOften: then there is nothing to say of what was typed.
    """

    request: HttpRequest

    def clean(self) -> dict[str, Any]:
        name = self.cleaned_data.get("username", "")
        if not name or not self.cleaned_data.get("password"):
            return self.cleaned_data
        browser = ""
        if browsers.is_known(self.request):
            pk = User.objects.filter(username=name).values_list("pk", flat=True).first()
            browser = browsers.known_for(self.request, pk)
        rows = attempts.count(None, *tries.of_password(visitor_of(self.request), name, browser))
        with tries.in_turn(rows, browser=browser):
            cleaned: dict[str, Any] = super().clean()
            attempts.take_back(rows)
        return cleaned


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True, "size": 20}
        ),
    )

    def clean_code(self) -> str:
        """Also in Khmer digits, and in groups."""
        code = re.sub(r"[\s-]", "", ascii_digits(self.cleaned_data["code"]))
        if not re.fullmatch(rf"[0-9]{{{factor.DIGITS}}}|[0-9]{{{factor.RECOVERY_DIGITS}}}", code):
            raise ValidationError(_("Write the six digits that the app shows, or a recovery code of twelve digits."))
        return code


class NewPasswordForm(SetPasswordForm):  # type: ignore[type-arg] # generic in Django's stubs only
    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self.user.check_password(cleaned.get("new_password1", "")):
            raise ValidationError(_("This is the password that you were given. Choose another one."))
        return cleaned


class OwnPasswordForm(AdminPasswordChangeForm):
    def clean_old_password(self) -> str:
        """The session may have been left open: a stranger who sits there has few tries."""
        try:
            rows = attempts.count(None, *tries.of_own_password(self.user.pk))
            with tries.in_turn(rows, browser="of the session"):
                old: str = super().clean_old_password()
                attempts.take_back(rows)
        except TooOften as problem:
            raise in_words(problem) from problem
        return old


class VolunteersForm(forms.Form):
    names = forms.CharField(
        label=gettext_lazy("Names, one on each line"),
        help_text=gettext_lazy("Of places at the desk or of people."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6, "cols": 40}),
    )

    def __init__(self, edition: Edition, data: QueryDict | None) -> None:
        taken = set(DayAccount.objects.filter(edition=edition).values_list("name", flat=True))
        desks = (_("Desk %(number)s") % {"number": digits(number)} for number in count(1))
        names = islice((name for name in desks if name not in taken), DESKS)
        super().__init__(data, initial={"names": "\n".join(names)})
        self.edition = edition
        length = (edition.ends_on - edition.starts_on).days
        dates = [edition.starts_on + timedelta(days=number) for number in range(length + 1)]
        days = [(str(one), day(one)) for one in dates]
        for name, label, initial in (
            ("first", _("First day"), edition.starts_on),
            ("last", _("Last day"), edition.ends_on),
        ):
            field = forms.TypedChoiceField(label=label, choices=days, initial=initial, coerce=date.fromisoformat)
            self.fields[name] = field

    def clean_names(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["names"].splitlines()]
        names = list(dict.fromkeys(filter(None, lines)))
        if len(names) > MOST_VOLUNTEERS:
            said = _("At most %(number)s names at once.") % {"number": digits(MOST_VOLUNTEERS)}
            raise ValidationError(said)
        if long := next((name for name in names if len(name) > LONGEST_NAME), None):
            raise ValidationError(_("“%(name)s” is too long for the sheet.") % {"name": long})
        usernames = [volunteers.username(self.edition, name) for name in names]
        if there := User.objects.filter(username__in=usernames).first():
            said = _(
                "There is an account of this name already: %(name)s. Make a new code for it, or choose another name."
            )
            raise ValidationError(said % {"name": there.username})
        return names

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day must not be before the first day."))
        elif last and last < clock.today():
            self.add_error("last", _("This day is over."))
        return cleaned


class AddressForm(forms.Form):
    email = forms.EmailField(
        label=gettext_lazy("E-mail"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
