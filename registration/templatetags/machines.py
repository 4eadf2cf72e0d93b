"""Two fields of a form that tell a program from a person (registration.forms.machines)."""

from typing import Any

from django.template import Library

from registration.forms.machines import SHOWN, UNSEEN, shown

register = Library()


@register.inclusion_tag("registration/_machines.html", takes_context=True)
def fields_against_machines(context: Any) -> dict[str, str]:
    is_asked = bool(context.get("seems_of_a_machine"))
    return {"shown": SHOWN, "shown_at": shown(context["request"].POST, is_asked=is_asked), "unseen": UNSEEN}
