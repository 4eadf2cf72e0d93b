"""A certificate read by a program that reads aloud: in which order, and in which language."""

import io
import re

from pypdf import PdfReader

from registration.paper import certificates
from tests.factories import make_registration
from tests.registration.paper.test_certificates import over, was_there

__all__ = ["over"]


def test_certificate_is_read_in_its_order_and_in_both_languages(over):
    was_there(make_registration(over, name_km="សុខ ដារ៉ា", name_latin="SOK Dara"))
    was_there(make_registration(over, name_latin="CHAN Bopha", phone="+85512000002"))
    file = io.BytesIO()
    certificates.write_certificates(over, certificates.who_were_there(over), file)

    root = PdfReader(file).trailer["/Root"]

    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    elements = [one.get_object() for one in root["/StructTreeRoot"]["/K"][0].get_object()["/K"]]
    first = [one for one in elements if one["/Pg"] == elements[0]["/Pg"]]
    assert len(elements) == 2 * len(first)
    assert [(one["/S"], one["/Lang"]) for one in first[:6]] == [
        *[("/H1", "km"), ("/H1", "en"), ("/P", "km"), ("/P", "en"), ("/P", "km"), ("/P", "en")]
    ]
    for page in PdfReader(file).pages:
        drawn = page.get_contents().get_data().decode("latin-1")
        assert re.findall(r"/(?:H1|P) <</MCID (\d+)>> BDC", drawn) == [str(number) for number in range(len(first))]
        # All else is said to be no text, and nothing stands outside.
        assert drawn.count("BDC") + drawn.count("BMC") == drawn.count("EMC")
        assert "/Artifact BMC" in drawn
