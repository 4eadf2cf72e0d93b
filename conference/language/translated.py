"""Content in two languages, and the honest fallback.

Every content field is a pair of columns, `title_en` and `title_km`. Reading `session.title` gives a `Text` that knows
both; a page shows the reader's language, or the other one and says so (`conference.words`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, Protocol

from django.conf import settings
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from translated_fields import TranslatedField, to_attribute

IN_LANGUAGE = {"en": _("in English"), "km": _("in Khmer")}


@dataclass(frozen=True)
class Text:
    en: str = ""
    km: str = ""

    def shown(self, language: str | None = None) -> tuple[str, str]:
        """The text for a reader and the language it is in: the reader's own, or the other one where it is missing."""
        language = language or get_language() or settings.LANGUAGE_CODE
        own: str = getattr(self, language)
        if own or not self:
            return own, language
        return (self.km, "km") if language == "en" else (self.en, "en")

    def __bool__(self) -> bool:
        return bool(self.en or self.km)

    def __str__(self) -> str:
        return self.shown()[0]


NO_TEXT = Text()


class TwoColumns(Protocol):
    """What `bilingual` makes: read from a row, it is a Text."""

    def __get__(self, row: object, model: type, /) -> Text: ...


def bilingual(field: "models.Field[Any, Any]") -> TwoColumns:
    """A pair of columns for one text: `title = bilingual(models.CharField(_("title"), blank=True))`."""
    languages = [code for code, _name in settings.LANGUAGES]
    made: TwoColumns = TranslatedField(
        field,
        {code: {"verbose_name": format_lazy("{} ({})", field.verbose_name, IN_LANGUAGE[code])} for code in languages},
        attrgetter=_reader,
    )
    return made


# The type of a lazy text, which a verbose name is, exists in Django's stubs only: hence Any.
def line(verbose_name: Any, max_length: int = 200, **kwargs: Any) -> TwoColumns:
    return bilingual(models.CharField(verbose_name, max_length=max_length, blank=True, **kwargs))


def prose(verbose_name: Any, **kwargs: Any) -> TwoColumns:
    return bilingual(models.TextField(verbose_name, blank=True, **kwargs))


def _reader(name: str, field: TranslatedField) -> Callable[[models.Model], Text]:
    both = attrgetter(to_attribute(name, "en"), to_attribute(name, "km"))  # named once, not for each row of a page
    return lambda row: Text(*both(row))


def columns(*names: str) -> list[tuple[str, ...]]:
    """The two columns of each text, side by side, as Django's admin wants its rows."""
    return [tuple(to_attribute(name, code) for code, _name in settings.LANGUAGES) for name in names]


def in_either_language(name: str, *, unless: models.Q | None = None) -> models.CheckConstraint:
    """A constraint: the text is there in at least one language (unless a condition holds)."""
    present = ~models.Q(**{f"{name}_en": ""}) | ~models.Q(**{f"{name}_km": ""})
    return models.CheckConstraint(
        name=f"%(app_label)s_%(class)s_has_{name}_in_either_language",
        condition=present | unless if unless else present,
        violation_error_message=_("Write this text in at least one language, English or Khmer."),
    )


class Bilingual(models.Model):
    """Content that people read in two languages."""

    khmer_checked = models.BooleanField(
        _("Khmer checked"),
        default=False,
        help_text=_("Tick this when a Khmer speaker has read the Khmer texts on this page and finds them right."),
    )

    class Meta:
        abstract = True
