"""What staff send from the page of a registration and of an intake."""

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
    """Its page with nothing typed but these fields."""
    data = {"edition": intake.edition_id, "offer_hours": "48", **NO_LIMITS, **changed}
    return client.post(f"/admin/registration/intake/{intake.pk}/change/", data, follow=True)
