"""What a list of the admin may be asked in its address: its own filters, and nothing else."""

import pytest
from django.contrib import admin
from django.db import models
from django.urls import reverse

from registration.choices import Status
from registration.models import AccessLog, InclusionAnswers, Registration
from tests.factories import make_registration
from tests.registration.admin.registrations.test_registration import LIST, member_of

ADMINS = [pytest.param(one, id=model._meta.label) for model, one in admin.site._registry.items()]
ASKED = [
    "inclusion_answers__isnull=False",
    "travel_request__stays__room__hotel__name_en=X",
    "registered_by__password__startswith=x",
    "days__edition__registrations__inclusion_answers__isnull=False",
    "days__registrations__phone__startswith=x",
    "edition__registrations__registered_by__password__startswith=x",
    "edition__year=2024",
    "province__startswith=1",
    "phone__startswith=x",
    "id__in=1",
    "status=confirmed",
    "nowhere=1",
]


def list_of(model_admin):
    opts = model_admin.opts
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_changelist")


def questions(model, steps):
    """Look-ups for every column, here and across every relation, so many steps away, there and back."""
    for field in model._meta.get_fields():
        if field.is_relation and field.related_model:
            yield from (f"{field.name}__{ending}" for ending in ("pk", "in"))
            if field.auto_created or field.one_to_one:
                yield f"{field.name}__isnull"
            if steps:
                yield from (f"{field.name}__{rest}" for rest in questions(field.related_model, steps - 1))
        elif isinstance(field, models.Field):
            yield from (f"{field.name}{ending}" for ending in ("", "__startswith", "__gt"))


@pytest.mark.parametrize("model_admin", ADMINS)
def test_list_refuses_every_column_and_every_relation(model_admin, staff_client, rf):
    asked = questions(model_admin.model, 2)
    assert [one for one in asked if model_admin.lookup_allowed(one, "1", rf.get("/"))] == []

    crossing = [one for one in questions(model_admin.model, 1) if one.endswith("__startswith")]
    answers = {staff_client.get(list_of(model_admin), {one: "x"}).status_code for one in crossing[::10]}
    assert answers == {400}


@pytest.mark.parametrize("page", ["", "export.csv", "export.xlsx"])
def test_registrations_and_their_exports_answer_no_other_question(staff_client, edition, page):
    make_registration(edition, inclusion={"access_note": "x"})

    answers = {question: staff_client.get(f"{LIST}{page}?{question}").status_code for question in ASKED}

    assert answers == dict.fromkeys(ASKED, 400)
    assert not AccessLog.objects.exists()


def test_no_step_is_taken_for_those_that_another_question_finds(staff_client, edition):
    person = make_registration(edition, inclusion={"access_note": "x"})
    step = {"action": "cancel", "_selected_action": [person.pk], "select_across": "1"}

    answers = {question: staff_client.post(f"{LIST}?{question}", step).status_code for question in ASKED}

    assert answers == dict.fromkeys(ASKED, 400)
    assert Registration.objects.get().status == Status.CONFIRMED


@pytest.mark.parametrize("language", ["en", "km"])
def test_refusal_is_a_page_in_the_readers_language(client, edition, language):
    desk = member_of("Registration desk", client)
    desk.cookies["language"] = language

    page = desk.get(f"{LIST}?inclusion_answers__isnull=False")

    assert page.status_code == 400
    assert f'<html lang="{language}"' in page.content.decode()


def test_what_a_filter_offers_is_answered(staff_client, edition):
    make_registration(edition, inclusion={"access_needs": ["quiet_room"]}, travel={})
    answers = {}

    for model_admin in admin.site._registry.values():
        rows = staff_client.get(list_of(model_admin)).context["cl"]
        for choice in [choice for one in rows.filter_specs for choice in one.choices(rows)]:
            address = list_of(model_admin) + choice["query_string"]
            answers[address] = staff_client.get(address).status_code

    assert [address for address, status in answers.items() if status != 200] == []
    assert len(answers) > 100


def test_registrations_are_filtered_by_exactly_these(rf):
    """Written out: what is new here is a decision."""
    asked = {*questions(Registration, 1), *(f"{one}__exact" for one in questions(Registration, 1))}
    asked |= {"days__id__exact", "edition__id__exact", "going_to", "alike", "days__isnull", "edition__isnull"}
    allowed = {one for one in asked if admin.site.get_model_admin(Registration).lookup_allowed(one, "1", rf.get("/"))}

    columns = {"status", "edition__id", "days__id", "sector", "part", "province", "channel"}
    assert allowed == {f"{name}__exact" for name in columns} | {"going_to", "alike"}


def test_answers_about_needs_are_filtered_by_nothing(rf):
    answers = admin.site.get_model_admin(InclusionAnswers)

    assert not any(answers.lookup_allowed(one, "1", rf.get("/")) for one in ("gender", "gender__exact", "id"))
