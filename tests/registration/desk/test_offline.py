"""What the browser keeps of the desk's page, and which pages may ask for the camera."""

import pytest

from tests.markup import faults

DAY = "/admin/desk/2024/1/"
FRAME = f"{DAY}frame/"
OF_THE_ADMIN = "<form> are called None"  # logging out, and the other language


@pytest.mark.parametrize("language", ["en", "km"])
@pytest.mark.parametrize("address", [DAY, f"{DAY}?q=sok", FRAME])
def test_pages_are_sound(desk, first_morning, address, language):
    desk.cookies["language"] = language
    found = faults(desk.get(address).content.decode())
    assert [fault for fault in found if not fault.endswith(OF_THE_ADMIN)] == []


def test_frame_has_no_person_account_or_form_of_a_session(desk, first_morning):
    page, frame = desk.get(f"{DAY}?q=sok").content.decode(), desk.get(FRAME).content.decode()
    member = desk.get(DAY).context["user"].get_username()
    for kept in ("SOK Dara", "សុខ ដារ៉ា", first_morning.spoken_code, "csrfmiddlewaretoken", "data-account", member):
        assert kept in page
        assert kept not in frame


def test_frame_is_for_those_who_may_take_people_in(client, desk, first_morning, django_user_model):
    assert desk.get(FRAME).status_code == 200
    assert client.get(FRAME).status_code == 302
    client.force_login(django_user_model.objects.create_user("observer", is_staff=True))
    assert client.get(FRAME).status_code == 403


def test_worker_stands_above_the_desk_and_above_nothing_else(client, db):
    answer = client.get("/admin/desk/worker.js")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert "no-store" in answer.headers["Cache-Control"]  # a new one is there at once
    assert "Service-Worker-Allowed" not in answer.headers


@pytest.mark.parametrize(
    ("address", "camera"), [(DAY, "self"), (FRAME, "self"), ("/admin/", ""), (f"{DAY}people.json", "")]
)
def test_the_desk_alone_may_ask_for_the_camera(desk, first_morning, address, camera):
    assert f"camera=({camera})," in desk.get(address).headers["Permissions-Policy"]


@pytest.mark.parametrize("address", ["/admin/login/", "/admin/logout/"])
def test_names_are_forgotten_where_no_account_is_signed_in(client, desk, address):
    answer = desk.post(address) if "logout" in address else client.get(address)
    assert "js/desk-forget." in answer.content.decode()
