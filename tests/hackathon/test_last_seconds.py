"""Sixty teams send their project in the last ten seconds, to the real server with several workers."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from http.client import HTTPConnection
from random import Random
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.utils import translation

from hackathon import links
from hackathon.models import Hackathon, Submission
from tests.crowd import database_url
from tests.factories import make_edition
from tests.hackathon.factories import make_hackathon, make_team
from tests.server import running_server
from tests.time import real_now

pytestmark = pytest.mark.real_server

TEAMS, EACH, WORDS = 60, 2, 120
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
VERSION = re.compile(r'name="version"[^>]*?value="(\d+)"')


class Phone:
    """Of one team: it has the form open, and sends it when its moment has come."""

    def __init__(self, site, team, number):
        self.host, self.address = urlsplit(site).netloc, f"{links.team_address(team)}project/"
        self.number, self.cookie, self.version = number, "", "0"
        self.told = []  # marker, status, seconds that it took

    def ask(self, method, body=None):
        headers = {"Cookie": self.cookie, "X-Forwarded-For": f"10.1.2.{self.number}"}
        headers |= (
            {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://{self.host}"} if body else {}
        )
        line = HTTPConnection(self.host, timeout=60)
        line.request(method, self.address, body, headers)
        answer = line.getresponse()
        if given := answer.getheader("Set-Cookie"):
            self.cookie = given.split(";")[0]
        text = answer.read().decode()
        line.close()
        return answer.status, text

    def open_form(self):
        _status, text = self.ask("GET")
        self.token, self.version = TOKEN.search(text)[1], (VERSION.search(text) or ["", "0"])[1]

    def send(self, at, turn):
        time.sleep(max(0, (at - real_now()).total_seconds()))
        marker = f"{self.number}-{turn}"
        sent = {"title_en": marker, "summary_en": f"{marker} " * WORDS, "data_used_km": f"{marker} " * WORDS}
        began = time.monotonic()
        status, text = self.ask("POST", urlencode(sent | {"csrfmiddlewaretoken": self.token, "version": self.version}))
        self.told.append((marker, status, time.monotonic() - began, text))
        self.version = str(int(self.version) + (status == 302))


def test_sixty_teams_in_the_last_ten_seconds(transactional_db, tmp_path):
    """Each is in with what was saved last, or is told at once that it is late and what stands; nothing is half."""
    hackathon = make_hackathon(make_edition())
    teams = [make_team(hackathon, number) for number in range(1, TEAMS + 1)]
    environment = {"DATABASE_URL": database_url(), "SECRET_KEY": settings.SECRET_KEY, "SITE_CLOCK": ""}
    environment |= {"FIELD_ENCRYPTION_KEYS": ",".join(settings.FIELD_ENCRYPTION_KEYS)}
    chance = Random(18)
    with running_server(environment, tmp_path, workers=4) as site, translation.override("en"):
        phones = [Phone(site, team, team.number) for team in teams]
        Hackathon.objects.update(deadline=real_now() + timedelta(hours=1))
        with ThreadPoolExecutor(TEAMS) as crowd:
            list(crowd.map(Phone.open_form, phones))
            deadline = real_now() + timedelta(seconds=11)
            Hackathon.objects.update(deadline=deadline)
            # Each team saves twice: the second time from five seconds before the deadline to a second after it.
            plan = [(phone, chance.uniform(-10, -5), chance.uniform(-5, 1)) for phone in phones]

            def sends(one):
                phone, *moments = one
                for turn, seconds in enumerate(moments):
                    phone.send(deadline + timedelta(seconds=seconds), turn)

            list(crowd.map(sends, plan))

    answers = [answer for phone in phones for answer in phone.told]
    took = sorted(seconds for _marker, _status, seconds, _text in answers)
    late = [marker for marker, status, _seconds, _text in answers if status == 409]
    print(f"\n{len(answers)} sent, {len(late)} late; median {took[len(took) // 2]:.2f} s, slowest {took[-1]:.2f} s")
    assert {status for _marker, status, _seconds, _text in answers} == {302, 409}
    projects = {project.team.number: project for project in Submission.objects.select_related("team")}
    for phone in phones:
        saved = [marker for marker, status, _seconds, _text in phone.told if status == 302]
        project = projects.get(phone.number)
        assert (project.title_en if project else None) == (saved[-1] if saved else None)
        if project:
            assert project.summary_en.strip() == project.data_used_km.strip() == (f"{saved[-1]} " * WORDS).strip()
            assert (project.version, project.saved_at < deadline) == (len(saved), True)
        for marker, status, _seconds, text in phone.told:
            if status == 409:
                assert "Too late: this was not saved" in text
                assert marker in text  # what was typed
                assert not saved or saved[-1] in text  # what stands
