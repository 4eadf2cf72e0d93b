"""Addresses for the script of the desk's page (registration.desk.arrivals says what goes through them)."""

from django.http import JsonResponse
from django.http.request import RawPostDataException
from django.views.decorators.http import require_POST, require_safe

from conference import clock
from conference.words import day as day_in_words
from registration.admin.desk.common import for_desk_day
from registration.desk import arrivals
from registration.desk.counts import counts_of
from registration.desk.devices import Unreadable, acts_in, people_of


@require_safe
@for_desk_day
def people(request, edition, shown):
    day = {
        "number": shown.number,
        "date": shown.day.date.isoformat(),
        "words": day_in_words(shown.day.date),
        "is_today": shown.is_today,
    }
    return _answer(
        {
            "made_at": clock.now().isoformat(),
            "day": day,
            "counts": counts_of(edition, shown.day).for_devices(),
            "people": people_of(edition, shown.day),
        }
    )


@require_POST
@for_desk_day
def send(request, edition, shown):
    try:
        body = request.body
    except RawPostDataException:  # a form, which is read already
        body = b""
    try:
        acts = acts_in(body)
    except Unreadable as error:
        return _answer({"error": str(error)}, status=400)
    answers = [
        {
            "key": str(answer.act.key),
            "outcome": answer.outcome.value,
            "since": answer.since.isoformat() if answer.since else None,
            "words": answer.words,
        }
        for answer in arrivals.note(edition, shown.day, acts, by=request.user)
    ]
    return _answer({"acts": answers, "counts": counts_of(edition, shown.day).for_devices()})


def _answer(content, status=200):
    answer = JsonResponse(content, status=status, json_dumps_params={"ensure_ascii": False})
    answer.headers["Cache-Control"] = "no-store"
    return answer
