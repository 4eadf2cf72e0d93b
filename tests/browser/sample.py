"""What staff may add to pages: recordings, materials, the way to the venue. So each page is looked at with all of it.

`manage.py shell` runs it with the database of the site.
"""

from agenda.models import Material, Recording, Session
from agenda.publishing import versions
from conference.models import Edition

TEXTS = {"en": "Welcome to the sample conference.", "km": "សូមស្វាគមន៍មកកាន់សន្និសីទគំរូ។"}
EDITION = Edition.objects.get(year=2024)
RECORDING = {"edition": EDITION, "page": "background", "sound": "recordings/x.mp3", "seconds": 70, "size": 9000}
MATERIAL = {"title_en": "Sample slides", "title_km": "ស្លាយគំរូ", "languages": ["km", "en"]}

Recording.objects.bulk_create(Recording(**RECORDING, language=key, text=text) for key, text in TEXTS.items())
session = Session.objects.get(code="d1-14")
Material.objects.bulk_create(
    [
        Material(**MATERIAL, session=session, file="materials/x.pdf", size=900_000),
        Material(**MATERIAL, session=session, url="https://video.example.org/1"),
    ]
)
versions.publish(EDITION, by=None)
Edition.objects.update(
    address_en="12 Sample Street",
    address_km="លេខ ១២ ផ្លូវគំរូ",
    coordinates="11.5564, 104.9282",
    step_free_en="A sample ramp.",
    step_free_km="ផ្លូវជម្រាលគំរូ។",
)
