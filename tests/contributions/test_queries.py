"""No page asks the database more often because there are more proposals, inputs or statements."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.contributions.many import Many, pages
from tests.factories import make_edition
from tests.pages import forget_kept

LARGER = {"proposals": 40, "inputs": 400}


def asked(client, page):
    address, sent = page if isinstance(page, tuple) else (page, None)
    forget_kept()
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address) if sent is None else client.post(address, sent)
        if answer.streaming:
            b"".join(answer.streaming_content)
    assert answer.status_code in (200, 400), address
    return len(captured)


@pytest.mark.django_db
def test_queries_are_the_same_for_few_and_many(client, staff_client, django_user_model):
    many = Many(make_edition())
    readers = {True: staff_client, False: client}
    few = pages(many)
    for name, page in few.items():  # the first asks for what stays known
        asked(readers[name.startswith("staff")], page)
    before = {name: asked(readers[name.startswith("staff")], page) for name, page in few.items()}

    many.grow(**LARGER)

    asked(staff_client, pages(many)["staff: figures"])  # they are taken anew after ten people
    after = {name: asked(readers[name.startswith("staff")], page) for name, page in pages(many).items()}
    more = {name: (before[name], after[name]) for name in before if after[name] > before[name]}
    assert more == {}
    assert len(before) > 40
