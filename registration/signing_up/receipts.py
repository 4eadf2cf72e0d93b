"""What a browser that has signed somebody up is shown afterwards, and keeps in its session.

It is drawn from this and not from the row: whoever types somebody's address and name must not learn whether that
person stands here already (registration.signup).
"""

from datetime import date

from registration.links import ways_back


def receipt_for(registration, days, **more):
    return {
        "pk": registration.pk,
        "link_version": registration.link_version,
        "repeats": registration.repeats,
        "edition": registration.edition_id,
        "spoken_code": registration.spoken_code,
        "status": str(registration.told),
        "days": [day.date.isoformat() for day in days],
        "by_email": bool(registration.email),
        "has_answered": False,
        **more,
    }


def shown(edition, receipts):
    """For each receipt: itself, the days, and the ways back. Left out: who is erased, or has another link by now.

    Whoever gave an e-mail address gets their link there and nowhere else.
    """
    rows = edition.registrations.in_bulk([receipt["pk"] for receipt in receipts])
    return [
        (receipt, _days(receipt), {} if receipt["by_email"] else ways_back(rows[receipt["pk"]]))
        for receipt in receipts
        if receipt["edition"] == edition.pk and (receipt["by_email"] or _is_current(receipt, rows))
    ]


def _is_current(receipt, rows):
    row = rows.get(receipt["pk"])
    return row is not None and row.link_version == receipt["link_version"]


def _days(receipt):
    return [date.fromisoformat(day) for day in receipt["days"]]
