"""The desk in the browser: what its script finds, keeps and says (static/js/desk.js)."""

from typing import Any

from django import template
from django.template import Context
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from registration.choices import LANYARD_SHAPES, Lanyard
from registration.desk.people import HAVE_A_PLACE, Standing

register = template.Library()
SALT = "registration.desk"


@register.inclusion_tag("admin/desk/_live.html", takes_context=True)
def live_desk(context: Context, *, is_frame: bool = False) -> dict[str, Any]:
    """For the `edition` and the day `shown` of the page. The frame has nothing of an account: the browser keeps it."""
    shared = {name: context[name] for name in ("edition", "shown")}
    return shared | {
        "is_frame": is_frame,
        "account": "" if is_frame else _account(context["request"].user.pk),
        "lanyards": [_lanyard(one.value, one, str(one.label)) for one in Lanyard]
        + [_lanyard("", Lanyard.NO, _("not asked about photos: no photos"))],
        "standings": [{"value": one.value, "label": one.label, "comes": _comes(one)} for one in Standing],
    }


def _account(pk: int) -> str:
    """Tells one account in this browser from another, and nothing else."""
    return salted_hmac(SALT, str(pk)).hexdigest()[:16]


def _lanyard(value: str, worn: Lanyard, label: str) -> dict[str, str]:
    return {"value": value, "look": worn.value, "shape": LANYARD_SHAPES[worn] if value else "", "label": label}


def _comes(standing: Standing) -> str:
    if standing not in HAVE_A_PLACE:
        return ""
    return "unexpected" if standing is Standing.OTHER_DAY else "expected"
