"""What is otherwise in one report than in the one before it, in words."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from conference.words import digits, labelled
from contributions.models import Became
from contributions.outcomes.value import Outcomes, Said


@dataclass(frozen=True)
class Changed:
    number: int
    lines: tuple[str, ...]

    @property
    def in_words(self) -> str:
        return labelled(_("Statement %(number)s") % {"number": digits(self.number)}, "; ".join(self.lines))


def differences(before: Outcomes, after: Outcomes) -> list[Changed]:
    old = {one.uuid: one for one in before.statements}
    new = {one.uuid: one for one in after.statements}
    found = [Changed(one.number, (_("new"),)) for key, one in new.items() if key not in old]
    found += [Changed(one.number, (_("taken out"),)) for key, one in old.items() if key not in new]
    for key in old.keys() & new.keys():
        if lines := tuple(_of_one(old[key], new[key])):
            found.append(Changed(new[key].number, lines))
    return sorted(found, key=lambda one: one.number)


def _of_one(before: Said, after: Said) -> Iterator[str]:
    if before.number != after.number:
        yield _("was number %(number)s") % {"number": digits(before.number)}
    if before.text != after.text:
        yield _("other words")
    if (before.theme, before.part) != (after.theme, after.part):
        yield _("stands under another heading")
    if (before.inputs_from, before.notes) != (after.inputs_from, after.notes):
        yield _("stands on other inputs")
    if before.became != after.became:
        yield str(Became(after.became).label)
    if before.answer != after.answer:
        yield _("another answer of the ministry") if before.answer else _("an answer of the ministry")
