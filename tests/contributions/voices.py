"""Rows of what people say, with honest defaults."""

import uuid

from contributions.floor.links import link_address
from contributions.models import Floor, FloorLink, LinkKind, Takes, Voice, VoiceState


def make_floor(edition, **fields):
    columns = {
        "title_en": "Sample draft",
        "title_km": "សេចក្តីព្រាងគំរូ",
        "takes": Takes.INPUTS,
        "is_public": True,
        **fields,
    }
    return Floor.objects.create(edition=edition, **columns)


def make_voice(floor, text="Sample input", **fields):
    return Voice.objects.create(floor=floor, text=text, **{"state": VoiceState.SHOWN, **fields})


def address_of(floor, language="en"):
    return f"/{language}/{floor.edition.year}/voices/{floor.code}/"


def facilitator_of(floor):
    return link_address(FloorLink.objects.create(floor=floor, kind=LinkKind.FACILITATOR))


def note_taker_of(floor, label="Table 3"):
    return link_address(FloorLink.objects.create(floor=floor, kind=LinkKind.NOTE_TAKER, label=label))


def typed(text="Sample input", **fields):
    return {"text": text, "form_token": str(uuid.uuid4()), **fields}
