"""What staff wait for, with few people and with many: every list of the admin, and the pages and files besides.

`python -m tests.bench.run --staff` runs this on a database of its own.
"""

import logging
import time
from collections.abc import Iterator

from django.contrib import admin
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conference.models import Edition
from registration.models import TravelRequest
from registration.staff import make_groups
from tests.bench.crowd import fill

FEW, MANY = (75, 40), (10_000, 800)  # people, sessions
TIMES = 2  # the better one is told: what disturbs the machine only makes it longer
PAGES = [
    "admin:index",
    "admin:registration_figures",
    "admin:registration_figures_xlsx",
    "admin:registration_report",
    "admin:registration_lists",
    "admin:registration_badges",
    "admin:registration_certificates",
    "admin:registration_travel_letters",
    "admin:registration_travel_to_sign",
    "admin:registration_travel_rooms",
    "admin:registration_travel_rooms_xlsx",
    "admin:registration_export_xlsx",
    "admin:registration_export_csv",
    "admin:agenda_chase",
    "admin:agenda_khmer",
    "admin:agenda_import",
    "desk:today",
    "paper:first",
]


def addresses(edition: Edition) -> Iterator[tuple[str, str]]:
    """Each with a name."""
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        yield f"list of {model._meta.verbose_name_plural}", reverse(f"admin:{name}_changelist")
    for name in PAGES:
        yield name, reverse(name)
    request = TravelRequest.objects.filter(decision=None)[0]
    person = request.registration_id
    yield "one registration", reverse("admin:registration_registration_change", args=[person])
    yield "travel of one person", reverse("admin:registration_travelrequest_change", args=[request.pk])
    yield "report as PDF", reverse("admin:registration_report_file", args=["km", "pdf"])
    yield "report for Word", reverse("admin:registration_report_file", args=["km", "docx"])
    yield "search for a name", reverse("admin:registration_registration_changelist") + "?q=dara"


def cost(client: Client, address: str) -> tuple[int, int, float]:
    """(status, queries, milliseconds of the processor) of one answer."""
    best = float("inf")
    for _time in range(TIMES):
        with CaptureQueriesContext(connection) as queries:
            before = time.process_time()
            answer = client.get(address)
            if answer.streaming:
                b"".join(answer.streaming_content)
            best = min(best, time.process_time() - before)
    return answer.status_code, len(queries), best * 1000


def walk(client: Client, edition: Edition) -> dict[str, tuple[int, int, float]]:
    return {name: cost(client, address) for name, address in addresses(edition)}


def main() -> None:
    logging.getLogger("conference.requests").setLevel(logging.WARNING)
    make_groups()
    edition = Edition.objects.current()
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(User.objects.create_superuser("sample-chief"))
    found = []
    for people, sessions in (FEW, MANY):
        fill(edition, people, sessions)
        found.append(walk(client, edition))
    print("| page | queries | ms with 75 people | ms with 10,000 |")
    print("|---|---|---|---|")
    for name, (status, queries, many) in sorted(found[1].items(), key=lambda row: -row[1][2]):
        _status, before, few = found[0][name]
        grown = "" if before == queries else f" (with few: {before})"
        failed = "" if status == 200 else f" ({status})"
        print(f"| {name}{failed} | {queries}{grown} | {few:.0f} | {many:.0f} |")
