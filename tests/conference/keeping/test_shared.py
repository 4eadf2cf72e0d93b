"""What several machines share in Redis or Valkey: where there is one, and while it is away."""

import json
import socket
import socketserver
import subprocess
import sys
import threading
import time

import pytest
from django.conf import settings
from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache

from conference.keeping.shared import SharedCache
from tests.server import free_port


class LittleRedis(socketserver.StreamRequestHandler):
    """As much of Redis as a cache needs: https://redis.io/docs/latest/develop/reference/protocol-spec/"""

    def handle(self):
        while line := self.rfile.readline():
            words = [self.word() for _word in range(int(line[1:]))]
            self.wfile.write(self.answer(*words))

    def word(self):
        length = int(self.rfile.readline()[1:])
        return self.rfile.read(length + 2)[:-2]

    def answer(self, command, *words):
        if command.upper() == b"SET":
            self.server.stored[words[0]] = words[1]
        elif command.upper() == b"GET":
            found = self.server.stored.get(words[0])
            return b"$-1\r\n" if found is None else b"$%d\r\n%s\r\n" % (len(found), found)
        elif command.upper() == b"HELLO":
            return b"-ERR unknown command\r\n"
        return b"+OK\r\n"


@pytest.fixture
def redis():
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), LittleRedis) as server:
        server.daemon_threads, server.stored = True, {}
        threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
        yield server
        server.shutdown()


def cache_at(port, **options):
    return SharedCache(f"redis://127.0.0.1:{port}", {"KEY_PREFIX": "papers", "OPTIONS": options})


def test_two_machines_share_what_one_has_made(redis):
    one, other = (cache_at(redis.server_address[1], protocol=2) for _machine in range(2))

    one.set("agenda", b"%PDF")

    assert other.get("agenda") == b"%PDF"
    assert other.get("another", "nothing") == "nothing"
    assert list(redis.stored) == [b"papers:1:agenda"]


def test_cache_that_is_away_keeps_nothing_and_fails_nothing():
    away = cache_at(free_port())

    away.set("agenda", b"%PDF")

    assert away.get("agenda", "nothing") == "nothing"


def test_cache_that_does_not_answer_is_waited_for_once():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        waited = cache_at(silent.getsockname()[1], socket_timeout=0.05)
        began = time.monotonic()

        assert waited.get("agenda", "nothing") == "nothing"
        assert time.monotonic() - began < 0.5


def settings_with(**environment):
    """Of a process of its own, which reads them anew."""
    program = "import json; from conference.settings import CACHES; print(json.dumps(CACHES, default=str))"
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


def test_site_asks_for_no_shared_cache_and_takes_one():
    needed = {"SECRET_KEY": "of no use", "PATH": "/usr/bin"}
    alone, together = settings_with(**needed, CACHE_URL=""), settings_with(**needed, CACHE_URL="redis://10.0.0.5")

    assert "redis" not in json.dumps(alone).lower()
    assert not any(isinstance(caches[name], RedisCache) for name in caches)
    shared = {name for name, one in together.items() if one.get("LOCATION") == "redis://10.0.0.5"}
    assert shared == {"pictures", "papers"}
    assert {name: together[name] for name in ("default", "copies")} == {
        name: alone[name] for name in ("default", "copies")
    }
