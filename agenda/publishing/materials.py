"""Which files of materials are needed: a row of the draft names them, or what is published."""

from agenda.models import Material, ProgrammeVersion
from agenda.programme import stored
from agenda.programme.value import Programme
from conference.files.images import delete_pictures
from conference.models import Edition


def files_of(programme: Programme) -> set[str]:
    return {one.file for place in programme.places.values() for one in place.session.materials if one.file}


def files_in_use() -> set[str]:
    found = set(Material.objects.exclude(file="").values_list("file", flat=True))
    for edition in Edition.objects.all():
        if latest := ProgrammeVersion.objects.latest_of(edition):
            found |= files_of(stored.from_json(latest.data))
    return found


def delete_what_is_gone(before: ProgrammeVersion) -> None:
    """After a new version: the files that the one before named, and that nothing names any more."""
    if gone := files_of(stored.from_json(before.data)):
        delete_pictures(gone - files_in_use())
