"""Who works by an own link tries every address that the site has, by GET and by POST: only theirs opens, nothing of
others changes, and no name that a call hides stands anywhere.
"""

import uuid

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail

from contributions import links
from contributions.models import (
    Floor,
    FloorLink,
    LinkKind,
    Note,
    Proposal,
    ProposalNeeds,
    ProposalSpeaker,
    Review,
    Reviewer,
    Sender,
    Statement,
    Told,
    Voice,
)
from contributions.proposals import reviewing
from registration.models import AccessLog
from tests.contributions.samples import (
    EMAIL,
    OF_HIDDEN,
    make_call,
    make_hidden_proposal,
    make_reviewer,
)
from tests.contributions.voices import make_floor, make_voice
from tests.crawl import ARGUMENT, routes
from tests.factories import make_edition

WRITER, NOTE_OF_OTHERS = "SAMPLE Writer", "Words of another table"
FILE = "The file of the hidden"
HIDDEN = [*OF_HIDDEN, FILE, WRITER, NOTE_OF_OTHERS]
KINDS = ["reviewer", LinkKind.FACILITATOR, LinkKind.NOTE_TAKER]
# Every button of every page of this app, pressed at once.
PRESSED = {
    **dict.fromkeys(("withdraw", "sure", "erase", "yes", "no", "names", "told", "decide", "remove", "publish"), "1"),
    **dict.fromkeys(("back", "add", "send", "take", "save"), "1"),
    "state": "accepted",
    "text": "Typed by a stranger",
    "said": "Typed by a stranger",
    "comment": "Typed by a stranger",
}
WATCHED = [Proposal, ProposalSpeaker, ProposalNeeds, Review, Reviewer, Floor, FloorLink, Note, Sender, Statement]


@pytest.fixture
def edition(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_edition()


@pytest.fixture
def call(edition):
    return make_call(edition)


@pytest.fixture
def others(call, edition):
    """A hidden proposal, judged by another reviewer; a floor of others: an input that waits, its writer, a note."""
    row = make_hidden_proposal(call, f"%PDF-1 {FILE}".encode())
    reviewing.save(make_reviewer(call, "SAMPLE Other"), row, scores={}, comment="Sample comment")
    floor = make_floor(edition, is_public=False)
    voice = make_voice(floor, "Sample words that wait", state="waiting")
    Sender.objects.create(voice=voice, name=WRITER, contact=EMAIL, language="en")
    Note.objects.create(link=FloorLink.objects.create(floor=floor, kind=LinkKind.NOTE_TAKER), said=NOTE_OF_OTHERS)
    make_call(edition, title_en="Another sample call")
    return {"proposal": row, "voice": voice, "floor": floor}


@pytest.fixture
def own(call, edition):
    """The link of each kind, for work of their own."""
    floor = make_floor(edition)
    rows = {kind: FloorLink.objects.create(floor=floor, kind=kind) for kind in KINDS[1:]}
    return {"reviewer": make_reviewer(call), **rows}


def filled(route, others, token):
    """With the codes and keys of others, wherever an address asks for one."""
    proposal, voice, floor = others["proposal"], others["voice"], others["floor"]
    known = {"year": "2030", "token": token, "voice": voice.code, "language": "en", "ending": "csv", "number": "1"}
    codes = [proposal.code, floor.code] if "<code>" in route or ":code>" in route else [""]
    for code in codes:
        values = known | {"code": code}
        yield "/" + ARGUMENT.sub(lambda match, at=values: at.get(match["name"], str(proposal.pk)), route)


def content_of(answer):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace") + str(answer.headers)


def state_of(models):
    return {model: list(model.objects.order_by("pk").values()) for model in models}


def test_every_address_is_tried_and_opens_only_what_is_theirs(client, others, own):
    before, opened = state_of(WATCHED), {}
    client.raise_request_exception = False
    tokens = {kind: links.token_for(kind, row) for kind, row in own.items()}
    pressed = PRESSED | {"do": f"show:{others['voice'].code}", "ticked": [others["voice"].code]}
    for route in sorted(set(routes())):
        kinds = KINDS if ARGUMENT.search(route) and "token" in route else KINDS[:1]
        for kind in kinds:
            for address in filled(route, others, tokens[kind]):
                got = client.get(address)
                sent = client.post(address, pressed | {"form_token": str(uuid.uuid4())})
                in_khmer = client.get(address.replace("/en/", "/km/", 1)) if "token" in route else got
                for answer in (got, in_khmer, sent):
                    assert answer.status_code != 500, address  # /readyz says 503 while no process tends the site
                    text = content_of(answer)
                    assert [word for word in HIDDEN if word in text] == [], address
                if got.status_code == 200 and "token" in route and route.startswith("en/"):  # others answer all alike
                    opened.setdefault(kind, set()).add(route.split("<")[0])

    assert opened == {
        "reviewer": {"en/review/"},
        LinkKind.FACILITATOR: {"en/facilitator/"},
        LinkKind.NOTE_TAKER: {"en/notes/"},
    }
    theirs = {Note: own[LinkKind.NOTE_TAKER].pk}
    after = state_of(WATCHED)
    after[Note] = [row for row in after[Note] if row["link_id"] != theirs[Note]]
    assert {model: rows for model, rows in after.items() if rows != before[model]} == {}
    assert Voice.objects.get(pk=others["voice"].pk).state == "waiting"
    assert not LogEntry.objects.exists()
    assert not AccessLog.objects.exists()


def test_no_hidden_name_is_in_history_log_or_letters(client, staff_client, settings, others, own):
    """What staff do with a hidden proposal, as long as they press for no name, names no person anywhere."""
    settings.SENDS_EMAIL = True
    row = others["proposal"]
    page = f"/admin/contributions/proposal/{row.pk}/change/"
    staff_client.post(page, {"conflict": str(own["reviewer"].pk)})
    staff_client.post(page, {"decide": "1", "state": "received", "topic": "", "words": ""})
    staff_client.get("/admin/contributions/proposal/all.csv?edition=2030")

    written = [str(line) + line.object_repr + line.change_message for line in LogEntry.objects.all()]
    written += [f"{line.subject} {line.columns} {line.reason}" for line in AccessLog.objects.all()]
    written += [f"{one.kind} {one.key}" for one in Told.objects.all()] + [one.body for one in mail.outbox]
    pages = ["/admin/", f"/admin/contributions/proposal/{row.pk}/history/", "/admin/registration/accesslog/"]
    written += [content_of(staff_client.get(address)) for address in pages]
    assert [word for text in written for word in HIDDEN if word in text] == []
