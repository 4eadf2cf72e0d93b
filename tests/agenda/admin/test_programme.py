from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils.translation import override
from PIL import Image

from agenda.choices import SessionState
from agenda.editions.copying import copy_edition
from agenda.models import Appearance, Day, Material, Session, Speaker
from tests.pages import read

SESSIONS = "/admin/agenda/session/"


def test_day_shows_its_sessions_in_order(staff_client, edition):
    response = staff_client.get(reverse("admin:agenda_day_change", args=[Day.objects.first().pk]))

    times = [line.session.starts_at for line in response.context["sheet"].by_pk.values() if line.session.starts_at]
    assert len(times) == 23
    assert times == sorted(times)


def test_session_has_both_languages_side_by_side_and_who_appears(staff_client, edition):
    session = Session.objects.get(code="d1-14")

    response = staff_client.get(reverse("admin:agenda_session_change", args=[session.pk]))

    fields = [line for fieldset in response.context["adminform"] for line in fieldset.fields]
    assert ("title_en", "title_km") in fields
    appearances, _materials, inside = (one.formset for one in response.context["inline_admin_formsets"])
    assert (len(appearances.initial_forms), len(inside.initial_forms)) == (6, 1)


def test_filter_finds_the_five_rows_to_be_confirmed(staff_client, edition):
    response = staff_client.get(SESSIONS, {"doubt": "yes"})

    codes = [session.code for session in response.context["cl"].result_list]
    assert codes == ["d1-04", "d1-05", "d1-06", "d1-12", "d1-17"]


def test_list_says_the_day_and_the_time_in_words(staff_client, edition):
    assert "March 26, 2024" in read(staff_client.get(SESSIONS))
    assert "8:30 – 8:35" in read(staff_client.get(SESSIONS))


def test_lists_of_all_years_begin_with_the_newest_edition(staff_client, edition):
    copy_edition(edition, date(2025, 3, 25))

    session, day = (
        staff_client.get(reverse(f"admin:agenda_{name}_changelist") + "?edition=all").context["cl"].result_list[0]
        for name in ("session", "day")
    )

    assert (session.day.date, str(session.title), day.date) == (date(2025, 3, 25), "Registration", date(2025, 3, 25))


def test_day_is_named_in_words_of_the_reader(edition):
    with override("km"):
        assert str(Day.objects.first()) == "ថ្ងៃទី២៦ ខែមីនា ឆ្នាំ២០២៤"


def test_session_and_day_offer_only_what_is_of_their_edition(staff_client, edition):
    new = copy_edition(edition, date(2025, 3, 25))
    session, day = Session.objects.get(code="d1-14"), Day.objects.first()

    form = staff_client.get(reverse("admin:agenda_session_change", args=[session.pk])).context["adminform"].form
    page = staff_client.get(reverse("admin:agenda_day_change", args=[day.pk]) + "?row=new")

    for fields in (form.fields, page.context["sheet"].forms[0].fields):
        assert set(fields["track"].queryset) == set(edition.tracks.all())
    assert not form.fields["parent"].queryset.filter(day__edition=new).exists()
    assert "March 26, 2024, 11:05: " in str(form["parent"])


def test_new_session_says_of_which_year_the_tracks_are(staff_client, edition):
    copy_edition(edition, date(2025, 3, 25))

    html = staff_client.get(reverse("admin:agenda_session_add")).content.decode()

    assert "Plenary (2024)" in html
    assert "Plenary (2025)" in html


def test_deleting_a_session_says_that_it_may_be_cancelled(staff_client, edition):
    session = Session.objects.get(code="d1-14")
    chosen = {"action": "delete_selected", "_selected_action": [session.pk]}

    one = staff_client.get(reverse("admin:agenda_session_delete", args=[session.pk]))

    for response in (one, staff_client.post(SESSIONS, chosen)):
        assert "is better set to “cancelled”" in read(response)


def test_search_finds_a_session_in_khmer(staff_client, edition):
    title = Session.objects.get(code="d1-17").title_km

    response = staff_client.get(SESSIONS, {"q": title})

    assert [session.code for session in response.context["cl"].result_list] == ["d1-17"]


@pytest.mark.parametrize(
    ("action", "state"),
    [("mark_to_be_confirmed", SessionState.TO_BE_CONFIRMED), ("mark_confirmed", SessionState.CONFIRMED)],
)
def test_staff_mark_sessions_in_one_go(staff_client, edition, action, state):
    chosen = Session.objects.filter(code__in=["d1-17", "d1-19"])

    data = {"action": action, "_selected_action": [row.pk for row in chosen]}
    text = read(staff_client.post(SESSIONS, data, follow=True))

    assert f"2 sessions are now {state.label}." in text
    assert set(chosen.values_list("state", flat=True)) == {state}


def test_new_qa_takes_the_day_of_its_session(staff_client, edition):
    session = Session.objects.get(code="d2-11")
    page = reverse("admin:agenda_session_change", args=[session.pk])
    data = form_as_sent(staff_client.get(page))
    data |= {
        "children-TOTAL_FORMS": "1",
        "children-0-kind": "qa",
        "children-0-title_en": "Q&A",
        "children-0-position": "0",
    }
    data |= {"children-0-starts_at": "១៦:៣០", "children-0-ends_at": "16:40"}

    assert staff_client.post(page, data).status_code == 302

    assert session.children.get().day == session.day


def form_as_sent(response):
    """What the browser would send back unchanged."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.initial_forms]
    data = {}
    for form in forms:
        for field in form:
            value = field.value()
            data[field.html_name] = "" if value is None else getattr(value, "pk", value)
    return {name: value for name, value in data.items() if value is not False and not isinstance(value, FieldFile)}


def test_admin_is_in_khmer_when_asked(staff_client, edition):
    staff_client.post("/language/setlang/", {"language": "km", "next": "/admin/"})

    text = read(staff_client.get(SESSIONS))

    assert "រង់ចាំបញ្ជាក់" in text
    assert "to be confirmed" not in text


def test_photo_of_a_speaker_is_kept_small_and_anew(staff_client, settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path
    out = BytesIO()
    Image.new("RGB", (900, 700), "teal").save(out, "PNG")
    photo = SimpleUploadedFile("holiday in a village.png", out.getvalue())

    staff_client.post("/admin/agenda/speaker/add/", {"name_en": "SAMPLE Person", "photo": photo})

    kept = Speaker.objects.get().photo
    with Image.open(kept.path) as picture:
        assert picture.size == (480, 480)
    assert kept.name.startswith("pictures/")
    assert "village" not in kept.name


PERSON = "/admin/agenda/speaker/{pk}/change/"


def picture(color="teal"):
    out = BytesIO()
    Image.new("RGB", (60, 60), color).save(out, "PNG")
    return SimpleUploadedFile("photo.png", out.getvalue())


WAYS_TO_TAKE_A_PHOTO_AWAY = {
    "replaced on the page": lambda staff, row: staff.post(
        PERSON.format(pk=row.pk), {"name_en": "SAMPLE Person", "photo": picture("red")}
    ),
    "cleared on the page": lambda staff, row: staff.post(
        PERSON.format(pk=row.pk), {"name_en": "SAMPLE Person", "photo-clear": "on"}
    ),
    "deleted on the page": lambda staff, row: staff.post(f"/admin/agenda/speaker/{row.pk}/delete/", {"post": "yes"}),
    "deleted in the list": lambda staff, row: staff.post(
        "/admin/agenda/speaker/", {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    ),
    "deleted by the code": lambda staff, row: Speaker.objects.all().delete(),
    "row deleted by the code": lambda staff, row: row.delete(),
    "replaced by the code": lambda staff, row: Speaker(pk=row.pk, name_en="SAMPLE Person").save(),
}


@pytest.mark.parametrize("way", WAYS_TO_TAKE_A_PHOTO_AWAY)
def test_photo_that_is_taken_away_is_gone_once_that_is_certain(
    staff_client, settings, tmp_path, django_capture_on_commit_callbacks, way
):
    settings.MEDIA_ROOT = tmp_path
    staff_client.post("/admin/agenda/speaker/add/", {"name_en": "SAMPLE Person", "photo": picture()})
    row = Speaker.objects.get()
    file = Path(row.photo.path)
    assert file.exists()

    with django_capture_on_commit_callbacks(execute=True):
        WAYS_TO_TAKE_A_PHOTO_AWAY[way](staff_client, row)
        assert file.exists()

    assert not file.exists()
    assert all(Path(one.photo.path).exists() for one in Speaker.objects.exclude(photo=""))


def test_photo_stays_where_only_the_words_are_changed(
    staff_client, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    staff_client.post("/admin/agenda/speaker/add/", {"name_en": "SAMPLE Person", "photo": picture()})
    row = Speaker.objects.get()

    with django_capture_on_commit_callbacks(execute=True):
        staff_client.post(PERSON.format(pk=row.pk), {"name_en": "SAMPLE Other"})

    row.refresh_from_db()
    assert row.name_en == "SAMPLE Other"
    assert Path(row.photo.path).exists()


def test_what_is_no_photo_is_refused_with_a_message(staff_client, db):
    photo = SimpleUploadedFile("photo.jpg", b"GIF89a nothing")

    response = staff_client.post("/admin/agenda/speaker/add/", {"name_en": "SAMPLE Person", "photo": photo})

    assert response.status_code == 200
    assert not Speaker.objects.exists()


@pytest.fixture
def opened(staff_client, edition):
    """The page of a session as two editors opened it: what the browser sends back, with some of it changed."""
    session = Session.objects.get(code="d1-14")
    page = f"{SESSIONS}{session.pk}/change/"
    answer = staff_client.get(page)
    data = form_as_sent(answer) | {"seen": answer.context["adminform"].form.seen}
    assert 'name="seen"' in answer.text
    return lambda **changes: staff_client.post(page, data | changes)


def test_page_of_a_session_leaves_what_a_colleague_changed_meanwhile(opened):
    Session.objects.filter(code="d1-14").update(title_km="ថ្មី", spoken_languages=["km"], open_call=True, room=None)

    assert opened(title_en="Another title").status_code == 302

    row = Session.objects.get(code="d1-14")
    assert (row.title_en, row.title_km, row.spoken_languages, row.open_call) == ("Another title", "ថ្មី", ["km"], True)


def test_page_of_a_session_asks_where_two_changed_the_same(opened):
    Session.objects.filter(code="d1-14").update(title_en="Theirs", spoken_languages=["km"])

    answer = opened(title_en="Mine", spoken_languages=["en"])

    assert answer.status_code == 200
    assert "A colleague has changed this meanwhile: “Theirs”." in read(answer)
    assert "A colleague has changed this meanwhile: “Khmer”." in read(answer)
    assert Session.objects.get(code="d1-14").title_en == "Theirs"

    opened(title_en="Mine", spoken_languages=["en"], seen=answer.context["adminform"].form.seen)
    row = Session.objects.get(code="d1-14")
    assert (row.title_en, row.spoken_languages) == ("Mine", ["en"])


@pytest.fixture
def rows_opened(staff_client, edition):
    """As `opened`, with the rows inside the page: of each the address of its controls, and what it showed."""
    session = Session.objects.get(code="d1-14")
    Material.objects.create(session=session, title_en="Slides", url="https://example.org/slides", licence="cc-by-4.0")
    page = f"{SESSIONS}{session.pk}/change/"

    def open_page():
        answer = staff_client.get(page)
        groups = [group.formset for group in answer.context["inline_admin_formsets"]]
        forms = [form for group in groups for form in group.initial_forms]
        seen = {f"{form.prefix}-seen": form.seen for form in forms}
        assert all(f'name="{name}"' in answer.text for name in seen)
        rows = {form.instance: form.prefix for form in forms}
        return form_as_sent(answer) | seen, rows, lambda data: staff_client.post(page, data)

    return open_page


def _row(rows, model):
    return next((row, prefix) for row, prefix in rows.items() if type(row) is model)


def test_rows_of_a_session_leave_what_a_colleague_changed_meanwhile(rows_opened):
    data, rows, send = rows_opened()
    person, seat = _row(rows, Appearance)
    material, link = _row(rows, Material)
    Appearance.objects.filter(pk=person.pk).update(label_km="ថ្មី", ask="Sample Person")
    Material.objects.filter(pk=material.pk).update(url="https://example.org/theirs")

    answer = send(data | {f"{seat}-label_en": "Mine", f"{link}-title_en": "Mine"})

    assert answer.status_code == 302
    person.refresh_from_db()
    material.refresh_from_db()
    assert (person.label_en, person.label_km, person.ask) == ("Mine", "ថ្មី", "Sample Person")
    assert (material.title_en, material.url) == ("Mine", "https://example.org/theirs")


def test_row_of_a_session_asks_where_two_changed_the_same(rows_opened):
    data, rows, send = rows_opened()
    person, seat = _row(rows, Appearance)
    Appearance.objects.filter(pk=person.pk).update(label_en="Theirs")

    answer = send(data | {f"{seat}-label_en": "Mine"})

    assert "A colleague has changed this meanwhile: “Theirs”." in read(answer)
    person.refresh_from_db()
    assert person.label_en == "Theirs"

    again, _rows, send = rows_opened()
    send(again | {f"{seat}-label_en": "Mine"})
    person.refresh_from_db()
    assert person.label_en == "Mine"


def test_row_that_a_colleague_changed_is_not_deleted_unseen(rows_opened):
    data, rows, send = rows_opened()
    material, link = _row(rows, Material)
    Material.objects.filter(pk=material.pk).update(title_en="Theirs")

    answer = send(data | {f"{link}-DELETE": "on"})

    assert "Look at it, and tick it again to delete it." in read(answer)
    assert Material.objects.filter(pk=material.pk).exists()

    again, _rows, send = rows_opened()
    send(again | {f"{link}-DELETE": "on"})
    assert not Material.objects.filter(pk=material.pk).exists()
