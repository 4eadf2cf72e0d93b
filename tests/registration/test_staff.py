from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import Group, User
from django.core.management import call_command

from registration.staff import all_groups, make_groups

pytestmark = pytest.mark.django_db


def run(command):
    out = StringIO()
    call_command(command, stdout=out)
    return out.getvalue()


def test_first_account_gets_a_password_that_lies_in_a_file(settings):
    said = run("set_up_staff")

    name, password = settings.FIRST_PASSWORD_FILE.read_text().split()
    assert authenticate(username=name, password=password).is_superuser
    assert password not in said
    assert run("set_up_staff") == said  # where the file is, as long as it is there


def test_where_staff_are_no_account_is_made(settings):
    User.objects.create_user("colleague", is_staff=True)

    assert run("set_up_staff") == ""
    assert not settings.FIRST_PASSWORD_FILE.exists()


def test_groups_come_ready_made():
    make_groups()

    assert set(Group.objects.values_list("name", flat=True)) == set(all_groups())
    editors = Group.objects.get(name__startswith="Programme editors")
    desk = Group.objects.get(name__startswith="Registration desk")
    assert editors.permissions.filter(codename="change_session").exists()
    assert not editors.permissions.filter(content_type__app_label="registration").exists()
    assert desk.permissions.filter(codename="export_registration").exists()
    assert not desk.permissions.filter(codename__contains="inclusion").exists()


def test_group_keeps_what_staff_made_of_it():
    make_groups()
    Group.objects.get(name__startswith="Registration desk").permissions.clear()

    make_groups()

    assert not Group.objects.get(name__startswith="Registration desk").permissions.exists()
