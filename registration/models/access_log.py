"""Who looked at sensitive answers, or took a list away."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from registration.choices import Look


class AccessLog(models.Model):
    """Who looked at sensitive answers or took a list away, when and which columns; never the answers."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("who"))
    look = models.CharField(_("what"), max_length=20, choices=Look)
    subject = models.CharField(_("of what"), max_length=200)
    columns = models.TextField(_("columns"), blank=True)
    count = models.PositiveIntegerField(_("records"), default=1)

    class Meta:
        verbose_name = _("access log entry")
        verbose_name_plural = _("access log")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)

    def __str__(self):
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_look_display()}: {self.subject}"
