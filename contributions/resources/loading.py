"""The resources of an edition, from a file in two languages (contributions/data/). What is not said stays empty."""

import json
from datetime import date
from pathlib import Path
from typing import Any

from agenda.models import Session
from conference.models import Edition
from contributions.models import Resource

DATA = Path(__file__).parents[1] / "data"


def load(edition: Edition) -> None:
    """After the edition itself was loaded: its sessions are there."""
    file = DATA / f"resources-{edition.year}.json"
    if not file.exists():
        return
    sessions = {row.code: row for row in Session.objects.filter(day__edition=edition)}
    for position, entry in enumerate(json.loads(file.read_text(encoding="utf-8"))):
        row = Resource.objects.create(edition=edition, position=position, **_columns(entry))
        row.sessions.set(sessions[code] for code in entry["sessions"])


def _columns(entry: dict[str, Any]) -> dict[str, Any]:
    texts = {
        f"{name}_{language}": text
        for name in ("title", "author", "about")
        for language, text in entry.get(name, {}).items()
    }
    published = {"published_on": date.fromisoformat(entry["published_on"])} if "published_on" in entry else {}
    return texts | published | {name: entry[name] for name in ("slug", "languages", "year") if name in entry}


def copy(old: Edition, new: Edition) -> None:
    """The same works, used in no session of the new year yet."""
    for row in Resource.objects.filter(edition=old):
        row.pk, row.edition = None, new
        row.save(force_insert=True)
