"""Sixty teams and three hundred scores: every page of the room asks the database as often as for a few."""

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from hackathon import links
from hackathon.judging.publishing import publish
from hackathon.judging.results import standing_of
from hackathon.models import Hackathon, Judge, Member, Mentor, Team
from registration.links import address_for
from tests.hackathon.crowd import make_frame, make_teams
from tests.hackathon.judging.factories import make_colleague
from tests.hackathon.test_every_address import BY_LINK, OF_STAFF, OTHERS, address_of, staff_address
from tests.pages import forget_kept


def pages_of_people(hackathon):
    """Name and address of each page that opens without an account: by the links of all kinds, own and public."""
    team, judge, mentor = (model.objects.order_by("pk").first() for model in (Team, Judge, Mentor))
    tokens = {"team": team, "judge": judge, "mentor": mentor}
    for pattern in BY_LINK:
        kind = str(pattern.pattern).split("/")[1]
        yield pattern.name, address_of(pattern, token=links.token_for(kind, tokens[kind]))
    member = Member.objects.exclude(team=None).order_by("pk").first()
    yield "team of a member", links.member_address(member.team, member)
    yield from ((pattern.name, address_of(pattern, number=2)) for pattern in OTHERS)


def pages_of_staff(hackathon):
    """But for those on which Django lists each row that goes, before it is deleted."""
    of_model = {model._meta.model_name: model for model in apps.get_app_config("hackathon").get_models()}
    for pattern in [one for one in OF_STAFF if not one.name.endswith("_delete")]:
        _app, *words = pattern.name.split("_")
        model = Hackathon if len(words) == 1 else of_model.get(words[0], Judge)  # hackathon_hall; hackathon_type_in
        yield (
            pattern.name,
            staff_address(pattern, model.objects.order_by("pk").values_list("pk", flat=True).first() or 0),
        )


def queries(browser, pages):
    taken = {}
    for name, address in pages:
        forget_kept()
        with CaptureQueriesContext(connection) as captured:
            status = browser.get(address).status_code
        if status in (200, 409):
            taken[name] = len(captured)
    return taken


@pytest.mark.parametrize("moment", ["before the deadline", "judged", "published"])
def test_pages_take_as_many_queries_for_sixty_teams_as_for_a_few(client, admin_client, hackathon, moment):
    hackathon.draws.create(seed="sample")
    make_frame(hackathon)
    make_teams(hackathon, range(1, 4))
    member = Member.objects.exclude(team=None).order_by("pk").first()
    client.get(address_for(member.registration))
    if moment != "before the deadline":
        Hackathon.objects.update(deadline=timezone.now(), projects_shown=True, on_stage=2, staged_at=timezone.now())
        hackathon.refresh_from_db()

    def taken():
        if moment == "published":
            Hackathon.objects.filter(pk=hackathon.pk).update(on_stage=99)
            fresh = Hackathon.objects.get(pk=hackathon.pk)
            publish(fresh, standing_of(fresh).digest, by=make_colleague())
        queries(admin_client, [("first", reverse("admin:index"))])  # what is asked once in a process
        of_people = queries(client, pages_of_people(hackathon))
        of_staff = queries(admin_client, pages_of_staff(hackathon))
        if moment == "published":
            fresh = Hackathon.objects.get(pk=hackathon.pk)
            fresh.result.delete()
        return of_people | of_staff | queries(Client(), [("home", "/en/2024/")])

    taken()
    few = taken()
    make_teams(hackathon, range(4, 61))

    assert len(few) > 45
    assert {"hackathon_result", "hackathon_panel", "hackathon_placing", "hackathon_type_in"} <= few.keys()
    assert taken() == few
