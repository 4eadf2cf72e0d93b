"""Who a visitor is, for a limit on tries."""

import pytest
from django.test import RequestFactory

from conference.serving.visitors import visitor_of


@pytest.mark.parametrize(
    ("behind_proxy", "address", "forwarded", "visitor"),
    [
        (False, "192.0.2.7", "", "192.0.2.7"),
        (False, "192.0.2.7", "198.51.100.1", "192.0.2.7"),  # a visitor may write this line
        (True, "127.0.0.1", "198.51.100.1, 192.0.2.7", "192.0.2.7"),  # the last is the proxy's
        (True, "192.0.2.7", "", "192.0.2.7"),
        (False, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        (False, "::ffff:192.0.2.7", "", "192.0.2.7"),
        (True, "127.0.0.1", "nonsense", "nonsense"),
    ],
)
def test_visitor_is_the_address_that_the_server_or_the_proxy_saw(settings, behind_proxy, address, forwarded, visitor):
    settings.BEHIND_PROXY = behind_proxy

    request = RequestFactory().get("/", headers={"X-Forwarded-For": forwarded}, REMOTE_ADDR=address)

    assert visitor_of(request) == visitor
