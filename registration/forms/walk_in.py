"""The few questions that a person answers at the desk. The rest they answer later, on their own page."""

import uuid

from django import forms
from django.conf import settings
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from conference.forms import Details, PlainForm
from conference.words import day as day_in_words
from registration.choices import LANYARD_OF, Agreement, Part, PhoneOwner, PhotoAnswer, Province, Sector, Subject
from registration.forms.extra import ExtraQuestions
from registration.forms.fields import Email, KhmerName, LatinName, OneLine, Phone, one_of, one_of_many
from registration.models.registration import CONTACT_MISSING, can_be_reached
from registration.places.choosable import choosable
from registration.signing_up.answers import Answers

# As the desk says it: the member of staff asks, and hands the lanyard over.
PHOTOS = [(answer.value, capfirst(LANYARD_OF[Agreement(answer)].label)) for answer in PhotoAnswer]


class UsualAnswers(Details):
    """Stays folded although it is answered."""

    def opens_for(self, field):
        return field.errors


class WalkInForm(PlainForm):
    """Name, telephone, agreement: what has a usual answer is answered already, and folded."""

    form_token = forms.UUIDField(widget=forms.HiddenInput)
    name_km = KhmerName(label=_("Name in Khmer"), required=False, max_length=120)
    name_latin = LatinName(
        label=_("Name in Latin letters"), required=False, max_length=120, help_text=_("One of the two names is enough")
    )
    phone = Phone(
        label=_("Telephone"), required=False, help_text=_("If they have none: that of a person who is with them")
    )
    phone_owner = one_of(PhoneOwner, _("Whose telephone is it?"), side_by_side=True)
    organisation = OneLine(label=_("Organisation or group"), required=False)
    photos = one_of(PhotoAnswer, _("May they be photographed or filmed?"), help_text=_("No answer means no"))
    adult = forms.BooleanField(
        label=_("18 or over"),
        error_messages={
            "required": _("A person under 18 is registered with the long form: we first call the parent or guardian.")
        },
    )
    data_use = forms.BooleanField(
        label=_("The person agrees that ODC uses these answers to organise the conference"),
        error_messages={"required": _("Without the person’s agreement we may not keep these answers.")},
    )
    email = Email(label=_("E-mail"), required=False)
    sector = one_of_many(Sector, _("Sector"), _("Choose a sector"), required=_("Choose the sector."))
    part = one_of_many(Part, _("Takes part as"), _("Choose"), required=_("Choose how the person takes part."))
    province = one_of_many(Province, _("Province"), _("Choose the province"), required=_("Choose the province."))
    days = forms.MultipleChoiceField(
        label=_("Days"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one day.")},
    )
    language = forms.ChoiceField(
        label=_("Language of our messages"), choices=settings.LANGUAGES, widget=forms.RadioSelect
    )
    anyway = forms.BooleanField(label=_("This is another person: register anyway"), required=False)

    def __init__(self, *args, edition, day, **kwargs):
        self.edition = edition
        offered = choosable(edition)
        # What is sensitive is not asked aloud in a queue: the person answers it on their own page.
        self.extra = ExtraQuestions(one for one in offered.questions if not one.is_sensitive)
        usual = {
            "form_token": uuid.uuid4(),
            "phone_owner": PhoneOwner.OWN,
            "sector": Sector.ANOTHER,
            "part": Part.PARTICIPANT,
            "province": Province.PHNOM_PENH,
            "days": [day.pk],
            "language": get_language(),
        }
        super().__init__(*args, initial=usual | kwargs.pop("initial", {}), **kwargs)
        self.fields["photos"].choices = PHOTOS
        self.extra.put_into(self)
        self.choosable = offered.days
        self.fields["days"].choices = [(str(row.pk), day_in_words(date)) for date, row in self.choosable.items()]
        for name in ("name_km", "name_latin", "phone", "email", "anyway"):
            self.fields[name].depends_on_another = True

    def sections(self):
        optional = [one.code for one in self.extra.questions if not one.is_required]
        more = ("phone_owner", "email", "sector", "part", "province", "days", "language")
        return [
            *("form_token", "name_km", "name_latin", "phone", "organisation", "photos"),
            *(one.code for one in self.extra.questions if one.is_required),
            *("adult", "data_use"),
            *([Details(_("Further questions"), *optional)] if optional else []),
            UsualAnswers(_("More: it is answered as usual"), *more),
        ]

    def clean(self):
        answers = super().clean()
        if not self.errors.keys() & {"name_km", "name_latin"} and not answers["name_km"] and not answers["name_latin"]:
            self.add_error("name_km", _("Write the name in Khmer, in Latin letters, or both."))
        if not self.errors.keys() & {"phone", "email"} and not can_be_reached(
            answers | {"telegram": ""}, through_helper=False
        ):
            self.add_error("phone", CONTACT_MISSING)
        return answers

    def answers(self):
        typed = self.cleaned_data
        names = (
            "name_km",
            "name_latin",
            "phone",
            "phone_owner",
            "email",
            "organisation",
            "sector",
            "part",
            "province",
        )
        return Answers(
            person={name: typed[name] for name in names} | {"telegram": ""},
            days=[row for row in self.choosable.values() if str(row.pk) in typed["days"]],
            consents={
                Subject.DATA_USE: Agreement.YES,
                Subject.PHOTOS: Agreement(typed["photos"] or Agreement.NOT_SAID),
            },
            extra=self.extra.given(self),
        )
