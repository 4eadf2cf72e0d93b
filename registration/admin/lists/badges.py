"""Badges and certificates in the admin: one page each, and a button that makes the file. Each leaves its line in the
access log.

The addresses of these pages stand in RegistrationAdmin.get_urls.
"""

import uuid
from tempfile import SpooledTemporaryFile

from django import forms
from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.db.models import TextChoices
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agenda.publishing.versions import published
from conference.models import Edition
from conference.staff.pages import admin_page, chosen_edition
from registration.admin.common.downloads import IN_MEMORY, attachment, hand_out
from registration.choices import MessageKind
from registration.lists.ready import OF_PEOPLE, by_name
from registration.models import BadgePrint, Registration
from registration.paper import badges, certificates, prints

PDF = "application/pdf"
CERTIFICATE_COLUMNS = ["name_km", "name_latin", "badge_role", "attended", "certificate"]


class Which(TextChoices):
    CHANGED = "changed", gettext_lazy("New ones, and those that say something else by now")
    ALL = "all", gettext_lazy("All")


class BadgesForm(forms.Form):
    which = forms.ChoiceField(label=gettext_lazy("Which"), choices=Which, widget=forms.RadioSelect)
    layout = forms.ChoiceField(label=gettext_lazy("Paper"), choices=badges.Layout, widget=forms.RadioSelect)


class OneBadgeForm(forms.Form):
    layout = forms.ChoiceField(label=gettext_lazy("Paper"), choices=badges.Layout, widget=forms.RadioSelect)


@admin.site.admin_view
@permission_required(OF_PEOPLE, raise_exception=True)
def badges_page(request):
    """Of those who hold a place, in the order of the lists."""
    edition = chosen_edition(request)
    people = edition.registrations.holding_a_place()
    programme = published(edition)
    form = BadgesForm(request.POST or None, initial={"which": Which.CHANGED, "layout": badges.Layout.A4})
    if form.is_valid():
        said = list(badges.badges_of(edition, by_name(people), programme))
        chosen = said if form.cleaned_data["which"] == Which.ALL else prints.new_or_changed(said)
        return _badges_file(request, edition, programme, chosen, form.cleaned_data["layout"])
    said = list(badges.badges_of(edition, people.order_by("pk"), programme))
    return admin_page(
        request,
        "admin/registration/badges.html",
        _("Badges"),
        chosen=edition,
        editions=Edition.objects.latest_first(),
        form=form,
        people=len(said),
        changed=len(prints.new_or_changed(said)),
    )


@admin.site.admin_view
@permission_required(OF_PEOPLE, raise_exception=True)
def badge_page(request, pk):
    """The badge of one person, once more."""
    registration = get_object_or_404(Registration.objects.select_related("edition"), pk=pk)
    edition = registration.edition
    form = OneBadgeForm(request.POST or None, initial={"layout": badges.Layout.A6})
    if form.is_valid():
        programme = published(edition)
        said = list(badges.badges_of(edition, edition.registrations.filter(pk=pk), programme))
        return _badges_file(request, edition, programme, said, form.cleaned_data["layout"], of=registration)
    return admin_page(
        request,
        "admin/registration/registration/badge.html",
        _("Badge"),
        opts=Registration._meta,
        registration=registration,
        form=form,
        printed=BadgePrint.objects.select_related("by").filter(registration=registration).first(),
    )


def _badges_file(request, edition, programme, said, layout, of=None):
    name = f"badge-{of.spoken_code}.pdf" if of else f"badges-{edition.year}.pdf"
    with SpooledTemporaryFile(IN_MEMORY) as file:
        badges.write(edition, programme, said, file, layout)
        file.seek(0)
        answer = attachment(name, file.read(), PDF)
    prints.note_printed(said, request.user)
    subject = f"badges-{edition.year}.pdf" if of is None else f"badge {of.spoken_code}"
    return hand_out(request, answer, subject, columns=badges.ON_A_BADGE, count=len(said), edition=edition)


@admin.site.admin_view
@permission_required(OF_PEOPLE, raise_exception=True)
def certificates_page(request):
    """Of all who were there; and a letter to them that says where their own one is."""
    edition = chosen_edition(request)
    people = by_name(certificates.who_were_there(edition))
    if request.method == "POST":
        with SpooledTemporaryFile(IN_MEMORY) as file:
            count = certificates.write_certificates(edition, people, file)
            file.seek(0)
            answer = attachment(f"certificates-{edition.year}.pdf", file.read(), PDF)
        subject = f"certificates-{edition.year}.pdf"
        return hand_out(request, answer, subject, columns=CERTIFICATE_COLUMNS, count=count, edition=edition)
    keys = list(people.values_list("pk", flat=True))
    return admin_page(
        request,
        "admin/registration/certificates.html",
        _("Certificates of attendance"),
        chosen=edition,
        editions=Edition.objects.latest_first(),
        people=len(keys),
        keys=",".join(map(str, keys)),
        form_token=uuid.uuid4(),
        kind=MessageKind.CERTIFICATE.value,
    )
