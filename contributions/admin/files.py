"""Proposals and feedback as files for a spreadsheet. Each file that is taken leaves its line in the access log.

What is hidden on the pages is not in a file either: the names of proposals that are not decided, what a proposer
needs, the answers of few people, and comments that no colleague has read.
"""

from functools import partial

from django.db.models import Prefetch
from django.http import Http404
from django.utils.translation import gettext_lazy as _

from agenda.choices import SpokenLanguage
from conference import clock
from conference.words import comma
from contributions.feedback import summary
from contributions.models import CallTopic, Feedback, Proposal
from contributions.proposals import reviewing
from registration.admin.common.downloads import FORMATS, hand_out, list_as_file
from registration.lists.files import size
from registration.lists.ready import Column, ReadyList

PROPOSALS, FEEDBACK = "contributions.view_proposal", "contributions.view_feedback"


def proposals(edition):
    """Names and contacts of those that are decided, or of calls that show them."""
    topics = CallTopic.objects.filter(call__edition=edition)
    called = {topic.pk: str(topic.called) for topic in topics.select_related("session__parent")}
    rows = (
        Proposal.objects.kept()
        .filter(call__edition=edition)
        .select_related("session")
        .prefetch_related(
            "call", Prefetch("topics", topics.only("pk")), "reviews", "speakers"
        )  # a call is large: read once
        .defer("before")
        .order_by("call", "pk")
    )
    return ReadyList(
        code="proposals",
        title=_("proposals"),
        about=_("Every proposal. Names stand with those that are decided."),
        permission=PROPOSALS,
        records=lambda: rows,
        columns=[
            Column("number", _("number"), lambda one: one.spoken_code),
            Column("call", _("call for speakers"), lambda one: str(one.call)),
            Column("state", _("state"), lambda one: one.get_state_display()),
            Column("topics", _("for"), lambda one: "; ".join(called[topic.pk] for topic in one.topics.all())),
            Column("title_km", _("title (in Khmer)"), lambda one: one.title.km, language="km"),
            Column("title_en", _("title (in English)"), lambda one: one.title.en, language="en"),
            Column("summary_km", _("summary (in Khmer)"), lambda one: one.summary.km, language="km"),
            Column("summary_en", _("summary (in English)"), lambda one: one.summary.en, language="en"),
            Column("spoken", _("language of the contribution"), _languages),
            Column("reviews", _("reviews"), lambda one: sum(not review.has_conflict for review in one.reviews.all())),
            Column("mean", _("mean"), lambda one: _or_empty(reviewing.overall(one.reviews.all()))),
            Column("session", _("session"), lambda one: one.session.code if one.session else ""),
            Column("speakers", _("speakers"), partial(_shown, _names)),
            Column("answers", _("answer"), partial(_shown, _answers)),
            Column("contact", _("contact"), partial(_shown, lambda one: "; ".join(one.ways))),
        ],
    )


def _shown(get, one):
    return get(one) if one.shows_names else ""


def _names(one):
    return "; ".join(who.introduced for who in one.speakers.all())


def _answers(one):
    return "; ".join(str(who.get_answer_display()) for who in one.speakers.all())


def _languages(one):
    return comma().join(str(SpokenLanguage(code).label) for code in one.spoken)


def _or_empty(number):
    return "" if number is None else number


def feedback(edition, programme):
    """What may be passed on, once no more can come: as on the public page."""
    found = summary.to_pass_on(edition, programme)
    return ReadyList(
        code="feedback",
        title=_("Feedback in numbers"),
        about=_("In steps of five, of sessions on which at least ten people answered."),
        permission=FEEDBACK,
        records=lambda: [line for one in found for line in _lines(one)],
        columns=[
            Column("about", _("about"), lambda line: line[0]),
            Column("question", _("question"), lambda line: line[1]),
            Column("answer", _("answer"), lambda line: line[2]),
            Column("from", _("from"), lambda line: line[3]),
            Column("to", _("to"), lambda line: line[4]),
            Column("comment", _("comment"), lambda line: line[5]),
        ],
    )


def _lines(one):
    """A row for each answer, then one for each comment that may be shown."""
    place = one.about.place
    about = str(place.session.heading_on_page) if place else _("the whole conference")
    name = {field: Feedback._meta.get_field(field).verbose_name for field in ("useful", "followed", "good", "better")}
    yield about, _("people"), "", one.people.lowest, one.people.highest, ""
    for field in ("useful", "followed"):
        for label, cell in getattr(one, field):
            yield about, name[field], label, cell.lowest, cell.highest, ""
    for said in one.comments:
        for field in ("good", "better"):
            if words := getattr(said, field):
                yield about, name[field], "", "", "", words


def handed_out(request, ready_list, edition, ending):
    if ending not in FORMATS:
        raise Http404
    columns = [column.code for column in ready_list.columns]
    name = f"{ready_list.code}-{edition.year}-{clock.today():%Y-%m-%d}.{ending}"
    return hand_out(
        request,
        list_as_file(ready_list, name),
        f"{ready_list.code} {edition.year}",
        columns=columns,
        count=size(ready_list),
        edition=edition,
    )
