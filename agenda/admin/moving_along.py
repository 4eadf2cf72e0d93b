"""What stands under a session goes along when staff type other times for it."""

from django.contrib import messages
from django.utils.translation import gettext_lazy as _

from agenda.timing.following import follow
from conference.words import clock


def move_along(request, forms):
    """Rows whose times were typed take along what stands under them, but for rows that were typed here as well."""
    typed = [form for form in forms if form.instance.pk and {"starts_at", "ends_at"}.intersection(form.changed_data)]
    keys, moved = {form.instance.pk for form in typed}, []
    for form in typed:
        before = form.initial.get("starts_at"), form.initial.get("ends_at")
        if all(before):
            moved += follow(form.instance, before, stay=keys)
    if moved:
        rows = "; ".join(f"{clock(row.starts_at)} – {clock(row.ends_at)} {row}" for row in moved)
        messages.info(request, _("Moved along: %(rows)s") % {"rows": rows})
