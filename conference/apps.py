from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.translation import gettext_lazy as _

from conference.serving.checks import no_rehearsal, no_short_token, second_factor


class ConferenceConfig(AppConfig):
    name = "conference"
    verbose_name = _("Conference")

    def ready(self) -> None:
        register(no_rehearsal, Tags.security, deploy=True)
        register(no_short_token, Tags.security)  # at each start, for it is served at once
        register(second_factor, Tags.security, deploy=True)
