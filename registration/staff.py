"""The ready-made groups of staff and what each may do. A person who needs more gets it by hand, in the admin."""

from django.contrib.auth.models import Group, Permission

from conference.rooms_above import rooms_above

EVERYTHING = ("view", "add", "change", "delete")

# group -> {app.model: what}
GROUPS: dict[str, dict[str, tuple[str, ...]]] = {
    "Programme editors – អ្នកកែសម្រួលកម្មវិធី": {
        "conference.edition": ("view", "add", "change"),
        "conference.organisation": EVERYTHING,
        "conference.editionorganisation": EVERYTHING,
        "conference.purpose": EVERYTHING,
        "conference.audiencegroup": EVERYTHING,
        "conference.reference": EVERYTHING,
        "conference.otherevent": EVERYTHING,
        "conference.milestone": EVERYTHING,
        "conference.page": EVERYTHING,
        "agenda.day": EVERYTHING,
        "agenda.track": EVERYTHING,
        "agenda.room": EVERYTHING,
        "agenda.speaker": EVERYTHING,
        "agenda.session": EVERYTHING,
        "agenda.appearance": EVERYTHING,
        "agenda.material": EVERYTHING,
        "agenda.photograph": EVERYTHING,
        "agenda.recording": EVERYTHING,
        "agenda.programmeversion": ("view",),
        "agenda.programme": ("publish",),
    },
    "Registration desk – តុចុះឈ្មោះ": {
        "registration.registration": ("view", "add", "change", "export", "merge", "check_in"),
        "registration.helper": ("view", "change"),
        "registration.consent": ("view",),
        "registration.attendance": EVERYTHING,
        "registration.message": ("view", "change"),
        "registration.messagetext": EVERYTHING,
        "registration.letter": ("view", "write"),
        "registration.step": ("view",),
        "conference.dayaccount": ("invite",),
        "registration.changerequest": ("view", "change"),
        "registration.guardiancall": ("view", "change"),
        "registration.bringingin": ("view", "add"),
        "registration.invitation": ("view", "add"),
    },
    # They take people in, and see the names that they need for it; most of them by a code from paper, without a group.
    "Desk volunteers – អ្នកស្ម័គ្រចិត្តនៅតុចុះឈ្មោះ": {"registration.registration": ("check_in",)},
    "Inclusion officers – មន្ត្រីបរិយាបន្ន": {
        "registration.registration": ("view",),
        "registration.inclusionanswers": ("view", "change", "delete", "export"),
        "registration.meals": ("export",),  # true numbers, for the caterer: of those who see the answers anyway
        "registration.arrangement": ("view", "change", "delete"),  # deleting answers deletes theirs
        "registration.figures": ("view",),
    },
    "Travel desk – ផ្នែករៀបចំការធ្វើដំណើរ": {
        "registration.registration": ("view",),
        "registration.travelrequest": ("view", "change", "delete"),
        "registration.travelbudget": ("view",),
        "registration.hotel": EVERYTHING,
        "registration.hotelroom": EVERYTHING,
        "registration.hotelbill": EVERYTHING,
        "registration.stay": EVERYTHING,
        "registration.travelexpense": EVERYTHING,
    },
    # Who decides is not who prepares.
    "Travel approvers – អ្នកសម្រេចការគាំទ្រការធ្វើដំណើរ": {
        "registration.travelrequest": ("view",),
        "registration.travelbudget": ("view", "add", "change"),
        "registration.travel": ("decide",),
    },
    # Figures, without any name.
    "Observers – អ្នកសង្កេតការណ៍": {"registration.figures": ("view",)},
}


def all_groups() -> dict[str, dict[str, tuple[str, ...]]]:
    """With what apps on top give to these groups, and with groups of their own."""
    found = {name: dict(models) for name, models in GROUPS.items()}
    for room in rooms_above():
        for name, models in room.groups.items():
            found[name] = found.get(name, {}) | models
    return found


def make_groups() -> None:
    """Makes the groups that are missing. A group that is there keeps what staff made of it."""
    for name, models in all_groups().items():
        group, is_new = Group.objects.get_or_create(name=name)
        if not is_new:
            continue
        permissions = []
        for model, may in models.items():
            app, row = model.split(".")
            permissions += [
                Permission.objects.get(content_type__app_label=app, codename=f"{what}_{row}") for what in may
            ]
        group.permissions.set(permissions)
