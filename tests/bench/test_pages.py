"""The pages that bin/bench measures are there."""

import pytest

from tests.bench.run import pages


@pytest.mark.parametrize("page", pages("/en/2024/agenda/d1-03/", etag=""), ids=lambda page: page.name)
def test_page_that_is_measured_is_there(client, edition, page):
    assert client.get(page.path).status_code == 200
