"""Certificates of the awards, by the machine that makes those of attendance."""

from tempfile import SpooledTemporaryFile

from django.contrib import admin
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _

from conference.staff.list_admin import take_only
from conference.staff.pages import admin_page
from hackathon.judging import certificates as of_awards
from hackathon.models import Hackathon
from registration.admin.common.downloads import IN_MEMORY, attachment, hand_out
from registration.lists.ready import OF_PEOPLE
from registration.paper.certificates import write_certificates

COLUMNS = ["name_km", "name_latin", "attended", "award", "certificate"]


@admin.site.admin_view
@permission_required([OF_PEOPLE, "hackathon.view_team"], raise_exception=True)
def certificates(request, pk):
    """Of the people in the teams with an award who were at the conference."""
    take_only(request, set(), back=request.path)
    hackathon = get_object_or_404(Hackathon.objects.select_related("edition"), pk=pk)
    edition = hackathon.edition
    people, deeds = of_awards.people_of(hackathon)
    if request.method == "POST":
        name = f"awards-{edition.year}.pdf"
        with SpooledTemporaryFile(IN_MEMORY) as file:
            count = write_certificates(edition, people, file, heading=of_awards.HEADING, deeds=deeds)
            file.seek(0)
            answer = attachment(name, file.read(), "application/pdf")
        return hand_out(request, answer, name, columns=COLUMNS, count=count, edition=edition)
    return admin_page(
        request,
        "admin/hackathon/certificates.html",
        _("Certificates of the awards"),
        opts=Hackathon._meta,
        hackathon=hackathon,
        there=people.count(),
        members=len(deeds),
    )
