"""A person who may not see an answer finds it nowhere: each kind of user visits every address.

A word that is nowhere else stands in every sensitive column. The addresses come from the site's own list, the columns
from data/retention.toml: a page or a column that is new is looked at without a line being changed here.
"""

import logging
import re
import sys
import uuid
from datetime import UTC, datetime, timedelta
from itertools import chain
from string import ascii_lowercase
from types import ModuleType

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import DatabaseError, connection, models, transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import path
from django.utils.crypto import get_random_string

from agenda.models import ProgrammeVersion
from agenda.publishing import versions
from conference import clock, urls
from conference.pages.tables import Page
from conference.rooms_above import apps_above
from registration.access import arrangements
from registration.choices import MessageKind, Status
from registration.encryption.columns import EncryptedDictField, EncryptedListField, EncryptedTextField
from registration.links import address_for, private_code, token_for
from registration.messages import emails, outbox
from registration.models import (
    AccessLog,
    ExtraQuestion,
    GuardianCall,
    InclusionAnswers,
    Invitation,
    Message,
    Registration,
    Tending,
    TravelRequest,
)
from registration.retention import erasing
from registration.signing_up import rules, transitions
from registration.staff import all_groups, make_groups
from tests import rooms_above
from tests.crawl import addresses, crawl, post, routes, text_of
from tests.factories import form_data, make_planned_letter, make_question, make_registration
from tests.registration.admin.registrations.test_registration import member_of
from tests.sign_up import send_pages
from tests.travel_factories import make_travel_rows

# Django's own admin: URL fields without a scheme, which Django 6.0 will make https; pages of rows without an order.
pytestmark = [
    pytest.mark.filterwarnings("ignore:The default scheme will be changed"),
    pytest.mark.filterwarnings("ignore:Pagination may yield inconsistent results"),
]

ADMIN = "/admin/registration/"
ANSWERS, ARRANGEMENTS, TRAVEL, REQUESTS, CALLS = (
    f"{ADMIN}{name}/" for name in ("inclusionanswers", "arrangement", "travelrequest", "changerequest", "guardiancall")
)
ABOVE = "/admin/contributions/"
TRAVEL_MODELS = ["travelrequest", "traveldecision", "stay"]
# Of the day pack, what the travel desk hands out.
TRAVEL_PAPERS = r"/admin/desk/\d+/\d+/pack/(rooms|expenses)\."
# Where officers write down what a participant says to them.
NEEDS_TOLD, TRAVEL_TOLD = (rf"{ADMIN}registration/\d+/{part}/" for part in ("needs", "travel"))

# group -> whose words it may read -> how the addresses of those pages begin. A group that is not here may read none.
MAY_READ = {
    "Inclusion officers": {
        "inclusionanswers": [ANSWERS, ARRANGEMENTS, NEEDS_TOLD],
        "arrangement": [ARRANGEMENTS],
        "proposalneeds": [f"{ABOVE}proposalneeds/"],
    },
    "Programme editors": {"feedback": [f"{ABOVE}feedback/"]},
    # Written to them, and the page says so; and whom they call.
    "Registration desk": {
        "changerequest": [REQUESTS],
        "guardiancall": [CALLS],
        # Who is told what came of their input; and beside the input, for those who may open inputs as well.
        "sender": [f"{ABOVE}statement/tell/", f"{ABOVE}voice/"],
    },
    "Travel desk": {model: [TRAVEL, TRAVEL_TOLD, TRAVEL_PAPERS] for model in TRAVEL_MODELS},
    "Travel approvers": {model: [TRAVEL, TRAVEL_PAPERS] for model in TRAVEL_MODELS},
}
STAFF = [name.partition(" –")[0] for name in all_groups()]
# What the rules act on: a word that is none of theirs would only break them.
ACTED_ON = {"state", "told_how", "currency", "language"}
# Opens the page of figures for machines: each visitor brings it, so that this page is looked at as well.
TOKEN = "sample-token-of-a-program-that-watches"


# --- Planting --------------------------------------------------------------------------------------------------------


def sensitive_models():
    """What the policy calls sensitive, and of apps on top all that is encrypted."""
    tables = {table for table, columns in erasing.policy().items() if "sensitive" in columns.values()}
    return [
        model
        for model in apps.get_models()
        if model._meta.db_table in tables
        or (
            model._meta.app_label in apps_above()
            and any(isinstance(one, EncryptedTextField) for one in model._meta.fields)
        )
    ]


def text_columns(model):
    for field in model._meta.concrete_fields:
        is_text = isinstance(field, models.CharField | models.TextField) and (field.max_length or 99) >= 12
        if is_text and field.name not in ACTED_ON:
            yield field


@pytest.fixture
def planted(edition, settings, tmp_path):
    """word -> (model, column), with a participant to whom all the words belong."""
    settings.METRICS_TOKEN, settings.MEDIA_ROOT = TOKEN, tmp_path
    Tending.report()  # without its helper the site is not ready, and says 503 to machines
    answers = {"access_needs": ["quiet_room"], "access_note": "x"}
    for is_sensitive in (False, True):
        make_question(edition, is_sensitive=is_sensitive)
    make_registration(edition, name_latin="SOK Dara", email="dara@example.org", inclusion=answers, travel={})
    GuardianCall.objects.create(edition=edition, parent_key=uuid.uuid4(), guardian_name="x", guardian_phone="x")
    make_registration(edition, name_latin="SOK Dara", phone="+85512000002")  # another participant, to merge with
    make_travel_rows(TravelRequest.objects.get(), by=None, text=new_word)
    versions.publish(edition, by=None)
    texts = {f"{name}_{language}": "Sample" for name in ("title", "text") for language in ("en", "km")}
    Page.objects.create(edition=edition, slug="sample", **texts).publish(by=None)
    make_planned_letter(edition, seconds=3600)
    rooms_above.fill(edition)
    guest = Registration.objects.latest("pk")
    tomorrow = clock.now() + timedelta(days=1)
    Registration.objects.filter(pk=guest.pk).update(status=Status.OFFERED, offered_until=tomorrow)
    Invitation.objects.create(registration=guest)
    # Each visitor reads the same paper, which is set once as long as it is of one moment.
    ProgrammeVersion.objects.update(published_at=datetime(2024, 3, 1, tzinfo=UTC))
    words = {}
    for model in sensitive_models():
        if not model.objects.exists():
            make_row(model)
        for field in text_columns(model):
            word = new_word()
            if plant(model, field, word):
                words[word] = (model._meta.model_name, field.name)
    return words


def new_word():
    """Letters only: the search takes digits for a telephone number."""
    return f"kanari{get_random_string(8, ascii_lowercase)}"


def own_links():
    """The same of each participant's own link, and of the owner's private code: they stand on no page of staff."""
    secrets = {token_for(registration): ("registration", "own link") for registration in Registration.objects.all()}
    return secrets | {private_code(owner()): ("registration", "private code")}


def owner():
    """To whom the planted words belong."""
    return InclusionAnswers.objects.order_by("pk").first().registration


def make_row(model):
    """A row of a table that nothing above fills: it hangs on the first row of each table it needs, or on a new one."""
    filled = {}
    for field in model._meta.concrete_fields:
        if field.is_relation and not field.null:
            filled[field.name] = field.related_model._base_manager.first() or make_row(field.related_model)
        elif isinstance(field, models.DateTimeField) and not field.null and not field.has_default():
            filled[field.name] = clock.now() + timedelta(days=1)
        elif field.name.endswith("_en"):
            filled[field.name] = "Sample"
    return model._base_manager.create(**filled)


def plant(model, field, word):
    """True, unless a rule of the table refuses the word."""
    try:
        with transaction.atomic():
            model.objects.update(**{field.name: as_kept(field, word)})
    except DatabaseError:
        return False
    return True


def as_kept(field, word):
    if isinstance(field, EncryptedDictField):  # the answer to a sensitive question of the edition's own
        return {ExtraQuestion.objects.get(is_sensitive=True).key: [word]}
    return [word] if isinstance(field, EncryptedListField) else word


def found(words, where, text, groups=()):
    """What of the planted words stands in a text and should not."""
    for word, (model, column) in words.items():
        if word not in text:
            continue
        pages = [page for group in groups for page in MAY_READ.get(group, {}).get(model, ())]
        if not any(re.match(page, where) for page in pages):
            yield f"{' and '.join(groups) or 'a person in no group'} reads {model}.{column} in {where}"


# --- Visiting --------------------------------------------------------------------------------------------------------


def all_addresses(registration):
    return list(dict.fromkeys(address for route in routes() for address in addresses(route, registration)))


def searches(lists, words):
    """The lists, searched for what is planted. In capitals: a list repeats what was typed."""
    for address in lists:
        for word in [next(iter(words)), *words][:: len(words) // 3]:
            yield f"{address}?q={word.upper()}"


def autocompletes():
    """The lists that help to choose a row, for every relation there is."""
    for model in admin.site._registry:
        for field in [field for field in model._meta.concrete_fields if field.is_relation]:
            names = f"app_label={model._meta.app_label}&model_name={model._meta.model_name}&field_name={field.name}"
            yield f"/admin/autocomplete/?{names}&term="


def actions(client):
    """Every action of every list, with all its rows."""
    for model, model_admin in admin.site._registry.items():
        chosen = [str(row.pk) for row in model._base_manager.order_by("-pk")[:3]]
        for name in [name for _function, name, _words in model_admin._get_base_actions()]:
            address = f"/admin/{model._meta.app_label}/{model._meta.model_name}/"
            yield address, post(client, address, {"action": name, "_selected_action": chosen})


def results_of(response):
    """How many rows a list found, where it is one."""
    context = response.context or {}
    return context["cl"].result_count if "cl" in context else None


def visit(client, words, groups):
    """Visits everything; what was read and should not, and what broke."""
    secrets = words | own_links()
    client.raise_request_exception = False
    client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {TOKEN}"
    leaks, broken, read, lists = [], [], set(), {}
    for address, response in chain(crawl(client, [*all_addresses(owner()), *autocompletes()]), actions(client)):
        text = text_of(response)
        leaks += found(secrets, address, text, groups)
        broken += [address] if response.status_code >= 500 else []
        read |= {column for word, column in words.items() if word in text}
        if "?" not in address and address not in lists and results_of(response) is not None:
            lists[address] = results_of(client.get(f"{address}?q=KANARI-nowhere"))
    for address in searches(lists, words):
        response = client.get(address)
        leaks += found(secrets, address, text_of(response), groups)
        if results_of(response) != lists[address.partition("?")[0]]:
            leaks.append(f"the search at {address} knows the word")
    return leaks, broken, read


@pytest.fixture
def log():
    """Whatever any logger says, down to the smallest detail."""
    lines = []

    class Keep(logging.Handler):
        def emit(self, record):
            lines.append(logging.Formatter("%(name)s %(message)s").format(record))

    keep, loggers = Keep(), [logging.getLogger(), logging.getLogger("django")]
    logging.getLogger("django.template").setLevel(
        logging.INFO
    )  # each name that a template looks up in vain: no values
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(keep)
        logger.setLevel(logging.DEBUG)
    yield lines
    for logger, level in zip(loggers, levels, strict=True):
        logger.removeHandler(keep)
        logger.setLevel(level)


def traces(log):
    """(where, text) of all that is kept beside the answers."""
    yield "the log of the server", "\n".join(log)
    yield "the admin log", "\n".join(f"{line.object_repr} {line.change_message}" for line in LogEntry.objects.all())
    yield "the access log", str(list(AccessLog.objects.values_list("subject", "columns")))
    yield "sessions", str([row.get_decoded() for row in Session.objects.all()])
    yield "messages", "\n".join(emails.text_of(row) for row in Message.objects.all())
    yield "e-mails", "\n".join(str(one.message()) for one in mail.outbox)


def leaks_in_traces(words, log):
    return [leak for where, text in traces(log) for leak in found(words, where, text)]


# --- Who reads what --------------------------------------------------------------------------------------------------


def test_words_are_planted_in_every_sensitive_column(planted):
    assert {"inclusionanswers", "arrangement", "travelrequest", "guardiancall"} <= {
        model for model, _ in planted.values()
    }
    encrypted = {
        (model._meta.model_name, field.name)
        for model in sensitive_models()
        for field in model._meta.concrete_fields
        if isinstance(field, EncryptedTextField)
    }
    assert encrypted <= set(planted.values())


# Who may open which page is decided alike on every database. What its pages, its errors and its log hold may differ:
# on PostgreSQL one user in all groups opens them all.
GROUPS_OF_A_USER = [[group] for group in STAFF] if connection.vendor == "sqlite" else [STAFF]


@pytest.mark.parametrize("groups", GROUPS_OF_A_USER, ids=lambda groups: " and ".join(groups))
def test_group_reads_sensitive_answers_only_on_its_own_pages(groups, client, planted, log):
    make_groups()
    user = get_user_model().objects.create_user("member", is_staff=True)
    user.groups.set([Group.objects.get(name__startswith=group) for group in groups])
    client.force_login(user)

    leaks, broken, read = visit(client, planted, groups)

    assert leaks == []
    assert broken == []
    readable = {model for group in groups for model in MAY_READ.get(group, {})}
    assert {model for model, _column in read} == readable  # and there they can be read
    assert leaks_in_traces(planted, log) == []


def test_staff_without_a_group_read_nothing(client, planted, log):
    client.force_login(get_user_model().objects.create_user("ungrouped", is_staff=True))

    assert visit(client, planted, ())[:2] == ([], [])
    assert leaks_in_traces(planted, log) == []


def test_stranger_reads_nothing(client, planted, log):
    assert visit(client, planted, ())[:2] == ([], [])
    assert leaks_in_traces(planted, log) == []


def test_participant_reads_nothing_of_another(client, planted, edition, log):
    client.get(address_for(make_registration(edition)))

    assert visit(client, planted, ())[:2] == ([], [])
    assert leaks_in_traces(planted, log) == []


# --- What is kept beside the answers ---------------------------------------------------------------------------------


def test_messages_and_what_officers_do_leave_no_word(client, planted, settings, log):
    settings.SENDS_EMAIL, settings.OUTBOX_THREAD = True, False
    registration = owner()
    rows = registration.inclusion_answers.arrangements
    officer = member_of("Inclusion officers", client)
    form = {"state": "confirmed", "provider": next(iter(planted)), "note": next(iter(planted))}
    officer.post(f"{ARRANGEMENTS}{rows.first().pk}/change/", form)
    arrangements.tell(rows.all())
    kinds = set(MessageKind) - {MessageKind.OFFERED}  # that one needs an offer
    for kind in kinds:
        outbox.put(registration, kind)
    transitions.decline(registration, "Sample reason")
    outbox.send_due()

    assert LogEntry.objects.count() == 1
    assert len(mail.outbox) > len(kinds)
    assert leaks_in_traces(planted, log) == []


def test_error_pages_and_their_log_repeat_no_answer(client, planted, settings, log, monkeypatch):
    """Neither when no key opens what is stored, nor when signing up fails half-way."""
    client.raise_request_exception = False
    officer = member_of("Inclusion officers", client)
    officer.raise_request_exception = False
    edition, key = owner().edition, owner().inclusion_answers.pk
    settings.FIELD_ENCRYPTION_KEYS = ["MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE="]
    words = {"kanarityped": ("form", "access_note"), **planted}
    monkeypatch.setattr(rules, "_save_answers", lambda *_args: 1 / 0)

    pages = [officer.get(ARRANGEMENTS), officer.get(f"{ANSWERS}{key}/change/")]
    stranger = Client(raise_request_exception=False)
    data = form_data(edition, access_note="kanarityped")
    pages.append(send_pages(stranger, f"/en/{edition.year}/register/", data))

    # What no key opens cannot be read just now, and the page says so; a fault of ours is an error.
    assert [page.status_code for page in pages] == [503, 503, 500]
    assert [leak for page in pages for leak in found(words, "an error page", text_of(page))] == []
    assert leaks_in_traces(words, log) == []


# --- That this finds anything ----------------------------------------------------------------------------------------


def test_crawl_reaches_every_address(admin_client, planted):
    """A route that always answers 404 is not looked at: give its argument a value in tests/crawl.py."""
    registration = owner()
    admin_client.get(address_for(registration))
    admin_client.defaults["HTTP_AUTHORIZATION"] = f"Bearer {TOKEN}"
    nowhere = {"media/<path>", "admin/<url>", "admin/r/<path:content_type_id>/<path:object_id>/"}
    guessed = {route for route in routes() if "token>" in route} | {"en/c/<str:code>/"}
    # All this is still to come.
    nowhere |= {
        "en/registration/certificate.pdf",
        "en/<year:year>/feedback/<slug:code>/",
        "en/<year:year>/hackathon/order/",
        "admin/contributions/feedback/results.<str:ending>",
    }
    # a draft has no picture to share
    nowhere |= {f"en/<year:year>/draft/share/<slug:version>{end}.png" for end in ("", "/<slug:code>")}

    def is_nowhere(address):
        response = admin_client.get(address)
        text_of(response)  # a file is read to its end, and closed
        return response.status_code == 404

    unreached = [route for route in routes() if all(map(is_nowhere, addresses(route, registration)))]

    assert set(unreached) <= nowhere | guessed


def leak(request, pk):
    logging.getLogger("registration").debug("looked up %s", InclusionAnswers.objects.first().food_note)
    return HttpResponse(InclusionAnswers.objects.first().access_note)


def test_view_that_leaks_is_found(client, planted, log, settings, monkeypatch):
    leaking = ModuleType("leaking_urls")
    leaking.urlpatterns = [*urls.urlpatterns, path("leak/<key:pk>/", leak)]
    monkeypatch.setitem(sys.modules, "leaking_urls", leaking)
    settings.ROOT_URLCONF = "leaking_urls"

    leaks, _broken, _read = visit(client, planted, ["Observers"])

    pk = owner().pk
    assert set(leaks) == {f"Observers reads inclusionanswers.access_note in /leak/{pk}/"}
    assert leaks_in_traces(planted, log) == [
        "a person in no group reads inclusionanswers.food_note in the log of the server"
    ]


def test_officer_is_not_allowed_on_other_pages():
    words = {"kanari": ("inclusionanswers", "access_note")}

    assert not list(found(words, f"{ANSWERS}1/change/", "kanari", ["Inclusion officers"]))
    assert list(found(words, "/admin/registration/registration/", "kanari", ["Inclusion officers"]))
    assert list(found(words, f"{ANSWERS}1/change/", "kanari", ["Travel desk"]))
