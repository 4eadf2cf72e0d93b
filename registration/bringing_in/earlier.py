"""Who came in earlier years and asked to be told of later events. They are written to, and sign up themselves."""

from dataclasses import dataclass

from conference.models import Edition
from registration.choices import Subject
from registration.duplicates.many import Known
from registration.lists.agreements import who_agreed
from registration.models import Registration


@dataclass(frozen=True)
class Asked:
    """Of one earlier edition."""

    edition: Edition
    people: list[Registration]  # who asked to be told, and are not registered for the new edition
    here: int  # who asked, and are registered already, as far as a name and a contact tell


def who_asked(new: Edition) -> list[Asked]:
    """The latest edition first. A person who came in several years stands with the latest of them."""
    known = Known.of(new)
    found = []
    for edition in Edition.objects.filter(year__lt=new.year).order_by("-year"):
        people, here = [], 0
        agreed = who_agreed(Registration.objects.filter(edition=edition), Subject.LATER_EVENTS).order_by("pk")
        for row in agreed.select_related("edition"):
            person = {name: getattr(row, name) for name in ("name_km", "name_latin", "phone", "telegram", "email")}
            if any(one.is_same for one in known.alike(person)):
                here += 1
            else:
                known.add(row.spoken_code, person)
                people.append(row)
        found.append(Asked(edition, people, here))
    return found
