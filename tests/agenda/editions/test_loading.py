from datetime import date

from agenda.choices import Kind
from agenda.editions.loading import load_edition
from agenda.models import Appearance, Session
from conference.language.khmer import INVISIBLE, KHMER_LETTER, order
from conference.language.translated import Bilingual
from conference.models import Edition, EditionOrganisation, Milestone, Organisation, OtherEvent


def rows_by_model():
    return {model: model.objects.count() for model in Bilingual.__subclasses__()}


def test_loading_twice_changes_nothing(edition):
    Edition.objects.update(subtitle_en="What staff wrote since")
    before = rows_by_model()

    assert load_edition(2024) is False
    assert rows_by_model() == before
    assert Edition.objects.get().subtitle_en == "What staff wrote since"


def test_edition_2024_is_whole(edition):
    assert Session.objects.filter(starts_at__isnull=False).count() == 36
    assert Session.objects.filter(kind=Kind.TOPIC).count() == 9
    assert (edition.purposes.count(), edition.audience_groups.count(), edition.references.count()) == (4, 10, 3)
    assert (OtherEvent.objects.count(), Milestone.objects.count(), Organisation.objects.count()) == (3, 7, 15)
    assert Appearance.objects.count() == 24


def test_funder_pays_through_the_programme(edition):
    funder = EditionOrganisation.objects.get(role=EditionOrganisation.Role.FUNDER)

    assert (funder.organisation.slug, funder.through.slug) == ("dfat", "ponlok-chomnes")


def test_deadline_is_a_date(edition):
    assert OtherEvent.objects.get(slug="humphrey-2024-2025").deadline == date(2023, 6, 30)


def khmer_texts():
    for model in Bilingual.__subclasses__():
        names = [field.name for field in model._meta.fields if field.name.endswith("_km")]
        for row in model.objects.all():
            for name in names:
                yield f"{row} {name}", getattr(row, name.replace("_km", "_en")), getattr(row, name)


def test_every_text_has_its_khmer(edition):
    texts = list(khmer_texts())

    assert len(texts) > 250
    without = [(where, en, km) for where, en, km in texts if en and not KHMER_LETTER.search(km)]
    # DFAT stays DFAT in Khmer text.
    assert [where for where, en, km in without if not (en.isupper() and km == en)] == []


def test_khmer_is_typed_cleanly(edition):
    assert [
        where for where, _english, khmer in khmer_texts() if INVISIBLE.search(khmer) or order(khmer) != khmer
    ] == []


def test_khmer_is_marked_as_not_yet_checked(edition):
    for model in Bilingual.__subclasses__():
        assert not model.objects.filter(khmer_checked=True).exists()


def test_session_has_the_same_uuid_wherever_it_is_loaded(edition):
    assert str(Session.objects.get(code="d1-12").uuid) == "e156ece3-0a1f-53b5-8905-395d4abaf51d"
