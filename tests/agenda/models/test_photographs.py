"""Photographs: cut round the point that staff chose, small on a telephone, described in both languages."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import resolve
from django.views.static import serve
from PIL import Image

from agenda.models import Photograph, Session
from agenda.models.photographs import Centre, pictures_in_use
from conference.files.images import OF_A_PHONE, WIDTHS
from conference.models import Organisation
from tests.pages import read

ADD = "/admin/agenda/photograph/add/"


def noise(width, height):
    """What is hardest to make small."""
    return Image.effect_noise((width, height), 90).convert("RGB")


def upload(picture, kind="JPEG"):
    out = BytesIO()
    picture.save(out, kind)
    return SimpleUploadedFile(f"anything.{kind.lower()}", out.getvalue())


def typed(edition, **changes):
    return {
        "edition": edition.pk,
        "slot": "home",
        "photo": upload(Image.new("RGB", (1500, 1000), "teal")),
        "centre": Centre.MIDDLE,
        "alt_en": "People at round tables",
        "alt_km": "មនុស្សអង្គុយជុំតុ",
        **changes,
    }


@pytest.fixture
def added(edition, add_as_staff):
    return lambda **changes: add_as_staff(Photograph, typed(edition, **changes))


def test_photograph_is_cut_to_three_widths_and_is_small_on_a_telephone(added, media, settings):
    photo = added(photo=upload(noise(1500, 1000)))

    assert media() == set(photo.files) == pictures_in_use()
    for name in photo.files[1:]:
        assert resolve(f"/media/{name}").func is serve
        content = (settings.MEDIA_ROOT / name).read_bytes()
        width = int(name.partition("-")[2].partition(".")[0])
        assert Image.open(BytesIO(content)).size == (width, round(width / 1.5))
        assert width > WIDTHS[1] or len(content) <= OF_A_PHONE


@pytest.mark.parametrize(("centre", "stays"), [(Centre.LEFT, "red"), (Centre.RIGHT, "blue")])
def test_what_staff_chose_stays_in_the_picture(added, media, settings, centre, stays):
    wide = Image.new("RGB", (4000, 900), "red")
    wide.paste("blue", (2000, 0, 4000, 900))

    photo = added(photo=upload(wide), centre=centre)

    cut = Image.open(settings.MEDIA_ROOT / photo.files[1]).convert("RGB")
    strongest = max(range(3), key=cut.getpixel((180, 120)).__getitem__)
    assert strongest == {"red": 0, "blue": 2}[stays]


def test_another_centre_makes_files_of_other_names_and_deletes_those_before(
    staff_client, edition, added, media, django_capture_on_commit_callbacks
):
    photo = added()
    before = media()

    with django_capture_on_commit_callbacks(execute=True):
        staff_client.post(f"/admin/agenda/photograph/{photo.pk}/change/", typed(edition, photo="", centre=Centre.TOP))

    photo.refresh_from_db()
    assert photo.centre == Centre.TOP
    assert media() == set(photo.files)
    assert not before & media()


def test_other_words_make_no_new_files(staff_client, edition, added, media):
    photo = added()
    before = media()

    staff_client.post(f"/admin/agenda/photograph/{photo.pk}/change/", typed(edition, photo="", credit="Sample"))

    photo.refresh_from_db()
    assert (photo.credit, media()) == ("Sample", before)


def test_home_explains_the_krama_only_where_it_hangs(added, staff_client):
    address = "/en/2024/"
    assert "This krama is woven" in read(staff_client.get(address))

    added(slot="home")

    assert "This krama is woven" not in read(staff_client.get(address))


def test_deleted_photograph_leaves_no_file(added, media, delete_as_staff):
    delete_as_staff(added())

    assert (Photograph.objects.count(), media()) == (0, set())


@pytest.mark.parametrize("missing", ["alt_en", "alt_km"])
def test_photograph_that_is_not_described_in_both_languages_is_refused(staff_client, edition, media, missing):
    response = staff_client.post(ADD, typed(edition, **{missing: ""}))

    assert response.status_code == 200
    assert media() == set()


def test_small_photograph_is_refused_with_a_word(staff_client, edition, media):
    response = staff_client.post(ADD, typed(edition, photo=upload(noise(1199, 900))))

    assert "at least 1200 pixels wide" in response.content.decode()


@pytest.mark.parametrize(
    ("slot", "has_organisation", "has_session", "is_right"),
    [
        ("home", False, False, True),
        ("home", True, False, False),
        ("venue", False, True, False),
        ("organisation", True, False, True),
        ("organisation", False, False, False),
        ("session", False, True, True),
        ("session", True, True, False),
    ],
)
def test_photograph_stands_where_its_slot_says(edition, slot, has_organisation, has_session, is_right):
    def add():
        with transaction.atomic():
            Photograph.objects.bulk_create(
                [
                    Photograph(
                        edition=edition,
                        slot=slot,
                        organisation=Organisation.objects.first() if has_organisation else None,
                        session=Session.objects.first() if has_session else None,
                        alt_en="Sample",
                        alt_km="គំរូ",
                    )
                ]
            )

    if is_right:
        add()
    else:
        with pytest.raises(IntegrityError):
            add()


def test_logo_loses_its_border_and_long_and_square_ones_weigh_the_same(staff_client, edition, media):
    organisation = Organisation.objects.first()
    areas = []
    for ratio in (1, 3):
        picture = Image.new("RGBA", (1000, 1000), "#ffffff00")
        picture.paste("navy", (100, 100, 100 + 200 * ratio, 300))
        page = f"/admin/conference/organisation/{organisation.pk}/change/"
        form = staff_client.get(page).context["adminform"].form
        sent = {name: "" if value is None else value for name, value in form.initial.items()}
        sent |= {"logo": upload(picture, "PNG"), "part_of": [one.pk for one in form.initial["part_of"]]}
        sent |= {"editionorganisation_set-TOTAL_FORMS": 0, "editionorganisation_set-INITIAL_FORMS": 0}
        response = staff_client.post(page, sent)
        assert response.status_code == 302, response.context["errors"]
        organisation.refresh_from_db()
        assert organisation.logo_width / organisation.logo_height == pytest.approx(ratio, abs=0.05)
        areas.append(organisation.logo_width * organisation.logo_height)

    assert areas[0] == pytest.approx(areas[1], rel=0.05)


def test_slot_shows_the_latest_photograph(edition, added, media):
    added()
    second = added(credit="Sample")

    assert Photograph.objects.in_slot(edition, "home") == second
    assert Photograph.objects.in_slot(edition, "venue") is None


PAGES = {
    "home": ("", {}),
    "venue": ("participants/", {}),
    "organisation": ("organizers/", {"organisation": lambda: Organisation.objects.get(slug="odc")}),
    "session": ("agenda/d1-14/", {"session": lambda: Session.objects.get(code="d1-14")}),
}


@pytest.mark.parametrize("slot", PAGES)
def test_page_shows_the_photograph_in_its_slot_and_no_other(client, added, slot):
    of_slot, where = PAGES[slot]
    photo = added(slot=slot, **{name: found().pk for name, found in where.items()})

    for address, _where in PAGES.values():
        body = client.get(f"/km/2024/{address}").content.decode()
        assert (photo.srcset in body and 'alt="មនុស្សអង្គុយជុំតុ"' in body) == (address == of_slot)


def test_logo_stands_beside_the_name_at_half_its_size(client, edition):
    Organisation.objects.filter(slug="odc").update(logo="pictures/x.png", logo_width=300, logo_height=90)

    body = " ".join(client.get("/en/2024/").content.decode().split())
    assert 'src="/media/pictures/x.png" alt="" width="150" height="45"' in body
