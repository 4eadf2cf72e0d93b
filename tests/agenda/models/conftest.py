"""Rows with files: where the files lie, and how staff add and delete such a row."""

import pytest
from django.urls import reverse


@pytest.fixture
def media(settings, tmp_path):
    """media() names the files that lie there, each after its folder."""
    settings.MEDIA_ROOT = tmp_path
    return lambda: {path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("*/*")}


@pytest.fixture
def add_as_staff(staff_client, media):
    """Sends the page on which staff add a row; gives the row."""

    def add(model, data):
        response = staff_client.post(_admin(model, "add"), data)
        assert response.status_code == 302, response.context["errors"]
        return model.objects.latest("pk")

    return add


@pytest.fixture(params=["page", "list"])
def delete_as_staff(request, staff_client, django_capture_on_commit_callbacks):
    """Deletes a row on its page, or as one that is ticked in the list."""

    def delete(row):
        with django_capture_on_commit_callbacks(execute=True):
            if request.param == "page":
                staff_client.post(_admin(row, "delete", row.pk), {"post": "yes"})
            else:
                action = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
                staff_client.post(_admin(row, "changelist"), action)

    return delete


def _admin(model, page, *args):
    return reverse(f"admin:agenda_{model._meta.model_name}_{page}", args=args)
