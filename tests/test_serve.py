"""bin/serve: what it does on a port that is taken, and what becomes of the helper that it starts beside the server."""

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.server import free_port

ROOT = Path(__file__).parent.parent
# Stands for Python: it notes what it is asked to do. The helper dies at once, the server stays until it is ended.
PYTHON = """#!/usr/bin/env bash
echo "$$ $*" >> done.txt
case "$*" in
    *tend_registration*) exit 1 ;;
    *gunicorn*) while :; do /bin/sleep 0.05; done ;;
esac
"""


@pytest.fixture
def site(tmp_path):
    """A folder in which bin/serve runs without a site: it is only about the order and the processes."""
    programs = {"bin/set-up": "echo set-up >> done.txt", ".venv/bin/python": PYTHON, "quick/sleep": "/bin/sleep 0.02"}
    for path, text in programs.items():
        program = tmp_path / path
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text(text if text.startswith("#!") else f"#!/bin/sh\n{text}\n", encoding="utf-8")
        program.chmod(0o755)
    shutil.copy(ROOT / "bin" / "serve", tmp_path / "bin" / "serve")
    return tmp_path


def serve(site, **environment):
    environment = os.environ | {"PATH": f"{site}/quick:{os.environ['PATH']}", "HOST": ""} | environment
    return subprocess.Popen(
        [site / "bin" / "serve"], env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, process_group=0
    )


def done_in(site):
    path = site / "done.txt"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def wait_until(is_so):
    for _attempt in range(200):
        if is_so():
            return
        time.sleep(0.05)
    raise AssertionError("It did not come to this.")


def is_left(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


def test_nothing_is_touched_where_the_port_is_taken(site):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with serve(site, PORT=str(port)) as server:
            said = server.communicate(timeout=10)[1].decode()

    assert server.returncode == 1
    assert f"Port {port} is taken" in said
    assert done_in(site) == []
    assert not is_left(server.pid)


def test_port_may_stand_in_the_file_of_settings_and_the_environment_wins(site):
    with socket.create_server(("127.0.0.1", 0)) as here, socket.create_server(("127.0.0.1", 0)) as there:
        ports = [taken.getsockname()[1] for taken in (here, there)]
        (site / ".env").write_text(f"# PORT=1\nPORT={ports[0]}\nHOST=\n", encoding="utf-8")
        for given, port in (("", ports[0]), (str(ports[1]), ports[1])):
            with serve(site, PORT=given) as server:
                try:
                    assert f"Port {port} is taken" in server.communicate(timeout=5)[1].decode()
                finally:
                    if is_left(server.pid):
                        os.killpg(server.pid, signal.SIGKILL)

    assert done_in(site) == []


def test_helper_is_started_again_when_it_dies_and_ends_with_the_server(site):
    with serve(site, PORT=str(free_port())) as server:
        try:
            wait_until(lambda: sum("tend_registration" in line for line in done_in(site)) >= 3)
            assert os.kill(server.pid, 0) is None
            server.terminate()
            assert server.wait(10) == -signal.SIGTERM
            wait_until(lambda: not is_left(server.pid))
        finally:
            if is_left(server.pid):
                os.killpg(server.pid, signal.SIGKILL)

    lines = done_in(site)
    assert lines[0] == "set-up"
    assert lines[1].endswith(" manage.py prepare")
    # The server has the number that the helper looks for.
    assert f"{server.pid} -m gunicorn" in lines
    helpers = {line.partition(" ")[2] for line in lines if "tend_registration" in line}
    assert helpers == {f"manage.py tend_registration --loop --with-parent {server.pid}"}


@pytest.mark.parametrize(
    ("said", "bound"),
    [
        ({}, ["127.0.0.1:8000"]),
        ({"HOST": "", "PORT": ""}, ["127.0.0.1:8000"]),
        ({"HOST": "0.0.0.0", "PORT": "9000"}, ["0.0.0.0:9000"]),  # noqa: S104 -- on the operator's word
        ({"HOST": "::"}, ["[::]:8000"]),
    ],
)
def test_site_is_served_to_its_own_machine_unless_the_operator_says_otherwise(monkeypatch, said, bound):
    for name in ("HOST", "PORT"):
        monkeypatch.delenv(name, raising=False)
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    names = {}

    exec((ROOT / "gunicorn.conf.py").read_text(encoding="utf-8"), names)  # noqa: S102 -- as gunicorn does

    assert [names["bind"]] == bound
