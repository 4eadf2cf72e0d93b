"""The admin in Khmer says nothing in English: neither our words nor Django's, nor those that are only heard."""

import json
import re
from html.parser import HTMLParser

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core import serializers
from django.urls import reverse
from django.utils import translation

from conference.language.khmer import KHMER_LETTER
from conference.staff import rights
from registration.admin.access.sensitive import column_in_words
from registration.admin.lists.badges import CERTIFICATE_COLUMNS
from registration.admin.travel import papers
from registration.admin.travel.requests import COLUMNS as TRAVEL_COLUMNS
from registration.figures.measures import questions_of
from registration.lists.ready import ready_lists
from registration.models import AccessLog, log_words
from registration.paper import badges
from tests.factories import make_question, make_registration
from tests.pages import VOID

# Django's own admin: URL fields without a scheme, which Django 6.0 will make https.
pytestmark = pytest.mark.filterwarnings("ignore:The default scheme will be changed")
ADMINS = [pytest.param(one, id=model._meta.label) for model, one in admin.site._registry.items()]
HEARD = {"alt", "title", "aria-label", "placeholder"}
WORD = re.compile(r"[A-Za-z]{2,}")
# A registration's, and what of a password's hash is shown.
CODE = re.compile(r"\b[A-Z0-9]{3}-?[A-Z0-9]{4}\b|\w+\*+")
# Names, formats, keys of the keyboard and examples of what is typed: they stand in Latin letters in Khmer texts too.
NAMES = {
    *("English", "Telegram", "Excel", "Word", "PowerPoint", "Google", "Forms", "Form", "Sheets", "Microsoft"),
    *(
        "OpenDocument",
        "PDF",
        "XLSX",
        "CSV",
        "QR",
        "JPEG",
        "PNG",
        "MP",
        "OGG",
        "MB",
        "ODC",
        "URL",
        "CC",
        "BY",
        "SA",
        "NC",
    ),
    *(
        "docx",
        "xlsx",
        "csv",
        "ods",
        "html",
        "Control",
        "Command",
        "Mac",
        "SOK",
        "Dara",
        "sokdara",
        "number",
        "code",
        "HTML",
        "visa",
    ),
}
# What lines of the access log are about, as they are kept.
SUBJECTS = [
    *("travel requests", "arrangements", "arrangement {}", "arrangements 2024: costs", "needs {}", "travel {}"),
    *("travelrequest {}", "inclusionanswers {}", "changerequest {}", "guardiancall 5", "registration {}"),
    *("travel letters 2024", "travel letter {}", "travel list to sign 2024", "rooming list 2024", "expense sheet {}"),
    *("figures 2024", "badge {}"),
]


class Reader(HTMLParser):
    """What is read and what is heard, but for what was typed and what is marked as English."""

    def __init__(self):
        super().__init__()
        self.texts, self.open = [], []

    def handle_starttag(self, tag, attributes):
        has = dict(attributes)
        if tag not in VOID:
            is_left_out = tag in ("script", "style", "textarea") or has.get("lang") == "en"
            self.open.append((tag, is_left_out or bool(self.open and self.open[-1][1])))
        said = HEARD | ({"value"} if has.get("type") in ("submit", "button") else set())
        self.texts += [has[name] or "" for name in said & has.keys()]

    def handle_endtag(self, tag):
        while tag not in VOID and self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data):
        if not (self.open and self.open[-1][1]):
            self.texts.append(data)


def english(html, known):
    reader = Reader()
    reader.feed(html)
    return {word for text in reader.texts for word in WORD.findall(CODE.sub("", text))} - known


def typed():
    """What stands in the rows, but for those that the site and Django write themselves."""
    own = {
        "contenttypes.ContentType",
        "auth.Permission",
        "sessions.Session",
        "admin.LogEntry",
        "registration.AccessLog",
    }
    rows = [row for model in apps.get_models() if model._meta.label not in own for row in model._base_manager.all()]
    return set(WORD.findall(serializers.serialize("json", rows, ensure_ascii=False)))


def labels(response):
    """The fields of a form, as Django keeps their names in the history."""
    with translation.override(None):
        shown = (response.context or {}).get("adminform")
        return [str(field.label) for field in shown.form.fields.values()] if shown else []


@pytest.fixture
def chief(admin_client, admin_user, edition):
    person = make_registration(edition, inclusion={"access_needs": ["quiet_room"]}, travel={})
    for subject in SUBJECTS:
        line = AccessLog(user=admin_user, look="view", subject=subject.format(person), columns="registration, name")
        line.save()
    admin_client.cookies["language"] = "km"
    return admin_client


def test_reader_sees_what_is_read_and_what_is_heard():
    html = (
        '<p>ល្អ Good</p><img alt="True"><i lang="en">name</i><textarea>typed</textarea><input type="submit" value="Go">'
    )

    assert english(html, set()) == {"Good", "True", "Go"}


@pytest.mark.parametrize("model_admin", ADMINS)
def test_list_and_forms_have_no_english_word(model_admin, chief, admin_user):
    opts = model_admin.opts
    address = f"admin:{opts.app_label}_{opts.model_name}"
    row = model_admin.model._base_manager.first()
    pages = [reverse(f"{address}_changelist"), reverse(f"{address}_add")]
    if row:
        about = {"content_type": ContentType.objects.get_for_model(row), "object_id": row.pk, "object_repr": "x"}
        changed = [{"changed": {"fields": labels(chief.get(reverse(f"{address}_change", args=[row.pk])))}}]
        LogEntry.objects.create(user=admin_user, action_flag=CHANGE, change_message=json.dumps(changed), **about)
        pages += [reverse(f"{address}_{name}", args=[row.pk]) for name in ("change", "history", "delete")]
    known = NAMES | typed()

    found = {
        page: words
        for page in pages
        if (response := chief.get(page)).status_code == 200 and (words := english(response.content.decode(), known))
    }

    assert found == {}


def test_every_right_has_its_name_in_khmer(db):
    with translation.override("km"):
        names = [rights.in_words(right) for right in Permission.objects.select_related("content_type")]

    assert [name for name in names if not KHMER_LETTER.search(name) or WORD.search(name)] == []


def test_every_column_that_a_list_has_is_named_in_khmer_in_the_log(edition):
    make_question(edition, label_km="សំណួរគំរូ")
    codes = {column.code for one in ready_lists(edition) for column in one.columns}
    codes |= {
        *papers.LETTER_COLUMNS,
        *papers.ROOMING_COLUMNS,
        *badges.ON_A_BADGE,
        *CERTIFICATE_COLUMNS,
        *TRAVEL_COLUMNS,
    }
    codes |= {question.code for question in questions_of(edition)} | {"name_on_id", "amount", "expenses", "link"}

    with translation.override("km"):
        said = {code: column_in_words(code) for code in codes}

    assert {code: words for code, words in said.items() if WORD.search(words) or not KHMER_LETTER.search(words)} == {}


@pytest.mark.parametrize("subject", SUBJECTS)
def test_line_of_the_log_says_in_khmer_what_it_is_about(subject):
    with translation.override("km"):
        assert not WORD.search(log_words.subject(subject.format("")))
    with translation.override(None):
        assert log_words.subject("attendees-2024.xlsx") == "attendees-2024.xlsx"
        assert log_words.subject("figures-2024.xlsx") == "figures-2024.xlsx"
