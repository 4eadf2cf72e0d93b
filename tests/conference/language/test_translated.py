import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation

from conference.language.translated import Text
from conference.models import Purpose
from conference.words import paragraphs, shown
from tests.factories import make_edition


def test_text_is_in_the_readers_language():
    with translation.override("km"):
        assert str(Text(en="Agenda", km="របៀបវារៈ")) == "របៀបវារៈ"


def test_text_falls_back_to_the_other_language_and_knows_it():
    assert Text(km="របៀបវារៈ").shown("en") == ("របៀបវារៈ", "km")
    assert Text(en="Agenda").shown("km") == ("Agenda", "en")


def test_text_without_any_language_is_empty():
    assert not Text()
    assert Text().shown("km") == ("", "km")


def test_shown_says_when_it_is_in_the_other_language():
    html = shown(Text(km="<ខ>"))

    assert html == '<span lang="km">&lt;ខ&gt;</span> <span class="only-in">(in Khmer only)</span>'


def test_paragraphs_say_when_they_are_in_the_other_language():
    html = paragraphs(Text(km="មួយ\n\nពីរ"))

    assert html.startswith('<div lang="km"><p>មួយ</p><p>ពីរ</p></div>')
    assert "(in Khmer only)" in html


def test_paragraphs_make_lists_and_footnotes_and_escape_the_rest():
    html = paragraphs(Text(en="So it is [1].\n- <one>\n- two"))

    assert html == (
        '<p>So it is<sup><a href="#reference-1" id="mark-1">1</a></sup>.</p><ul><li>&lt;one&gt;</li><li>two</li></ul>'
    )


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["text_en", "text_km"])
def test_one_language_is_enough_to_save(column):
    purpose = Purpose(edition=make_edition(), **{column: "one"})

    purpose.full_clean()
    purpose.save()

    assert str(purpose.text) == "one"


@pytest.mark.django_db
def test_no_language_at_all_is_refused_by_form_and_database():
    purpose = Purpose(edition=make_edition())

    with pytest.raises(ValidationError, match="at least one language"):
        purpose.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        purpose.save()
