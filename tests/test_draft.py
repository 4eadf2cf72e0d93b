"""What staff write into the draft is nowhere to be seen before it is published.

A word that is nowhere else stands in every text column of the programme's tables, and every day and hour is another.
The addresses come from the site's own list, the columns from the tables: a page or a column that is new is looked at
without a line being changed here.
"""

import re
import uuid
from datetime import date, time, timedelta

import pytest
from django.apps import apps
from django.db.models import CharField, TextField
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from agenda.choices import Kind, SessionState
from agenda.feeds import files
from agenda.models import Appearance, Day, Material, Photograph, ProgrammeVersion, Recording, Session, Shift, Speaker
from agenda.models.photographs import Slot
from agenda.models.recordings import HeardPage
from agenda.publishing import versions
from conference.models import Language, Organisation, OtherEvent
from registration.access import costs
from registration.choices import MessageKind
from registration.figures.measures import questions_of
from registration.figures.snapshots import take_snapshots
from registration.figures.tables import tables_for_staff
from registration.links import address_for
from registration.lists import files as list_files
from registration.lists.ready import ready_lists
from registration.messages import emails, preview
from registration.models import Registration
from registration.own_page.data import everything
from registration.signing_up import rules
from tests.crawl import addresses, routes, text_of
from tests.factories import choice_of, form_data, make_answers, others_data, row_of
from tests.pages import forget_kept, read
from tests.sign_up import send_pages

WORD = "PLANTED"
DRAFT_YEAR, DRAFT_MONTH = 2071, 8
DRAFT_BEGINS, DRAFT_ENDS = time(5, 43), time(22, 43)
# Both hours together: a page may say that it is 22:43 now.
DRAFT_HOURS = [("5:43", "22:43"), ("៥:៤៣", "២២:៤៣"), ("T054300", "T224300")]
# All of the agenda but what is no draft: the versions, and the shifts of a day, which are public by their button.
TABLES = [*(set(apps.get_app_config("agenda").get_models()) - {ProgrammeVersion, Shift}), Organisation]
# Addresses of the staff, who may see the draft; and what is no page.
NOT_PUBLIC = ("admin/", "media/", "language/", "healthz", "readyz", "metrics", ".well-known/")
DRAFT_PAGES = ("/draft/", "/versions/")
# What is public at once, and where.
AT_ONCE = {
    Organisation: ["conference:home", "conference:organizers", "agenda:edition.json"],
    Photograph: ["conference:home", "conference:organizers", "conference:participants", "agenda:session"],
    Recording: ["conference:home", "conference:background", "registration:privacy", "registration:register"],
}
TAKES_DAYS_OUT = {MessageKind.CANCELLED, MessageKind.DECLINED, MessageKind.DAYS}  # of the reader's calendar
SAYS_SO = "as soon as you save"  # on the pages in the admin of all that is public at once


def texts(model):
    """The columns for words, but for those that take one of a few answers."""
    fields = [field for field in model._meta.concrete_fields if isinstance(field, CharField | TextField)]
    return [field for field in fields if not field.choices and not field.unique]


def word(model, row):
    return f"{WORD}-{model.__name__}-{row.pk}"


def plant():
    """Everything in the draft is another: each text, day, hour, id and state; and there is more of everything."""
    for model in TABLES:
        for row in model._base_manager.all():
            columns = {field.attname: word(model, row)[: field.max_length] for field in texts(model)}
            model._base_manager.filter(pk=row.pk).update(**columns)
    for number, day in enumerate(Day.objects.all()):
        Day.objects.filter(pk=day.pk).update(date=date(DRAFT_YEAR, DRAFT_MONTH, 1) + timedelta(days=number))
    for row in Session.objects.all():
        hours = {"starts_at": DRAFT_BEGINS, "ends_at": DRAFT_ENDS} if row.starts_at else {}
        Session.objects.filter(pk=row.pk).update(
            code=f"{WORD.lower()}-{row.pk}", state=SessionState.CANCELLED, **hours
        )
    speaker = Speaker.objects.create(name_en=f"{WORD} speaker")
    Appearance.objects.create(session=Session.objects.first(), speaker=speaker)


def traces(text, may_have=()):
    """What of the draft stands in a text, but for the words of some tables."""
    found = set(re.findall(rf"(?i){WORD}\W?\w*", text)) - {f"{WORD}-{name}" for name in may_have}
    found |= {one for one in ("២០៧១", "STATUS:CANCELLED") if one in text}
    found |= set(re.findall(rf"(?<!\d){DRAFT_YEAR}", text))  # the time of a stamp may be T020710
    return found | {f"{begins} {ends}" for begins, ends in DRAFT_HOURS if begins in text and ends in text}


@pytest.fixture
def published(edition):
    speaker = Speaker.objects.create(name_en="SAMPLE Person", job_title_en="Sample job", about_en="Sample words")
    Appearance.objects.create(session=Session.objects.get(code="d1-17"), speaker=speaker)
    slides = [Material(session=row, title_en="Sample", url="https://example.org/") for row in Session.objects.all()]
    Material.objects.bulk_create(slides)
    versions.publish(edition, by=None)
    heard = [{"page": page, "language": language} for page in HeardPage for language in Language]
    known = {"edition": edition, "sound": "sample.mp3", "text": "Sample", "seconds": 1, "size": 1}
    Recording.objects.bulk_create(Recording(**known, **one) for one in heard)
    where = [{"slot": Slot.HOME}, {"slot": Slot.VENUE}]
    where += [{"slot": Slot.ORGANISATION, "organisation": row} for row in Organisation.objects.all()]
    where += [{"slot": Slot.SESSION, "session": row} for row in Session.objects.all()]
    described = {"edition": edition, "photo": "sample.jpg", "alt_en": "Sample", "alt_km": "Sample"}
    Photograph.objects.bulk_create(Photograph(**described, **one) for one in where)  # no file is cut
    return edition


@pytest.fixture
def person(published):
    """Who has chosen all days, and a room, before staff went on with the draft."""
    answers = make_answers(published, email="dara@example.org", inclusion={"access_needs": ["step_free"]})
    answers.breakouts.append(choice_of(Session.objects.filter(parent__kind=Kind.BREAKOUT, kind=Kind.BREAKOUT).first()))
    told = rules.sign_up(edition=published, answers=answers, language="en", form_token=uuid.uuid4())
    return row_of(told)


@pytest.fixture
def participant(person, published):
    """A browser that has signed up two people, and opened the own page of one."""
    browser = Client()
    send_pages(browser, f"/en/{published.year}/register/", form_data(published, email="sample@example.org"))
    browser.post(f"/en/{published.year}/register/others/", others_data(published, {}))
    browser.get(address_for(person))
    return browser


def public_addresses(person):
    found = []
    for language in ("en", "km"):
        with override(language):
            for route in routes():
                if not route.startswith(NOT_PUBLIC):
                    found += [one for one in addresses(route, person) if not any(page in one for page in DRAFT_PAGES)]
    return dict.fromkeys(found)


def public_at_once():
    """address -> the names of the tables whose words may stand there before they are published."""
    found = {}
    for model, names in AT_ONCE.items():
        for language in ("en", "km"):
            with override(language):
                for name in names:
                    rows = [[code] for code in Session.objects.values_list("code", flat=True)]
                    for more in rows if name == "agenda:session" else [[]]:
                        found.setdefault(reverse(name, args=[2024, *more]), set()).add(model.__name__)
                found.setdefault(reverse("conference:current"), set()).add(model.__name__)
    return found


@pytest.fixture
def _paper_in_words(monkeypatch):
    """The PDF says what it is made of; setting it takes a second."""

    def in_words(programme, edition, stamp, languages):
        return repr([programme, stamp, languages]).encode()

    monkeypatch.setattr(files, "agenda_pdf", in_words)


@pytest.mark.usefixtures("_paper_in_words")
def test_no_page_shows_the_draft(person, participant):
    pages, known = public_addresses(person), public_at_once()
    plant()
    forget_kept()

    seen = {address: participant.get(address) for address in pages}

    found = {address: traces(text_of(response), known.get(address, ())) for address, response in seen.items()}
    assert {address: words for address, words in found.items() if words} == {}
    assert sum(response.status_code == 200 for response in seen.values()) > 60
    shown = " ".join(text_of(seen[address]) for address in known.keys() & seen.keys())
    assert all(f"{WORD}-{model.__name__}" in shown for model in AT_ONCE)  # the words are found where they may stand


def test_no_page_for_a_new_visitor_shows_the_draft(client, published):
    plant()

    send_pages(client, f"/en/{published.year}/register/", form_data(published, email="sample@example.org"))
    thanks = client.get(f"/en/{published.year}/register/thanks/")

    assert Registration.objects.get().days.count() == 2
    assert "March 26" in text_of(thanks)
    assert not traces(text_of(thanks))


def test_search_finds_nothing_of_the_draft(client, published):
    address = reverse("agenda:search", args=[published.year])
    places = versions.published(published).places.values()
    title = next(place.session.title.en for place in places if place.session.has_page)
    plant()
    forget_kept()

    of_the_draft, of_the_version = (client.get(address, {"q": words}).context for words in (WORD, title))

    assert (of_the_draft["sessions"], of_the_draft["names"]) == ([], [])
    assert title in [found.session.title.en for found in of_the_version["sessions"]]


@pytest.mark.parametrize("language", ["en", "km"])
def test_no_message_shows_the_draft(person, published, language, settings):
    settings.SENDS_EMAIL = True
    Registration.objects.filter(pk=person.pk).update(language=language)
    plant()
    message = person.messages.select_related("registration__edition").get()

    for kind in MessageKind:
        message.kind = kind
        email = emails.compose(message)
        attached = [
            content if isinstance(content, str) else content.decode() for _name, content, _type in email.attachments
        ]
        said = [email.subject, email.body, emails.text_of(message)]
        said += attached if kind not in TAKES_DAYS_OUT else [text.replace("STATUS:CANCELLED", "") for text in attached]
        said += [f"{one.subject} {one.text}" for one in preview.previews(published, kind)]
        assert not traces("\n".join(said)), kind


@pytest.mark.parametrize("language", ["en", "km"])
def test_no_list_or_file_shows_the_draft(person, published, language):
    plant()

    with override(language):
        questions = questions_of(published)
        figures = tables_for_staff(published, questions, take_snapshots(published, questions), with_travel=True)
        said = [repr(everything(person)), repr(figures), repr(costs.counts(published))]
        for ready in ready_lists(published):
            said += [str(ready.title), *list_files.headings(ready), *list_files.codes(ready)]
            said += [cell for row in list_files.rows(ready) for cell in row]

    assert "2024-03-26" in "\n".join(said)
    assert not traces("\n".join(said))


@pytest.mark.filterwarnings("ignore:The default scheme will be changed")  # Django's own admin
def test_what_is_public_at_once_says_so_in_the_admin(staff_client, published):
    event = OtherEvent.objects.create(edition=published, slug="sample", title_en="Sample event")
    rows = [published, event, Speaker.objects.first(), *(model.objects.first() for model in AT_ONCE)]

    for row in rows:
        page = staff_client.get(reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk]))
        assert SAYS_SO in read(page), row


def test_what_is_said_about_a_person_is_seen_when_it_is_published(client, published):
    Speaker.objects.filter(name_en="SAMPLE Person").update(about_en="Sample news", name_en="SAMPLE X")
    page = f"/en/{published.year}/speakers/"
    before = text_of(client.get(page))

    pending = versions.unpublished(published)
    versions.publish(published, by=None)
    forget_kept()

    assert "Sample words" in before
    assert "SAMPLE X" not in before
    assert ["SAMPLE X"] in [[str(name) for name in line.names] for line in pending.lines if line.what == "people"]
    assert "SAMPLE X" in text_of(client.get(page))
    assert "Sample news" in text_of(client.get(page))
