"""A hackathon whose deadline is over, with a judge. `manage.py shell` runs it with the database of the site."""

from datetime import timedelta

from conference import clock
from conference.models import Edition
from hackathon import links
from hackathon.models import Criterion, Hackathon, Judge, Submission, Team

now = clock.now()
hackathon = Hackathon.objects.create(
    edition=Edition.objects.get(year=2024),
    is_published=True,
    about_en="Sample call",
    deadline=now - timedelta(hours=1),
)
Criterion.objects.create(hackathon=hackathon, name_en="Sample use", name_km="ការប្រើប្រាស់គំរូ", words_en="Sample words")
Criterion.objects.create(hackathon=hackathon, name_en="Sample craft", name_km="ភាពប៉ិនប្រសប់គំរូ", position=2)
for number in (1, 2, 3):
    team = Team.objects.create(hackathon=hackathon, number=number, name=f"Sample team {number}")
    project = {"title_en": f"Sample project {number}", "title_km": f"គម្រោងគំរូទី{number}"}
    Submission.objects.create(
        team=team, saved_at=now - timedelta(hours=2), repository="https://example.org", **project
    )
tokens = []
for number in (1, 2, 3, 4, 5):
    judge = Judge.objects.create(
        hackathon=hackathon, name_en=f"Sample Judge {number}", name_km=f"អ្នកវាយតម្លៃគំរូ{number}"
    )
    tokens.append(links.token_for("judge", judge))
print(*tokens)
