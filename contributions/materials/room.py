"""What the collecting of slides gives to the pages and rules of the apps below."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from conference.rooms_above import Asked, Erased, RoomAbove, Waiting
from contributions.models import MaterialSent, SentState
from contributions.models.materials import FOLDER, files_in_use

EDITORS = "Programme editors – អ្នកកែសម្រួលកម្មវិធី"

MATERIALS = RoomAbove(
    asked=(
        Asked(
            _("Slides of speakers"),
            (_("Speakers send them by their own link. They are public once staff have looked at them."),),
        ),
    ),
    waiting=(
        Waiting(
            "materials_sent",
            "contributions.change_materialsent",
            lambda: MaterialSent.objects.filter(state=SentState.WAITING),
            ngettext_lazy(
                "%(number)s slide or material to look at", "%(number)s slides or materials to look at", "count"
            ),
            "contributions_materialsent_changelist",
            f"&state__exact={SentState.WAITING}",
        ),
    ),
    shelf=_("Contributions"),
    tables="MaterialSent",
    groups={EDITORS: {"contributions.materialsent": ("view", "change", "delete")}},
    guide={"admin:contributions_materialsent": "slides"},
    folders={FOLDER: files_in_use},
    erased=(
        Erased("materials that were sent", lambda edition: MaterialSent.objects.filter(session__day__edition=edition)),
    ),
    of_other_editions=lambda edition: [MaterialSent.objects.exclude(session__day__edition=edition)],
)
