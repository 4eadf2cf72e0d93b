"""The certificate of attendance: for its owner, and for others who verify it."""

import re
from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from conference.language.khmer import ascii_digits
from conference.models import Edition
from conference.serving.editions import for_edition
from registration.models import Certificate, Registration
from registration.paper.certificates import has_one, write_certificates
from registration.views.own import own_whole


@require_safe
@own_whole
def own_certificate(request: HttpRequest, registration: Registration) -> HttpResponse:
    """It has the name on it, which not every door to the own page shows: hence the private code (decision 14)."""
    if not has_one(registration):
        return render(request, "registration/own_unknown.html", status=404)
    file = BytesIO()
    write_certificates(registration.edition, Registration.objects.filter(pk=registration.pk), file)
    name = f"certificate-{registration.edition.year}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(file.getvalue(), content_type="application/pdf", headers=headers)


@never_cache
@require_safe
@for_edition
def verify(request: HttpRequest, edition: Edition, code: str) -> HttpResponse:
    """Initials, edition and days of a certificate. A code that was never given and one that is revoked are alike."""
    typed = re.sub(r"[\W_]", "", ascii_digits(code)).upper()
    certificate = Certificate.objects.select_related("edition").filter(code=typed).first()
    context = {"edition": edition, "certificate": certificate}
    return render(request, "registration/certificate.html", context, status=200 if certificate else 404)
