"""New invitations: type or paste, look at who was read, invite."""

import uuid

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from agenda.publishing.versions import published
from conference.language.khmer import keys_in_any_order
from conference.staff.pages import admin_page, chosen_edition
from conference.words import digits
from registration.admin.inviting.forms import GuestsForm
from registration.choices import GIVEN_UP, BadgeRole, Part, Status, YesNo
from registration.inviting import guests
from registration.inviting.programme import without_registration
from registration.models import Invitation
from registration.paper.roles import Roles
from registration.places.hall import Hall, intakes_with_rules
from registration.places.lock import Closed, DaysGone, NoPlaceLeft
from registration.views.busy import nothing_lost

FOLDER = "admin/registration/invitation"
_FORMS = uuid.UUID("2f7a5a4e-8e0c-4a53-9c0a-6b1f0f3f7a11")
SPEAKS = {BadgeRole.SPEAKER, BadgeRole.PANELIST, BadgeRole.MODERATOR}
NO_PLACE = _("There are not enough free places. Raise the number of places in the intake, or invite fewer.")
OF_PROGRAMME = "programme"


def _typed(request, **happened):
    edition = chosen_edition(request, also={OF_PROGRAMME, "_changelist_filters"})
    return _form_page(request, GuestsForm.keep(request.POST, edition=edition), **happened)


@nothing_lost(_typed)
def invite_page(request):
    edition = chosen_edition(request, also={OF_PROGRAMME, "_changelist_filters"})
    if request.method != "POST":
        text = _of_programme(edition) if OF_PROGRAMME in request.GET else ""
        initial = {"text": text, "role": BadgeRole.SPEAKER if text else "", "days": _all_days(edition)}
        return _form_page(request, GuestsForm(initial=initial, edition=edition))
    form = GuestsForm(request.POST, edition=edition)
    if not form.is_valid() or "change" in request.POST:
        return _form_page(request, form)
    if "invite" not in request.POST:
        return _look_page(request, form)
    chosen = [row for row in form.rows if row.key in request.POST.getlist("guest") and not row.problems]
    if not chosen:
        form.add_error(None, _("No guest is ticked."))
        return _look_page(request, form)
    return _invite(request, form, chosen)


def _invite(request, form, chosen):
    said, edition = form.cleaned_data, form.edition
    speakers = _speakers(edition)
    try:
        outcome = guests.invite(
            edition,
            [_guest(row, said["role"], speakers) for row in chosen],
            days=said["days"],
            until=said["until"],
            by=request.user,
            is_told=said["is_told"] == YesNo.YES,
        )
    except Closed:
        form.add_error(None, _("This edition takes no registrations: set up its intake first."))
    except NoPlaceLeft:
        form.add_error(None, NO_PLACE)
    except DaysGone:
        form.add_error("until", _("These days have begun, or are cancelled."))
    else:
        _tell(request, outcome)
        return redirect(f"{reverse('admin:registration_invitation_changelist')}?edition={edition.year}")
    return _form_page(request, form)


def _tell(request, outcome):
    count = len(outcome.invited)
    text = ngettext("%(number)s guest is invited.", "%(number)s guests are invited.", count)
    messages.success(request, text % {"number": digits(count)})
    if outcome.known:
        text = _("Registered or invited already, and left as they are: %(codes)s")
        messages.warning(request, text % {"codes": ", ".join(row.spoken_code for row in outcome.known)})


def _guest(row, role, speakers):
    """The list says what it says; for the others the role that staff chose for all."""
    person = dict(row.person)
    person["badge_role"] = person.get("badge_role") or role
    if person["badge_role"] in SPEAKS:
        person["part"] = Part.SPEAKER
    found = {speakers[key] for name in row.names for key in keys_in_any_order(name) if key in speakers}
    return guests.Guest(
        person=person,
        language=row.language,
        form_token=uuid.uuid5(_FORMS, str(row.form_token)),
        speaker=found.pop() if len(found) == 1 else None,
    )


def _look_page(request, form):
    known = _known(form.edition, form.rows)
    rows = [(row, known.get(row.key, "")) for row in form.rows]
    ticked = request.POST.getlist("guest") if "invite" in request.POST else None
    shown = [
        (row, stands, not row.problems and (row.key in ticked if ticked is not None else not stands))
        for row, stands in rows
    ]
    intake = intakes_with_rules().filter(edition=form.edition).first()
    return admin_page(
        request,
        f"{FOLDER}/look.html",
        _("Look at the guests, then invite them"),
        opts=Invitation._meta,
        form=form,
        rows=shown,
        left=Hall(intake).left if intake else None,
    )


def _known(edition, rows):
    """By the key of a row: the number and standing of a person with one of its names, or its telephone."""
    stands = {}
    columns = ("code", "status", "name_km_key", "name_latin_key", "phone")
    for code, status, *keys in edition.registrations.exclude(status__in=GIVEN_UP).values_list(*columns):
        stands |= {key: (code, status) for key in keys if key}
    found = {}
    for row in rows:
        keys = {key for name in row.names for key in keys_in_any_order(name)} | {row.person["phone"]}
        match = next((stands[key] for key in keys if key in stands), None)
        if match:
            found[row.key] = f"{match[0]} ({Status(match[1]).label})"
    return found


def _of_programme(edition):
    """A line each, to which a telephone or an e-mail is added."""
    roles = Roles(published(edition))
    lines = []
    for person in without_registration(edition):
        parts = [person.name.en, person.name.km, str(person.organisation), str(roles.of_person(person.key).label)]
        lines.append("; ".join(filter(None, parts)) + "; ")
    return "\n".join(lines)


def _speakers(edition):
    """The row of the programme by each name; a name of two people leads to none."""
    found = {}
    for person in without_registration(edition):
        for name in (person.name.km, person.name.en):
            for key in keys_in_any_order(name) if name else ():
                found[key] = None if key in found and found[key] != person.key else person.key
    return {key: pk for key, pk in found.items() if pk}


def _all_days(edition):
    return list(GuestsForm(edition=edition).offered)


def _form_page(request, form, *, status=200, **happened):
    return admin_page(
        request,
        f"{FOLDER}/form.html",
        _("Invite guests and speakers"),
        status=status,
        opts=Invitation._meta,
        form=form,
        edition=form.edition,
        **happened,
    )
