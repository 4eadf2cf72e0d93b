"""What holds for every template. That djangofmt finds nothing to do in them, bin/test checks.

The texts of messages (.txt) are left out of the lines: a line break in them is one in the e-mail.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "templates"
POSTS = re.compile(r'<form\b[^>]*\bmethod="post"[^>]*>')
PATHS = sorted(FOLDER.rglob("*.html"))
TEMPLATES = {str(path.relative_to(FOLDER)): path.read_text(encoding="utf-8") for path in PATHS}
FORMS = {name: forms for name, text in TEMPLATES.items() if (forms := POSTS.findall(text))}
# djangofmt reads it there, too.
LONGEST = int(re.search(r"max_line_length = (\d+)", (ROOT / ".editorconfig").read_text(encoding="utf-8"))[1])


@pytest.mark.parametrize("template", FORMS)
def test_every_form_that_posts_says_where_to(template):
    """Without an address browsers keep the part after #, and then leave the focus beside the list of errors."""
    assert [form for form in FORMS[template] if not re.search(r'\baction="\{', form)] == []


def test_forms_are_found():
    assert {"registration/register.html", "registration/own_change.html", "registration/find.html"} <= FORMS.keys()


@pytest.mark.parametrize("template", TEMPLATES)
def test_line_is_not_too_long(template):
    assert [line for line in TEMPLATES[template].splitlines() if len(line) > LONGEST] == []


def test_comment_ends_on_its_line():
    """Else Django takes it for text, and readers see it."""
    comment = re.compile(r"\{#.*?#\}")
    assert [name for name, text in TEMPLATES.items() if "{#" in comment.sub("", text)] == []
