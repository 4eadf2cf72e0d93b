"""One form for several people. The helper who fills it in is asked nothing sensitive about them."""

from django import forms
from django.utils.translation import gettext_lazy as _

from conference.forms import Details, PlainForm, Section
from conference.language.khmer import match_key
from conference.words import day, digits
from registration.choices import Agreement, Part, Province, Sector, Subject, YesNo
from registration.forms.extra import ExtraQuestions
from registration.forms.fields import Email, KhmerName, LatinName, OneLine, Phone, Telegram, Token, one_of, one_of_many
from registration.models.registration import CONTACTS, can_be_reached
from registration.own_page.correcting_others import ANOTHER
from registration.places.choosable import choosable
from registration.signing_up.answers import Answers

MOST = 20  # people in one form
UNSURE = _(
    "The name, the contact or the place on this page is that of a person whom you have signed up already. Say which "
    "it is: nothing is kept yet."
)
HELPER = {"helper_name": "name", "helper_phone": "phone", "helper_email": "email", "organisation": "organisation"}
# What is asked once for all, and may be answered otherwise for each. The text is shown when it is answered nowhere.
FOR_ALL = {
    "sector": _("Choose a sector for all of them, or one for each person."),
    "part": _("Choose how they take part: all of them, or each person."),
    "days": _("Choose the days for all of them, or for each person."),
    "province": _("Choose a province for all of them, or one for each person."),
}
# A helper agrees to the one thing without which no person is registered. The rest is for each person to say.
CONSENTS = dict.fromkeys(Subject, Agreement.NOT_SAID) | {Subject.DATA_USE: Agreement.YES}


def _days(**kwargs):
    widget = forms.CheckboxSelectMultiple
    return forms.MultipleChoiceField(label=_("Which days do they come?"), required=False, widget=widget, **kwargs)


class WithDays(PlainForm):
    """`days` are places.choosable's: looked up once for all forms of a page."""

    def __init__(self, *args, days, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["days"].choices = [(str(row.pk), day(date)) for date, row in days.items()]


class HelperForm(WithDays):
    kept_in_browser = ("form_token", *HELPER, *FOR_ALL)

    form_token = Token()
    helper_name = OneLine(
        label=_("Your name"),
        max_length=120,
        autocomplete="name",
        error_messages={"required": _("Write your name.")},
    )
    helper_phone = Phone(
        label=_("Your telephone"),
        autocomplete="tel",
        error_messages={"required": _("Write your telephone number.")},
        help_text=_("We call it about those who have no telephone, Telegram or e-mail of their own"),
    )
    helper_email = Email(label=_("Your e-mail"), required=False)
    organisation = OneLine(
        label=_("Organisation or group"),
        required=False,
        autocomplete="organization",
        help_text=_("It is written down for all of them. Leave it empty if they come for themselves"),
    )
    sector = one_of_many(Sector, _("Their sector"), _("Choose a sector"))
    part = one_of_many(Part, _("How do they take part?"), _("Choose how they take part"))
    days = _days()
    province = one_of_many(Province, _("Where do they live?"), _("Choose a province"))
    agreed = forms.BooleanField(
        label=_("Each of them agreed that I give these details, and that ODC uses them to organise the conference"),
        error_messages={"required": _("Tick that each of them agreed. If one of them did not, take that person out.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in FOR_ALL:
            self.fields[name].depends_on_another = True  # the answer may stand beside each person: not simply optional

    def sections(self):
        """All but `agreed`, which comes after the people."""
        return [
            "form_token",
            Section(_("You"), "helper_name", "helper_phone", "helper_email"),
            Section(
                _("All of them"),
                *("organisation", *FOR_ALL),
                lead=_("What is different for one of them, you say below, beside their name."),
            ),
        ]

    def columns(self):
        return {column: self.cleaned_data[name] for name, column in HELPER.items()}


class PersonForm(WithDays):
    # Whether it is a correction: the number of the registration, ANOTHER, or nothing. It is only asked (`ask`) where
    # the page cannot know, and kept when the page comes back.
    same = forms.CharField(label=_("Is it a correction, or another person?"), required=False, widget=forms.HiddenInput)
    kept_in_browser = ("name_km", "name_latin", "phone", "telegram", "email", "through_helper", *FOR_ALL)

    name_km = KhmerName(
        label=_("Name in Khmer"), required=False, max_length=120, help_text=_("Family name first, for the badge")
    )
    name_latin = LatinName(
        label=_("Name in Latin letters"),
        required=False,
        max_length=120,
        help_text=_("Family name first, for example SOK Dara. One of the two names is enough"),
    )
    adult = one_of(YesNo, _("Is this person 18 or over?"), required=_("Say whether this person is 18 or over."))
    phone = Phone(label=_("Telephone"), required=False, help_text=_("Their own, not yours"))
    telegram = Telegram(label=_("Telegram name"), required=False, max_length=40)
    email = Email(label=_("E-mail"), required=False, help_text=_("Their own, not yours"))
    through_helper = forms.BooleanField(label=_("Reach this person through me"), required=False)
    sector = one_of_many(Sector, _("Sector"), _("As for all of them"))
    part = one_of_many(Part, _("How do they take part?"), _("As for all of them"))
    days = _days(help_text=_("Tick nothing if they come on the same days as all"))
    province = one_of_many(Province, _("Where do they live?"), _("As for all of them"))

    def __init__(self, *args, questions=(), **kwargs):
        self.extra = ExtraQuestions(questions)
        super().__init__(*args, **kwargs)
        self.extra.put_into(self)
        self.fields["email"].widget.attrs["autocomplete"] = "off"  # the browser knows the helper's own
        self.fields["same"].depends_on_another = True  # where it is asked, it is to be answered
        for name in ("name_km", "name_latin", *CONTACTS):
            self.fields[name].depends_on_another = True  # one name, and one way to be reached: not simply optional

    def sections(self):
        contacts = ("phone", "telegram", "email", "through_helper")
        return [
            "same",
            "name_km",
            "name_latin",
            "adult",
            *contacts,
            *self.extra.names(),
            Details(_("Something is different for them"), *FOR_ALL),
        ]

    def clean_adult(self):
        if self.cleaned_data["adult"] == YesNo.NO:
            message = _(
                "A person under 18 signs up with the form for one person: we first call their parent or guardian."
            )
            raise forms.ValidationError(message)
        return self.cleaned_data["adult"]

    def clean(self):
        answers = self.cleaned_data
        if not self.errors.keys() & {"name_km", "name_latin"} and not answers["name_km"] and not answers["name_latin"]:
            self.add_error("name_km", _("Write the name in Khmer, in Latin letters, or both."))
        is_judged = not self.errors.keys() & set(CONTACTS)
        if is_judged and not can_be_reached(answers, through_helper=answers["through_helper"]):
            self.add_error("phone", _("Give a way to reach this person, or tick that we reach them through you."))
        return answers

    def ask(self, receipts, why=UNSURE, *, another=ANOTHER):
        """Whether the person is one of these, or another one."""
        number = _("Correct the registration %(number)s")
        choices = [
            (one["spoken_code"], f"{number % {'number': one['spoken_code']}} ({one['name_latin'] or one['name_km']})")
            for one in receipts
        ]
        choices.append((another, _("Another person: sign them up too") if receipts else _("Sign this person up anew")))
        self.fields["same"].widget = forms.RadioSelect(choices=choices)
        self.add_error("same", why)

    def ties(self, form_token, helper_phone):
        """See correcting_others. A person with a way of their own is not tied to the telephone of the helper."""
        answers, row = self.cleaned_data, f"{form_token} {self.row}"
        if any(answers[name] for name in CONTACTS):
            return [row]
        keys = [match_key(answers[name]) for name in ("name_km", "name_latin")]
        return [row, *(f"{helper_phone} {key}" for key in keys if key)]

    def who(self):
        """Two people in one form who have all of this in common are taken for one."""
        answers = self.cleaned_data
        names = [match_key(answers["name_km"]), match_key(answers["name_latin"])]
        return (*names, answers["phone"], answers["telegram"], answers["email"])


class OthersForm:
    """The helper's form and one for each person. `person` in the data names the rows that are on the page."""

    first_new = None  # the first of the people that were added just now

    def __init__(self, days, helper, people):
        self.days, self.helper, self.people = days, helper, people

    @classmethod
    def empty(cls, edition, data):
        offered = choosable(edition)
        return cls(offered.days, HelperForm(days=offered.days), [_person(offered, row) for row in _rows(data)])

    @classmethod
    def keep(cls, edition, data, *, more=0, without=None):
        """What was typed, without checking it, with some people more or one less."""
        offered = choosable(edition)
        rows = _rows(data)
        rows = [row for row in rows if row != without] or rows
        people = [_person(offered, row, initial=_person(offered, row).typed(data)) for row in rows]
        added = [_person(offered, max(rows) + one) for one in range(1, 1 + min(more, MOST - len(rows)))]
        form = cls(offered.days, HelperForm.keep(data, days=offered.days), people + added)
        form.first_new = added[0] if added else None
        return form

    @classmethod
    def sent(cls, edition, data):
        """What was sent, to be checked. Rows into which nothing was written are left out."""
        offered = choosable(edition)
        people = [_person(offered, row, data) for row in _rows(data)]
        written = [person for person in people if any((person.typed(data) | {"same": ""}).values())]
        return cls(offered.days, HelperForm(data, days=offered.days), written or people[:1])

    def is_valid(self):
        for form in (self.helper, *self.people):
            form.full_clean()
        # What is answered neither for all nor for each is asked for where it is answered for all.
        for name, message in FOR_ALL.items():
            is_missing = any(name in one.cleaned_data and not one.cleaned_data[name] for one in self.people)
            if is_missing and name in self.helper.cleaned_data and not self.helper.cleaned_data[name]:
                self.helper.add_error(name, message)
        seen = {}
        for number, person in enumerate(self.people, start=1):
            other = not person.errors and seen.setdefault(person.who(), number)
            if other and other != number:
                message = _("The same name and contact as person %(number)s. Take one out, or say what differs.")
                person.add_error("name_km", message % {"number": digits(other)})
        return not self.errors

    @property
    def errors(self):
        return any(form.errors for form in (self.helper, *self.people))

    @property
    def is_full(self):
        return len(self.people) >= MOST

    def said(self):
        return [person.cleaned_data["same"] for person in self.people]

    def answers(self):
        for_all, found = self.helper.cleaned_data, []
        for person in self.people:
            own = {name: person.cleaned_data[name] for name in ("name_km", "name_latin", "phone", "telegram", "email")}
            shared = {name: person.cleaned_data[name] or for_all[name] for name in FOR_ALL}
            chosen_days = shared.pop("days")
            found.append(
                Answers(
                    person=own | shared | {"organisation": for_all["organisation"]},
                    days=[row for row in self.days.values() if str(row.pk) in chosen_days],
                    consents=CONSENTS,
                    extra=person.extra.given(person),
                    ties=person.ties(for_all["form_token"], for_all["helper_phone"]),
                )
            )
        return found


def _rows(data):
    """The numbers of the rows: small ones, each once, at least one. So no data that is sent makes the page long."""
    numbers = [int(value) for value in data.getlist("person") if value.isdecimal() and len(value) <= 3]
    return list(dict.fromkeys(numbers))[:MOST] or [1]


def _person(offered, row, data=None, **kwargs):
    plain = [one for one in offered.questions if not one.is_sensitive]
    person = PersonForm(data, days=offered.days, questions=plain, prefix=f"person-{row}", **kwargs)
    person.row = row
    return person
