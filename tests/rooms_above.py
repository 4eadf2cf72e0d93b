"""Rows for the pages of apps on top, so that a visit of every address finds something there, and where they stand.

With the apps taken out of INSTALLED_APPS nothing is made.
"""

import uuid
from datetime import timedelta

from django.apps import apps
from django.core.files.base import ContentFile

from agenda.models import Appearance, Session
from conference import clock


def fill(edition):
    """Of calls, open floors, materials, feedback and the hackathon: each page shows a row."""
    if apps.is_installed("contributions"):
        _contributions(edition)
    if apps.is_installed("hackathon"):
        _hackathon(edition)


def _contributions(edition):
    from contributions import models as rows
    from contributions.outcomes import publishing
    from tests.contributions.samples import make_call, make_proposal, make_reviewer
    from tests.contributions.voices import make_floor, make_voice

    call = make_call(edition)
    needs = {"access_needs": ["x"], "access_note": "x", "needs_travel": "x", "gender": "x"}
    proposal = make_proposal(call, needs=needs, file=ContentFile(b"%PDF-1.7 sample", "x.pdf"))
    rows.Review.objects.create(proposal=proposal, reviewer=make_reviewer(call))
    voice = make_voice(make_floor(edition))
    rows.Sender.objects.create(voice=voice, name="x", contact="x", language="en")
    link = rows.FloorLink.objects.create(floor=voice.floor, kind=rows.LinkKind.NOTE_TAKER)
    rows.Note.objects.create(link=link, said="Sample")
    statement = rows.Statement.objects.create(edition=edition, number=1, floor=voice.floor, text_en="Sample")
    statement.voices.add(voice)
    publishing.publish(edition, None, publishing.waiting(edition).mark)
    rows.FeedbackRound.objects.create(edition=edition, until=edition.ends_on + timedelta(days=7))
    rows.Feedback.objects.create(edition=edition, form_token=uuid.uuid4(), good="x", better="x", language="en")
    session = Session.objects.filter(day__edition=edition).first()
    file = ContentFile(b"%PDF-1.7 sample", "x.pdf")
    rows.MaterialSent.objects.create(session=session, form_token=uuid.uuid4(), title_en="Sample", file=file)
    rows.Resource.objects.create(edition=edition, title_en="Sample")


def _hackathon(edition):
    from tests.hackathon.factories import make_hackathon, make_hour, make_member
    from tests.hackathon.judging.factories import give, make_panel

    hackathon = make_hackathon(edition, projects_shown=True)
    (team, *_teams), (judge, *_judges) = make_panel(hackathon, teams=1, judges=1)
    make_member(hackathon, team)
    make_hour(hackathon)
    give(judge, team, 4)
    judge.conflicts.create(team=team)
    type(team).objects.update(is_shown=True)


def before_deadline():
    """Teams may still change their projects."""
    if apps.is_installed("hackathon"):
        apps.get_model("hackathon.hackathon").objects.update(deadline=clock.now() + timedelta(days=1))


# Beginning of a route -> argument -> the rows and the column that fill it.
ARGUMENTS = {
    "<year:year>/calls/": {"pk": ("contributions.call", "pk")},
    "<year:year>/voices/": {"code": ("contributions.floor", "code"), "voice": ("contributions.voice", "code")},
    "<year:year>/hackathon/projects/": {"number": ("hackathon.team", "number")},
    "admin/hackathon/judge/of/": {"pk": ("hackathon.hackathon", "pk")},
    "<year:year>/outcomes/": {"number": ("contributions.outcomeversion", "number")},
    "review/": {"code": ("contributions.proposal", "code")},
    "hackathon/judge/": {"number": ("hackathon.team", "number")},
}


def tokens():
    """Beginning of a route -> what stands in the link of one person whom it lets in."""
    found = {}
    if apps.is_installed("contributions"):
        found |= _contributions_tokens()
    if apps.is_installed("hackathon"):
        found |= _hackathon_tokens()
    return found


def _contributions_tokens():
    from contributions import models as rows
    from contributions.links import token_for
    from contributions.materials.links import address_of

    for kind in rows.LinkKind:
        rows.FloorLink.objects.get_or_create(floor=rows.Floor.objects.first(), kind=kind)
    slides = address_of(Appearance.objects.filter(session__code__gt="").first(), "en")
    linked = [
        ("proposal/", "proposal", rows.Proposal.objects),
        ("speaking/", "speaker", rows.ProposalSpeaker.objects),
        ("review/", "reviewer", rows.Reviewer.objects),
        ("voice/", "voice", rows.Voice.objects),
        ("facilitator/", "facilitator", rows.FloorLink.objects.filter(kind="facilitator")),
        ("notes/", "note_taker", rows.FloorLink.objects.filter(kind="note_taker")),
    ]
    found = {begins: token_for(kind, row) for begins, kind, known in linked if (row := known.first())}
    return found | {"slides/": slides.rstrip("/").rpartition("/")[2]}


def _hackathon_tokens():
    from hackathon import models as rows
    from hackathon.links import token_for

    linked = [("team", rows.Team), ("mentor", rows.Mentor), ("judge", rows.Judge)]
    return {f"hackathon/{kind}/": token_for(kind, row) for kind, model in linked if (row := model.objects.first())}


def values(route, name):
    """What stands for an argument of a route of an app on top, or None."""
    for begins, arguments in ARGUMENTS.items():
        if begins in route and name in arguments:
            model, column = arguments[name]
            return list(apps.get_model(model)._base_manager.values_list(column, flat=True)[:1])
    return None
