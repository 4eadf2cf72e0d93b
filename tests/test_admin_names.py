"""Every control on the pages of the staff on which something is added or changed has a name."""

from html.parser import HTMLParser

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from agenda.models import Session
from conference.models import OtherEvent
from registration.models import Intake
from tests.factories import make_registration

ADMINS = sorted((model for model in admin.site._registry), key=lambda model: model._meta.label)
WITH_ROWS = [Session, OtherEvent, Intake, User]
WITHOUT_NAME = {"hidden", "submit", "button"}


class Controls(HTMLParser):
    def __init__(self):
        super().__init__()
        self.controls, self.named, self.in_label = {}, set(), False

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if tag == "label":
            self.in_label = True
            self.named.add(has.get("for"))
        elif tag in ("input", "select", "textarea") and has.get("type") not in WITHOUT_NAME:
            self.controls[has.get("name")] = has.get("id")
            if self.in_label or has.get("aria-label") or has.get("aria-labelledby"):
                self.named.add(has.get("id"))

    def handle_endtag(self, tag):
        self.in_label = self.in_label and tag != "label"


def without_name(response):
    read = Controls()
    read.feed(response.content.decode())
    return [name for name, key in read.controls.items() if key is None or key not in read.named]


@pytest.mark.parametrize("model", ADMINS, ids=lambda model: model._meta.label)
def test_controls_of_a_new_row_have_a_name(staff_client, model):
    response = staff_client.get(reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_add"))

    if response.status_code == 200:  # else only the rules write such rows
        assert without_name(response) == []


def test_controls_of_rows_with_rows_inside_have_a_name(staff_client, edition):
    make_registration(edition)
    rows = [edition, *(model.objects.order_by("pk").last() for model in WITH_ROWS)]

    for row in rows:
        address = reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])
        assert without_name(staff_client.get(address)) == [], address
