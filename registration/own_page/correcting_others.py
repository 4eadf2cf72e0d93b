"""A helper sends the form for several people: each of them is new, or is corrected. All of them, or none.

The rule is that of the form for one person (own_page.correcting). A row of the page that is sent again counts as a
contact, and so does the telephone of the helper for a person of the same name who is reached through them alone.
"""

from collections.abc import Sequence
from itertools import chain, count
from operator import itemgetter
from uuid import UUID, uuid5

from conference.models import Edition
from registration.own_page.correcting import InOwnHands, Unsure, correct, corrected, how_sure
from registration.places import lock
from registration.places.hall import intakes_with_rules
from registration.signing_up import rules, several
from registration.signing_up.answers import Answers
from registration.signing_up.receipts import Receipt, marks_of, receipt_for
from registration.signing_up.repeats import one_form, one_that_leads_on

# What a helper says of a person who only looks like one of before. Said once more of the same person: "another 2".
ANOTHER = "another"


class UnsureOfSome(Exception):
    """By the place in the form: the receipts that each of these people may be a correction of; and for a person who is
    said to be the same as another one of the form, the place of that one.
    """

    def __init__(self, receipts: dict[int, list[Receipt]], taken: dict[int, int]) -> None:
        super().__init__()
        self.receipts, self.taken = receipts, taken


class OneInOwnHands(Exception):
    """The person at this place of the form has acted elsewhere since, or has cancelled (correcting.InOwnHands).

    `anew` is what the helper says to sign this person up anew.
    """

    def __init__(self, place: int, theirs: InOwnHands, anew: str) -> None:
        super().__init__()
        self.place, self.receipt, self.is_cancelled, self.anew = place, theirs.receipt, theirs.is_cancelled, anew


def corrected_of_each(
    receipts: Sequence[Receipt], people: Sequence[Answers], said: Sequence[str]
) -> list[Receipt | None]:
    """For each person the receipt that is corrected, or None for another person.

    One receipt is of one person: those who are surely one of before are found first, who have most in common before
    the others, and the others may be what is left. `said` is for each the number of what is corrected, ANOTHER, or
    nothing. A number is only asked for where the page cannot know: it decides between two that are as sure, and
    nothing against one that is surer. ANOTHER is said as well of a person who is to be signed up anew beside a
    registration that is not corrected here any more. Raises UnsureOfSome.
    """
    left, unsure, taken = list(receipts), {}, {}
    typed = [marks_of(answers.person, answers.ties) for answers in people]
    found: dict[int, Receipt | None] = {}
    pairs = [
        (how_sure(receipt["typed"], marks), receipt["spoken_code"] == said[place], place, receipt)
        for place, marks in enumerate(typed)
        for receipt in reversed(receipts)
        if not said[place].startswith(ANOTHER) or not receipt["in_own_hands"]
    ]
    for sure, _is_said, place, receipt in sorted(pairs, key=itemgetter(0, 1), reverse=True):
        if sure and place not in found and receipt in left:
            found[place] = receipt
            left.remove(receipt)
    for place in [place for place in range(len(people)) if place not in found]:
        same = [one for one, receipt in found.items() if receipt and receipt["spoken_code"] == said[place]]
        if same:
            taken[place] = same[0]
            continue
        is_another = said[place].startswith(ANOTHER)
        another = max((receipt["number"] for receipt in left), default=0) if is_another else 0
        try:
            found[place] = known = corrected(left, typed[place], correct=said[place], another=another)
        except Unsure as these:
            unsure[place] = these.receipts
        else:
            left = [receipt for receipt in left if receipt is not known]
    if unsure or taken:
        raise UnsureOfSome(unsure, taken)
    return [found[place] for place in range(len(people))]


def sign_up_or_correct(
    *,
    edition: Edition,
    helper: several.HelperColumns,
    people: Sequence[Answers],
    known: Sequence[Receipt | None],
    said: Sequence[str],
    number: int,
    language: str,
    form_token: UUID,
) -> list[Receipt]:
    """In one transaction. `known` is what corrected_of_each gave for what was `said`; `number` is that of the first
    new receipt.

    The same form sent twice, or sent again with one person more, registers no person twice: tokens come from what was
    typed. Raises OneInOwnHands, and what correcting.correct and rules.take_in raise; then nothing is changed.
    """
    typed = several.helper_as_typed(edition, helper, language=language, form_token=form_token)
    receipts: list[Receipt] = []
    with lock.place_lock(edition.pk) as intake:
        one = several.known_or_saved(typed)
        for place, (answers, receipt) in enumerate(zip(people, known, strict=True)):
            if receipt is None:
                # Said to be another person, the same row of the same form is another form.
                token = uuid5(one.form_token, said[place]) if said[place].startswith(ANOTHER) else one.form_token
                form = one_form(token, edition, answers)
                row = rules.newcomer(edition, answers, form_token=form, language=language, helper=one)
                told = rules.take_in(row, answers, intakes_with_rules().get(pk=intake.pk))
                receipt = receipt_for(told, answers, number=number, is_slip=True)
                number += 1
                if not told.is_same_form:
                    receipts.append(receipt)
                    continue
            try:
                token = one.form_token
                receipts.append(correct(edition, receipt, answers, language=language, form_token=token, helper=one))
            except InOwnHands as theirs:
                words = chain([ANOTHER], (f"{ANOTHER} {time}" for time in count(2)))
                anew = one_that_leads_on(words, one.form_token, edition, answers)
                raise OneInOwnHands(place, theirs, anew) from theirs
    return receipts
