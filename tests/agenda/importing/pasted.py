"""What the tests of the import share: the agenda as published, and short ways through it."""

from datetime import date
from pathlib import Path

from agenda.importing import steps
from agenda.importing.exchange import entry
from agenda.importing.existing import existing_sessions, intros, known_organisations
from agenda.importing.reading.document import Document
from agenda.importing.reading.sources import read_pasted
from agenda.importing.recognising.people import Known, KnownOrganisation
from agenda.importing.recognising.recognise import recognise
from conference.language.translated import Text

DATA = Path(__file__).parent.parent / "data"
PUBLISHED = (DATA / "agenda-2024.txt").read_text(encoding="utf-8")
FIRST_DAY = date(2030, 3, 26)

ODC = KnownOrganisation("odc", Text("Open Development Cambodia Organization", "អង្គការទិន្នន័យ"), Text("ODC", "អូឌីស៊ី"))
TAF = KnownOrganisation("taf", Text("The Asia Foundation"), Text("TAF"))


def recognised(source, organisations=(ODC, TAF), first_day=FIRST_DAY):
    """Of a text, or of a document that was read from a file."""
    document = source if isinstance(source, Document) else read_pasted(source)
    return recognise(document, first_day=first_day, known=Known(organisations))


def only(text):
    """The one session of a text, which has no problem."""
    proposal = recognised(text)
    assert [problem for problem in proposal.problems if problem.stops] == []
    (session,) = proposal.sessions
    return session


def plan_for(edition, text):
    known = known_organisations()
    proposal = entry.read(text, edition) or recognise(
        read_pasted(text), first_day=edition.starts_on, last_day=edition.ends_on, known=known
    )
    return steps.plan(proposal, existing_sessions(edition), intros(edition))


def keys(plan, *, removing=False):
    return {step.key for step in plan.steps if removing or not step.is_removal}
