"""Rows of this app, with honest defaults. Sample people are recognisably samples."""

import uuid
from datetime import timedelta

from django.core.files.base import ContentFile

from conference import clock
from contributions.models import Call, CallTopic, Criterion, Proposal, ProposalNeeds, ProposalSpeaker, Reviewer
from contributions.proposals import publishing
from registration.forms import machines

# Of a proposal whose names, contacts and needs are hidden from reviewers.
NAME, OTHER_NAME, NGO, LINK, TELEPHONE = "SAMPLE Hidden", "គំរូលាក់", "Hidden NGO", "hidden.example.org", "+85512777888"
EMAIL, NEED = "hidden@example.org", "A hidden need"
OF_HIDDEN = [NAME, OTHER_NAME, NGO, LINK, "12777888", "012 777 888", EMAIL, NEED]


def make_call(edition, *, session=None, is_published=True, **columns):
    """Open, for one topic, with two criteria."""
    now = clock.now()
    values = {"title_en": "Sample call", "text_en": "We look for samples.", "languages": ["km", "en"]}
    values |= {"opens_at": now - timedelta(days=1), "closes_at": now + timedelta(days=1), **columns}
    call = Call.objects.create(edition=edition, **values)
    CallTopic.objects.create(call=call, session=session, name_en="Sample topic", name_km="ប្រធានបទគំរូ")
    for name in ("Use", "Clarity"):
        Criterion.objects.create(call=call, name_en=name)
    if is_published:
        publishing.publish(call)
    return call


def make_proposal(call, *, name="SAMPLE Speaker", organisation="", needs=None, **columns):
    values = {"title_en": "Sample talk", "summary_en": "What the sample shows.", "spoken": ["en"], "language": "en"}
    values |= {"email": "sample@example.org", "names_hidden": call.keeps_names_hidden}
    row = Proposal.objects.create(call=call, **(values | columns))
    row.topics.set(call.topics.all())
    ProposalSpeaker.objects.create(proposal=row, name_latin=name, organisation=organisation)
    if needs:
        ProposalNeeds.objects.create(proposal=row, **needs)
    return row


def make_hidden_proposal(call, file=b"%PDF-1"):
    row = make_proposal(
        call,
        name=NAME,
        organisation=NGO,
        link=f"https://{LINK}/",
        phone=TELEPHONE,
        email=EMAIL,
        needs={"access_note": NEED},
    )
    row.speakers.update(name_km=OTHER_NAME)
    row.file.save(f"{NAME}.pdf", ContentFile(file))
    return row


def make_reviewer(call, name="SAMPLE Reviewer"):
    return Reviewer.objects.create(call=call, name=name)


def proposal_data(call, **answers):
    """As the form sends it."""
    return {
        "topics": [str(topic.pk) for topic in call.topics.all()],
        "title_en": "Sample talk",
        "summary_en": "What the sample shows.",
        "spoken": ["en"],
        "name_latin": "SAMPLE Speaker",
        "email": "sample@example.org",
        "language": "en",
        "data_use": "on",
        "form_token": str(uuid.uuid4()),
        machines.SHOWN: machines.sealed(machines.Shown(at=0)),
        **answers,
    }
