"""What a list of the admin may be asked in its address: its own filters, and nothing else."""

import pytest
from django.contrib import admin
from django.contrib.admin.utils import get_fields_from_path
from django.db import models
from django.http import QueryDict
from django.urls import reverse

from conference.staff.list_admin import OF_EVERY_LIST
from registration.choices import Status
from registration.models import AccessLog, Registration
from registration.retention import erasing
from tests.factories import make_registration
from tests.pages import links, read
from tests.registration.admin.registrations.test_registration import LIST, member_of
from tests.travel_factories import make_request

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
    "alike=1",
    "days__id__exact=x",
]
# What each list may be filtered by, written out: what is new here is a decision. A list that is missing takes none.
FILTERS = {
    "contributions.Call": {"edition"},
    "contributions.Proposal": {"state__exact", "told", "edition", "call__id__exact"},
    "contributions.ProposalNeeds": {"edition"},
    "contributions.Reviewer": {"edition"},
    "contributions.TalkOff": {"edition"},
    "auth.User": {
        "is_staff__exact",
        "is_superuser__exact",
        "is_active__exact",
        "groups__id__exact",
        "groups__isnull",
    },
    "contributions.Feedback": {"edition", "comment_state__exact"},
    "contributions.Resource": {"edition"},
    "contributions.MaterialSent": {"edition", "state__exact"},
    "conference.Organisation": {"kind__exact", "khmer_checked__exact"},
    "conference.Page": {"edition"},
    "conference.OtherEvent": {"edition", "kind__exact", "khmer_checked__exact"},
    "contributions.Floor": {"edition", "takes__exact"},
    "contributions.Voice": {"edition", "state__exact", "handled__exact", "is_spoken__exact", "floor__id__exact"},
    "contributions.Note": {"edition"},
    "contributions.Statement": {"edition", "became__exact", "khmer_checked__exact"},
    "agenda.Day": {"edition"},
    "agenda.Session": {
        "edition",
        "doubt",
        "state__exact",
        "day__id__exact",
        "kind__exact",
        "track__id__exact",
        "track__isnull",
        "open_call__exact",
        "khmer_checked__exact",
    },
    "agenda.Track": {"edition"},
    "agenda.Room": {"edition"},
    "agenda.Photograph": {"edition", "slot__exact", "khmer_checked__exact"},
    "agenda.Recording": {"edition", "page__exact", "language__exact"},
    "agenda.ProgrammeVersion": {"edition"},
    "hackathon.Hackathon": {"edition"},
    "hackathon.Team": {"edition", "missing"},
    "hackathon.Member": {"edition", "team"},
    "hackathon.Mentor": {"edition"},
    "hackathon.Judge": {"edition"},
    "hackathon.Criterion": {"edition"},
    "hackathon.Award": {"edition"},
    "hackathon.Conflict": {"edition"},
    "registration.ExtraQuestion": {"edition", "is_asked__exact"},
    "registration.Registration": {
        "status__exact",
        "edition",
        "days__id__exact",
        "going_to",
        "sector__exact",
        "part__exact",
        "province__exact",
        "channel__exact",
        "alike",
        "closed",
        "agreed",
    },
    "registration.Helper": {"edition"},
    "registration.BringingIn": {"edition"},
    "registration.Message": {"state__exact", "kind__exact", "edition", "letter__id__exact", "letter__isnull"},
    "registration.MessageText": {"edition", "kind__exact"},
    "registration.Invitation": {"edition", "state"},
    "registration.PlannedLetter": {"edition", "state__exact"},
    "registration.Letter": {"edition", "kind__exact"},
    "registration.ChangeRequest": {"done_at__isempty", "edition"},
    "registration.InclusionAnswers": {"edition"},
    "registration.GuardianCall": {"is_done__exact", "edition"},
    "registration.AccessLog": {"look__exact"},
    "registration.Arrangement": {"open", "state__exact", "edition"},
    "registration.TravelRequest": {
        "decided",
        "edition",
        "registration__status__exact",
        "registration__province__exact",
    },
    "registration.Hotel": {"edition"},
}
# Filters that are no column: what they look at is seen in their code. OpenFilter and DecidedFilter look at a
# sensitive table, at the arrangements and the travel decisions on their own lists.
OWN_FILTERS = {
    *("OfEdition", "AgreedFilter", "AnswerFilter", "GoingTo", "WithLookAlikes", "ClosedByMerging"),
    *("DoneFilter", "DoubtFilter", "OpenFilter", "DecidedFilter", "ToldFilter", "StateFilter", "LookingFilter"),
}
# An arrangement comes from the answers, and has the same readers.
SAME_OFFICERS = {"registration_arrangement": {"registration_arrangement", "registration_inclusionanswers"}}
OF_ONE_EDITION = [  # pages that take nothing but the year of an edition
    "agenda/session/chase/",
    "registration/invitation/letters/",
    "registration/registration/figures/",
    "registration/bringingin/earlier/",
    "registration/registration/figures.xlsx",
    "registration/registration/report/",
    "registration/registration/report-en.docx",
    "registration/registration/lists/",
    "registration/registration/lists/attendees.csv",
    "registration/registration/lists/attendees.xlsx",
    "registration/registration/lists/sign-in-day-1/",
    "registration/inclusionanswers/export/",
    "registration/travelrequest/letters/",
    "registration/travelrequest/to-sign/",
    "registration/travelrequest/rooms/",
    "registration/travelrequest/rooms.xlsx",
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


@pytest.mark.parametrize(
    "address", [LIST, "/admin/registration/message/", "/admin/agenda/session/", "/admin/auth/user/"]
)
def test_search_of_a_thousand_words_is_no_error(staff_client, edition, address):
    assert staff_client.get(address, {"q": "a " * 1500}).status_code == 200


@pytest.mark.parametrize("model_admin", ADMINS)
def test_list_takes_exactly_its_filters(model_admin, rf):
    assert model_admin.parameters(rf.get("/")) == OF_EVERY_LIST | FILTERS.get(model_admin.model._meta.label, set())


@pytest.mark.parametrize("model_admin", ADMINS)
def test_list_refuses_every_column_and_every_relation(model_admin, staff_client, rf):
    asked = {*questions(model_admin.model, 2)}
    assert asked & model_admin.parameters(rf.get("/")) <= {"letter__isnull"}
    assert {one for one in asked if model_admin.lookup_allowed(one, "1", rf.get("/"))} <= {"letter__isnull"}

    crossing = [one for one in questions(model_admin.model, 1) if one.endswith("__startswith")]
    answers = {staff_client.get(list_of(model_admin), {one: "x"}).status_code for one in crossing[::10]}
    assert answers == {400}
    assert not AccessLog.objects.exists()


@pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results")  # Django's own view
@pytest.mark.parametrize("model_admin", ADMINS)
def test_help_to_choose_a_row_answers_no_other_question(model_admin, staff_client):
    """A relation back is no column of a form either."""
    opts = model_admin.opts
    columns = [field.name for field in opts.concrete_fields if field.is_relation] or ["id"]
    names = {"app_label": opts.app_label, "model_name": opts.model_name, "term": "x"}
    asked = [one for one in questions(model_admin.model, 1) if one.endswith("__startswith")]

    beside = [{**names, "field_name": columns[0], one: "x"} for one in asked[::15]]
    back = [{**names, "field_name": one.name} for one in opts.get_fields() if one.auto_created and not one.concrete]
    answers = {staff_client.get("/admin/autocomplete/", one).status_code for one in beside + back[:3]}

    assert answers == {400}
    assert staff_client.get("/admin/autocomplete/", {**names, "field_name": columns[0]}).status_code in (200, 403, 404)


@pytest.mark.parametrize("model_admin", ADMINS)
def test_list_takes_what_django_writes_into_its_address(model_admin, staff_client):
    asked = {"o": "1", "p": "1", "q": "", "all": "", "e": "1", "_popup": "1", "_facets": "True"}

    assert staff_client.get(list_of(model_admin), asked | {"_to_field": "id"}).status_code == 200
    assert staff_client.get(list_of(model_admin), {"_to_field": "nowhere"}).status_code == 400


@pytest.mark.parametrize("page", OF_ONE_EDITION)
def test_page_of_one_edition_takes_no_filter(staff_client, edition, page):
    make_request(edition)

    asked = ["status__exact=confirmed", "inclusion_answers__isnull=False", "edition__id__exact=1"]
    answers = [staff_client.get(f"/admin/{page}?edition=2024&{one}").status_code for one in asked]

    assert answers == [400] * len(asked)
    assert not AccessLog.objects.exists()
    assert staff_client.get(f"/admin/{page}?edition=2024").status_code == 200


def sensitive_tables(model, path):
    """The tables of which a look-up reads a sensitive column on its way."""
    policy = erasing.policy()
    for field in get_fields_from_path(model, path):
        table = field.model._meta.db_table
        if field.concrete and policy[table].get(field.column) == "sensitive":
            yield table


@pytest.mark.parametrize("model_admin", ADMINS)
def test_sensitive_answers_are_filtered_and_searched_by_those_alone_who_may_read_them(model_admin, rf):
    """To filter is to look: a list asks no sensitive column but of the table that it shows, with its right."""
    table = model_admin.model._meta.db_table
    paths = [one if isinstance(one, str) else one[0] for one in model_admin.list_filter if not isinstance(one, type)]
    paths += model_admin.get_search_fields(rf.get("/"))
    own = {one.__name__ for one in model_admin.list_filter if isinstance(one, type)}

    asked = {table for path in paths for table in sensitive_tables(model_admin.model, path)}

    assert asked <= SAME_OFFICERS.get(table, {table})
    assert own <= OWN_FILTERS


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


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "a filter that the page does not have"), ("km", "តម្រងដែលទំព័រនេះគ្មាន")],
)
@pytest.mark.parametrize("page", ["", "export.csv", "lists/attendees.csv"])
def test_refusal_is_a_page_in_the_readers_language(client, edition, page, language, said):
    desk = member_of("Registration desk", client)
    desk.cookies["language"] = language

    refused = desk.get(f"{LIST}{page}?inclusion_answers__isnull=False")

    assert refused.status_code == 400
    assert f'<html lang="{language}"' in refused.content.decode()
    assert said in read(refused)
    assert (LIST if page != "lists/attendees.csv" else f"{LIST}{page}") in links(refused)


def test_page_that_has_gone_leads_to_the_whole_list(staff_client, edition, monkeypatch):
    monkeypatch.setattr(admin.site.get_model_admin(Registration), "list_per_page", 1)
    for number in (1, 2):
        make_registration(edition, phone=f"+8551200000{number}")

    assert staff_client.get(f"{LIST}?p=99").url == f"{LIST}?e=1"
    assert staff_client.get(f"{LIST}export.csv?p=99").url == LIST


def test_what_a_filter_offers_is_answered(staff_client, edition, rf):
    """Every choice stands among the parameters; of each filter the last choice is also opened."""
    make_registration(edition, inclusion={"access_needs": ["quiet_room"]}, travel={})
    offered, answers = 0, {}

    for model_admin in admin.site._registry.values():
        rows = staff_client.get(list_of(model_admin)).context["cl"]
        for one in rows.filter_specs:
            choices = [choice["query_string"] for choice in one.choices(rows)]
            asked = {name for query in choices for name in QueryDict(query.removeprefix("?"))}
            assert asked <= model_admin.parameters(rf.get("/"))
            offered += len(choices)
            address = list_of(model_admin) + choices[-1]
            answers[address] = staff_client.get(address).status_code

    assert [address for address, status in answers.items() if status != 200] == []
    assert offered > 100
