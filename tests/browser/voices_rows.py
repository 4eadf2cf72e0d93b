"""Something on every page of what people bring: proposals, inputs, notes, a report, feedback, slides and resources.

`manage.py shell` runs it with the database of the site, and prints what leads to each page.
"""

import json
import uuid
from datetime import timedelta

from django.contrib.auth.models import User
from django.test import Client

from agenda.models import Appearance, Session
from agenda.publishing import versions
from conference import clock
from conference.models import Edition
from contributions import links
from contributions.floor.drafts import keep_draft
from contributions.floor.links import link_address, voice_address
from contributions.materials.links import address_of as slides_of
from contributions.models import Feedback, FeedbackRound, FloorLink, LinkKind, MaterialSent, Note, Sender, Takes
from contributions.outcomes import gathering, publishing
from contributions.proposals import deciding, reviewing
from tests.contributions.samples import make_call, make_proposal, make_reviewer
from tests.contributions.voices import make_floor, make_voice
from tests.factories import make_day, make_edition, make_session

EDITION = Edition.objects.get(year=2024)
CHIEF = User.objects.create_superuser("sample-editor")
TOPICS = Session.objects.filter(day__edition=EDITION, kind="topic", title_en="", title_km="").in_order()
TOPIC, OTHER_TOPIC = TOPICS[0], TOPICS[1]
BOTH = {"title_en": "Sample talk", "title_km": "បទបង្ហាញគំរូ", "summary_km": "សេចក្តីសង្ខេបគំរូ", "phone": "+85512000111"}
CALL = make_call(
    EDITION,
    session=TOPIC,
    title_km="ការអំពាវនាវគំរូ",
    text_km="យើងស្វែងរកគំរូ",
    length_en="20 minutes",
    length_km="២០ នាទី",
    pays_en="The journey",
    pays_km="ការធ្វើដំណើរ",
)
REVIEWER, COLLEAGUE = make_reviewer(CALL), make_reviewer(CALL, "SAMPLE Colleague")
PROPOSAL = make_proposal(CALL, needs={"access_note": "Sample need", "gender": "woman"}, **BOTH)
TO_REVIEW = make_proposal(CALL, **BOTH)
SCORES = {str(one.pk): 4 for one in CALL.criteria.all()}
for one in (REVIEWER, COLLEAGUE):
    reviewing.save(one, PROPOSAL, scores=SCORES, comment="Sample comment · មតិគំរូ")
ACCEPTED = make_proposal(CALL, **BOTH)
deciding.accept(ACCEPTED, CALL.topics.get(), words="Sample words", by=CHIEF)
OFF = make_proposal(CALL, **BOTH)
SECOND = CALL.topics.create(session=OTHER_TOPIC, name_en="Second topic", name_km="ប្រធានបទទីពីរ")
deciding.accept(OFF, SECOND, words="", by=CHIEF)
deciding.withdraw(OFF)

DRAFT = make_floor(
    EDITION, title_en="Sample draft policy", title_km="សេចក្តីព្រាងគោលនយោបាយគំរូ", intro_en="Sample", intro_km="គំរូ"
)
keep_draft(DRAFT, "Article 1. Purpose\nOpen data for all.", "មាត្រា ១៖ គោលបំណង\nទិន្នន័យសម្រាប់ទាំងអស់គ្នា។")
TALK = Session.objects.filter(day__edition=EDITION, kind="presentation").in_order().first()
HALL = make_floor(EDITION, session=TALK, takes=Takes.QUESTIONS, title_en="", title_km="")
for floor in (DRAFT, HALL):
    for number, text in enumerate(["Sample input", "មតិគំរូ", "Sample input that is longer than the others"]):
        VOICE = make_voice(floor, text, likes=number, piece=floor.pieces.first())
    make_voice(floor, "Sample input that waits", state="waiting")
    make_voice(floor, "Sample question that was answered", handled="answered")
Sender.objects.create(voice=VOICE, name="Sample Person", contact="012 000 111", language="en")
WRITER = make_voice(DRAFT, "Sample input with a writer")
Sender.objects.create(voice=WRITER, name="Sample Person", contact="sample@example.org", language="km")
FACILITATOR = FloorLink.objects.create(floor=HALL, kind=LinkKind.FACILITATOR)
NOTE_TAKER = FloorLink.objects.create(floor=DRAFT, kind=LinkKind.NOTE_TAKER, label="Table 3")
NOTE = Note.objects.create(link=NOTE_TAKER, said="Sample", agreed="គំរូ", differed="Sample", proposals="Sample")
STATEMENT = gathering.new_statement([WRITER], [NOTE], "Open the sample budget.", "បើកថវិកាគំរូ។")
publishing.publish(EDITION, CHIEF, publishing.waiting(EDITION).mark)
STATEMENT.became, STATEMENT.answer_en, STATEMENT.answer_km = "partly", "Sample answer", "ចម្លើយគំរូ"
STATEMENT.save()
publishing.publish(EDITION, CHIEF, publishing.waiting(EDITION).mark)

FeedbackRound.objects.create(edition=EDITION, until=clock.today() + timedelta(days=9), lead_en="Sample", lead_km="គំរូ")
PAST = make_edition(year=2023, title_km="សន្និសីទគំរូ")
make_session(make_day(PAST), title_en="Sample session", title_km="វគ្គគំរូ")
versions.publish(PAST, by=None)
FeedbackRound.objects.create(edition=PAST, until=PAST.ends_on)
for edition in (EDITION, PAST):
    for number in range(12):
        said = {"good": "Sample words", "comment_state": "shown" if number else "unread"} if number < 3 else {}
        columns = {"edition": edition, "useful": "very", "followed": "partly", "language": "en", **said}
        Feedback.objects.create(form_token=uuid.uuid4(), **columns)

HOLDS = Appearance.objects.of_edition(EDITION).filter(session__kind="presentation").first()
MATERIAL = MaterialSent.objects.create(
    session=HOLDS.session,
    appearance=HOLDS,
    form_token=uuid.uuid4(),
    title_en="Sample slides",
    languages=["en"],
    url="https://example.org/",
)


def token(kind, row):
    return links.token_for(kind, row)


def path(address):
    """Without host and language."""
    return address.split("/en/", 1)[1]


CLIENT = Client()
CLIENT.force_login(CHIEF)
MINE, REVIEW, CALLED = token("proposal", PROPOSAL), token("reviewer", REVIEWER), f"2024/calls/{CALL.pk}/"
PAGES = {
    "calls": "2024/calls/",
    "call": CALLED,
    "propose": f"{CALLED}propose/",
    "my proposal": f"proposal/{MINE}/",
    "my proposal, accepted": f"proposal/{token('proposal', ACCEPTED)}/",
    "my proposal, withdrawn": f"proposal/{token('proposal', OFF)}/",
    "change my proposal": f"proposal/{MINE}/change/",
    "withdraw my proposal": f"proposal/{MINE}/withdraw/",
    "speaking": f"speaking/{token('speaker', ACCEPTED.speakers.get())}/",
    "reviews": f"review/{REVIEW}/",
    "review, first": f"review/{REVIEW}/{TO_REVIEW.code}/",
    "review, again": f"review/{REVIEW}/{PROPOSAL.code}/",
    "floors": "2024/voices/",
    "draft text": f"2024/voices/{DRAFT.code}/",
    "article": f"2024/voices/{DRAFT.code}/?about=1",
    "questions": f"2024/voices/{HALL.code}/",
    "screen": f"2024/voices/{HALL.code}/screen/?still=1",
    "what I wrote": path(voice_address(WRITER)),
    "what I wrote, new": f"{path(voice_address(VOICE))}?new",
    "facilitator": path(link_address(FACILITATOR)),
    "note": path(link_address(NOTE_TAKER)),
    "outcomes": "2024/outcomes/",
    "outcomes, older": "2024/outcomes/1/",
    "feedback": "2024/feedback/",
    "feedback, results": "2023/feedback/",
    "resources": "2024/resources/",
    "slides": path(slides_of(HOLDS, "en")),
    "link that opens nothing": "proposal/none/",
    "link that is closed": "notes/none/",
}
ADMIN = {
    "calls": "call/?edition=all",
    "call, change": f"call/{CALL.pk}/change/",
    "call, look": f"call/{CALL.pk}/look/",
    "reviewers": f"call/{CALL.pk}/reviewers/",
    "reviewer": f"reviewer/{REVIEWER.pk}/change/",
    "proposals": "proposal/?edition=all",
    "proposal": f"proposal/{PROPOSAL.pk}/change/",
    "proposal, accepted": f"proposal/{ACCEPTED.pk}/change/",
    "proposals, figures": "proposal/figures/?edition=2024",
    "needs": f"proposalneeds/{PROPOSAL.needs.pk}/change/",
    "talks that fell away": "talkoff/?edition=all",
    "floors": "floor/?edition=all",
    "floor": f"floor/{DRAFT.pk}/change/",
    "draft text": f"floor/{DRAFT.pk}/draft/",
    "addresses to hand out": f"floor/{DRAFT.pk}/hand-out/",
    "inputs": "voice/?edition=all",
    "input": f"voice/{WRITER.pk}/change/",
    "note": f"note/{NOTE.pk}/change/",
    "statements": "statement/?edition=all",
    "statement": f"statement/{STATEMENT.pk}/change/",
    "outcomes": "statement/outcomes/?edition=2024",
    "tell": "statement/tell/?edition=2024",
    "feedback": "feedback/?edition=all",
    "feedback in numbers": "feedback/results/?edition=2023",
    "feedback, sheet": "feedback/sheet/?edition=2024",
    "slides": "materialsent/?edition=all",
    "slides that were sent": f"materialsent/{MATERIAL.pk}/change/",
    "links to send slides": "materialsent/links/?edition=2024",
    "resources": "resource/?edition=all",
    "resource": "resource/add/",
    "round of feedback": "feedbackround/add/",
}
print(json.dumps({"session": CLIENT.cookies["session"].value, "pages": PAGES, "admin": ADMIN}))
