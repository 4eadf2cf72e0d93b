"""The link by which those who hold a session send their slides, without an account: one for each appearance.

It is the key of the appearance and a code of 128 bits that only this site can make. Nothing of it is stored, so
nothing can be stolen from the database. A new link revokes the one before it.
"""

from datetime import timedelta

from django.conf import settings
from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import override

from agenda.choices import AppearanceState, SessionState
from agenda.models import Appearance
from conference import clock
from conference.serving.link_codes import code_of, is_code_of
from contributions.models import MaterialLink

SALT = "contributions.materials.links"
OPEN_AFTER = timedelta(days=60)  # slides come late


def address_of(appearance: Appearance, language: str) -> str:
    """With host, for messages, paper and QR codes. `material_link` should be selected with the appearance."""
    token = f"{appearance.pk}-{code_of(SALT, _value(appearance.pk, _version(appearance)))}"
    with override(language):
        return f"{settings.SITE_URL}{reverse('contributions:materials', args=[token])}"


def appearance_of(token: str) -> Appearance | None:
    """Of a link that opens something today. None is the same for a wrong, a revoked and an old link."""
    key, _dash, given = token.partition("-")
    found = _open_ones().filter(pk=int(key)).first() if key.isdecimal() and len(key) < 19 else None
    pk, version = (found.pk, _version(found)) if found else (0, 0)  # the work is the same for one that is not there
    is_right = is_code_of(SALT, _value(pk, version), given)
    return found if found is not None and is_right else None


def make_new(appearance: Appearance) -> None:
    """From now on the links that were given out before open nothing."""
    link, is_new = MaterialLink.objects.get_or_create(appearance=appearance, defaults={"version": 1})
    if not is_new:
        MaterialLink.objects.filter(pk=link.pk).update(version=F("version") + 1)


def _open_ones() -> QuerySet[Appearance]:
    held = Appearance.objects.exclude(state=AppearanceState.DECLINED).exclude(
        session__state__in=[SessionState.DRAFT, SessionState.CANCELLED]
    )
    return held.filter(session__day__edition__ends_on__gte=clock.today() - OPEN_AFTER).select_related(
        "session__day__edition", "organisation", "speaker", "material_link"
    )


def _version(appearance: Appearance) -> int:
    return appearance.material_link.version if hasattr(appearance, "material_link") else 0


def _value(pk: int, version: int) -> str:
    return f"{pk}:{version}"
