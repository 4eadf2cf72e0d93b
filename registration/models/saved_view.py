"""A view of a list: filters that a colleague keeps under a name, for themselves."""

from django.conf import settings
from django.db import models


class SavedView(models.Model):
    """The filters as they stand in the address of the list: answers to choose from, never a word that was typed."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    of = models.CharField(max_length=40)  # the table of the list, as admin.lists.views names it
    name = models.CharField(max_length=60)
    query = models.TextField()

    class Meta:
        ordering = ["name", "pk"]
        default_permissions = ()
        constraints = [models.UniqueConstraint("user", "of", "name", name="one_view_of_a_name")]

    def __str__(self) -> str:
        return self.name
