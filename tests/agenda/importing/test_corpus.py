"""Sample agendas of every kind, and what a careful person would enter: nothing of them comes in wrong or gets lost."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from agenda.models import Session
from tests.agenda.importing.judge import CORPUS, HARM, judge, samples
from tests.factories import make_edition

SAMPLES = {sample.key: sample for sample in samples()}
# Not yet right. A sample that comes in well must leave the list: python -m tests.agenda.importing.judge --known
KNOWN = set((CORPUS / "known_failures.txt").read_text().split())
PAGE = "/admin/agenda/session/import/"


@pytest.mark.parametrize("kind", sorted({sample.kind for sample in SAMPLES.values()}))
def test_nothing_comes_in_wrong_or_gets_lost(kind):
    verdicts = [judge(sample) for sample in SAMPLES.values() if sample.kind == kind]
    harmful = {verdict.sample.key: verdict.reasons for verdict in verdicts if verdict.result == HARM}

    assert {key: reasons for key, reasons in harmful.items() if key not in KNOWN} == {}
    assert {verdict.sample.key for verdict in verdicts} & KNOWN <= set(harmful)  # the list only shrinks


def test_known_failures_are_samples():
    assert not KNOWN - set(SAMPLES)


@pytest.mark.parametrize("key", ["topic-and-trainer-docx", "to-be-confirmed-text"])
def test_page_writes_what_the_judge_saw(staff_client, key):
    sample = SAMPLES[key]
    first, last = sample.days
    edition = make_edition(starts_on=first, ends_on=last)
    content = sample.write()
    sent = {"text": content} if isinstance(content, str) else {"file": SimpleUploadedFile(f"a.{sample.form}", content)}
    looked = staff_client.post(PAGE, {"edition": edition.pk, "look": "", **sent})
    preview, form = looked.context["preview"], looked.context["form"]
    steps = [line.step.key for line in preview["lines"] if line.ticked]
    hidden = {name: form[name].value() for name in form.fields if form[name].value() and name != "file"}

    staff_client.post(PAGE, {**hidden, "edition": edition.pk, "apply": "", "step": steps})

    written = [(row.day.date, row.starts_at, row.ends_at, row.title_en) for row in Session.objects.in_order()]
    assert written == [(one.date, one.starts_at, one.ends_at, one.titles[0]) for one in sample.expected]
