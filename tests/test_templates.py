"""What holds for every template."""

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent.parent / "templates"
POSTS = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*>')
TEMPLATES = {str(path.relative_to(FOLDER)): path.read_text(encoding="utf-8") for path in FOLDER.rglob("*.html")}
FORMS = {name: forms for name, text in TEMPLATES.items() if (forms := POSTS.findall(text))}


@pytest.mark.parametrize("template", sorted(FORMS))
def test_every_form_that_posts_says_where_to(template):
    """Without an address browsers keep the part after #, and then leave the focus beside the list of errors."""
    assert [form for form in FORMS[template] if not re.search(r'\baction="\{', form)] == []


def test_forms_are_found():
    assert {"registration/register.html", "registration/own_change.html", "registration/find.html"} <= FORMS.keys()
