"""What staff send from the list and the page of registrations, and from the page of an intake."""

from tests.registration.admin.registrations.test_registration import LIST

INLINES = ("attendance", "breakout_choices", "consents", "steps")
# The tables of limits under an intake, with nothing in them.
NO_LIMITS = {
    f"{table}-{name}_FORMS": "0"
    for table in ("day_places", "breakout_places", "reserved_places")
    for name in ("TOTAL", "INITIAL")
}


def save_registration(client, person, **changed):
    """The page as it was opened, with these fields changed."""
    page = f"{LIST}{person.pk}/change/"
    form = client.get(page).context["adminform"].form
    data = {name: value for name, value in form.initial.items() if value is not None}
    data["days"] = [day.pk for day in person.days.all()]
    data |= {f"{inline}-{total}_FORMS": 0 for inline in INLINES for total in ("TOTAL", "INITIAL")}
    return client.post(page, data | changed, follow=True)


def save_intake(client, intake, **changed):
    """Its page with nothing typed but these fields: sign-up is open."""
    opened = {"opens_at_0": "2024-01-01", "opens_at_1": "8:00"}
    data = {"edition": intake.edition_id, "offer_hours": "48", **opened, **NO_LIMITS, **changed}
    return client.post(f"/admin/registration/intake/{intake.pk}/change/", data, follow=True)


def ask(client, action, *people, address=LIST, **data):
    """The action, chosen in the list: it answers with a page that asks."""
    return client.post(
        address, {"action": action, "_selected_action": [row.pk for row in people], **data}, follow=True
    )


def take(client, action, *people, address=LIST, **data):
    """The button on that page."""
    keys = ",".join(str(row.pk) for row in people)
    return ask(client, action, *people[:1], address=address, sure="yes", keys=keys, **data)
