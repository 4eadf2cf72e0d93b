"""The real server, as bin/serve starts it, for tests that need more than Django's test client."""

import os
import shlex
import socket
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PROJECT = Path(__file__).resolve().parents[1]
ATTEMPTS = 300  # a tenth of a second each
PLAIN_HTTP = {
    "DEBUG": "off",
    "HTTPS": "off",
    "BEHIND_PROXY": "on",  # so that visitors of a test may come from many addresses (tests/crowd.py)
    "ALLOWED_HOSTS": "127.0.0.1,localhost",
    "CSRF_TRUSTED_ORIGINS": "",
    "EMAIL_URL": "",
    "SITE_CLOCK": "2024-03-20T09:00",  # as the tests in this process: tests/time.py
    "PYTHONUTF8": "1",
}


def manage(command, environment):
    """What a management command says."""
    program = [sys.executable, "manage.py", *shlex.split(command)]
    environment = os.environ | PLAIN_HTTP | environment
    return subprocess.run(
        program, cwd=PROJECT, env=environment, check=True, stdout=subprocess.PIPE, encoding="utf-8"
    ).stdout


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@contextmanager
def running_server(environment, folder, *, workers=2):
    """Serves on a free port until the end of the block; gives the address."""
    port = free_port()
    gunicorn = [sys.executable, "-m", "gunicorn", "--pid", str(folder / "server.pid")]  # and gunicorn.conf.py
    log = folder / "server.log"
    ledger = {"ERASURE_LEDGER": str(folder / "erasures.txt")}
    address = {"HOST": "127.0.0.1", "PORT": str(port), "WEB_CONCURRENCY": str(workers)}
    environment = os.environ | PLAIN_HTTP | ledger | address | environment
    with (
        log.open("wb") as out,
        subprocess.Popen(gunicorn, cwd=PROJECT, env=environment, stdout=out, stderr=out) as server,
    ):
        try:
            _wait(server, f"http://127.0.0.1:{port}/healthz", log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _wait(server, address, log):
    for _attempt in range(ATTEMPTS):
        try:
            with urlopen(address, timeout=5):  # noqa: S310 -- http://127.0.0.1
                return
        except (URLError, ConnectionError, TimeoutError):  # a busy machine may start slowly
            try:
                server.wait(timeout=0.1)
            except subprocess.TimeoutExpired:
                continue
            break
    raise AssertionError(f"The server did not start:\n{log.read_text(errors='replace')}")
